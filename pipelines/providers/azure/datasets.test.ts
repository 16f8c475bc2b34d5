import { describe, expect, test } from 'vitest';
import { checkTotals } from '../../reconcile/index.ts';
import {
  actualUse,
  amortizedUse,
  csvOf,
  focusRowsOf,
  type Line,
  purchase,
  unusedRest,
  withFiles,
} from './fixtures/bill.ts';

const plainUse: Line = {
  ResourceId: '/subscriptions/a/resourceGroups/g/providers/Microsoft.Sql/servers/s/databases/d',
};
const actual = csvOf([plainUse, actualUse, purchase]);
const amortized = csvOf([plainUse, amortizedUse, unusedRest]);
const RUN = 'part_0_0001.csv';

function totalsOf(files: Readonly<Record<string, string>>) {
  return withFiles(files, (workbench, bill) =>
    checkTotals(workbench, bill.plan, bill.table, bill.plan.toFocus(bill.table)),
  );
}

function costs(rows: Awaited<ReturnType<typeof focusRowsOf>>) {
  return rows.map((row) => [row.ChargeCategory, row.CommitmentDiscountStatus, row.BilledCost, row.EffectiveCost]);
}

describe('ActualCost and AmortizedCost of a month', () => {
  test('given together, nothing counts twice and the bill ties to ActualCost', async () => {
    const files = { [`a/${RUN}`]: actual, [`b/${RUN}`]: amortized };
    expect(costs(await focusRowsOf(files))).toEqual([
      ['Purchase', null, '1314', '0'],
      ['Usage', null, '4.8', '4.8'],
      ['Usage', 'Used', '0', '3'],
      ['Usage', 'Unused', '0', '0.6'],
    ]);
    expect(await totalsOf(files)).toMatchObject([{ source: '1318.8', focus: '1318.8', difference: '0' }]);
  });

  test('a month without commitments is in both alike: one of the two counts', async () => {
    const files = { [`a/${RUN}`]: csvOf([plainUse, {}]), [`b/${RUN}`]: csvOf([plainUse, {}]) };
    expect(await focusRowsOf(files)).toHaveLength(2);
    expect(await totalsOf(files)).toMatchObject([{ source: '9.6', focus: '9.6' }]);
  });

  test('many months at once are told apart, each by its own files', async () => {
    const april: Line = {
      Date: '04/05/2025',
      BillingPeriodStartDate: '04/01/2025',
      BillingPeriodEndDate: '04/30/2025',
    };
    const files = {
      [`m/${RUN}`]: actual,
      [`n/${RUN}`]: amortized,
      [`o/${RUN}`]: csvOf([{ ...plainUse, ...april }]),
      [`p/${RUN}`]: csvOf([{ ...plainUse, ...april }]),
    };
    expect(await totalsOf(files)).toMatchObject([
      { billingPeriod: '2025-03-01', source: '1318.8' },
      { billingPeriod: '2025-04-01', source: '4.8' },
    ]);
  });

  test('parts of an export are one dataset, also a part without commitments', async () => {
    const more = csvOf([
      { ...plainUse, Date: '03/06/2025' },
      { ...plainUse, Date: '03/07/2025' },
    ]);
    const files = {
      'a/part_0_0001.csv': actual,
      'a/part_1_0001.csv': more,
      'b/part_0_0001.csv': amortized,
      'b/part_1_0001.csv': more,
    };
    expect(await focusRowsOf(files)).toHaveLength(6);
    expect(await totalsOf(files)).toMatchObject([{ source: '1328.4', focus: '1328.4' }]);
  });

  test('a part whose folder is not told belongs where its charges are missing', async () => {
    const more = [{ ...plainUse, Date: '03/06/2025' }];
    const files = {
      'a/part_0_0001.csv': actual,
      'a/part_1_0001.csv': csvOf(more),
      'b/part_0_0001.csv': csvOf([plainUse, amortizedUse, unusedRest, ...more]),
    };
    expect(await totalsOf(files)).toMatchObject([{ source: '1323.6', focus: '1323.6' }]);
  });

  test('ActualCost alone counts whole, and says that amortization is missing', async () => {
    const rows = await focusRowsOf({ 'bill.csv': actual });
    expect(rows.map((row) => [row.BilledCost, row.EffectiveCost, row.x_AmortizationMissing])).toEqual([
      ['4.8', '4.8', null],
      ['0', '0', true],
      ['1314', '0', true],
    ]);
  });

  test('AmortizedCost alone bills what is no commitment, and says that purchases are missing', async () => {
    const rows = await focusRowsOf({ 'bill.csv': amortized });
    expect(rows.map((row) => [row.BilledCost, row.EffectiveCost, row.x_PurchasesMissing])).toEqual([
      ['4.8', '4.8', null],
      ['0', '3', true],
      ['0', '0.6', true],
    ]);
    expect(await totalsOf({ 'bill.csv': amortized })).toMatchObject([{ source: '4.8', focus: '4.8' }]);
  });
});

describe('what cannot be told is refused, by name', () => {
  test.each([
    [
      'one file that holds both datasets',
      { 'all.csv': csvOf([actualUse, purchase, amortizedUse, unusedRest]) },
      'usage_invalid',
      /all\.csv could be ActualCost, AmortizedCost or both, in 2025-03: give whole exports/,
    ],
    [
      'two deliveries of one dataset',
      { [`a/${RUN}`]: actual, [`b/${RUN}`]: actual },
      'usage_invalid',
      /a holds charges of 2025-03 that another delivery of the same dataset holds too/,
    ],
    [
      'datasets of different moments',
      { [`a/${RUN}`]: csvOf([plainUse, { Date: '03/09/2025' }, actualUse, purchase]), [`b/${RUN}`]: amortized },
      'totals_differ',
      /a and the AmortizedCost of the month hold different charges/,
    ],
    [
      'files that share some charges',
      { 'a.csv': csvOf([plainUse, {}]), 'b.csv': csvOf([plainUse, { Date: '03/09/2025' }]) },
      'usage_invalid',
      /a\.csv could be ActualCost, AmortizedCost or both/,
    ],
  ])('%s', async (_, files, code, detail) => {
    await expect(totalsOf(files as Record<string, string>)).rejects.toMatchObject({
      code,
      detail: expect.stringMatching(detail),
    });
  });
});
