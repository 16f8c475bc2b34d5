import { describe, expect, test } from 'vitest';
import { billCsv } from './fixtures/bill.ts';
import { focusRows } from './fixtures/converted.ts';

const PLAN = 'arn:aws:savingsplans::111111111111:savingsplan/p-1';

describe('columns in two spellings', () => {
  test('are one column: each row has the value of its own spelling', async () => {
    const plan = { 'lineItem/LineItemType': 'SavingsPlanCoveredUsage' };
    const rows = await focusRows(
      billCsv([
        { ...plan, 'savingsPlan/SavingsPlanARN': PLAN, 'savingsPlan/SavingsPlanEffectiveCost': '0.07' },
        { ...plan, 'savingsPlan/SavingsPlanArn': `${PLAN}b`, 'savingsPlan/savingsPlanEffectiveCost': '0.08' },
      ]),
    );
    expect(rows.map((row) => [row.CommitmentDiscountId, row.EffectiveCost])).toEqual([
      [PLAN, '0.07'],
      [`${PLAN}b`, '0.08'],
    ]);
  });

  test('are one attribute of the product', async () => {
    const rows = await focusRows(
      billCsv([
        { 'product/vcpu': '', 'product/Vcpu': '4', 'product/tenancy': '', 'product/Tenancy': 'Host' },
        { 'product/Tenancy': '', 'product/Vcpu': '' },
      ]),
    );
    expect(rows.map((row) => JSON.parse(row.SkuPriceDetails as string))).toMatchObject([
      { CoreCount: 4, x_Tenancy: 'Host', x_Vcpu: '4' },
      { CoreCount: 2, x_Tenancy: 'Shared', x_Vcpu: '2' },
    ]);
  });

  test('keep both values where tags differ in their prefix alone', async () => {
    const [row] = await focusRows(
      billCsv([{ 'resourceTags/user:Env': 'prod', 'resourceTags/Env': 'test', 'resourceTags/user:Name': '' }]),
    );
    expect(row!.Tags).toBe('{"Env":"test","user:Env":"prod"}');
  });
});

describe('headers', () => {
  const csv = billCsv([{ 'savingsPlan/SavingsPlanARN': '' }]);
  const [header, ...rows] = csv.split('\n') as [string, ...string[]];
  const names = header.split(',');

  test.each([
    ['a byte order mark', `\ufeff${header}`],
    ['quotes', names.map((name) => `"${name}"`).join(',')],
    ['capitals', header.toUpperCase()],
    ['small letters', header.toLowerCase()],
    ['blanks around the names', names.map((name) => ` ${name} `).join(',')],
    ['the other spelling of ARN', header.replaceAll('ARN', 'Arn')],
  ])('with %s are the same columns', async (_, spelled) => {
    const [[expected], [row]] = [await focusRows(csv), await focusRows([spelled, ...rows].join('\n'))];
    for (const column of [
      'BilledCost',
      'ListCost',
      'SkuId',
      'RegionId',
      'ServiceName',
      'InvoiceId',
      'SubAccountId',
    ] as const) {
      expect(row![column], column).toBe(expected![column]);
    }
  });
});
