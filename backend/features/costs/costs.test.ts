import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestBackend } from '../../testing/backend.ts';
import { type Charge, loadCharges } from '../../testing/charges.ts';
import type { Query } from '../../testing/requests.ts';
import { randomSlug } from '../../testing/tenants.ts';
import type { CostAnswer } from './schemas.ts';

const backend = await openTestBackend();
const { warehouse } = backend;
const { org, key } = await backend.organisation(randomSlug('acme'));
afterAll(() => backend.close());

const october = { from: '2026-10-01', to: '2026-11-01' };
const charges: Charge[] = [
  { day: '2026-10-01', cost: '0.1', ServiceName: 'Amazon EC2', tags: { team: 'search' }, ResourceId: 'i-1' },
  { day: '2026-10-01', cost: '0.2', ServiceName: 'Amazon EC2', tags: { team: 'ads', 'aws:owner': 'me' } },
  { day: '2026-10-02', cost: '5', ServiceName: 'Amazon S3', RegionId: 'eu-west-1', SubAccountId: '123' },
  { day: '2026-10-31', cost: '-1.000000000000000001', ServiceName: 'Tax', ChargeCategory: 'Tax' },
  { day: '2026-10-05', cost: '7', ServiceName: 'Amazon S3', BillingCurrency: 'EUR', SubAccountId: '456' },
  { day: '2026-11-01', cost: '1000', ServiceName: 'Amazon EC2' },
  { day: '2026-10-03', cost: '2', BilledCost: '0', ServiceName: 'AWS Lambda', SubAccountId: '123' },
];

beforeAll(() => loadCharges(warehouse, org, charges, { closedPeriods: ['2026-10-01'] }));

