import { add, decimal } from '@cloudact/core/money';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestBackend } from '../../testing/backend.ts';
import { billingMonthOf, type Charge, loadCharges } from '../../testing/charges.ts';
import type { Query } from '../../testing/requests.ts';
import { randomSlug } from '../../testing/tenants.ts';
import type { CostAnswer } from './schemas.ts';

const backend = await openTestBackend();
const { org, key } = await backend.organisation(randomSlug('acme'));
afterAll(() => backend.close());

const charges: Charge[] = [
  { day: '2026-09-10', cost: '100.000000000000000001', ServiceName: 'Amazon EC2', ResourceId: 'i-1' },
  { day: '2026-09-12', billingMonth: '2026-10-01', cost: '-30', ServiceName: 'Amazon EC2', ChargeCategory: 'Credit' },
  { day: '2026-10-03', cost: '7.5', ServiceName: 'Amazon S3', ResourceId: 'i-1' },
  { day: '2026-11-01', billingMonth: '2026-10-01', cost: '12', ServiceName: 'Support' },
  { day: '2026-11-02', cost: '1', ServiceName: 'Amazon S3' },
];
beforeAll(() => loadCharges(backend.warehouse, org, charges, { closedPeriods: ['2026-09-01'] }));

const ask = (query: Query, headers: Record<string, string> = {}) =>
  backend.get('/v1/costs', key, { date: 'BillingPeriodStart', granularity: 'month', ...query }, headers);
async function answerTo(query: Query): Promise<CostAnswer> {
  return (await ask(query)).json();
}

it("a month's bill holds its rows, whenever they were incurred", async () => {
  const { rows, totals, query } = await answerTo({ from: '2026-09-01', to: '2026-12-01' });
  expect(rows.map(({ period_start, period_end, cost }) => [period_start, period_end, cost])).toEqual([
    ['2026-09-01', '2026-10-01', '100.000000000000000001'],
    ['2026-10-01', '2026-11-01', '-10.5'],
    ['2026-11-01', '2026-12-01', '1'],
  ]);
  expect(totals).toEqual([{ currency: 'USD', cost: '90.500000000000000001' }]);
  expect(query.date).toBe('BillingPeriodStart');
});

it.each(['2026-09-01', '2026-10-01', '2026-11-01'])(
  'the bill of %s is the sum of its rows, from the roll-up and from the cost table',
  async (month) => {
    const bill = charges.filter((charge) => billingMonthOf(charge) === month);
    const next = new Date(`${month}T00:00:00Z`);
    next.setUTCMonth(next.getUTCMonth() + 1);
    const range = { from: month, to: next.toISOString().slice(0, 10), granularity: 'total' };
    for (const query of [range, { ...range, group_by: 'ResourceId' }]) {
      expect((await answerTo(query)).totals).toEqual([
        { currency: 'USD', cost: add(...bill.map(({ cost }) => decimal(cost))) },
      ]);
    }
  },
);

it('the same refund counts in the month it was given for, when the charge period is asked', async () => {
  const { rows } = await answerTo({ date: 'ChargePeriodStart', from: '2026-09-01', to: '2026-10-01' });
  expect(rows.map(({ cost }) => cost)).toEqual(['70.000000000000000001']);
});

it('loads are told for exactly the months asked', async () => {
  const { periods } = await answerTo({ from: '2026-09-01', to: '2026-11-01' });
  expect(periods.map(({ billing_period, complete }) => [billing_period, complete])).toEqual([
    ['2026-09-01', true],
    ['2026-10-01', false],
  ]);
});

it('the date is a part of the question: another hash and another tag, the default spelled out or not', async () => {
  const range = { from: '2026-10-01', to: '2026-11-01' };
  const [billed, charged] = await Promise.all([ask(range), ask({ ...range, date: 'ChargePeriodStart' })]);
  const unnamed = await backend.get('/v1/costs', key, { ...range, granularity: 'month' });
  expect(billed.json().query_hash).not.toBe(charged.json().query_hash);
  expect(billed.headers.etag).not.toBe(charged.headers.etag);
  expect(unnamed.headers.etag).toBe(charged.headers.etag);
  expect((await ask(range, { 'if-none-match': String(charged.headers.etag) })).statusCode).toBe(200);
  expect((await ask(range, { 'if-none-match': String(billed.headers.etag) })).statusCode).toBe(304);
});
