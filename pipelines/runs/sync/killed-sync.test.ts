import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseOrgSlug } from '@cloudact/core/org';
import { openDuckDBWarehouse } from '@cloudact/core/warehouse/duckdb';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { awsS3 } from '../../providers/aws/connector/index.ts';
import { type AwsServer, startAwsServer } from '../../providers/aws/connector/testing/aws-server.ts';
import { createRunStore } from '../run-store.ts';
import { billedByMonth } from '../testing/demo-org.ts';
import { syncConnection } from './sync-connection.ts';
import { deliver, exportSettings } from './testing/focus-export.ts';

const org = parseOrgSlug('larkmoor');
const program = fileURLToPath(new URL('./testing/sync-until-killed.ts', import.meta.url));
let server: AwsServer;
let directory: string;

beforeAll(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAOURSELVES');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'our-own-secret');
  server = await startAwsServer();
  await deliver(server, '2026-10', { 'a.csv': ['1', '0.25'] });
  await deliver(server, '2026-11', { 'a.csv': ['0.1'], 'b.csv': ['0.2'] });
  directory = await mkdtemp(join(tmpdir(), 'killed-sync-'));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await server.close();
  await rm(directory, { recursive: true, force: true });
});

/** Ends when the program has reported the line; it is killed there. */
async function killAt(line: string, warehouse: string, inbox: string): Promise<void> {
  const child = spawn(process.execPath, [program, warehouse, inbox, server.endpoint], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  for await (const said of createInterface({ input: child.stdout })) if (said === line) child.kill('SIGKILL');
  expect((await ended)[1]).toBe('SIGKILL');
}

test.each([
  ['2026-10 fetching', {}],
  ['2026-10 reading', {}],
  ['2026-11 fetching', { 'aws-main 2026-10': '1.25' }],
  ['2026-11 converting', { 'aws-main 2026-10': '1.25' }],
  ['2026-11 publishing', { 'aws-main 2026-10': '1.25' }],
])('killed at %s and done again, the result is the same', async (line, before) => {
  const path = join(directory, line.replace(' ', '-'));
  const inbox = join(path, 'inbox');
  await mkdir(inbox, { recursive: true });
  await killAt(line, join(path, 'warehouse'), inbox);
  expect(await readdir(inbox)).toHaveLength(1);

  const warehouse = await openDuckDBWarehouse({ directory: join(path, 'warehouse'), inboxDirectories: [inbox] });
  try {
    expect(await billedByMonth(warehouse.forOrg(org))).toEqual(before);
    const store = createRunStore(warehouse.control);
    expect(await store.recover()).toEqual([]);
    const states = (await store.list(org)).map(({ state, error }) => error?.code ?? state);
    expect(states.toSorted()).toEqual([...Object.keys(before).map(() => 'succeeded'), 'unavailable']);

    await syncConnection({
      warehouse,
      org,
      integrationId: 'aws-main',
      connector: awsS3,
      settings: exportSettings(),
      workFolder: inbox,
      endpoint: server.endpoint,
    });
    expect(await billedByMonth(warehouse.forOrg(org))).toEqual({
      'aws-main 2026-10': '1.25',
      'aws-main 2026-11': '0.3',
    });
    expect(await readdir(inbox)).toEqual([]);
  } finally {
    await warehouse.close();
  }
});
