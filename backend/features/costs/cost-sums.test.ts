import { add, compare, type Decimal, decimal } from '@cloudact/core/money';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestBackend } from '../../testing/backend.ts';
import { billingMonthOf, type Charge, loadCharges } from '../../testing/charges.ts';
import { randomSlug } from '../../testing/tenants.ts';
import type { CostAnswer } from './schemas.ts';

const backend = await openTestBackend();
const { org, key } = await backend.organisation(randomSlug('acme'));
afterAll(() => backend.close());

// A small world, drawn once and always the same, with every kind of hole in it.
const values = {
  ServiceName: ['Amazon EC2', 'Amazon S3', 'Tax'],
  RegionId: ['eu-west-1', 'us-east-1', null],
  SubAccountId: ['1', '2', '3', null],
  ResourceId: ['i-1', 'i-2', null],
  BillingCurrency: ['USD', 'EUR'],
} as const;
const tagValues = { team: ['search', 'ads', undefined], 'a:b%c': ['x', undefined] } as const;
const from = <Value>(list: readonly Value[]) => fc.constantFrom(...list);
const charge = fc.record({
  day: fc.integer({ min: 0, max: 75 }).map((day) => new Date(Date.UTC(2026, 8, 1 + day)).toISOString().slice(0, 10)),
  cost: fc
    .tuple(fc.boolean(), fc.nat(10_000), fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }))
    .map(([negative, whole, part]) => `${negative ? '-' : ''}${whole}.${part.toString().padStart(18, '0')}`),
  // Bills of September to November hold charges of each other's days: refunds, and usage that came late.
  billingMonth: from(['2026-09-01', '2026-10-01', '2026-11-01']),
  tags: fc.record({ team: from(tagValues.team), 'a:b%c': from(tagValues['a:b%c']) }),
  ...Object.fromEntries(Object.entries(values).map(([name, list]) => [name, from<string | null>(list)])),
});
const charges = fc.sample(charge, { numRuns: 300, seed: 20261001 }) as unknown as Charge[];

beforeAll(() => loadCharges(backend.warehouse, org, charges));

const groupable = ['ServiceName', 'RegionId', 'SubAccountId', 'ResourceId', 'tag:team', 'tag:a%3Ab%25c'];
const filter = fc.oneof(
  from(Object.keys(values) as (keyof typeof values)[]).chain((name) =>
    from<string | null>(values[name]).map((value) => ({ text: `${name}:${value ?? ''}`, name, value })),
  ),
  from(tagValues.team).map((value) => ({ text: `tag:team:${value ?? ''}`, name: 'tag:team', value: value ?? null })),
);
const day = fc
  .integer({ min: 0, max: 80 })
  .map((days) => new Date(Date.UTC(2026, 7, 28 + days)).toISOString().slice(0, 10));
const days = fc
  .tuple(day, day)
  .filter(([one, two]) => one !== two)
  .map((both) => both.sort());
const wholeMonths = fc
  .subarray([...Array(6).keys()], { minLength: 2, maxLength: 2 })
  .map((months) => months.map((month) => new Date(Date.UTC(2026, 7 + month, 1)).toISOString().slice(0, 10)));
const time = fc.oneof(
  fc.record({
    date: from(['ChargePeriodStart'] as const),
    range: days,
    granularity: from(['day', 'week', 'month', 'quarter', 'year', 'total']),
  }),
  fc.record({
    date: from(['BillingPeriodStart'] as const),
    range: wholeMonths,
    granularity: from(['month', 'quarter', 'year', 'total']),
  }),
);
const question = fc.record({
  time,
  groupBy: fc.subarray(groupable, { maxLength: 3 }),
  filters: fc.array(filter, { maxLength: 4 }),
  mandatory: fc.array(filter, { maxLength: 2 }),
  top: fc.option(fc.integer({ min: 1, max: 5 })),
});

it('rows, groups and totals are the plain sum, whatever is asked and whatever the token narrows', async () => {
  await fc.assert(
    fc.asyncProperty(question, async ({ time: { date, range, granularity }, groupBy, filters, mandatory, top }) => {
      const { token } = await backend.deps.identity.widgetTokens.mint({
        org,
        scopes: ['costs:read'],
        filters: mandatory.map(({ text }) => text),
      });
      const response = await backend.get('/v1/costs', mandatory.length > 0 ? token : key, {
        from: range[0]!,
        to: range[1]!,
        granularity,
        date,
        group_by: groupBy,
        filter: filters.map(({ text }) => text),
        ...(top !== null && { top }),
      });
      const answer = response.json<CostAnswer>();
      const dateOf = (row: Charge) => (date === 'BillingPeriodStart' ? billingMonthOf(row) : row.day);
      const picked = charges.filter(
        (row) => dateOf(row) >= range[0]! && dateOf(row) < range[1]! && holds(filters, row) && holds(mandatory, row),
      );
      const expected = sums(picked.map((row) => ({ currency: row.BillingCurrency as string, cost: row.cost })));
      expect(sums(answer.totals)).toEqual(expected);
      expect(sums(answer.rows)).toEqual(expected);
      expect(sums(answer.groups)).toEqual(expected);

      for (const { currency } of answer.totals) {
        const groups = answer.groups.filter((group) => group.currency === currency);
        const named = groups.filter(({ other }) => !other);
        if (top !== null && groupBy.length > 0) expect(named.length).toBeLessThanOrEqual(top);
        expect(groups.slice(named.length).length).toBeLessThanOrEqual(1);
        expect(groups.slice(0, named.length)).toEqual(named);
        for (const [index, group] of named.slice(1).entries()) {
          expect(compare(decimal(named[index]!.cost), decimal(group.cost))).toBeGreaterThanOrEqual(0);
        }
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);

type Filters = readonly { name: string; value: string | null }[];

/** The rule of the contract, said once more in plain JavaScript. */
function holds(filters: Filters, row: Charge): boolean {
  const names = new Set(filters.map(({ name }) => name));
  return [...names].every((name) => {
    const actual = name.startsWith('tag:') ? (row.tags?.[name.slice(4)] ?? null) : (row[name] ?? null);
    return filters.some((filter) => filter.name === name && filter.value === actual);
  });
}

function sums(costs: readonly { currency: string; cost: string }[]): Record<string, Decimal> {
  const byCurrency = Map.groupBy(costs, ({ currency }) => currency);
  return Object.fromEntries(
    [...byCurrency].map(([currency, list]) => [currency, add(...list.map(({ cost }) => decimal(cost)))]),
  );
}
