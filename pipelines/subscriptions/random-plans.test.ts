import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayOf, dayText } from './calendar.ts';
import { subscriptionRows } from './charges.ts';
import { dayShares } from './days.ts';
import { subscription, version } from './fixtures.ts';
import { invoiceLines } from './invoices.ts';
import type { PlanVersion, Subscription } from './plan.ts';
import { readPlans } from './read-plans.ts';
import { timelineOf } from './timeline.ts';

const FIRST = dayOf('2027-01-01');
const day = (from: number, to: number) => fc.integer({ min: FIRST + from, max: FIRST + to }).map(dayText);
const price = fc.integer({ min: 0, max: 5_000_00 }).map((cents) => (cents / 100).toFixed(2));
const seats = fc.integer({ min: 0, max: 60 }).map(String);

const discount = fc.oneof(
  fc.record({ type: fc.constant('percent' as const), percent: fc.integer({ min: 0, max: 100 }).map(String) }),
  fc.record({ type: fc.constant('amount' as const), amount: fc.integer({ min: 0, max: 300 }).map(String) }),
  fc.record({
    type: fc.constant('free_months' as const),
    months: fc.integer({ min: 1, max: 4 }),
    treatment: fc.constantFrom('spread' as const, 'zero' as const),
  }),
);

const versionOf = fc.record({
  model: fc.constantFrom('flat' as const, 'per_seat' as const, 'tiered' as const),
  unit_price: price,
  cadence: fc.constantFrom('month' as const, 'quarter' as const, 'year' as const),
  billing: fc.constantFrom('advance' as const, 'arrears' as const),
  proration: fc.constantFrom('none' as const, 'daily' as const, 'full_period' as const),
  on_change: fc.constantFrom('credit_unused' as const, 'credit_invoiced' as const, 'at_renewal' as const),
  discounts: fc.array(discount, { maxLength: 2 }),
  seat_credit: fc.constantFrom('none' as const, 'daily' as const),
  tier_mode: fc.constantFrom('graduated' as const, 'volume' as const),
  tax_percent: fc.constantFrom('0', '19', '7.7'),
});

function fitted(
  {
    seat_credit,
    on_change,
    tier_mode,
    unit_price,
    ...rest
  }: typeof versionOf extends fc.Arbitrary<infer V> ? V : never,
  from: string,
): PlanVersion {
  const isAdvance = rest.billing === 'advance';
  const { unit_price: _, ...bare } = version();
  return {
    ...bare,
    ...rest,
    effective_from: from,
    ...(isAdvance && { seat_credit }),
    ...((isAdvance || on_change !== 'credit_invoiced') && { on_change }),
    ...(rest.model === 'tiered'
      ? {
          tier_mode,
          tiers: [
            { up_to: '10', unit_price },
            { unit_price: '3.5', flat_price: '9' },
          ],
        }
      : { unit_price }),
  };
}

const plan: fc.Arbitrary<Subscription> = fc
  .record({
    starts: day(0, 420),
    currency: fc.constantFrom('USD', 'JPY', 'KWD'),
    versions: fc.array(fc.tuple(versionOf, day(421, 900)), { minLength: 1, maxLength: 3 }),
    changes: fc.uniqueArray(fc.tuple(day(421, 900), seats), { maxLength: 4, selector: ([date]) => date }),
    first: seats,
    anchor: fc.option(day(0, 800), { nil: undefined }),
    trial: fc.option(fc.integer({ min: 1, max: 70 }), { nil: undefined }),
    cancellation: fc.option(
      fc.record({ on: day(500, 1000), refund: fc.constantFrom('none' as const, 'daily' as const, 'full' as const) }),
      { nil: undefined },
    ),
  })
  .map(({ starts, currency, versions, changes, first, anchor, trial, cancellation }) => {
    const later = versions
      .slice(1)
      .map(([, from]) => from)
      .sort();
    const froms = [starts, ...later.filter((from, index) => from > starts && from !== later[index - 1])];
    return subscription({
      currency,
      starts_on: starts,
      versions: froms.map((from, index) => fitted(versions[index]![0], from)),
      quantity_changes: [
        { date: starts, quantity: first },
        ...changes
          .filter(([date]) => date > starts)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([date, quantity]) => ({ date, quantity })),
      ],
      ...(anchor && { anchor_on: anchor }),
      ...(trial && { trial_until: dayText(dayOf(starts) + trial) }),
      ...(cancellation && { cancellation }),
    });
  })
  .filter(
    ({ currency, versions }) =>
      currency !== 'JPY' ||
      versions.every(({ discounts = [] }) => discounts.every(({ amount }) => !amount?.includes('.'))),
  );

const sum = (values: readonly bigint[]) => values.reduce((all, value) => all + value, 0n);
const THROUGH = FIRST + 800;

test('the days of any plan add up to its invoices, each prefix of evenly spread days within one unit', () => {
  fc.assert(
    fc.property(plan, (one) => {
      readPlans({ subscriptions: [one] });
      const timeline = timelineOf(one);
      for (const line of invoiceLines(one, THROUGH)) {
        const shares = dayShares(line, one, timeline);
        const amount = line.net * 10_000n;
        const adds =
          sum(shares.map(({ net }) => net)) === amount &&
          sum(shares.map(({ listCost }) => listCost)) === line.listCost &&
          sum(shares.map(({ contractedCost }) => contractedCost)) === line.contractedCost;
        if (!adds) throw new Error(`${line.description} does not add up`);
        if (line.pricing.quantity * line.pricing.contractedUnitPrice !== line.contractedCost * 1_000_000n) {
          throw new Error(`${line.description} is not quantity × price`);
        }
        if (line.weighting !== 'days' || line.version.discounts?.some(({ treatment }) => treatment === 'zero'))
          continue;
        let given = 0n;
        for (const [index, { net }] of shares.entries()) {
          given += net;
          const off = given * BigInt(shares.length) - amount * BigInt(index + 1);
          if (off > 0n || off <= -BigInt(shares.length)) throw new Error(`day ${index + 1} is off by a unit or more`);
        }
      }
    }),
    { numRuns: 10_000, seed: 20261123 },
  );
}, 240_000);

test('the same plan and day give the same rows, and a later day only adds rows', () => {
  fc.assert(
    fc.property(plan, day(421, 900), (one, until) => {
      const rows = (through: number) =>
        [...subscriptionRows({ subscriptions: [one] }, through)].map((row) => JSON.stringify(row));
      const [first, again, later] = [rows(dayOf(until)), rows(dayOf(until)), new Set(rows(dayOf(until) + 20))];
      expect(again).toEqual(first);
      expect(first.filter((row) => !later.has(row) && !row.includes('"commitment"'))).toEqual([]);
    }),
    { numRuns: 25, seed: 7 },
  );
}, 60_000);
