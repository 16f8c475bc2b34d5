import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDuckDBWarehouse } from '@cloudact/core/warehouse/duckdb';
import { createClient } from '@supabase/supabase-js';
import { expect, it } from 'vitest';
import { testSupabase } from '../../../scripts/test-supabase.ts';
import { pipelineServiceClient } from '../../pipeline-service/client.ts';
import { openTestBackend } from '../../testing/backend.ts';
import { openInnerDoor } from '../../testing/inner-door.ts';
import type { Method } from '../../testing/requests.ts';
import { randomSlug } from '../../testing/tenants.ts';
import { blob } from './fixtures.ts';

it('a secret is in no answer, log, row of Supabase or file of the warehouse, whatever is done with it', async () => {
  const canary = `canary-${randomUUID()}`;
  const directory = await mkdtemp(join(tmpdir(), 'integration-secrets-'));
  const warehouse = await openDuckDBWarehouse({ directory });
  const door = await openInnerDoor();
  door.connectors = [blob];
  const log: string[] = [];
  const backend = await openTestBackend({
    warehouse,
    logger: { level: 'trace', stream: { write: (line: string) => void log.push(line) } },
    pipelines: pipelineServiceClient({ origin: door.origin, token: async () => 'token' }),
  });
  const { org, key } = await backend.organisation(randomSlug());
  const answers: string[] = [];
  const ask = async (method: Method, path: string, body?: object) => {
    const headers = { 'idempotency-key': randomUUID() };
    const answer = await backend.request(method, path, { credential: key, headers, ...(body && { body }) });
    answers.push(JSON.stringify(answer.headers) + answer.body);
    return answer.statusCode;
  };
  const created = {
    id: 'main',
    connector: 'blob',
    name: 'Blob',
    values: { account: 'acme', secret: `secret-${canary}` },
  };
  const { seal } = backend.deps.vault;

  const statuses = [
    await ask('POST', '/v1/integrations', created),
    await ask('POST', '/v1/integrations', created),
    // Where it does not belong, and not of its form.
    await ask('POST', '/v1/integrations', { ...created, id: 'other', values: { secret: canary, account: canary } }),
    await ask('PATCH', '/v1/integrations/main', { values: { secret: canary, external: canary } }),
    await ask('PATCH', '/v1/integrations/main', { values: { secret: `secret-changed-${canary}`, phrase: canary } }),
  ];
  door.instead = { status: 500, body: '{}' };
  statuses.push(await ask('POST', '/v1/integrations/main/check'));
  door.instead = undefined;
  door.findings = [{ step: 'list', ok: false, detail: 'Denied.' }];
  statuses.push(await ask('POST', '/v1/integrations/main/check'));
  backend.deps.vault.seal = () => Promise.reject(new Error('a bug'));
  statuses.push(
    await ask('PATCH', '/v1/integrations/main', { values: { secret: `secret-${canary}`, phrase: canary } }),
  );
  backend.deps.vault.seal = seal;
  statuses.push(await ask('GET', '/v1/integrations/main'), await ask('GET', '/v1/integrations'));
  expect(statuses).toEqual([201, 409, 400, 400, 200, 503, 200, 500, 200, 200]);

  const files = async () => {
    const names = await readdir(directory, { recursive: true, withFileTypes: true });
    const contents = names
      .filter((entry) => entry.isFile())
      .map((entry) => readFile(join(entry.parentPath, entry.name)));
    return Buffer.concat(await Promise.all(contents)).toString('latin1');
  };
  // What is looked for would be seen: the names of the fields are in the open.
  expect(await files()).toContain('phrase');
  const { url, serviceRoleKey } = await testSupabase();
  const supabase = createClient(url, serviceRoleKey, { auth: { persistSession: false } });
  const tables = ['integrations', 'audit_events', 'idempotency_keys'];
  const rows = await Promise.all(tables.map((table) => supabase.from(table).select('*').eq('org_slug', org)));
  for (const { data } of rows) expect(data?.length).toBeGreaterThan(0);
  const held = { answers: answers.join(), log: log.join(), rows: JSON.stringify(rows), files: await files() };

  expect(await ask('DELETE', '/v1/integrations/main')).toBe(204);
  await backend.close();
  const after = { answers: answers.join(), log: log.join(), files: await files() };
  for (const texts of [held, after]) {
    for (const [where, text] of Object.entries(texts)) {
      expect(text.length, where).toBeGreaterThan(0);
      expect(text.includes(canary), where).toBe(false);
    }
  }
  await door.close();
  await rm(directory, { recursive: true });
});
