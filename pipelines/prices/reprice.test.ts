import { openWorkbench, type Workbench } from '@cloudact/core/warehouse/duckdb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { repriceDifferences } from './reprice.ts';

interface Charge {
  row: number;
  model?: string;
  meter?: string;
  currency?: string;
  billed: string | null;
  list?: string | null;
  day?: string;
}

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench({ inputs: [], outputs: [] });
});
afterAll(() => workbench.close());

function relation(charges: readonly Charge[]): string {
  const rows = charges.map(({ row, model = 'gpt-5', meter = 'Input Tokens', currency = 'USD', billed, list, day }) => {
    const money = (text: string | null) => `CAST(${text === null ? 'NULL' : `'${text}'`} AS DECIMAL(38,18))`;
    const start = `TIMESTAMP '${day ?? '2026-10-01'} 00:00:00'`;
    return `SELECT ${start} AS "ChargePeriodStart", ${start} + INTERVAL 1 DAY AS "ChargePeriodEnd", 'p' AS "SubAccountId",
      NULL AS "ResourceId", 's' AS "SkuId", 's' AS "SkuPriceId", 10 AS "ConsumedQuantity", NULL AS "x_PrincipalId",
      'f.jsonl' AS "x_SourceFile", ${row} AS "x_SourceRow", '${model}' AS "x_Model", '${meter}' AS "SkuMeter", '${currency}' AS "BillingCurrency",
      ${money(billed)} AS "BilledCost", ${money(list === undefined ? billed : list)} AS "ListCost", ${money(billed)} AS "EffectiveCost"`;
  });
  return `(${rows.join(' UNION ALL ')})`;
}

/** Each value as its text. */
function differences(before: readonly Charge[], after: readonly Charge[]): Promise<Record<string, string | null>[]> {
  const sql = repriceDifferences({ before: relation(before), after: relation(after) });
  return workbench.rows(`SELECT CAST(COLUMNS(*) AS VARCHAR) FROM (${sql})`);
}

const cheap = { row: 1, billed: '0.1' };

it('the same prices make no difference, in whatever order the rows are', async () => {
  const other = { row: 2, billed: '0.2' };
  expect(await differences([cheap, other, cheap], [other, cheap, cheap])).toEqual([]);
});

it('another price is a difference of its day, model, meter and currency, exact', async () => {
  const same = { row: 3, meter: 'Output Tokens', billed: '7' };
  const before = [cheap, { row: 2, billed: '0.2' }, same];
  const after = [{ ...cheap, billed: '0.100000000000000001' }, { row: 2, billed: '0.3' }, same];
  expect(await differences(before, after)).toEqual([
    {
      day: '2026-10-01',
      model: 'gpt-5',
      sku_meter: 'Input Tokens',
      currency: 'USD',
      rows_before: '2',
      rows_after: '2',
      rows_changed: '2',
      billed_before: '0.300000000000000000',
      billed_after: '0.400000000000000001',
      billed_difference: '0.100000000000000001',
      list_before: '0.300000000000000000',
      list_after: '0.400000000000000001',
      list_difference: '0.100000000000000001',
      effective_before: '0.300000000000000000',
      effective_after: '0.400000000000000001',
      effective_difference: '0.100000000000000001',
      unpriced_before: '0',
      unpriced_after: '0',
    },
  ]);
});

it('rows that trade their costs are changed, though the sums are not', async () => {
  const rows = await differences(
    [cheap, { row: 2, billed: '0.2' }],
    [
      { row: 1, billed: '0.2' },
      { row: 2, billed: '0.1' },
    ],
  );
  expect(rows).toMatchObject([{ rows_changed: '2', billed_difference: '0.000000000000000000' }]);
});

it('usage that gets a price leaves the unpriced', async () => {
  const rows = await differences(
    [
      { row: 1, billed: null },
      { row: 2, billed: null },
    ],
    [cheap, { row: 2, billed: null }],
  );
  expect(rows).toMatchObject([
    {
      currency: 'USD',
      rows_before: '0',
      rows_after: '1',
      rows_changed: '1',
      billed_before: '0.000000000000000000',
      billed_difference: '0.100000000000000000',
      unpriced_after: '0',
    },
    { currency: null, rows_before: '0', rows_after: '0', rows_changed: '0', unpriced_before: '2', unpriced_after: '1' },
  ]);
});

it('a currency is never added to another', async () => {
  const rows = await differences([cheap], [{ ...cheap, currency: 'EUR' }]);
  expect(rows).toMatchObject([
    { currency: 'EUR', billed_difference: '0.100000000000000000' },
    { currency: 'USD', billed_difference: '-0.100000000000000000' },
  ]);
});

it('a sum with an unknown cost is unknown', async () => {
  const rows = await differences([{ ...cheap, list: null }], [cheap]);
  expect(rows).toMatchObject([
    { list_before: null, list_after: '0.100000000000000000', list_difference: null, rows_changed: '1' },
  ]);
});
