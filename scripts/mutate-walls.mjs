// Takes down the walls between tenants one at a time, in a copy of the checkout, and runs the tests that have to notice.
// `npm exec node scripts/mutate-walls.mjs [pattern]`: all of them, or those whose name matches the regular expression.
// Ends with 1 when a wall can be missing without a test failing, or is not where the list says.
import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { mutations } from './mutate-walls-list.ts';
import { root } from './workspace.mjs';

const wanted = mutations().filter(({ name }) => new RegExp(process.argv[2] ?? '').test(name));
const waiting = [...wanted];
const workers = Math.max(1, Math.min(2, availableParallelism()));
const homes = Array.from({ length: workers }, copyOfCheckout);
process.on('exit', () => {
  for (const home of homes) rmSync(home, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

const untouched = new Map();
let standing = 0;
await Promise.all(
  homes.map(async (home) => {
    for (let mutation = waiting.shift(); mutation !== undefined; mutation = waiting.shift()) {
      const started = Date.now();
      const verdict = await tried(home, mutation);
      if (verdict !== 'red') standing += 1;
      const seconds = ((Date.now() - started) / 1000).toFixed(1).padStart(6);
      console.log(`${verdict.padEnd(9)} ${seconds} s  ${mutation.name}`);
    }
  }),
);
console.log(`${wanted.length} walls taken down, ${wanted.length - standing} noticed.`);
process.exit(standing === 0 ? 0 : 1);

/**
 * 'red': a test failed, as it should. 'GREEN': none did. 'NOT FOUND': the list is out of date. 'ANYWAY': the tests fail
 * with all walls standing, and so notice nothing.
 */
async function tried(home, { file, find, replace, times = 1, tests }) {
  const path = join(home, file);
  const text = readFileSync(path, 'utf8');
  if (text.split(find).length - 1 !== times) return 'NOT FOUND';
  if (tests.some((test) => !existsSync(join(home, test)))) return 'NOT FOUND';
  if (!(await passesUntouched(home, tests))) return 'ANYWAY';
  const taken = text.replaceAll(find, () => replace);
  writeFileSync(path, taken);
  try {
    return (await passes(home, tests)) ? 'GREEN' : 'red';
  } finally {
    writeFileSync(path, text);
  }
}

/** Asked once for the same tests: the copies are alike. */
function passesUntouched(home, tests) {
  const key = tests.join(' ');
  if (!untouched.has(key)) untouched.set(key, passes(home, tests));
  return untouched.get(key);
}

function passes(home, tests) {
  const program = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const child = spawn(process.execPath, [program, 'run', '--project', 'node', '--bail', '1', ...tests], {
    cwd: home,
    stdio: 'ignore',
    env: { ...process.env, CLOUDACT_GENERATED_REQUESTS: '1500' },
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code === 0));
  });
}

/** Everything that git knows or would know, with packages of others linked and our own in the copy. */
function copyOfCheckout() {
  const home = mkdtempSync(join(tmpdir(), 'cloudact-walls-'));
  const listed = spawnSync('git', ['ls-files', '-coz', '--exclude-standard'], { cwd: root, encoding: 'utf8' });
  for (const file of listed.stdout.split('\0').filter((name) => name !== '' && existsSync(join(root, name)))) {
    mkdirSync(dirname(join(home, file)), { recursive: true });
    cpSync(join(root, file), join(home, file));
  }
  const workspaces = readdirSync(join(root, 'node_modules', '@cloudact'), { withFileTypes: true });
  mkdirSync(join(home, 'node_modules', '@cloudact'), { recursive: true });
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name === '@cloudact' || name.startsWith('.vite')) continue;
    symlinkSync(join(root, 'node_modules', name), join(home, 'node_modules', name), 'junction');
  }
  const { workspaces: folders } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const folder of folders) {
    const { name } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const own = workspaces.find((entry) => `@cloudact/${entry.name}` === name);
    if (own !== undefined) symlinkSync(join(home, folder), join(home, 'node_modules', name), 'junction');
    const nested = join(root, folder, 'node_modules');
    if (existsSync(nested)) symlinkSync(nested, join(home, folder, 'node_modules'), 'junction');
  }
  return home;
}
