import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { CloudActError } from '@cloudact/core/errors';
import { projectEnvironment, projectNode, root } from '../../scripts/workspace.mjs';

export interface WebOptions {
  port: number;
  apiOrigin: string;
  /** The organisation's API key: for the page's server side alone. */
  organisationKey: string;
  organisationName: string;
}

/** Starts the built Next.js app as a child process and waits until it answers. */
export async function startWeb({
  port,
  apiOrigin,
  organisationKey,
  organisationName,
}: WebOptions): Promise<{ stop(): Promise<void> }> {
  const next = join(root, 'node_modules/next/dist/bin/next');
  const child = spawn(projectNode, [next, 'start', '--port', String(port), '--hostname', '127.0.0.1'], {
    cwd: join(root, 'demo-app'),
    // Its own group: Ctrl-C reaches this process alone, which then stops its children in order.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: projectEnvironment({
      CLOUDACT_API_URL: apiOrigin,
      CLOUDACT_PUBLIC_API_URL: apiOrigin,
      CLOUDACT_ORG_API_KEY: organisationKey,
      CLOUDACT_ORG_NAME: organisationName,
    }),
  });
  // A killed parent must not leave the page behind.
  process.on('exit', () => child.kill('SIGKILL'));
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output.push(chunk));
  await answering(`http://127.0.0.1:${port}/icon.svg`, child, () => Buffer.concat(output).toString().slice(-2000));
  return { stop: () => stop(child) };
}

async function answering(url: string, child: ChildProcess, log: () => string): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline && child.exitCode === null) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill('SIGKILL');
  throw new CloudActError('unavailable', { detail: `The page did not start:\n${log()}` });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
  await ended;
  clearTimeout(timer);
}
