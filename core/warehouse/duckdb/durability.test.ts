import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseOrgSlug } from '../../org.ts';
import type { Warehouse } from '../port.ts';
import { defineQuery } from '../query.ts';
import { charge, stageCharges } from '../testing.ts';
import { duckdbDialect } from './dialect.ts';
import { openDuckDBWarehouse } from './duckdb-warehouse.ts';

const acme = parseOrgSlug('acme_inc');
const globex = parseOrgSlug('globex');
let directory: string;
let opened: Warehouse[] = [];
let children: ChildProcess[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'durability-test-'));
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await Promise.all(opened.map((warehouse) => warehouse.close()));
  opened = [];
  children = [];
  await rm(directory, { recursive: true, force: true });
});

async function openHere(path = directory): Promise<Warehouse> {
  const warehouse = await openDuckDBWarehouse({ directory: path });
  opened.push(warehouse);
  return warehouse;
}

async function closeHere(): Promise<void> {
  await Promise.all(opened.splice(0).map((warehouse) => warehouse.close()));
}

function load(warehouse: Warehouse, cost: string, org = acme) {
  return warehouse.forOrg(org).load(async (session) => {
    await stageCharges(session, duckdbDialect, 'staged', [charge('2026-10-05', 'EC2', cost)]);
    return session.replacePartitions({
      integrationId: 'aws_main',
      billingPeriods: ['2026-10-01'],
      costTable: 'staged',
      runId: 'run_1',
      extractedAt: '2026-11-02T00:00:00Z',
    });
  });
}

/** Everything that a load changes, in one row. */
const stateQuery = defineQuery<Record<string, never>, Record<string, string>>({
  name: 'state',
  params: {},
  sql: (d) => {
    const org = `org_slug = ${d.param('org_slug')}`;
    return `SELECT (SELECT count(*) FROM cost_data_standard_1_3 WHERE ${org}) AS charges,
      (SELECT ${d.decimalText('SUM(BilledCost)')} FROM cost_data_standard_1_3 WHERE ${org}) AS cost,
      (SELECT SUM(ChargeCount) FROM cost_daily WHERE ${org}) AS daily_charges,
      (SELECT ${d.decimalText('SUM(BilledCost)')} FROM cost_daily WHERE ${org}) AS daily_cost,
      (SELECT SUM(${d.quote('Rows')}) FROM _loads WHERE ${org}) AS recorded,
      (SELECT min(RunId) FROM _loads WHERE ${org}) AS run,
      DataVersion AS version FROM _version WHERE ${org}`;
  },
});

async function stateOf(warehouse: Warehouse, org = acme) {
  const [state] = await warehouse.forOrg(org).rows(stateQuery, {});
  return state!;
}

