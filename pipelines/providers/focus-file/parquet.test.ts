import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkbench } from '@cloudact/core/warehouse/duckdb';
import { expect, test } from 'vitest';
import { awsUsage, openBill, type Row } from './test-bill.ts';

/** One row of usage, some of its columns as SQL expressions of other types than text, through a Parquet file. */
async function throughParquet(change: Row, typed: Record<string, string>): Promise<Row> {
  const directory = await mkdtemp(join(tmpdir(), 'focus-parquet-test-'));
  const file = join(directory, 'bill.parquet');
  const writer = await openWorkbench({ inputs: [], outputs: [file] });
  try {
    const texts = Object.entries({ ...awsUsage, ...change }).flatMap(([name, value]) =>
      typed[name] ? [] : [`${value === null ? 'NULL' : `'${value.replaceAll("'", "''")}'`} AS "${name}"`],
    );
    const columns = [...texts, ...Object.entries(typed).map(([name, sql]) => `${sql} AS "${name}"`)];
    await writer.run(`COPY (SELECT ${columns.join(', ')}) TO '${file}' (FORMAT parquet)`);
    const bill = await openBill(file);
    await bill.close();
    return bill.rows[0]!;
  } finally {
    await writer.close();
    await rm(directory, { recursive: true });
  }
}

test('doubles are what the writer had, times and maps are read by their types', async () => {
  const row = await throughParquet(
    {},
    {
      BilledCost: 'CAST(0.1 AS DOUBLE) + CAST(1.6e-7 AS DOUBLE)',
      ChargePeriodStart: `TIMESTAMP '2024-09-02 00:00:00'`,
      BillingPeriodStart: `TIMESTAMPTZ '2024-09-01 02:00:00+02:00'`,
      Tags: `MAP {'team': 'web, core', 'a=b': NULL}`,
      x_Discounts: `MAP {'edp': CAST(-0.5 AS DOUBLE)}`,
    },
  );
  expect(row).toMatchObject({
    BilledCost: '0.100000160000000000',
    ChargePeriodStart: '2024-09-02 00:00:00',
    BillingPeriodStart: '2024-09-01 00:00:00',
    Tags: '{"a=b":null,"team":"web, core"}',
    x_Discounts: '{"edp":-0.5}',
  });
});

test.each([
  ['a list of pairs', `[{'key': 'team', 'value': 'web'}, {'key': 'env', 'value': 'prod'}]`],
  [
    'a list of pairs in capitals, with more members',
    `[{'Key': 'team', 'Value': 'web', 'x_Inherited': false}, {'Key': 'env', 'Value': 'prod', 'x_Inherited': true}]`,
  ],
  ['a struct', `{'team': 'web', 'env': 'prod'}`],
  ['a map', `MAP {'team': 'web', 'env': 'prod'}`],
  [
    'the lists of a writer that names each element',
    `{'list': [{'element': {'key': 'team', 'value': 'web'}}, {'element': {'key': 'env', 'value': 'prod'}}]}`,
  ],
  ['the entries of a map', `{'key_value': [{'key': 'team', 'value': 'web'}, {'key': 'env', 'value': 'prod'}]}`],
])('tags as %s are one flat JSON object', async (_, Tags) => {
  expect(await throughParquet({}, { Tags })).toMatchObject({ Tags: '{"env":"prod","team":"web"}' });
});

test('nested columns of Google become JSON text, their amounts exact', async () => {
  const row = await throughParquet(
    { ProviderName: 'Google Cloud', PublisherName: 'Google Cloud' },
    {
      BilledCost: 'CAST(0.500000001 AS DECIMAL(38,9))',
      x_Credits: `[{'Name': 'trial', 'Amount': CAST(-0.123456789 AS DECIMAL(38,9)), 'FullName': NULL, 'Id': '1', 'Type': 'PROMOTION'}]`,
      x_Labels: `[{'Key': 'team', 'Value': 'web'}]`,
      Tags: 'CAST(NULL AS VARCHAR)',
    },
  );
  expect(row.BilledCost).toBe('0.500000001000000000');
  expect(JSON.parse(row.x_UpgradeNotes!)).toMatchObject({ BilledCost: expect.stringContaining('-0.123456789 ') });
  expect(JSON.parse(row.x_Credits!)).toMatchObject([{ Name: 'trial', Type: 'PROMOTION' }]);
});
