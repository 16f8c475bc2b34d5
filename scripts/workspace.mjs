// Runs on the machine's own Node, before anything is installed: only Node's standard library here.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const modules = join(root, 'node_modules');

/** The Node that the project brings along as a package. */
export const projectNode = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** Environment for child processes: the project's own Node and tools come first. */
export function projectEnvironment(extra = {}) {
  const separator = process.platform === 'win32' ? ';' : ':';
  return {
    ...process.env,
    // Every running DuckDB query holds a thread of libuv's pool; with its default of 4, file reads would wait behind them.
    UV_THREADPOOL_SIZE: '16',
    NEXT_TELEMETRY_DISABLED: '1',
    STORYBOOK_DISABLE_TELEMETRY: '1',
    DO_NOT_TRACK: '1',
    ...extra,
    PATH: `${join(modules, '.bin')}${separator}${dirname(projectNode)}${separator}${process.env.PATH ?? ''}`,
  };
}

/** Runs a command to its end with its output shown. Resolves to its exit code. */
export function run(command, args, { cwd = root, environment = projectEnvironment(), quiet = false } = {}) {
  return new Promise((resolve) => {
    const output = [];
    const child = spawn(command, args, {
      cwd,
      env: environment,
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    });
    child.stdout?.on('data', (chunk) => output.push(chunk));
    child.stderr?.on('data', (chunk) => output.push(chunk));
    child.on('error', (error) => resolve({ code: 127, output: String(error) }));
    child.on('close', (code, signal) =>
      resolve({ code: code ?? (signal ? 130 : 1), output: Buffer.concat(output).toString() }),
    );
  });
}

/** One hash over the content of files and folders: equal hashes, equal content. */
export function contentHash(paths, { ignore = [] } = {}) {
  const hash = createHash('sha256');
  const visit = (path) => {
    if (!existsSync(path) || ignore.some((part) => `/${relative(root, path)}`.includes(part))) return;
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort()) visit(join(path, name));
    } else {
      hash.update(relative(root, path)).update('\0').update(readFileSync(path)).update('\0');
    }
  };
  for (const path of paths) visit(join(root, path));
  return hash.digest('hex');
}

/** Does `work` unless the stamp file says that it was done for the same content. Says whether it did. */
export async function onceFor(stamp, hash, work) {
  const path = join(root, stamp);
  if (existsSync(path) && readFileSync(path, 'utf8') === hash) return false;
  await work();
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, hash);
  return true;
}

/** Installs the packages that the lock file names, unless they are there. */
export async function ensureInstalled() {
  const hash = contentHash(['package.json', 'package-lock.json']);
  await onceFor('node_modules/.cloudact-installed', hash, async () => {
    console.log('Installing packages (about a minute the first time) …');
    const { code } = await run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
      environment: { ...process.env, NODE_ENV: 'development' },
    });
    if (code !== 0) fail(`Packages could not be installed (npm ci ended with ${code}). See npm's message above.`);
  });
  if (!existsSync(projectNode)) fail('The project’s Node is missing. Delete node_modules and try again.');
}

/** Ends the process with one clear line. */
export function fail(message) {
  console.error(message);
  process.exit(1);
}
