import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Ports {
  web: number;
  api: number;
  pipelines: number;
  mailbox: number;
}

/** A product started as a person starts it, with `npm start`, in a data folder of its own. */
export interface Product extends Ports {
  dataDirectory: string;
  /** All it printed so far. */
  output(): string;
  /** Ctrl-C; resolves once all of it has ended. */
  interrupt(): Promise<void>;
  /** `kill -9`; resolves once all of it has ended. */
  kill(): Promise<void>;
}

/** Resolves when the product says that it is up. Rejects with its output when it ends before. */
export async function startProduct(options: { dataDirectory: string; ports?: Ports }): Promise<Product> {
  const ports = options.ports ?? (await freePorts());
  const child = spawnProduct(options.dataDirectory, ports);
  const output: string[] = [];
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk) => output.push(String(chunk)));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  await new Promise<void>((resolve, reject) => {
    child.stdout!.on('data', () => output.join('').includes('Ctrl-C stops all of it.') && resolve());
    void ended.then((code) => reject(new Error(`npm start ended with ${code}:\n${output.join('')}`)));
  });
  // As a terminal does: to every process of the foreground group. The output closes when the last child has ended.
  const signal = async (name: 'SIGINT' | 'SIGKILL') => {
    process.kill(-child.pid!, name);
    await ended;
  };
  return {
    ...ports,
    dataDirectory: options.dataDirectory,
    output: () => output.join(''),
    interrupt: () => signal('SIGINT'),
    kill: () => signal('SIGKILL'),
  };
}

/** Starts the product where it is expected to refuse, and returns what it said and its exit code. */
export async function startRefused(options: {
  dataDirectory: string;
  ports?: Ports;
}): Promise<{ code: number | null; output: string }> {
  const child = spawnProduct(options.dataDirectory, options.ports ?? (await freePorts()));
  const output: string[] = [];
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk) => output.push(String(chunk)));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, output: output.join('') };
}

function spawnProduct(dataDirectory: string, ports: Ports): ChildProcess {
  return spawn('npm', ['start', '--silent'], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      CLOUDACT_DATA_DIR: dataDirectory,
      CLOUDACT_WEB_PORT: String(ports.web),
      CLOUDACT_API_PORT: String(ports.api),
      CLOUDACT_PIPELINES_PORT: String(ports.pipelines),
      CLOUDACT_MAILBOX_PORT: String(ports.mailbox),
    },
  });
}

export async function temporaryDirectory(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'cloudact-product-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

export async function freePorts(): Promise<Ports> {
  const servers = [createServer(), createServer(), createServer(), createServer()];
  const [web, api, pipelines, mailbox] = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve) =>
          server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
        ),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return { web: web!, api: api!, pipelines: pipelines!, mailbox: mailbox! };
}
