import type { CostAnswer, DecimalText, LoadedPeriod } from '../../api/types.js';
import { compare, sum } from '../../internal/decimal.js';
import { groupName } from '../../internal/describe.js';
import { addDays, type Granularity, type Period, periodsIn, startOf } from '../../internal/period.js';
import type { Messages } from '../../locales/en.js';

/** One currency of an answer, laid out for drawing: series × periods. */
export interface TrendModel {
  currency: string;
  total: DecimalText;
  granularity: Granularity;
  periods: TrendPeriod[];
  /** Largest first, the rest last; the order of stacking, from the axis outwards. */
  series: TrendSeries[];
}

export interface TrendPeriod extends Period {
  /** `unknown`: nothing has been loaded for it, so its cost is not zero but not known. `partial`: more will come. */
  state: 'complete' | 'partial' | 'unknown';
}

export interface TrendSeries {
  key: string;
  name: string;
  other: boolean;
  total: DecimalText;
  /** Aligned with the periods; undefined where the cost is not known. */
  costs: (DecimalText | undefined)[];
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
  const charged = new Set([...costs.values()].flatMap((series) => [...series.keys()]));
  const states = periods.map((period, index) => stateOf(period, answer.periods, charged.has(index)));

  return {
    currency,
    total: totals.find((total) => total.currency === currency)?.cost ?? '0',
    granularity,
    periods: periods.map((period, index) => ({ ...period, state: states[index] ?? 'unknown' })),
    series: groups
      .filter((group) => group.currency === currency)
      .map((group) => ({
        key: keyOf(group),
        name: groupName(group, messages),
        other: group.other,
        total: group.cost,
        costs: states.map(
          (state, index) => costs.get(keyOf(group))?.get(index) ?? (state === 'unknown' ? undefined : '0'),
        ),
      })),
  };
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