async function ask(query: Query, credential = key): Promise<CostAnswer> {
  const answer = await backend.get('/v1/costs', credential, { ...october, ...query });
  expect(answer.body).toMatch(/^\{"query"/);
  return answer.json();
}

it('totals are exact, half-open, and never added across currencies', async () => {
  const { totals, rows, groups } = await ask({ granularity: 'total' });
  expect(totals).toEqual([
    { currency: 'EUR', cost: '7' },
    { currency: 'USD', cost: '6.299999999999999999' },
  ]);
  expect(rows).toEqual([
    { period_start: '2026-10-01', period_end: '2026-11-01', group: [], other: false, currency: 'EUR', cost: '7' },
    {
      period_start: '2026-10-01',
      period_end: '2026-11-01',
      group: [],
      other: false,
      currency: 'USD',
      cost: '6.299999999999999999',
    },
  ]);
  expect(groups).toEqual(totals.map((total) => ({ group: [], other: false, ...total, unpriced: false })));
});

it('groups come largest first, rows by period, currency and size of the group', async () => {
  const { groups, rows } = await ask({ group_by: 'ServiceName' });
  expect(groups.map(({ group, currency, cost }) => [currency, group[0], cost])).toEqual([
    ['EUR', 'Amazon S3', '7'],
    ['USD', 'Amazon S3', '5'],
    ['USD', 'AWS Lambda', '2'],
    ['USD', 'Amazon EC2', '0.3'],
    ['USD', 'Tax', '-1.000000000000000001'],
  ]);
  expect(rows.map(({ period_start, group, cost }) => [period_start, group[0], cost])).toEqual([
    ['2026-10-01', 'Amazon EC2', '0.3'],
    ['2026-10-02', 'Amazon S3', '5'],
    ['2026-10-03', 'AWS Lambda', '2'],
    ['2026-10-05', 'Amazon S3', '7'],
    ['2026-10-31', 'Tax', '-1.000000000000000001'],
  ]);
});

it('top keeps the largest groups of each currency; the rest is one group named other, and is last', async () => {
  const { groups, rows, totals } = await ask({ group_by: ['ServiceName', 'RegionId'], top: 1, granularity: 'month' });
  expect(groups).toEqual([
    { group: ['Amazon S3', null], other: false, currency: 'EUR', cost: '7', unpriced: false },
    { group: ['Amazon S3', 'eu-west-1'], other: false, currency: 'USD', cost: '5', unpriced: false },
    { group: [null, null], other: true, currency: 'USD', cost: '1.299999999999999999', unpriced: false },
  ]);
  expect(rows.map(({ other, cost }) => [other, cost])).toEqual([
    [false, '7'],
    [false, '5'],
    [true, '1.299999999999999999'],
  ]);
  expect(totals.map(({ cost }) => cost)).toEqual(['7', '6.299999999999999999']);
});

it.each([
  ['BilledCost', '4.299999999999999999'],
  ['ListCost', '6.299999999999999999'],
])('the metric %s is its own column', async (metric, cost) => {
  expect((await ask({ metric })).totals[1]).toEqual({ currency: 'USD', cost });
});

it.each([
  ['one value', 'SubAccountId:123', ['7']],
  ['two values of one dimension are either', ['SubAccountId:123', 'SubAccountId:456'], ['7', '7']],
  ['two dimensions are both', ['SubAccountId:123', 'RegionId:eu-west-1'], ['5']],
  ['an empty value is no value', ['RegionId:', 'ServiceName:Amazon EC2'], ['0.3']],
  ['a value or none', ['RegionId:', 'RegionId:eu-west-1'], ['7', '6.299999999999999999']],
  ['a tag', 'tag:team:search', ['0.1']],
  ['a tag whose key holds a colon', 'tag:aws%3Aowner:me', ['0.2']],
  ['no tag', ['tag:team:', 'BillingCurrency:USD'], ['5.999999999999999999']],
  ['a value that is SQL', "ServiceName:' OR 1=1 --", []],
])('filters: %s', async (_name, filter, costs) => {
  expect((await ask({ filter })).totals.map(({ cost }) => cost)).toEqual(costs);
});

it('a tag groups like a dimension, and rows without it are the group null', async () => {
  const { groups } = await ask({ group_by: 'tag:team', filter: 'BillingCurrency:USD' });
  expect(groups.map(({ group, cost }) => [group[0], cost])).toEqual([
    [null, '5.999999999999999999'],
    ['ads', '0.2'],
    ['search', '0.1'],
  ]);
});

it('the roll-up and the cost table give the same answer', async () => {
  const fromRollup = await ask({ granularity: 'week' });
  const fromTable = await ask({ granularity: 'week', filter: ['ResourceId:', 'ResourceId:i-1'] });
  expect(fromTable.rows).toEqual(fromRollup.rows);
});

it('weeks start on Monday, and periods are cut to the range', async () => {
  const { rows } = await ask({ granularity: 'week', filter: 'BillingCurrency:USD', to: '2026-10-07' });
  expect(rows.map(({ period_start, period_end }) => [period_start, period_end])).toEqual([
    ['2026-10-01', '2026-10-05'],
  ]);
  const november = await ask({ granularity: 'week', from: '2026-10-12', to: '2026-11-02' });
  expect(november.rows.map(({ period_start, period_end }) => [period_start, period_end])).toEqual([
    ['2026-10-26', '2026-11-02'],
  ]);
});

it('a range without charges has no rows and no totals, never a zero', async () => {
  expect(await ask({ from: '2025-01-01', to: '2025-02-01' })).toMatchObject({
    rows: [],
    groups: [],
    totals: [],
    periods: [],
  });
});

it('the answer tells how fresh and complete each billing period is', async () => {
  const { periods, data_version } = await ask({ to: '2026-11-15' });
  expect(periods).toMatchObject([
    { billing_period: '2026-10-01', integration_id: 'aws-main', charges_through: '2026-10-05', complete: true },
    { billing_period: '2026-11-01', integration_id: 'aws-main', charges_through: '2026-11-01', complete: false },
  ]);
  expect(periods[0]!.last_loaded_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  expect(data_version).toBeGreaterThan(0);
});

it('the question comes back in its one spelling, whatever the order of its filters', async () => {
  const one = await ask({
    filter: ['SubAccountId:123', 'RegionId:', 'SubAccountId:123'],
    group_by: 'tag:team',
    top: 3,
  });
  const two = await ask({ filter: ['RegionId:', 'SubAccountId:123'], group_by: 'tag:team', top: 3 });
  expect(one.query).toEqual({
    metric: 'EffectiveCost',
    granularity: 'day',
    date: 'ChargePeriodStart',
    ...october,
    group_by: ['tag:team'],
    filter: ['RegionId:', 'SubAccountId:123'],
    top: 3,
  });
  expect(two.query_hash).toBe(one.query_hash);
  expect(one.query_hash).toMatch(/^[0-9a-f]{64}$/);
});
