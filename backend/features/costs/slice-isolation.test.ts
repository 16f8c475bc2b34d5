import { add, decimal, isZero } from '@cloudact/core/money';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestBackend } from '../../testing/backend.ts';
import { billingMonthOf, type Charge, loadCharges, type WaitingUsage } from '../../testing/charges.ts';
import { randomSlug } from '../../testing/tenants.ts';
import type { CostAnswer } from './schemas.ts';

const backend = await openTestBackend();
const { org } = await backend.organisation(randomSlug('slices'));
afterAll(() => backend.close());

/** Stands in every value that rows outside of the slice have, and rows of the slice have not. */
const canary = 'outside';
/** Column, and the values that rows inside and outside draw from. Some are the same on both sides. */
const columns = {
  ServiceName: { inside: ['Amazon EC2', 'Amazon S3'], outside: ['Amazon EC2', `${canary} service`] },
  RegionId: { inside: ['eu', null], outside: ['eu', `${canary} region`, null] },
  ResourceId: { inside: ['i-1', null], outside: [`${canary} i-2`, null] },
  BillingCurrency: { inside: ['USD'], outside: ['USD', 'EUR'] },
} as const;
type Side = 'inside' | 'outside';
const from = <Value>(list: readonly Value[]) => fc.constantFrom(...list);
const row = (side: Side) =>
  fc.record({
    day: fc.integer({ min: 0, max: 60 }).map((day) => new Date(Date.UTC(2026, 8, 1 + day)).toISOString().slice(0, 10)),
    billingMonth: from(['2026-09-01', '2026-10-01']),
    SubAccountId: side === 'inside' ? fc.constant('mine') : from([`${canary} account`, null]),
    tags: fc.record({ team: side === 'inside' ? from(['search', undefined]) : from([`${canary} team`, undefined]) }),
    cost: fc.integer({ min: -1000, max: 1000 }).map(String),
    ...Object.fromEntries(Object.entries(columns).map(([name, sides]) => [name, from<string | null>(sides[side])])),
  });
const sample = (side: Side, seed: number) => fc.sample(row(side), { numRuns: 60, seed }) as unknown as Charge[];
const mine = sample('inside', 1);
const others = sample('outside', 2);
const waitingOf = (rows: readonly Charge[], model: string): WaitingUsage[] =>
  rows.slice(0, 20).map(({ cost: _, BillingCurrency: __, ...usage }) => ({ ...usage, quantity: '3', x_Model: model }));

beforeAll(async () => {
  const half = others.length / 2;
  await loadCharges(backend.warehouse, org, [...mine, ...others.slice(0, half)], {
    integrationId: 'shared',
    unpriced: [...waitingOf(mine, 'small'), ...waitingOf(others, `${canary} model`)],
  });
  await loadCharges(backend.warehouse, org, others.slice(half), { integrationId: `${canary} integration` });
});

const dimensions = [...Object.keys(columns), 'SubAccountId', 'x_IntegrationId', 'tag:team'];
const texts = [
  ...Object.entries(columns).flatMap(([name, { inside, outside }]) =>
    [...inside, ...outside].map((value) => `${name}:${value ?? ''}`),
  ),
  'SubAccountId:',
  'SubAccountId:mine',
  `SubAccountId:${canary} account`,
  `tag:team:${canary} team`,
  'tag:team:search',
  `x_IntegrationId:${canary} integration`,
];
const question = fc.record({
  date: from(['ChargePeriodStart', 'BillingPeriodStart'] as const),
  granularity: from(['month', 'quarter', 'total']),
  range: from([
    ['2026-09-01', '2026-10-01'],
    ['2026-10-01', '2026-11-01'],
    ['2026-09-01', '2026-12-01'],
  ] as const),
  groupBy: fc.subarray(dimensions, { maxLength: 3 }),
  filters: fc.array(from(texts), { maxLength: 3 }),
  top: fc.option(fc.integer({ min: 1, max: 3 })),
});

it('whatever a token of a slice asks, its answer is the sum of the slice and has no word of the rest', async () => {
  const { token } = await backend.deps.identity.widgetTokens.mint({
    org,
    scopes: ['costs:read'],
    filters: ['SubAccountId:mine'],
  });
  await fc.assert(
    fc.asyncProperty(question, async ({ date, granularity, range: [first, end], groupBy, filters, top }) => {
      const { query: _, ...answer } = (
        await backend.get('/v1/costs', token, {
          from: first,
          to: end,
          date,
          granularity,
          group_by: groupBy,
          filter: filters,
          ...(top !== null && { top }),
        })
      ).json<CostAnswer>();
      expect(JSON.stringify(answer)).not.toContain(canary);
      expect(answer.periods.map(({ integration_id }) => integration_id)).toEqual(answer.periods.map(() => 'shared'));

      const dateOf = (charge: Charge) => (date === 'BillingPeriodStart' ? billingMonthOf(charge) : charge.day);
      const picked = mine.filter((each) => dateOf(each) >= first && dateOf(each) < end && holds(filters, each));
      const expected = add(decimal('0'), ...picked.map(({ cost }) => decimal(cost)));
      for (const part of [answer.totals, answer.groups, answer.rows]) {
        expect(add(decimal('0'), ...part.map(({ cost }) => decimal(cost)))).toBe(expected);
      }
      if (picked.length === 0) expect(isZero(expected) && answer.rows.length === 0).toBe(true);
    }),
    { numRuns: 80 },
  );
}, 60_000);

/** The rule of filters, said once more in plain JavaScript. */
function holds(filters: readonly string[], charge: Charge): boolean {
  const parsed = filters.map((text) => {
    const at = text.lastIndexOf(':');
    return { name: text.slice(0, at), value: text.slice(at + 1) };
  });
  return parsed.every(({ name }) => {
    const own =
      name === 'tag:team' ? charge.tags?.team : name === 'x_IntegrationId' ? 'shared' : (charge[name] as string | null);
    return parsed.some((filter) => filter.name === name && filter.value === (own ?? ''));
  });
}
