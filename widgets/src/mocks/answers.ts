import type { CostAnswer, CostGroup, CostRow, DecimalText, LoadedPeriod, Metric, UnpricedUsage } from '../api/types.js';
import { compare, sum } from '../internal/decimal.js';
import { addDays, type Granularity, periodsIn, toDate } from '../internal/period.js';

/** What an organisation's bill looks like. */
export interface Scenario {
  currencies?: string[];
  /** Average cost a day of each group, in the first currency, largest first. */
  daily?: Record<string, number>;
  /** The last day with data; the rest of the range has not been loaded. */
  through?: string;
  /** Usage without a price: so much of each on every day that has data. Its service is a group, priced or not. */
  waiting?: WaitingUsage[];
  /** False where not even the loads of the range are there. */
  loaded?: boolean;
}

export interface WaitingUsage extends Omit<UnpricedUsage, 'quantity' | 'rows'> {
  service: string;
  daily: number;
  /** The first day with such usage. */
  since?: string;
}

/** The answer that the API would give to this address for such a bill. Always the same for the same input. */
export function answerTo(url: URL, scenario: Scenario = {}): CostAnswer {
  const { currencies = ['USD'], daily = SERVICES, through = '2026-11-20', loaded = true, waiting = [] } = scenario;
  const search = url.searchParams;
  const query: CostAnswer['query'] = {
    metric: (search.get('metric') ?? 'EffectiveCost') as Metric,
    granularity: (search.get('granularity') ?? 'day') as CostAnswer['query']['granularity'],
    date: (search.get('date') ?? 'ChargePeriodStart') as CostAnswer['query']['date'],
    from: search.get('from') ?? '',
    to: search.get('to') ?? '',
    group_by: search.getAll('group_by'),
    filter: search.getAll('filter'),
    top: search.has('top') ? Number(search.get('top')) : null,
  };
  const rows = currencies.flatMap((currency, index) => rowsIn(currency, index, query, daily, through));
  const priced = currencies.flatMap((currency) => groupsOf(rows.filter((row) => row.currency === currency)));
  const unpriced_periods = placesOf(waiting, query, Object.keys(daily), through);
  const groups = priced.map((group) => ({
    ...group,
    unpriced: unpriced_periods.some((place) => same(place, group)),
  }));
  return {
    query,
    query_hash: '5f6c2b0e9d1a4c7788aa0b1c2d3e4f5061728394a5b6c7d8e9f0a1b2c3d4e5f6',
    data_version: 42,
    rows: rows.filter(({ group, other, currency }) =>
      groups.some((one) => one.currency === currency && same(one, { group, other })),
    ),
    groups,
    totals: currencies
      .filter((currency) => groups.some((group) => group.currency === currency))
      .map((currency) => ({
        currency,
        cost: sum(groups.filter((group) => group.currency === currency).map(({ cost }) => cost)),
      })),
    unpriced: waiting.flatMap((usage) => usageOf(usage, query, through)),
    unpriced_periods,
    periods: loaded ? loadsOf(query, through) : [],
  };
}

const SERVICES: Record<string, number> = {
  'Amazon Elastic Compute Cloud': 412.2,
  'Anthropic Claude': 268.4,
  'Amazon Relational Database Service': 173.9,
  'OpenAI API': 141.6,
  'Amazon Simple Storage Service': 88.3,
  BigQuery: 64.1,
  'Azure Blob Storage': 31.7,
  Slack: 22.4,
  'AWS Lambda': 12.8,
  'Cloud DNS': 2.1,
  'AWS Key Management Service': 0.4,
};

function rowsIn(
  currency: string,
  currencyIndex: number,
  { granularity, from, to, group_by, top }: CostAnswer['query'],
  daily: Record<string, number>,
  through: string,
): CostRow[] {
  const periods =
    granularity === 'total' ? [{ start: from, end: to }] : periodsIn({ from, to }, granularity as Granularity);
  const names = Object.keys(daily);
  const keep = group_by.length > 0 ? (top ?? names.length) : 0;
  return periods.flatMap(({ start, end }) => {
    const costs = names.map((name, index) =>
      costOf(daily[name] ?? 0, index + currencyIndex * 3, start < from ? from : start, end > to ? to : end, through),
    );
    if (costs.every((cost) => cost === undefined)) return [];
    const row = (group: (string | null)[], other: boolean, cost: DecimalText): CostRow => ({
      period_start: start,
      period_end: end,
      group,
      other,
      currency,
      cost,
    });
    const sumOf = (list: readonly (DecimalText | undefined)[]) => sum(list.filter((cost) => cost !== undefined));
    if (group_by.length === 0) return [row([], false, sumOf(costs))];
    const rest = costs.slice(keep);
    return [
      ...names.slice(0, keep).map((name, index) => row(valuesOf(name, index, group_by), false, costs[index] ?? '0')),
      ...(rest.length > 0
        ? [
            row(
              group_by.map(() => null),
              true,
              sumOf(rest),
            ),
          ]
        : []),
    ];
  });
}

