// Builds the package: manifest → React wrappers → TypeScript → bundles, and the size table.
// `--npm-only` leaves out the CDN bundle, which takes most of the time and which only a published page needs.
import { spawnSync } from 'node:child_process';
import { cp, readdir, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeReactWrappers } from './react-wrappers.mjs';
import { measure } from './size.mjs';

const root = new URL('../', import.meta.url);
const npmOnly = process.argv.includes('--npm-only');

run('cem', 'analyze', '--config', 'cem.config.mjs', '--quiet');
await writeReactWrappers(root);
await remove('build', 'dist', ...(npmOnly ? [] : ['dist-cdn']));
run('tsc', '-p', 'tsconfig.build.json');
run('rollup', '-c', '../rollup.config.mjs', '--silent', ...(npmOnly ? ['--environment', 'NPM_ONLY'] : []));
await copyTypes();
run('tsc', '-p', 'server/tsconfig.build.json');
if (!npmOnly) {
  await writeFile(new URL('dist-cdn/cloudact.d.ts', root), "export * from '../dist/index.js';\n");
  await measure(root);
}

/** Rollup writes the JavaScript; the declarations go beside it as they are. */
async function copyTypes() {
  for (const file of await readdir(new URL('build', root), { recursive: true })) {
    if (file.endsWith('.d.ts') && file !== 'cdn.d.ts')
      await cp(new URL(`build/${file}`, root), new URL(`dist/${file}`, root));
  }
}

async function remove(...folders) {
  for (const folder of folders) await rm(new URL(folder, root), { recursive: true, force: true });
}

function run(command, ...args) {
  const bin = fileURLToPath(new URL('../node_modules/.bin', root));
  const { status, error } = spawnSync(join(bin, command), args, {
    cwd: fileURLToPath(root),
    stdio: 'inherit',
    env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` },
  });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}
