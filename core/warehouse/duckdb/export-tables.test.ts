import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { acme, Bench, globex } from '../conformance/bench.ts';
import { datasetTables } from '../tables.ts';
import { charge, stageCharges } from '../testing.ts';
import { duckdbDialect } from './dialect.ts';
import { openDuckDBWarehouse } from './duckdb-warehouse.ts';
import { quotePath } from './values.ts';
import { openWorkbench } from './workbench.ts';

const at = new Bench();
let root: string;
let folder: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'warehouse-export-'));
  folder = join(root, 'export');
  await mkdir(folder);
  at.warehouse = await openDuckDBWarehouse({ directory: join(root, 'warehouse') });
  at.dialect = duckdbDialect;
  for (const org of [acme, globex]) await at.warehouse.createDataset(org);
});
afterEach(async () => {
  await at.warehouse.close();
  await rm(root, { recursive: true });
});

/** Every row of an exported file, all values as text. */
async function readBack(file: string): Promise<Record<string, unknown>[]> {
  const workbench = await openWorkbench({ inputs: [file], outputs: [] });
  try {
    return await workbench.rows(`SELECT * FROM read_parquet(${quotePath(file)})`);
  } finally {
    await workbench.close();
  }
}

const exactCosts = ['12345678901234567890.123456789012345678', '-0.000000000000000001', '0.1', '0'];

it('what is exported reads back equal, to the last decimal, with raw rows and roll-up', async () => {
  await at.warehouse.forOrg(acme).load(async (session) => {
    const charges = exactCosts.map((cost, index) =>
      charge(`2026-10-0${index + 1}`, "Erika's \u{1F4BE} service\n", cost, { Tags: '{"team":"größer"}', x_Note: 'n' }),
    );
    await stageCharges(session, duckdbDialect, 'staged', charges);
    await session.run(`CREATE TEMP TABLE raw AS SELECT '2026-10-01' AS billing_period, '007' AS odd_name`);
    await session.replacePartitions({
      integrationId: 'aws_main',
      billingPeriods: ['2026-10-01'],
      costTable: 'staged',
      raw: { name: 'raw_aws', table: 'raw' },
      runId: 'run_1',
      extractedAt: '2026-11-02T00:00:00Z',
    });
  });
  const exported = await at.warehouse.forOrg(acme).exportTables(folder);

  expect(exported.map(({ table }) => table)).toEqual(
    expect.arrayContaining([...Object.values(datasetTables), 'raw_aws']),
  );
  expect((await readdir(folder)).sort()).toEqual(exported.map(({ file }) => file).sort());
  for (const { table, file, rows } of exported) {
    const kept = await at.select((d) => `SELECT * FROM ${d.quote(table)} WHERE org_slug = ${d.param('org_slug')}`);
    const read = await readBack(join(folder, file));
    expect(read, table).toEqual(kept);
    expect(read, table).toHaveLength(rows);
  }
  const costs = await readBack(join(folder, `${datasetTables.cost}.parquet`));
  expect(costs.map(({ BilledCost }) => String(BilledCost).replace(/\.?0+$/, '')).sort()).toEqual(
    [...exactCosts].sort(),
  );
});

it('an export holds rows of its own organisation only, and the dataset stays as it is', async () => {
  await at.load([charge('2026-10-05', 'EC2', '1')]);
  await at.load([charge('2026-10-05', 'EC2', '2')], {}, globex);
  const before = await at.totals();
  const exported = await at.warehouse.forOrg(acme).exportTables(folder);
  for (const { file } of exported) {
    for (const row of await readBack(join(folder, file))) expect(row.org_slug).toBe(acme);
  }
  expect(await at.totals()).toEqual(before);
  expect(await at.warehouse.forOrg(acme).dataVersion()).toBe(1);
});

it('an export that cannot be written leaves nothing behind, and the warehouse goes on', async () => {
  await at.load([charge('2026-10-05', 'EC2', '1')]);
  await expect(at.warehouse.forOrg(acme).exportTables(join(root, 'absent'))).rejects.toThrow(/ENOENT/);
  expect(await readdir(join(root, 'warehouse', 'temporary'))).toEqual([]);
  expect(await at.totals()).toHaveLength(1);
});

it('SQL cannot read the folder that an export was written to', async () => {
  await at.load([charge('2026-10-05', 'EC2', '1')]);
  await at.warehouse.forOrg(acme).exportTables(folder);
  const file = join(folder, `${datasetTables.cost}.parquet`);
  const read = at.warehouse.forOrg(globex).load((session) => session.rows(`SELECT * FROM read_parquet('${file}')`));
  await expect(read).rejects.toThrow(/Permission|disabled|allowed/i);
});

it('a dataset that is not there is not exported', async () => {
  await at.warehouse.dropDataset(acme);
  await expect(at.warehouse.forOrg(acme).exportTables(folder)).rejects.toMatchObject({ code: 'dataset_not_found' });
  expect(await readdir(folder)).toEqual([]);
});
