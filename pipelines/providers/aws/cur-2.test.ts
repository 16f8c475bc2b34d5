import { describe, expect, test } from 'vitest';
import { detectFormat } from '../registry.ts';
import { bareLine, billCsv, type Line } from './fixtures/bill.ts';
import { type FocusRow, focusRows, plainRows, withBill } from './fixtures/converted.ts';
import { cur2Csv, cur2Row, writeCur2Parquet } from './fixtures/cur2.ts';
import { awsCur, awsCur2 } from './index.ts';

const PLAN = 'arn:aws:savingsplans::111111111111:savingsplan/p-1';
const RESERVATION = 'arn:aws:ec2:us-west-2:111111111111:reserved-instances/r-1';

const lines: Line[] = [
  { 'resourceTags/user:team': 'core', 'costCategory/Unit': 'R&D', 'product/operatingSystem': 'Linux' },
  {
    'lineItem/LineItemType': 'DiscountedUsage',
    'lineItem/UnblendedRate': '0',
    'lineItem/UnblendedCost': '0',
    'reservation/ReservationARN': RESERVATION,
    'reservation/EffectiveCost': '0.06',
  },
  {
    'lineItem/LineItemType': 'SavingsPlanCoveredUsage',
    'savingsPlan/SavingsPlanARN': PLAN,
    'savingsPlan/SavingsPlanEffectiveCost': '0.07',
  },
  {
    'lineItem/LineItemType': 'SavingsPlanNegation',
    'lineItem/UnblendedCost': '-0.096',
    'savingsPlan/SavingsPlanARN': PLAN,
  },
  { ...bareLine, 'lineItem/LineItemType': 'Tax', 'lineItem/UnblendedCost': '3.21' },
];

/** What the two versions of the report name differently: the keys of normalised tags, and the row's place. */
const comparable = ({ x_SourceRow, Tags, SkuPriceDetails, ...row }: FocusRow) => ({
  ...row,
  SkuPriceDetails: SkuPriceDetails && JSON.parse(String(SkuPriceDetails)),
});

