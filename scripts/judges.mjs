// Programs of others that judge our output, installed into `.cache/judges` when a test first asks for them.
// Those from PyPI need Python 3.12 or newer: CLOUDACT_PYTHON, one on PATH, or one of pyenv's. Those in Go need Go:
// CLOUDACT_GO, or the one on PATH. `npm run judges` installs all of them now, and says which of them can be used.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { postgresJudge } from './judges-postgres.mjs';
import { root, run } from './workspace.mjs';

const cache = join(root, '.cache', 'judges');
const windows = process.platform === 'win32';

/** The judges share an environment, except where their own dependencies contradict each other. */
const environments = {
  // focus-validator asks for any PyArrow and for NumPy 1, with which the newest PyArrow does not run.
  judges: ['focus-validator==2.2.1', 'focus-data-toolkit==0.14.1', 'moto[server]==5.2.5', 'pyarrow==18.1.0'],
  // It pins an old focus-validator of its own, and does not run with the newest of what that asks for.
  converter: ['focus-converter==1.0.0', 'click==8.1.8', 'multimethod==1.11.2'],
};

/** Servers that speak a provider's protocol: the module with its version, and what the built program is called. */
const goModules = {
  'gcp-kms-emulator': { module: 'github.com/blackwell-systems/gcp-kms-emulator/cmd/server@v0.3.0', program: 'server' },
  'stripe-mock': { module: 'github.com/stripe/stripe-mock@v0.197.0', program: 'stripe-mock' },
};

/** Installed once a process; a second call waits for the first. */
const asked = new Map();

/** A Python that has focus-validator, focus-data-toolkit and moto, or why there is none. */
export function judges() {
  return environment('judges');
}

/** A Python that has focus-converter, or why there is none. */
export function converterJudge() {
  return environment('converter');
}

/** The path of `gcp-kms-emulator` or `stripe-mock`, built from its Go module, or why there is none. */
export function goJudge(name) {
  return once(name, async () => {
    const { module, program } = goModules[name];
    const folder = folderOf(name, [module]);
    const path = join(folder, windows ? `${program}.exe` : program);
    const reason = await install(folder, [module], () => buildGo(folder, module));
    return reason === undefined ? { program: path } : skipped(name, reason);
  });
}

function environment(name) {
  return once(name, async () => {
    const packages = environments[name];
    const folder = folderOf(name, packages);
    const python = join(folder, windows ? 'Scripts/python.exe' : 'bin/python');
    const reason = await install(folder, packages, () => make(folder, python, packages));
    return reason === undefined ? { python } : skipped(`${name} from PyPI`, reason);
  });
}

function once(name, work) {
  if (!asked.has(name)) asked.set(name, work());
  return asked.get(name);
}

function folderOf(name, packages) {
  const hash = createHash('sha256').update(packages.join('\n')).digest('hex').slice(0, 12);
  return join(cache, `${name}-${hash}`);
}

/** Fills the folder, unless that was done before. Returns why it could not. */
async function install(folder, packages, work) {
  const stamp = join(folder, 'installed');
  if (existsSync(stamp)) return undefined;
  mkdirSync(cache, { recursive: true });
  const release = await lock(`${folder}.lock`);
  try {
    if (existsSync(stamp)) return undefined;
    const reason = await work();
    if (reason === undefined) writeFileSync(stamp, `${packages.join('\n')}\n`);
    return reason;
  } finally {
    release();
  }
}

