import { createRequire } from 'node:module';
import type { TestProject } from 'vitest/node';
import { startSupabaseLite } from '../demo-app/local/supabase-lite.ts';
import { findPostgres, postgresJudge } from './judges-postgres.mjs';
import { serveTestSupabase } from './test-supabase.ts';

/** Why Supabase Lite cannot run over a real PostgreSQL here; undefined when it can. Starts nothing. */
export function postgresMissing(): string | undefined {
  const found = findPostgres();
  if ('skipped' in found) return found.skipped;
  try {
    createRequire(import.meta.url).resolve('postgres');
    return undefined;
  } catch {
    return 'the package postgres, with which Supabase Lite speaks to PostgreSQL, is not installed';
  }
}

/** Vitest global setup: Supabase Lite over a PostgreSQL that is thrown away after the run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let server: Awaited<ReturnType<typeof postgresJudge>> | undefined;
  const stop = await serveTestSupabase(project, async (directory) => {
    server = await postgresJudge();
    if ('skipped' in server) throw new Error(server.skipped);
    return startSupabaseLite({ directory, databaseUrl: server.url });
  });
  return async () => {
    await stop();
    if (server && 'stop' in server) await server.stop();
  };
}
