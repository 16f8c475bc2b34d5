import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { type SupabaseLite, startSupabaseLite } from '../demo-app/local/supabase-lite.ts';

/** The run's Supabase, with the project's migrations. */
export type TestSupabase = Pick<SupabaseLite, 'url' | 'anonKey' | 'serviceRoleKey' | 'jwtSecret'>;

/**
 * The one Supabase Lite of this test run, empty at its start and shared by all test files: use slugs and mail
 * addresses of your own (`crypto.randomUUID()`). The first call of a run waits for it to start.
 */
export async function testSupabase(): Promise<TestSupabase> {
  const response = await fetch(inject('testSupabaseUrl'));
  const answer = await response.text();
  if (!response.ok) throw new Error(`Supabase Lite could not be started for the tests.\n${answer}`);
  return JSON.parse(answer);
}

/** Vitest global setup: Supabase Lite over PGlite, as with `npm start`. */
export default function setup(project: TestProject): Promise<() => Promise<void>> {
  return serveTestSupabase(project, (directory) => startSupabaseLite({ directory }));
}

/**
 * Tests run in other processes, so they ask over HTTP; nothing starts until the first one does, because most runs are
 * of a part that needs no Supabase. Returns what ends it.
 */
export async function serveTestSupabase(
  project: TestProject,
  start: (directory: string) => Promise<SupabaseLite>,
): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'cloudact-supabase-'));
  let running: Promise<SupabaseLite> | undefined;
  const broker = createServer(async (_request, response) => {
    try {
      running ??= start(directory);
      const { url, anonKey, serviceRoleKey, jwtSecret } = await running;
      response.end(JSON.stringify({ url, anonKey, serviceRoleKey, jwtSecret } satisfies TestSupabase));
    } catch (error) {
      response.writeHead(503).end(String(error));
    }
  });
  await new Promise<void>((resolve) => broker.listen(0, '127.0.0.1', resolve));
  project.provide('testSupabaseUrl', `http://127.0.0.1:${(broker.address() as AddressInfo).port}`);

  return async () => {
    broker.closeAllConnections();
    broker.close();
    const started = await running?.catch(() => undefined);
    await started?.stop();
    await rm(directory, { recursive: true, force: true });
  };
}

declare module 'vitest' {
  interface ProvidedContext {
    testSupabaseUrl: string;
  }
}