describe('CUR 2.0', () => {
  test.each([
    ['Parquet', (file: string) => writeCur2Parquet(file, lines)],
    ['CSV', cur2Csv(lines)],
  ] as const)('in %s is the same in FOCUS as the legacy report of the same lines', async (_, content) => {
    const [rows, legacy] = [await focusRows(content), await focusRows(billCsv(lines))];
    expect(rows.map(comparable)).toEqual(legacy.map(comparable));
    expect(rows[0]!.Tags).toBe('{"name":"web-1","team":"core"}');
    expect(rows[0]!.ResourceName).toBe('web-1');
  });

  test('is told from the legacy report by its maps or by columns that only exports have', async () => {
    const header = Object.keys(cur2Row({ ...bareLine }));
    expect(detectFormat(header, 'auto')).toBe(awsCur2);
    const withoutMaps = header.filter((name) => !['product', 'resource_tags', 'cost_category'].includes(name));
    expect(detectFormat(withoutMaps, 'auto')).toBe(awsCur);
    expect(detectFormat([...withoutMaps, 'bill_payer_account_name'], 'auto')).toBe(awsCur2);
    expect(() => detectFormat(header, 'aws-cur')).toThrow('aws-cur-2');
  });

  test('keeps the tags as people wrote them where the export has them, valueless ones too', async () => {
    const tags = { 'user:Team': 'core', 'aws:createdBy': 'me', 'user:draft': '', 'costCategory/Unit': 'R&D' };
    const row = { ...cur2Row({ ...bareLine }), resource_tags: { user_team: 'other' }, tags };
    const [converted] = await focusRows(csvOf(row));
    expect(converted).toMatchObject({
      Tags: '{"Team":"core","aws:createdBy":"me","draft":true}',
      x_CostCategories: '{"Unit":"R&D"}',
    });
  });

  test('keeps both of two tags that would become one', async () => {
    const row = { ...cur2Row({ ...bareLine }), resource_tags: { user_env: 'a', env: 'b', aws_created_by: 'c' } };
    expect((await focusRows(csvOf(row)))[0]!.Tags).toBe('{"aws_created_by":"c","env":"b","user_env":"a"}');
  });

  test('says whose identity called, and what was taken off', async () => {
    const principal = 'arn:aws:iam::222222222222:role/research';
    const [row] = await focusRows(cur2Csv([{ line_item_iam_principal: principal, 'discount/edp_discount': '-0.01' }]));
    expect(row).toMatchObject({ x_IamPrincipal: principal, x_Discounts: '{"edp_discount":"-0.01"}' });
  });

  test('converts from the eight columns that no bill can do without, and the product map', async () => {
    const row = cur2Row({ ...bareLine, 'lineItem/UnblendedCost': '7' });
    const few = Object.fromEntries(
      Object.entries(row).filter(([name]) =>
        /^(product|bill_payer_account_id|bill_billing_period_start_date|line_item_(usage_(start|end)_date|line_item_type|product_code|currency_code|unblended_cost))$/.test(
          name,
        ),
      ),
    );
    const [converted] = await focusRows(csvOf(few));
    expect(converted).toMatchObject({
      BilledCost: '7',
      BillingPeriodEnd: '2025-04-01 00:00:00',
      ServiceName: 'Amazon Elastic Compute Cloud',
      InvoiceId: null,
      SubAccountId: null,
    });
  });

  test.each([
    ['hour', '2025-03-05T10:00:00Z', '2025-03-05T11:00:00Z'],
    ['day', '2025-03-05T00:00:00Z', '2025-03-06T00:00:00Z'],
    ['month', '2025-03-01T00:00:00Z', '2025-04-01T00:00:00Z'],
  ])('has lines of one %s as charges of that time', async (_, start, end) => {
    const [row] = await focusRows(
      cur2Csv([{ 'lineItem/UsageStartDate': start, 'lineItem/UsageEndDate': end, 'lineItem/UsageAmount': '1' }]),
    );
    const time = (text: string) => text.replace('T', ' ').replace('Z', '');
    expect([row!.ChargePeriodStart, row!.ChargePeriodEnd]).toEqual([time(start), time(end)]);
  });

  test('names a map that is no JSON object', async () => {
    const row = { ...cur2Row({ ...bareLine }), resource_tags: '["team"]' };
    await expect(focusRows(csvOf(row))).rejects.toMatchObject({
      code: 'rows_unreadable',
      faults: [{ row: 1, column: 'resource_tags', value: '["team"]' }],
    });
  });
});

describe('manual discount compatibility', () => {
  const usage = { 'lineItem/UnblendedCost': '0.096' };
  const discount = { ...bareLine, 'lineItem/LineItemType': 'EdpDiscount', 'lineItem/UnblendedCost': '-0.006' };

  test.each([
    ['discounts are rows of their own', cur2Csv([usage, discount]), ['0.096', '-0.006']],
    ['discounts are in the net columns', cur2Csv([{ ...usage, 'lineItem/NetUnblendedCost': '0.09' }]), ['0.09']],
    ['discounts are in both', cur2Csv([{ ...usage, 'lineItem/NetUnblendedCost': '0.09' }, discount]), ['0.09', '0']],
  ])('where %s, the bill is 0.09, and ties by invoice', async (_, csv, billed) => {
    await withBill(csv, async (workbench, { plan, table }) => {
      const rows = await plainRows<FocusRow>(workbench, plan.toFocus(table));
      expect(rows.map((row) => row.BilledCost)).toEqual(billed);
      const totals = await plainRows(workbench, plan.controlTotals(table));
      expect(totals).toMatchObject([{ invoice: 'INV-1', currency: 'USD', total: '0.09' }]);
    });
  });
});

function csvOf(row: Record<string, string | Readonly<Record<string, string>>>): string {
  const cells = Object.values(row).map((cell) => (typeof cell === 'string' ? cell : JSON.stringify(cell)));
  return [Object.keys(row), cells]
    .map((line) => line.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
    .join('\n');
}
