import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@supabase/supabase-js';
import { afterAll, expect, it } from 'vitest';
import { postgresJudge } from '../../scripts/judges-postgres.mjs';
import { postgresMissing } from '../../scripts/test-supabase-postgres.ts';
import { startSupabaseLite } from './supabase-lite.ts';

const endings: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const end of endings.reverse()) await end();
});

it('over PostgreSQL a second start keeps the data, and neither the log nor a file holds the password', async ({
  skip,
}) => {
  const missing = postgresMissing();
  if (missing) skip(missing);
  const server = await postgresJudge();
  if ('skipped' in server) return skip(server.skipped);
  endings.push(server.stop);
  const directory = await mkdtemp(join(tmpdir(), 'cloudact-lite-'));
  endings.push(() => rm(directory, { recursive: true, force: true }));

  const lines: string[] = [];
  for (const expected of [[], [{ slug: 'acme' }]]) {
    const lite = await startSupabaseLite({ directory, databaseUrl: server.url, onLog: (line) => lines.push(line) });
    endings.push(lite.stop);
    const client = createClient(lite.url, lite.serviceRoleKey, { auth: { persistSession: false } });
    expect((await client.from('organisations').select('slug')).data).toEqual(expected);
    await client.from('organisations').upsert({ slug: 'acme', name: 'Acme' });
    await lite.stop();
  }
  const { password } = new URL(server.url);
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.join('\n')).not.toContain(password);
  expect(await readFile(join(directory, 'supabase/config.json'), 'utf8')).not.toContain(password);
});
