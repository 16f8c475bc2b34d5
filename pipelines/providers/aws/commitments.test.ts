import { add, type Decimal, decimal } from '@cloudact/core/money';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bareLine, baseLine, billCsv, type Line } from './fixtures/bill.ts';
import { type FocusRow, focusRows } from './fixtures/converted.ts';

/** Money in ten-billionths, as AWS rounds it. */
const money = (max: number) => fc.integer({ min: 0, max }).map((tenBillionths) => BigInt(tenBillionths) * 1_000_000n);
const text = (amount: bigint) => {
  const digits = amount.toString().padStart(11, '0');
  return `${digits.slice(0, -10)}.${digits.slice(-10)}`;
};

interface Term {
  upfront: bigint;
  hours: { recurring: bigint; used: bigint }[];
}

/** A whole term: the upfront payment is spread over its hours, and each hour uses some of what it committed to. */
const term: fc.Arbitrary<Term> = fc
  .array(fc.tuple(money(3_000_000), fc.integer({ min: 0, max: 100 })), { minLength: 1, maxLength: 12 })
  .chain((hours) =>
    money(5_000_000).map((share) => ({
      upfront: share * BigInt(hours.length),
      hours: hours.map(([recurring, percent]) => ({ recurring, used: ((recurring + share) * BigInt(percent)) / 100n })),
    })),
  );

const sum = (rows: readonly FocusRow[], column: 'BilledCost' | 'EffectiveCost', category: string): Decimal =>
  rows
    .filter((row) => row.ChargeCategory === category)
    .reduce((total, row) => add(total, decimal(row[column] as string)), decimal('0'));

test('over a Savings Plan term, what its usage cost in effect is what its purchases were billed', async () => {
  const ARN = { 'savingsPlan/SavingsPlanARN': 'arn:aws:savingsplans::1:savingsplan/p' };
  await fc.assert(
    fc.asyncProperty(term, async ({ upfront, hours }) => {
      const share = upfront / BigInt(hours.length);
      const lines: Line[] = [
        {
          ...bareLine,
          ...ARN,
          'lineItem/LineItemType': 'SavingsPlanUpfrontFee',
          'lineItem/UnblendedCost': text(upfront),
        },
        ...hours.flatMap(({ recurring, used }): Line[] => [
          {
            ...bareLine,
            ...ARN,
            'lineItem/LineItemType': 'SavingsPlanRecurringFee',
            'lineItem/UnblendedCost': text(recurring),
            'savingsPlan/TotalCommitmentToDate': text(recurring + share),
            'savingsPlan/UsedCommitment': text(used),
          },
          {
            ...baseLine,
            ...ARN,
            'lineItem/LineItemType': 'SavingsPlanCoveredUsage',
            'savingsPlan/SavingsPlanEffectiveCost': text(used),
          },
          { ...baseLine, ...ARN, 'lineItem/LineItemType': 'SavingsPlanNegation', 'lineItem/UnblendedCost': '-0.096' },
        ]),
      ];
      const rows = await focusRows(billCsv(lines));
      expect(sum(rows, 'EffectiveCost', 'Usage')).toBe(sum(rows, 'BilledCost', 'Purchase'));
      expect(sum(rows, 'EffectiveCost', 'Purchase')).toBe('0');
    }),
    { numRuns: 20 },
  );
});

test('over a reservation term, what its usage cost in effect is what its purchases were billed', async () => {
  const ARN = { 'reservation/ReservationARN': 'arn:aws:ec2:us-west-2:1:reserved-instances/r' };
  await fc.assert(
    fc.asyncProperty(term, async ({ upfront, hours }) => {
      const share = upfront / BigInt(hours.length);
      const lines: Line[] = [
        { ...bareLine, ...ARN, 'lineItem/LineItemType': 'Fee', 'lineItem/UnblendedCost': text(upfront) },
        ...hours.flatMap(({ recurring, used }): Line[] => {
          const unused = recurring + share - used;
          const unusedRecurring = unused < recurring ? unused : recurring;
          return [
            {
              ...bareLine,
              ...ARN,
              'lineItem/LineItemType': 'RIFee',
              'lineItem/UnblendedCost': text(recurring),
              'reservation/UnusedRecurringFee': text(unusedRecurring),
              'reservation/UnusedAmortizedUpfrontFeeForBillingPeriod': text(unused - unusedRecurring),
            },
            {
              ...baseLine,
              ...ARN,
              'lineItem/LineItemType': 'DiscountedUsage',
              'lineItem/UnblendedCost': '0.0',
              'reservation/EffectiveCost': text(used),
            },
          ];
        }),
      ];
      const rows = await focusRows(billCsv(lines));
      expect(sum(rows, 'EffectiveCost', 'Usage')).toBe(sum(rows, 'BilledCost', 'Purchase'));
    }),
    { numRuns: 20 },
  );
});

test('unused commitment is scaled to net prices where the bill has them', async () => {
  const rows = await focusRows(
    billCsv([
      {
        ...bareLine,
        'lineItem/LineItemType': 'SavingsPlanRecurringFee',
        'lineItem/UnblendedCost': '2',
        'lineItem/NetUnblendedCost': '1.8',
        'savingsPlan/SavingsPlanARN': 'arn:aws:savingsplans::1:savingsplan/p',
        'savingsPlan/TotalCommitmentToDate': '2',
        'savingsPlan/UsedCommitment': '1.5',
        'savingsPlan/RecurringCommitmentForBillingPeriod': '2',
        'savingsPlan/NetRecurringCommitmentForBillingPeriod': '1.8',
      },
    ]),
  );
  expect(rows.map((row) => [row.BilledCost, row.EffectiveCost])).toEqual([
    ['1.8', '0'],
    ['0', '0.45'],
  ]);
});
