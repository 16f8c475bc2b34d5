// `npm run check`: everything that can be said about the code without running it.
import { ensureInstalled, projectEnvironment, run } from './workspace.mjs';

/** Each check: what it guards, and the command. */
export const checks = [
  ['format and lint', 'biome', ['ci', '--error-on-warnings', '.']],
  ['types: tools', 'tsc', ['-p', '.']],
  ['types: core', 'tsc', ['-p', 'core']],
  ['types: pipelines', 'tsc', ['-p', 'pipelines']],
  ['types: backend', 'tsc', ['-p', 'backend']],
  ['types: widgets', 'tsc', ['-p', 'widgets', '--noEmit']],
  ['types: demo-app', 'tsc', ['-p', 'demo-app']],
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
    ],
  ],
  ['dead code and unused dependencies', 'knip', []],
  ['published package', 'publint', ['widgets', '--strict']],
  ['published types', 'attw', ['--pack', 'widgets', '--profile', 'esm-only', '--format', 'table-flipped']],
];

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

if (import.meta.url === `file://${process.argv[1]}`) {
  await ensureInstalled();
  const { code } = await run('npm', ['run', 'build', '-w', 'widgets', '--silent'], { quiet: false });
  const { failed } = await runChecks();
  process.exit(code === 0 && failed === 0 ? 0 : 1);
}
