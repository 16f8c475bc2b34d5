// `npm run check`: everything that can be said about the code without running it.
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ensureInstalled, fail, projectEnvironment, run } from './workspace.mjs';

/** Each check: what it guards, and the command. */
export const checks = [
  ['format and lint', 'biome', ['ci', '--error-on-warnings', '.']],
  ['types: tools', 'tsc', ['-p', '.']],
  ['types: core', 'tsc', ['-p', 'core']],
  ['types: pipelines', 'tsc', ['-p', 'pipelines']],
  ['types: backend', 'tsc', ['-p', 'backend']],
  ['types: widgets', 'tsc', ['-p', 'widgets', '--noEmit']],
  ['types: widgets/server', 'tsc', ['-p', 'widgets/server']],
  ['types: demo-app', 'tsc', ['-p', 'demo-app']],
  ['lock file for every platform', 'node', ['scripts/lockfile.mjs', '--check']],
  [
    'walls between packages',
    'depcruise',
    [
      '--config',
      '.dependency-cruiser.cjs',
      'core',
      'pipelines',
      'backend',
      'widgets/src',
      'demo-app',
      'scripts',
      'bench',
      'conformance',
    ],
  ],
  ['dead code and unused dependencies', 'knip', []],
  ['published widgets', 'publint', ['widgets', '--strict']],
  ['published command', 'publint', ['pipelines/dist', '--strict']],
  ['published types', 'attw', ['--pack', 'widgets', '--profile', 'esm-only', '--format', 'table-flipped']],
];

/** Builds what is published: the widgets and the command line. */
export async function buildPublished() {
  for (const workspace of ['widgets', 'pipelines']) {
    const { code } = await run('npm', ['run', 'build', '-w', workspace, '--silent']);
    if (code !== 0) fail(`${workspace} could not be built; see above.`);
  }
}

/** Runs all checks, shows the output of those that fail, and returns how many passed and failed. */
export async function runChecks() {
  let failed = 0;
  for (const [name, command, args] of checks) {
    const started = Date.now();
    const { code, output } = await run(command, args, {
      quiet: true,
      environment: projectEnvironment({ NO_COLOR: '1' }),
    });
    console.log(`${code === 0 ? '✓' : '✗'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    if (code !== 0) {
      failed += 1;
      console.log(output);
    }
  }
  return { passed: checks.length - failed, failed };
}

if (fileURLToPath(import.meta.url) === realpathSync(process.argv[1])) {
  await ensureInstalled();
  await buildPublished();
  const { failed } = await runChecks();
  process.exit(failed === 0 ? 0 : 1);
}
