import { datasetTables, defineQuery, type Query, type RollupMetric, rollupMetrics } from '@cloudact/core/warehouse';
import type { Dimension, DimensionFilter } from './dimension.ts';
import { type Display, displayedRanking } from './display.ts';
import { chargesSlice, dimensionSql, groupTags, list, waitingSlice } from './slice.ts';

export const costMetrics = rollupMetrics;
export type CostMetric = RollupMetric;
export const granularities = ['day', 'week', 'month', 'quarter', 'year', 'total'] as const;
export type Granularity = (typeof granularities)[number];
/** When the charge was incurred, or in which month's bill it stands: a refund for September may stand in October's. */
export const costDates = ['ChargePeriodStart', 'BillingPeriodStart'] as const;
export type CostDate = (typeof costDates)[number];

/** What did it cost, from `from` up to but without `to` (UTC days of `date`), grouped and narrowed? */
export interface CostQuestion {
  readonly metric: CostMetric;
  readonly granularity: Granularity;
  /** What the range and the periods refer to. With BillingPeriodStart both are whole months. */
  readonly date: CostDate;
  /** `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
  readonly groupBy: readonly Dimension[];
  /** The same dimension twice accepts either value; different dimensions must all hold. */
  readonly filters: readonly DimensionFilter[];
  /** Filters of the credential. They hold besides `filters`, so nothing that is asked can widen them. */
  readonly mandatoryFilters: readonly DimensionFilter[];
  /** How many groups of each currency that is shown stay by themselves; null keeps all. */
  readonly top: number | null;
  /** Terms of the credential; null shows what the bills say. */
  readonly display: Display | null;
}

/** A row of the answer, or (`level`) a group's or a currency's total. Costs are canonical decimal text, as billed. */
export interface CostRow {
  level: 'row' | 'group' | 'total';
  /** First day of the calendar period, `YYYY-MM-DD`; null for groups and totals. */
  period_start: string | null;
  group_0?: string | null;
  group_1?: string | null;
  group_2?: string | null;
  /** True for the group that holds what is beyond the top groups; null for totals. */
  other: boolean | null;
  currency: string;
  cost: string;
}

export interface LoadRow {
  /** First day of the billing period, `YYYY-MM-DD`. */
  billing_period: string;
  integration_id: string;
  last_loaded_at: string;
  charges_through: string | null;
  complete: boolean;
}

/** Rows beyond which no answer goes; one more is read, to know that there are more. */
export const maximumRows = 50_000;

export type Params = Record<string, string | number | readonly string[]>;
export interface BoundQuery<Row> {
  readonly query: Query<Params, Row>;
  readonly params: Params;
}

/**
 * Rows, groups and totals from one scan, so that they agree whatever is loaded meanwhile.
 * Rows come by period, then currency, then size of the group; groups largest first with "other" last.
 */
export function costQuery(question: CostQuestion): BoundQuery<CostRow> {
  const { metric, granularity, groupBy, top, display } = question;
  const { table, params, types, where, dateColumn } = chargesSlice(question);
  const names = groupBy.map((_, index) => `group_${index}`);
  const tags = groupTags(groupBy);
  const ranking = displayedRanking(display);

  const query = defineQuery<Params, CostRow>({
    name: 'cost',
    params: { ...types, ...tags.types, ...ranking.types, ...(top !== null && { top: 'integer' }) },
    sql(dialect, p) {
      const period = granularity === 'total' ? `CAST(${p.from} AS DATE)` : dialect.truncate(granularity, dateColumn);
      const groups = groupBy.map(
        (dimension, index) => `${dimensionSql(dialect, dimension, p[`group_tag_${index}`])} AS ${names[index]}`,
      );
      const isOther = top === null ? 'FALSE' : `place > ${p.top}`;
      const ordered = names.map((name) => `, ${name} NULLS LAST`).join('');
      return `
WITH charges AS (
  SELECT ${list(`${period} AS period`, ...groups, 'BillingCurrency AS currency', `SUM(${metric}) AS cost`)}
  FROM ${table}
  WHERE ${where(dialect, p)}
  GROUP BY ${list(...Array.from({ length: names.length + 2 }, (_, index) => String(index + 1)))}
), totalled AS (
  SELECT ${list('period', ...names, 'currency', 'cost')},
    SUM(${ranking.cost(p)}) OVER (PARTITION BY ${list(ranking.currency(p), ...names)}) AS group_cost
  FROM charges
), placed AS (
  SELECT ${list('period', ...names, 'currency', 'cost')},
    DENSE_RANK() OVER (PARTITION BY ${ranking.currency(p)} ORDER BY group_cost DESC NULLS LAST${ordered}) AS place
  FROM totalled
), kept AS (
  SELECT ${list('period', ...names.map((name) => `CASE WHEN ${isOther} THEN NULL ELSE ${name} END AS ${name}`), 'currency', 'cost')},
    ${isOther} AS other,
    ${top === null ? 'place' : `CASE WHEN ${isOther} THEN ${p.top} + 1 ELSE place END AS place`}
  FROM placed
)
SELECT CASE WHEN GROUPING(place) = 1 THEN 'total' WHEN GROUPING(period) = 1 THEN 'group' ELSE 'row' END AS level,
  ${list(`${dialect.dateText('period')} AS period_start`, ...names, 'other', 'currency', `${dialect.decimalText('SUM(cost)')} AS cost`)}
FROM kept
GROUP BY GROUPING SETS ((${list('period', 'currency', 'place', 'other', ...names)}), (${list('currency', 'place', 'other', ...names)}), (currency))
ORDER BY level NULLS LAST, period NULLS LAST, currency NULLS LAST, place NULLS LAST
LIMIT ${maximumRows + 1}`;
    },
  });
  return { query, params: { ...params, ...tags.params, ...ranking.params, ...(top !== null && { top }) } };
}

/**
 * The loads that are in place for the billing periods of the range: one row per integration and billing period.
 * A credential with filters sees the integrations that its own rows come from, and no others.
 */
export function loadsQuery(question: CostQuestion): BoundQuery<LoadRow> {
  const { from, to, mandatoryFilters } = question;
  const own = { ...question, groupBy: [], filters: [] };
  const slices = [chargesSlice(own), waitingSlice(own)];
  const isNarrowed = mandatoryFilters.length > 0;
  const query = defineQuery<Params, LoadRow>({
    name: 'cost_loads',
    params: {
      first_period: 'date',
      period_limit: 'date',
      ...(isNarrowed && Object.assign({}, ...slices.map(({ types }) => types))),
    },
    sql: (dialect, p) => `
SELECT ${dialect.dateText('BillingPeriodStart')} AS billing_period, x_IntegrationId AS integration_id,
  ${dialect.timestampText('LoadedAt')} AS last_loaded_at, ${dialect.dateText('ChargesThrough')} AS charges_through,
  Closed AS complete
FROM ${datasetTables.loads}
WHERE org_slug = ${dialect.param('org_slug')}
  AND BillingPeriodStart >= ${p.first_period} AND BillingPeriodStart < ${p.period_limit}${
    isNarrowed
      ? `
  AND x_IntegrationId IN (${slices
    .map(({ table, where }) => `SELECT x_IntegrationId FROM ${table} WHERE ${where(dialect, p)}`)
    .join('\n  UNION DISTINCT ')})`
      : ''
  }
ORDER BY billing_period NULLS LAST, integration_id NULLS LAST`,
  });
  const periods = { first_period: `${from.slice(0, 7)}-01`, period_limit: to };
  return { query, params: isNarrowed ? Object.assign({}, ...slices.map(({ params }) => params), periods) : periods };
}
