import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseOrgSlug } from '../../org.ts';
import { slowQuery } from '../conformance/bench.ts';
import type { Warehouse } from '../port.ts';
import { defineQuery } from '../query.ts';
import { charge, stageCharges } from '../testing.ts';
import { duckdbDialect } from './dialect.ts';
import { openDuckDBWarehouse } from './duckdb-warehouse.ts';

const acme = parseOrgSlug('acme_inc');
let directory: string;
let inbox: string;
let warehouse: Warehouse;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'concurrency-test-'));
  inbox = join(directory, 'inbox');
  warehouse = await openDuckDBWarehouse({ directory: join(directory, 'warehouse'), inboxDirectories: [inbox] });
  await warehouse.createDataset(acme);
});

afterEach(async () => {
  await warehouse.close();
  await rm(directory, { recursive: true, force: true });
});

const sums = defineQuery<Record<string, never>, { charges: string; daily: string; version: string }>({
  name: 'sums',
  params: {},
  sql: (d) => {
    const org = `org_slug = ${d.param('org_slug')}`;
    return `SELECT ${d.decimalText('COALESCE(SUM(BilledCost), 0)')} AS charges,
      (SELECT ${d.decimalText('COALESCE(SUM(BilledCost), 0)')} FROM cost_daily WHERE ${org}) AS daily,
      (SELECT DataVersion FROM _version WHERE ${org}) AS version
      FROM cost_data_standard_1_3 WHERE ${org}`;
  },
});

async function load(cost: string, day = '2026-10-05'): Promise<void> {
  await warehouse.forOrg(acme).load(async (session) => {
    await stageCharges(session, duckdbDialect, 'staged', [charge(day, 'EC2', cost)]);
    await session.replacePartitions({
      integrationId: 'aws_main',
      billingPeriods: [`${day.slice(0, 7)}-01`],
      costTable: 'staged',
      runId: `run_${cost}`,
      extractedAt: '2026-11-02T00:00:00Z',
    });
  });
}

test('event loop and file reads stay alive under 32 concurrent queries', async () => {
  await load('1');
  const file = join(directory, 'beside.txt');
  await writeFile(file, 'read me');
  const abort = new AbortController();
  let pending = 32;
  const queries = Array.from({ length: 32 }, () =>
    warehouse
      .forOrg(acme)
      .rows(slowQuery, {}, { signal: abort.signal })
      .catch((error: unknown) => error)
      .finally(() => pending--),
  );
  const loading = warehouse
    .forOrg(acme)
    .load(
      (session) =>
        session.rows('SELECT count(*) FROM range(100000000) AS a(x), range(100000000) AS b(y) WHERE x * y % 7 = 3'),
      {
        signal: abort.signal,
      },
    )
    .catch((error: unknown) => error);
  for (let turn = 0; turn < 20; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
    expect(await readFile(file, 'utf8')).toBe('read me');
  }
  expect(pending).toBe(32);
  abort.abort(new Error('enough'));
  for (const outcome of await Promise.all([...queries, loading])) expect(outcome).toBe(abort.signal.reason);
  expect(await warehouse.forOrg(acme).rows(sums, {})).toEqual([{ charges: '1', daily: '1', version: '1' }]);
});

test('readers see a load whole or not at all', async () => {
  await load('1');
  let loading = true;
  const seen = new Set<string>();
  const readers = Array.from({ length: 4 }, async () => {
    while (loading) {
      const [state] = await warehouse.forOrg(acme).rows(sums, {});
      expect(state!.daily).toBe(state!.charges);
      expect(state!.version).toBe(state!.charges);
      seen.add(state!.charges);
    }
  });
  for (let cost = 2; cost <= 8; cost++) await load(String(cost));
  loading = false;
  await Promise.all(readers);
  expect(seen.size).toBeGreaterThan(1);
  expect(await warehouse.forOrg(acme).dataVersion()).toBe(8);
});

test('loads of many organisations and their readers do not meet', async () => {
  const orgs = ['org_a', 'org_b', 'org_c', 'org_d'].map(parseOrgSlug);
  await Promise.all(
    orgs.map(async (org, index) => {
      await warehouse.createDataset(org);
      await warehouse.forOrg(org).load(async (session) => {
        await stageCharges(session, duckdbDialect, 'staged', [charge('2026-10-05', 'EC2', String(index))]);
        await session.replacePartitions({
          integrationId: 'same_id',
          billingPeriods: ['2026-10-01'],
          costTable: 'staged',
          runId: 'same_run',
          extractedAt: '2026-11-02T00:00:00Z',
        });
      });
      expect(await warehouse.forOrg(org).rows(sums, {})).toEqual([
        { charges: String(index), daily: String(index), version: '1' },
      ]);
    }),
  );
  await Promise.all(orgs.map((org) => warehouse.dropDataset(org)));
  expect(await warehouse.forOrg(acme).rows(sums, {})).toEqual([{ charges: '0', daily: '0', version: '0' }]);
});

