import { spawn } from 'node:child_process';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CloudActError } from '@cloudact/core/errors';

export interface LiteProcess {
  readonly pid: number;
  /** The exit code, or the signal's name; settles once all output is in. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** The last lines of its output, secrets blacked out. */
  tail(): string[];
  /** SIGTERM, then SIGKILL when it is still there after `graceMs` (milliseconds). */
  stop(graceMs?: number): Promise<void>;
}

/**
 * Runs Supabase Lite's command line in `directory` on Node 24, without telemetry. It ends when this process ends.
 * `secrets` goes in as environment and is kept out of `onLog` and `tail()`.
 */
export function runLite(
  directory: string,
  args: readonly string[],
  secrets: Record<string, string>,
  onLog: (line: string) => void = () => {},
): LiteProcess {
  const child = spawn(nodeBinary(), ['--import', CHILD, LITE, '--no-telemetry', ...args], {
    cwd: directory,
    env: environment(directory, secrets),
    stdio: 'pipe',
    windowsHide: true,
  });
  const tail: string[] = [];
  const log = (line: string) => {
    const text = blackOut(line, secrets);
    if (tail.push(text) > TAIL_LINES) tail.shift();
    onLog(text);
  };
  eachLine(child.stdout, log);
  eachLine(child.stderr, log);
  // A child that has ended cannot be written to; its exit code says why.
  child.stdin.on('error', () => {});

  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.on('error', (error) => {
      log(String(error));
      resolve(127);
    });
    child.on('close', (code, signal) => resolve(code ?? signal ?? 1));
  });

  return {
    pid: child.pid ?? 0,
    ended,
    tail: () => tail.slice(),
    async stop(graceMs = 5_000) {
      child.kill('SIGTERM');
      const kill = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await ended;
      clearTimeout(kill);
    },
  };
}

const TAIL_LINES = 60;
const CHILD = pathToFileURL(join(import.meta.dirname, 'supabase-lite-child.ts')).href;
const LITE = join(packageFolder('@supabase/lite'), 'dist/cli/index.js');

/** Supabase Lite needs Node 22 or later; the project brings Node 24 along as a package. */
function nodeBinary(): string {
  if (Number.parseInt(process.versions.node, 10) >= 24) return process.execPath;
  return join(packageFolder('node'), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

function packageFolder(name: string): string {
  const manifest = findPackageJSON(name, import.meta.url);
  if (!manifest)
    throw new CloudActError('unavailable', { detail: `The package ${name} is not installed. Run npm ci.` });
  return dirname(manifest);
}

/** Nothing of ours but what Lite needs: no keys of other services, no proxy, no NODE_OPTIONS. */
function environment(directory: string, secrets: Record<string, string>): NodeJS.ProcessEnv {
  const kept = ['PATH', 'LANG', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  return {
    ...Object.fromEntries(kept),
    // Lite keeps a folder in the home directory; people's own stays as it is.
    HOME: join(directory, 'home'),
    USERPROFILE: join(directory, 'home'),
    TZ: 'UTC',
    NO_COLOR: '1',
    DO_NOT_TRACK: '1',
    LITE_TELEMETRY: '0',
    LITE_NON_INTERACTIVE: '1',
    ...secrets,
  };
}

function blackOut(line: string, secrets: Record<string, string>): string {
  return Object.values(secrets).reduce((text, secret) => text.replaceAll(secret, '[secret]'), line);
}

/** Calls `handle` with every line, the last one too when no line break follows it. */
function eachLine(stream: NodeJS.ReadableStream, handle: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split(/\r?\n/);
    rest = lines.pop() ?? '';
    for (const line of lines) handle(line);
  });
  stream.on('end', () => {
    if (rest !== '') handle(rest);
  });
}
