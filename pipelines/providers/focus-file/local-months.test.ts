import { expect, test } from 'vitest';
import { convert, type Row } from './test-bill.ts';

const usage: Row = {
  BilledCost: '1.25',
  EffectiveCost: '1.25',
  BillingAccountId: '100',
  BillingCurrency: 'CNY',
  ChargeCategory: 'Usage',
  ChargePeriodStart: '2026-11-03T00:00:00Z',
  ChargePeriodEnd: '2026-11-03T01:00:00Z',
  ProviderName: 'Lantern Cloud',
  PublisherName: 'Lantern Cloud',
  ServiceName: 'Machines',
  UsageQuantity: '1',
  UsageUnit: 'Hours',
};

async function periods(start: string, end: string) {
  const { rows, totals } = await convert([{ ...usage, BillingPeriodStart: start, BillingPeriodEnd: end }]);
  const notes = JSON.parse(rows[0]!.x_UpgradeNotes ?? '{}') as Record<string, string>;
  return {
    start: rows[0]!.BillingPeriodStart?.slice(0, 10),
    end: rows[0]!.BillingPeriodEnd?.slice(0, 10),
    total: String(totals[0]!.billing_period),
    note: notes.BillingPeriodStart,
  };
}

test.each([
  ['UTC+8', '2026-10-31T16:00:00Z', '2026-11-30T16:00:00Z', '2026-10-31 16:00:00'],
  ['UTC+8, with its offset', '2026-11-01T00:00:00+08:00', '2026-12-01T00:00:00+08:00', '2026-10-31 16:00:00'],
  ['UTC+5:30', '2026-10-31 18:30:00', '2026-11-30 18:30:00', '2026-10-31 18:30:00'],
])('a month of %s belongs to the month that it means, and tells its time', async (_, start, end, delivered) => {
  expect(await periods(start, end)).toEqual({
    start: '2026-11-01',
    end: '2026-12-01',
    total: '2026-11-01',
    note: `delivered as ${delivered}, the month of a time zone east of UTC`,
  });
});

test('the hour of summer time does not matter', async () => {
  expect(await periods('2026-09-30T22:00:00Z', '2026-10-31T23:00:00Z')).toMatchObject({
    start: '2026-10-01',
    total: '2026-10-01',
  });
});

test.each([
  ['a month in UTC', '2026-10-01T00:00:00Z', '2026-11-01T00:00:00Z'],
  ['one that is no month', '2026-10-31T16:00:00Z', '2026-12-15T16:00:00Z'],
  ['two months', '2026-10-31T16:00:00Z', '2026-12-31T16:00:00Z'],
  ['one from noon to midnight', '2026-10-31T12:00:00Z', '2026-11-30T20:00:00Z'],
  ['one between quarters of an hour', '2026-10-31T16:00:01Z', '2026-11-30T16:00:01Z'],
])('%s stays what it is', async (_, start, end) => {
  expect(await periods(start, end)).toMatchObject({ start: start.slice(0, 10), total: '2026-10-01' });
});
