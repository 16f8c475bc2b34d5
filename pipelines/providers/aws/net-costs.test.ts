import { describe, expect, test } from 'vitest';
import { bareLine, billCsv, type Line } from './fixtures/bill.ts';
import { focusRows, withBill } from './fixtures/converted.ts';

describe('net costs', () => {
  test('what is paid after discounts wins, and a discount row is not counted twice', async () => {
    const rows = await focusRows(
      billCsv([
        { 'lineItem/NetUnblendedCost': '0.09', 'lineItem/NetUnblendedRate': '0.09' },
        { ...bareLine, 'lineItem/LineItemType': 'EdpDiscount', 'lineItem/UnblendedCost': '-0.006' },
      ]),
    );
    expect(rows.map((row) => row.BilledCost)).toEqual(['0.09', '0']);
    expect(rows[0]).toMatchObject({ ContractedUnitPrice: '0.09', ListUnitPrice: '0.096' });
  });

  test('a net column without any value changes nothing', async () => {
    const rows = await focusRows(
      billCsv([
        { 'lineItem/NetUnblendedCost': '' },
        { ...bareLine, 'lineItem/LineItemType': 'EdpDiscount', 'lineItem/UnblendedCost': '-0.006' },
      ]),
    );
    expect(rows.map((row) => row.BilledCost)).toEqual(['0.096', '-0.006']);
  });

  test('a bill costs the same whatever other months and payers are given with it', async () => {
    const net = { 'lineItem/NetUnblendedCost': '0.09' };
    const discount = { ...bareLine, 'lineItem/LineItemType': 'EdpDiscount', 'lineItem/UnblendedCost': '-0.006' };
    const april = {
      'bill/BillingPeriodStartDate': '2025-04-01T00:00:00Z',
      'bill/BillingPeriodEndDate': '2025-05-01T00:00:00Z',
    };
    const otherPayer = { 'bill/PayerAccountId': '333333333333' };
    const bills = [
      [net, discount],
      [april, { ...discount, ...april }],
      [otherPayer, { ...discount, ...otherPayer }],
    ].map((lines) => lines.map((line) => ({ 'lineItem/NetUnblendedCost': '', ...line })));
    const costs = async (lines: Line[]) => (await focusRows(billCsv(lines))).map((row) => row.BilledCost);
    const alone = [];
    for (const bill of bills) alone.push(...(await costs(bill)));
    expect(alone).toEqual(['0.09', '0', '0.096', '-0.006', '0.096', '-0.006']);
    expect(await costs(bills.flat())).toEqual(alone);

    const totals = await withBill(billCsv(bills.flat()), (workbench, { plan, table }) =>
      workbench.rows<{ total: string }>(`SELECT total FROM (${plan.controlTotals(table)}) ORDER BY billing_period`),
    );
    expect(totals.map(({ total }) => total)).toEqual(['0.180000000000000000', '0.090000000000000000']);
  });

  test('times of one billing period in two spellings are one bill', async () => {
    const rows = await focusRows(
      billCsv([
        { 'lineItem/NetUnblendedCost': '0.09', 'bill/BillingPeriodStartDate': '2025-03-01T00:00:00.000Z' },
        { ...bareLine, 'lineItem/LineItemType': 'EdpDiscount', 'lineItem/UnblendedCost': '-0.006' },
      ]),
    );
    expect(rows.map((row) => row.BilledCost)).toEqual(['0.09', '0']);
  });
});