/** Builds one program. Returns why it could not. */
async function buildGo(folder, module) {
  const go = process.env.CLOUDACT_GO || 'go';
  const quiet = { environment: process.env, quiet: true };
  if ((await run(go, ['version'], quiet)).code !== 0) return 'no Go; put it on PATH or name it in CLOUDACT_GO';
  console.warn(`Building ${module} into ${folder} (once, about a minute) …`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // Modules are kept for the next judge. -modcacherw: else nobody could delete the folder.
  const environment = {
    ...process.env,
    GOBIN: folder,
    GOPATH: join(cache, 'go'),
    GOCACHE: join(cache, 'go', 'build'),
    GOFLAGS: '-mod=mod -modcacherw',
    GOTOOLCHAIN: 'local',
    CGO_ENABLED: '0',
  };
  const built = await run(go, ['install', module], { environment, quiet: true });
  return built.code === 0 ? undefined : `go install ended with ${built.code}: ${lastLine(built.output)}`;
}

/** Makes the environment. Returns why it could not. */
async function make(folder, python, packages) {
  const base = await findPython();
  if (base === undefined) return 'no Python 3.12 or newer; put one on PATH or name it in CLOUDACT_PYTHON';
  console.warn(`Installing ${packages.join(', ')} into ${folder} (once, about a minute) …`);
  rmSync(folder, { recursive: true, force: true });
  const options = { environment: process.env, quiet: true };
  const made = await run(base, ['-m', 'venv', folder], options);
  if (made.code !== 0) return `${base} -m venv ended with ${made.code}: ${lastLine(made.output)}`;
  const flags = ['--quiet', '--disable-pip-version-check', '--no-input', '--retries', '1', '--timeout', '20'];
  const installed = await run(python, ['-m', 'pip', 'install', ...flags, ...packages], options);
  return installed.code === 0 ? undefined : `pip ended with ${installed.code}: ${lastLine(installed.output)}`;
}

/** 3.12 first: the pinned packages have no builds for every later version. */
async function findPython() {
  const named = process.env.CLOUDACT_PYTHON;
  if (named) return (await isRecent(named)) ? named : undefined;
  const versions = join(process.env.PYENV_ROOT ?? join(homedir(), '.pyenv'), 'versions');
  const pyenv = existsSync(versions)
    ? readdirSync(versions).filter((version) => /^3\.(1[2-9]|[2-9]\d)/.test(version))
    : [];
  const candidates = [
    'python3.12',
    ...pyenv.sort().map((version) => join(versions, version, 'bin', 'python3')),
    'python3.13',
    'python3.14',
    'python3',
    'python',
  ];
  for (const candidate of candidates) if (await isRecent(candidate)) return candidate;
  return undefined;
}

async function isRecent(python) {
  const check = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 12))';
  return (await run(python, ['-c', check], { environment: process.env, quiet: true })).code === 0;
}

/** Holds a folder's name so that test files that run side by side install once. Returns what lets go of it. */
async function lock(path) {
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (!isHeld(path)) rmSync(path, { force: true });
      else await sleep(250);
    }
  }
}

/** A killed process leaves its lock behind. */
function isHeld(path) {
  try {
    process.kill(Number(readFileSync(path, 'utf8')), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function skipped(name, reason) {
  console.warn(`Skipped: ${name} cannot be used: ${reason}`);
  return { skipped: reason };
}

function lastLine(output) {
  return output.trim().split('\n').at(-1)?.trim() ?? '';
}

/** Tries every judge there is: what is missing is installed. One row each. */
async function tryAll() {
  const state = (result, ready) => ('skipped' in result ? `skipped: ${result.skipped}` : `ready: ${ready}`);
  const rows = [];
  for (const [name, packages] of Object.entries(environments)) {
    const result = await environment(name);
    for (const [judge, version] of packages.map((one) => one.split('=='))) {
      rows.push({ judge, version, state: state(result, result.python) });
    }
  }
  for (const [name, { module }] of Object.entries(goModules)) {
    const result = await goJudge(name);
    rows.push({ judge: name, version: module.split('@')[1], state: state(result, result.program) });
  }
  const postgres = await postgresJudge();
  rows.push({ judge: 'postgresql', version: postgres.version ?? '', state: state(postgres, 'starts here') });
  await postgres.stop?.();
  return rows;
}

if (import.meta.main) {
  const rows = await tryAll();
  const width = (column) => Math.max(...rows.map((row) => row[column].length));
  for (const { judge, version, state } of rows) {
    console.log(`${judge.padEnd(width('judge'))}  ${version.padEnd(width('version'))}  ${state}`);
  }
  process.exitCode = rows.every(({ state }) => state.startsWith('ready')) ? 0 : 1;
}
