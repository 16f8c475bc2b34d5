import type { CostAnswer, CostGroup, DecimalText, LoadedPeriod } from '../../api/types.js';
import { compare, sum } from '../../internal/decimal.js';
import { groupName } from '../../internal/describe.js';
import { addDays, type Granularity, type Period, periodsIn, startOf } from '../../internal/period.js';
import { isAtLeast } from '../../internal/unpriced.js';
import type { Messages } from '../../locales/en.js';

/** One currency of an answer, laid out for drawing: series × periods. */
export interface TrendModel {
  currency: string;
  total: DecimalText;
  /** Usage waits for its price: the total is the least that it can be. */
  unpriced: boolean;
  granularity: Granularity;
  periods: TrendPeriod[];
  /** Largest first, the rest last; the order of stacking, from the axis outwards. */
  series: TrendSeries[];
}

export interface TrendPeriod extends Period {
  /** `unknown`: nothing has been loaded for it, so its cost is not zero but not known. `partial`: more will come. */
  state: 'complete' | 'partial' | 'unknown';
  /** Usage in it waits for its price. */
  unpriced: boolean;
}

export interface TrendSeries {
  key: string;
  name: string;
  other: boolean;
  total: DecimalText;
  /** Usage of it waits for its price. */
  unpriced: boolean;
  /** Aligned with the periods; undefined where the cost is not known. */
  costs: (DecimalText | undefined)[];
  /** Positions of the periods in which usage of it waits for its price. */
  unpricedPeriods: ReadonlySet<number>;
}

export function toTrend(answer: CostAnswer, currency: string, messages: Messages): TrendModel {
  const { query, rows, groups, totals } = answer;
  const granularity = query.granularity as Granularity;
  const periods = periodsIn(query, granularity);
  const indexOf = new Map(periods.map(({ start }, index) => [start, index]));

  const costs = new Map<string, Map<number, DecimalText>>();
  for (const row of rows) {
    const index = indexOf.get(startOf(granularity, row.period_start));
    if (row.currency !== currency || index === undefined) continue;
    const key = keyOf(row);
    if (!costs.has(key)) costs.set(key, new Map());
    costs.get(key)?.set(index, row.cost);
  }
  const shown = groups.filter((group) => group.currency === currency);
  const unpriced = unpricedIn(answer, shown, (start) => indexOf.get(startOf(granularity, start)));
  const charged = new Set([...costs.values()].flatMap((series) => [...series.keys()]));
  const states = periods.map((period, index) =>
    stateOf(period, answer.periods, charged.has(index) || unpriced.periods.has(index)),
  );

  return {
    currency,
    total: totals.find((total) => total.currency === currency)?.cost ?? '0',
    unpriced: isAtLeast(answer),
    granularity,
    periods: periods.map((period, index) => ({
      ...period,
      state: states[index] ?? 'unknown',
      unpriced: unpriced.periods.has(index),
    })),
    series: shown.map((group) => {
      const unpricedPeriods = unpriced.bySeries.get(keyOf(group)) ?? new Set<number>();
      return {
        key: keyOf(group),
        name: groupName(group, messages),
        other: group.other,
        total: group.cost,
        unpriced: group.unpriced,
        costs: states.map(
          (state, index) =>
            costs.get(keyOf(group))?.get(index) ??
            (state === 'unknown' || unpricedPeriods.has(index) ? undefined : '0'),
        ),
        unpricedPeriods,
      };
    }),
  };
}

/** The periods, and of each series those, in which usage waits. What has no series of its own is in "other", if there is one. */
function unpricedIn(
  { unpriced_periods }: CostAnswer,
  shown: readonly CostGroup[],
  positionOf: (start: string) => number | undefined,
): { periods: ReadonlySet<number>; bySeries: ReadonlyMap<string, ReadonlySet<number>> } {
  const periods = new Set<number>();
  const bySeries = new Map(shown.map((group) => [keyOf(group), new Set<number>()]));
  const other = shown.find((group) => group.other);
  for (const place of unpriced_periods) {
    const position = positionOf(place.period_start);
    if (position === undefined) continue;
    periods.add(position);
    const series = bySeries.get(keyOf(place)) ?? (other && bySeries.get(keyOf(other)));
    series?.add(position);
  }
  return { periods, bySeries };
}

/** What these series cost together in one period; undefined where that is not known. */
export function periodTotal(series: readonly TrendSeries[], index: number): DecimalText | undefined {
  const known = series.flatMap(({ costs }) => costs[index] ?? []);
  return known.length > 0 ? sum(known) : undefined;
}

/** The series that cost or gave something in a period, the largest first. */
export function sharesOf(series: readonly TrendSeries[], index: number): { series: TrendSeries; cost: DecimalText }[] {
  return series
    .flatMap((one) => {
      const cost = one.costs[index];
      return cost === undefined || compare(cost, '0') === 0 ? [] : { series: one, cost };
    })
    .sort((left, right) => compare(right.cost, left.cost));
}

const keyOf = ({ group, other }: { group: (string | null)[]; other: boolean }): string =>
  JSON.stringify([other, ...group]);

function stateOf({ start, end }: Period, loads: readonly LoadedPeriod[], charged: boolean): TrendPeriod['state'] {
  const touching = loads.filter(({ billing_period }) => {
    const month = startOf('month', billing_period);
    return month < end && start < startOf('month', addDays(month, 31));
  });
  const reached = touching.some(
    ({ charges_through, complete }) => complete || (charges_through !== null && charges_through >= start),
  );
  if (!charged && !reached) return 'unknown';
  const behind = touching.some(
    ({ charges_through, complete }) => !complete && (charges_through === null || addDays(charges_through, 1) < end),
  );
  return behind ? 'partial' : 'complete';
}