test('who is aborted while waiting leaves the line, and the others are served', async () => {
  const abort = new AbortController();
  const holding = [1, 2].map(() =>
    warehouse
      .forOrg(acme)
      .rows(slowQuery, {}, { signal: abort.signal })
      .catch((error: unknown) => error),
  );
  const impatient = new AbortController();
  const waiting = warehouse.forOrg(acme).rows(sums, {}, { signal: impatient.signal });
  const patient = warehouse.forOrg(acme).rows(sums, {});
  impatient.abort(new Error('no longer needed'));
  await expect(waiting).rejects.toThrow('no longer needed');
  abort.abort(new Error('enough'));
  await Promise.all(holding);
  expect(await patient).toHaveLength(1);
});

/** Holds every connection that reads, with more in line, until the signal is aborted. */
function holdReads(count: number, signal: AbortSignal): Promise<unknown>[] {
  return Array.from({ length: count }, () =>
    warehouse
      .forOrg(acme)
      .rows(slowQuery, {}, { signal })
      .catch((error: unknown) => error),
  );
}

test('who asks is looked up, and health is told, while questions hold every connection that reads', async () => {
  const keys = defineQuery<Record<string, never>, { n: string }>({
    name: 'keys',
    params: {},
    sql: () => 'SELECT count(*) AS n FROM api_keys',
  });
  const end = new AbortController();
  const holding = holdReads(20, end.signal);
  expect(await warehouse.control.rows(keys, {})).toEqual([{ n: '0' }]);
  await warehouse.ping();
  end.abort(new Error('enough'));
  expect(new Set(await Promise.all(holding))).toEqual(new Set([end.signal.reason]));
});

test('another organisation is answered before the rest of a long row of questions', async () => {
  const other = parseOrgSlug('other_inc');
  await warehouse.createDataset(other);
  const [first, second] = [new AbortController(), new AbortController()];
  const holding = [...holdReads(1, first.signal), ...holdReads(1, second.signal)];
  const answered: string[] = [];
  const ask = (org: typeof acme) =>
    warehouse
      .forOrg(org)
      .rows(sums, {})
      .then(() => answered.push(org));
  const asked = [...Array.from({ length: 20 }, () => ask(acme)), ask(other)];
  first.abort(new Error('enough'));
  await Promise.all(asked);
  expect(answered).toEqual(['other_inc', ...Array.from({ length: 20 }, () => 'acme_inc')]);
  second.abort(new Error('enough'));
  await Promise.all(holding);
});

test('of one organisation 64 questions of three queries wait, more are refused, and others still wait', async () => {
  const other = parseOrgSlug('other_inc');
  await warehouse.createDataset(other);
  const end = new AbortController();
  const holding = holdReads(2 + 3 * 64, end.signal);
  await expect(warehouse.forOrg(acme).rows(sums, {})).rejects.toMatchObject({ code: 'rate_limited' });
  const patient = warehouse.forOrg(other).rows(sums, {});
  end.abort(new Error('enough'));
  expect(new Set(await Promise.all(holding))).toEqual(new Set([end.signal.reason]));
  expect(await patient).toHaveLength(1);
  expect(await warehouse.forOrg(acme).rows(sums, {})).toHaveLength(1);
});

test('the version is read once for all who ask for it at the same time', async () => {
  await warehouse.close();
  warehouse = await openDuckDBWarehouse({ directory: join(directory, 'warehouse') });
  const end = new AbortController();
  const holding = holdReads(2, end.signal);
  const versions = Array.from({ length: 300 }, () => warehouse.forOrg(acme).dataVersion());
  end.abort(new Error('enough'));
  expect(new Set(await Promise.all(versions))).toEqual(new Set([0]));
  await Promise.all(holding);
});

test('a load reads files of the inbox and no others', async () => {
  await writeFile(join(inbox, 'bill.csv'), 'a\n1\n');
  await writeFile(join(directory, 'secret.csv'), 'a\n1\n');
  await warehouse.forOrg(acme).load(async (session) => {
    const read = (file: string) => session.rows('SELECT a FROM read_csv($file, all_varchar = true)', { file });
    expect(await read(join(inbox, 'bill.csv'))).toEqual([{ a: '1' }]);
    for (const file of [join(directory, 'secret.csv'), join(inbox, '..', 'secret.csv'), '/etc/passwd']) {
      await expect(read(file)).rejects.toThrow('disabled by configuration');
    }
  });
});
