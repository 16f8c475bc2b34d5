import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseOrgSlug } from '../../org.ts';
import { defineQuery } from '../query.ts';
import { charge, stageCharges } from '../testing.ts';
import { duckdbDialect } from './dialect.ts';
import { openDuckDBWarehouse } from './duckdb-warehouse.ts';

const acme = parseOrgSlug('acme_inc');
let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'upgrades-test-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const loads = defineQuery<Record<string, never>, { run: string; token: string | null }>({
  name: 'loads',
  params: {},
  sql: (d) =>
    `SELECT RunId AS run, SourceToken AS token FROM _loads WHERE org_slug = ${d.param('org_slug')} ORDER BY 1`,
});

function load(warehouse: Awaited<ReturnType<typeof openDuckDBWarehouse>>, month: string, token?: string) {
  return warehouse.forOrg(acme).load(async (session) => {
    await stageCharges(session, duckdbDialect, 'staged', [charge(`${month}-05`, 'EC2', '1')]);
    return session.replacePartitions({
      integrationId: 'aws_main',
      billingPeriods: [`${month}-01`],
      costTable: 'staged',
      runId: `run of ${month}`,
      extractedAt: '2026-11-02T00:00:00Z',
      ...(token && { sourceTokens: { [`${month}-01`]: token } }),
    });
  });
}

/** What a dataset looked like before its loads had a token. */
async function withoutTokens(file: string): Promise<void> {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  await connection.run('ALTER TABLE _loads DROP COLUMN SourceToken');
  connection.closeSync();
  instance.closeSync();
}

test('a dataset made before loads had a token gets them when it is opened, and keeps its loads', async () => {
  const before = await openDuckDBWarehouse({ directory });
  await before.createDataset(acme);
  await load(before, '2026-09');
  await before.close();
  await withoutTokens(join(directory, 'acme_inc_prod.duckdb'));

  for (const token of ['first', 'second']) {
    const after = await openDuckDBWarehouse({ directory });
    await load(after, '2026-10', token);
    expect(await after.forOrg(acme).rows(loads, {})).toEqual([
      { run: 'run of 2026-09', token: null },
      { run: 'run of 2026-10', token },
    ]);
    await after.close();
  }
});
