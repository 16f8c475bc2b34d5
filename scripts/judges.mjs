// Programs of others that judge our output, installed from PyPI into `.cache/judges` when a test first asks for them.
// They need Python 3.12 or newer: CLOUDACT_PYTHON, one on PATH, or one of pyenv's. `node scripts/judges.mjs` does it now.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
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

function environment(name) {
  if (!asked.has(name)) asked.set(name, findOrMake(name));
  return asked.get(name);
}

async function findOrMake(name) {
  const packages = environments[name];
  const hash = createHash('sha256').update(packages.join('\n')).digest('hex').slice(0, 12);
  const folder = join(cache, `${name}-${hash}`);
  const stamp = join(folder, 'installed');
  const python = join(folder, windows ? 'Scripts/python.exe' : 'bin/python');
  if (existsSync(stamp)) return { python };
  mkdirSync(cache, { recursive: true });
  const release = await lock(`${folder}.lock`);
  try {
    if (existsSync(stamp)) return { python };
    const reason = await make(folder, python, packages);
    if (reason !== undefined) return skipped(name, reason);
    writeFileSync(stamp, `${packages.join('\n')}\n`);
    return { python };
  } finally {
    release();
  }
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
  console.warn(`Skipped: the ${name} from PyPI cannot be used: ${reason}`);
  return { skipped: reason };
}

function lastLine(output) {
  return output.trim().split('\n').at(-1) ?? '';
}

if (import.meta.main) {
  const results = [await judges(), await converterJudge()];
  for (const result of results) console.log(result.python ?? `skipped: ${result.skipped}`);
  process.exitCode = results.some((result) => 'skipped' in result) ? 1 : 0;
}