/** Runs a script of `fixtures/` on the directory; `line` gives the next line that it prints. */
function startChild(script: string, ...args: string[]) {
  const path = fileURLToPath(new URL(`./fixtures/${script}`, import.meta.url));
  const child = spawn(process.execPath, [path, directory, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  return { child, line: async () => (await lines.next()).value as string | undefined };
}

describe('a warehouse directory has one owner', () => {
  test('a second opening in one process is refused, also through a link, and allowed after closing', async () => {
    const warehouse = await openHere();
    const link = `${directory}-link`;
    await symlink(directory, link);
    for (const path of [directory, join(directory, '.'), link]) {
      await expect(openDuckDBWarehouse({ directory: path })).rejects.toMatchObject({ code: 'conflict' });
    }
    await rm(link);
    await warehouse.createDataset(acme);
    await closeHere();
    await stateOf(await openHere());
  });

  test('a second process is refused with what to do, and can open when the first has closed', async () => {
    const holder = startChild('hold.ts');
    expect(await holder.line()).toBe('open');
    await expect(openDuckDBWarehouse({ directory })).rejects.toMatchObject({
      code: 'unavailable',
      detail: expect.stringMatching(
        new RegExp(`control.duckdb is open in another process \\(process id ${holder.child.pid}\\).*stop`),
      ),
    });
    holder.child.kill('SIGTERM');
    await once(holder.child, 'exit');
    await (await openHere()).ping();
  });
});

describe('a process that is killed', () => {
  test('in the middle of a load leaves the dataset as it was, or as it was to be', async () => {
    const before = {
      charges: '2000',
      cost: '2000',
      daily_charges: '2000',
      daily_cost: '2000',
      recorded: '2000',
      run: 'before',
      version: '1',
    };
    const after = {
      charges: '30000',
      cost: '60000',
      daily_charges: '30000',
      daily_cost: '60000',
      recorded: '30000',
      run: 'after',
      version: '2',
    };
    const killed = async (turns: number) => {
      const { child, line } = startChild('killed-load.ts', String(turns));
      const exit = once(child, 'exit');
      const reached = Number(await line());
      expect((await exit)[1]).toBe('SIGKILL');
      const state = await stateOf(await openHere());
      expect([before, after]).toContainEqual(state);
      await closeHere();
      await rm(directory, { recursive: true });
      return { reached, run: state.run };
    };
    const whole = await killed(Number.POSITIVE_INFINITY);
    expect(whole.run).toBe('after');
    expect((await killed(0)).run).toBe('before');
    for (const share of [0.5, 0.9, 1]) await killed(Math.round(whole.reached * share));
  }, 120_000);
});

describe('a damaged file', () => {
  test('is named, and the datasets beside it go on', async () => {
    const warehouse = await openHere();
    await warehouse.createDataset(acme);
    await warehouse.createDataset(globex);
    await load(warehouse, '3', globex);
    await closeHere();
    const file = join(directory, 'acme_inc_prod.duckdb');
    for (const damage of [
      () => writeFile(file, 'not a database'.repeat(1000)),
      () => overwrite(file, 0, 4096),
      () => truncate(file, 5000),
    ]) {
      await damage();
      const reopened = await openHere();
      await expect(stateOf(reopened)).rejects.toMatchObject({
        code: 'dataset_damaged',
        detail: expect.stringContaining(file),
      });
      await expect(load(reopened, '1')).rejects.toMatchObject({ code: 'dataset_damaged' });
      expect(await stateOf(reopened, globex)).toMatchObject({ cost: '3' });
      await closeHere();
    }
  });

  test('can be dropped and made anew', async () => {
    await writeFile(join(directory, 'acme_inc_prod.duckdb'), 'not a database');
    const warehouse = await openHere();
    await expect(warehouse.createDataset(acme)).rejects.toMatchObject({ code: 'dataset_damaged' });
    await warehouse.dropDataset(acme);
    await warehouse.createDataset(acme);
    await load(warehouse, '1');
    expect(await stateOf(warehouse)).toMatchObject({ cost: '1' });
  });

  test('of the control dataset stops the opening, and leaves the directory free', async () => {
    await writeFile(join(directory, 'control.duckdb'), 'not a database');
    await expect(openHere()).rejects.toMatchObject({
      code: 'dataset_damaged',
      detail: expect.stringContaining('control.duckdb'),
    });
    await rm(join(directory, 'control.duckdb'));
    await (await openHere()).ping();
  });

  test('an empty one, as a kill can leave it, is not there', async () => {
    await writeFile(join(directory, 'acme_inc_prod.duckdb'), '');
    const warehouse = await openHere();
    expect(await warehouse.hasDataset(acme)).toBe(false);
    await expect(stateOf(warehouse)).rejects.toMatchObject({ code: 'dataset_not_found' });
    await warehouse.createDataset(acme);
    expect(await stateOf(warehouse)).toMatchObject({ version: '0' });
  });
});

test('a full disk is said to be full, costs nothing that was there, and small loads go on', async () => {
  const script = fileURLToPath(new URL('./fixtures/full-disk.ts', import.meta.url));
  // 8 MB for each file, counted in blocks of 512 bytes.
  const child = spawn('sh', ['-c', 'ulimit -f 16384; exec "$0" "$@"', process.execPath, script, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  let there = 0;
  const outcomes: string[] = [];
  for await (const line of createInterface({ input: child.stdout! })) {
    const step = JSON.parse(line) as { rows: number; outcome: string; there: number };
    expect(['loaded', 'storage_full']).toContain(step.outcome);
    if (step.outcome === 'loaded') there = step.rows;
    expect(step.there).toBe(there);
    outcomes.push(step.outcome);
  }
  expect(outcomes.slice(0, 3)).toEqual(['loaded', 'storage_full', 'loaded']);
  expect(outcomes.at(-1)).toBe('loaded');
  expect(await stateOf(await openHere())).toMatchObject({ charges: '3', daily_charges: '3', recorded: '3' });
});

test('a statement of a load says what failed where it failed: memory, and a damaged file that is no dataset', async () => {
  const warehouse = await openDuckDBWarehouse({ directory, memoryLimit: '40MB' });
  opened.push(warehouse);
  await warehouse.createDataset(acme);
  const cut = join(directory, 'cut.parquet');
  await warehouse.forOrg(acme).load(async (session) => {
    await expect(session.rows('SELECT len(list(range)) AS n FROM range(20000000)')).rejects.toMatchObject({
      code: 'unavailable',
      detail: expect.stringContaining('memory'),
    });
    await writeFile(cut, `PAR1${'x'.repeat(100)}PAR1`);
    await expect(session.rows(`SELECT * FROM read_parquet(['${cut}'])`)).rejects.not.toMatchObject({
      code: expect.anything(),
    });
  });
  await load(warehouse, '1');
  expect(await stateOf(warehouse)).toMatchObject({ cost: '1' });
});

test('closing writes everything into the files and leaves nothing beside them', async () => {
  const warehouse = await openHere();
  await warehouse.createDataset(acme);
  await load(warehouse, '1');
  await closeHere();
  expect((await readdir(directory)).sort()).toEqual(['acme_inc_prod.duckdb', 'control.duckdb', 'temporary']);
  expect(await readdir(join(directory, 'temporary'))).toEqual([]);
});

async function overwrite(file: string, from: number, length: number): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.write(Buffer.alloc(length, 0x5a), 0, length, from);
  await handle.close();
}