/** The name itself, then a region or nothing for each dimension more. */
const valuesOf = (name: string, index: number, groupBy: readonly string[]): (string | null)[] =>
  groupBy.map((_, dimension) =>
    dimension === 0 ? name || null : ([`eu-central-${index % 3}`, null][(index + dimension) % 2] ?? null),
  );

/** The sum of a wave over the days, with the odd decimals that real bills have. */
function costOf(average: number, seed: number, from: string, to: string, through: string): DecimalText | undefined {
  const days: DecimalText[] = [];
  for (let day = from; day < to && day <= through; day = addDays(day, 1)) {
    const date = Math.round(toDate(day).getTime() / 86_400_000);
    const weekend = [0, 6].includes(toDate(day).getUTCDay()) ? 0.78 : 1;
    const wave = 1 + 0.16 * Math.sin((date + seed * 2) / 3.1) + 0.09 * Math.sin(date * 1.7 + seed);
    const growth = 1 + 0.25 * Math.sin(date / 58 + seed / 4);
    days.push((average * weekend * wave * growth).toFixed(8));
  }
  return days.length > 0 ? sum(days) : undefined;
}

const daysOf = ({ since = '' }: WaitingUsage, from: string, to: string, through: string): number => {
  let days = 0;
  for (let day = from > since ? from : since; day < to && day <= through; day = addDays(day, 1)) days++;
  return days;
};

function usageOf(usage: WaitingUsage, { from, to }: CostAnswer['query'], through: string): UnpricedUsage[] {
  const { daily, since: _, ...kind } = usage;
  const rows = daysOf(usage, from, to, through);
  return rows > 0 ? [{ ...kind, quantity: sum(Array.from({ length: rows }, () => String(daily))), rows }] : [];
}

/** A service of which nothing is priced is a group of its own while there is room, then a part of the rest. */
function placesOf(
  waiting: readonly WaitingUsage[],
  { granularity, from, to, group_by, top }: CostAnswer['query'],
  names: readonly string[],
  through: string,
): CostAnswer['unpriced_periods'] {
  const periods =
    granularity === 'total' ? [{ start: from, end: to }] : periodsIn({ from, to }, granularity as Granularity);
  const all = [...new Set([...names, ...waiting.map(({ service }) => service)])];
  return periods.flatMap(({ start, end }) => {
    const cut = { period_start: start < from ? from : start, period_end: end > to ? to : end };
    const places: CostAnswer['unpriced_periods'] = [];
    for (const usage of waiting) {
      if (daysOf(usage, cut.period_start, cut.period_end, through) === 0) continue;
      const index = all.indexOf(usage.service);
      const other = group_by.length > 0 && index >= (top ?? all.length);
      const group = other ? group_by.map(() => null) : valuesOf(usage.service, index, group_by);
      if (!places.some((place) => same(place, { group, other }))) places.push({ ...cut, group, other });
    }
    return places;
  });
}

function groupsOf(rows: readonly CostRow[]): Omit<CostGroup, 'unpriced'>[] {
  const groups: Omit<CostGroup, 'unpriced'>[] = [];
  for (const { group, other, currency } of rows) {
    if (groups.some((known) => same(known, { group, other }))) continue;
    const cost = sum(rows.filter((row) => same(row, { group, other })).map((row) => row.cost));
    groups.push({ group, other, currency, cost });
  }
  return groups.sort((left, right) => Number(left.other) - Number(right.other) || compare(right.cost, left.cost));
}

type Place = Pick<CostGroup, 'group' | 'other'>;
const same = (left: Place, right: Place): boolean =>
  left.other === right.other && left.group.join('\n') === right.group.join('\n');

const loadsOf = ({ from, to }: CostAnswer['query'], through: string): LoadedPeriod[] =>
  periodsIn({ from, to }, 'month')
    .filter(({ start }) => start <= through)
    .map(({ start, end }) => ({
      billing_period: start,
      integration_id: 'aws-main',
      last_loaded_at: `${addDays(through, 1)}T06:12:00Z`,
      charges_through: through < end ? through : addDays(end, -1),
      complete: end <= through,
    }));
