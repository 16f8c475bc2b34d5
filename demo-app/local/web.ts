import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CloudActError } from '@cloudact/core/errors';
import { projectEnvironment, projectNode, root } from '../../scripts/workspace.mjs';

export interface WebOptions {
  port: number;
  apiOrigin: string;
  /** Where people's accounts are, and the key that a page's server may use. */
  supabase: { url: string; anonKey: string };
  mailboxUrl: string;
  /** The organisation's API key: for the page's server side alone. */
  organisationKey: string;
  organisationName: string;
  /** Shown first where bills come in several. ISO 4217. */
  organisationCurrency: string;
}

/** Starts the built Next.js app as a child process and waits until it answers. `onFailure` is told when it ends by itself. */
export async function startWeb(
  { port, apiOrigin, supabase, mailboxUrl, organisationKey, organisationName, organisationCurrency }: WebOptions,
  onFailure: (error: Error) => void,
): Promise<{ stop(): Promise<void> }> {
  const next = join(root, 'node_modules/next/dist/bin/next');
  const child = spawn(
    projectNode,
    ['--import', END_WITH_PARENT, next, 'start', '--port', String(port), '--hostname', '127.0.0.1'],
    {
      cwd: join(root, 'demo-app'),
      // Its own group: Ctrl-C reaches this process alone, which then stops its children in order.
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: projectEnvironment({
        CLOUDACT_API_URL: apiOrigin,
        CLOUDACT_PUBLIC_API_URL: apiOrigin,
        CLOUDACT_WEB_ORIGIN: `http://localhost:${port}`,
        CLOUDACT_SUPABASE_URL: supabase.url,
        CLOUDACT_SUPABASE_PUBLISHABLE_KEY: supabase.anonKey,
        CLOUDACT_MAILBOX_URL: mailboxUrl,
        CLOUDACT_ORG_API_KEY: organisationKey,
        CLOUDACT_ORG_NAME: organisationName,
        CLOUDACT_ORG_CURRENCY: organisationCurrency,
      }),
    },
  );
  child.stdin.on('error', () => undefined);
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      log = (log + chunk).slice(-2000);
    });
  }
  let stopping = false;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    stopping = true;
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(timer);
  };
  if (!(await answers(`http://127.0.0.1:${port}/icon.svg`, child))) {
    await stop();
    throw new CloudActError('unavailable', { detail: `The page did not start:\n${log}` });
  }
  void ended.then(() => {
    if (!stopping) onFailure(new CloudActError('unavailable', { detail: `The page ended by itself:\n${log}` }));
  });
  return { stop };
}

const END_WITH_PARENT = pathToFileURL(join(import.meta.dirname, 'end-with-parent.ts')).href;

async function answers(url: string, child: ChildProcess): Promise<boolean> {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline && child.exitCode === null && child.signalCode === null) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}
