import type { ParamType } from '@cloudact/core/warehouse';
import { duckdbDialect } from '@cloudact/core/warehouse/duckdb';
import { expect, it } from 'vitest';
import { type BoundQuery, type CostQuestion, costQuery, loadsQuery } from './cost.ts';
import { parseDimension, parseFilter } from './dimension.ts';
import { unpricedQuery } from './unpriced.ts';

const filters = (...texts: string[]) => texts.map((text) => parseFilter(text, 'test'));
const question: CostQuestion = {
  metric: 'EffectiveCost',
  granularity: 'month',
  date: 'ChargePeriodStart',
  from: '2026-10-15',
  to: '2026-12-01',
  groupBy: [],
  filters: [],
  mandatoryFilters: [],
  top: null,
  display: null,
};

/** The SQL as DuckDB gets it, with one space for any white space. */
function render({ query, params }: BoundQuery<unknown>): string {
  const names = Object.entries<ParamType>(query.params).map(([name, type]) => [name, duckdbDialect.param(name, type)]);
  return oneSpace(query.sql(duckdbDialect, Object.fromEntries(names), params));
}
const oneSpace = (sql: string) => sql.replace(/\s+/g, ' ').trim();

it('a question about dimensions of the roll-up reads the roll-up, and cuts to the top in SQL', () => {
  const bound = costQuery({
    ...question,
    groupBy: [parseDimension('ServiceName', 'test')],
    filters: filters('RegionId:eu', 'RegionId:us', 'SubAccountId:1'),
    top: 10,
  });
  expect(bound.params).toEqual({
    from: '2026-10-15',
    to: '2026-12-01',
    filter_0_values: ['eu', 'us'],
    filter_1_values: ['1'],
    top: 10,
  });
  expect(render(bound)).toBe(
    oneSpace(`
WITH charges AS (
  SELECT CAST(date_trunc('month', ChargeDate) AS DATE) AS period, NULLIF(ServiceName, '') AS group_0,
    BillingCurrency AS currency, SUM(EffectiveCost) AS cost
  FROM cost_daily
  WHERE org_slug = $org_slug
    AND ChargeDate >= CAST($from AS DATE)
    AND ChargeDate < CAST($to AS DATE)
    AND RegionId IN (SELECT listed.v FROM unnest($filter_0_values) AS listed(v))
    AND SubAccountId IN (SELECT listed.v FROM unnest($filter_1_values) AS listed(v))
  GROUP BY 1, 2, 3
), totalled AS (
  SELECT period, group_0, currency, cost, SUM(cost) OVER (PARTITION BY currency, group_0) AS group_cost
  FROM charges
), placed AS (
  SELECT period, group_0, currency, cost,
    DENSE_RANK() OVER (PARTITION BY currency ORDER BY group_cost DESC NULLS LAST, group_0 NULLS LAST) AS place
  FROM totalled
), kept AS (
  SELECT period, CASE WHEN place > $top THEN NULL ELSE group_0 END AS group_0, currency, cost,
    place > $top AS other,
    CASE WHEN place > $top THEN $top + 1 ELSE place END AS place
  FROM placed
)
SELECT CASE WHEN GROUPING(place) = 1 THEN 'total' WHEN GROUPING(period) = 1 THEN 'group' ELSE 'row' END AS level,
  strftime(CAST(period AS DATE), '%Y-%m-%d') AS period_start, group_0, other, currency,
  ${duckdbDialect.decimalText('SUM(cost)')} AS cost
FROM kept
GROUP BY GROUPING SETS ((period, currency, place, other, group_0), (currency, place, other, group_0), (currency))
ORDER BY level NULLS LAST, period NULLS LAST, currency NULLS LAST, place NULLS LAST
LIMIT 50001`),
  );
});

it('a question about a tag reads the cost table, and filters of the credential stand beside those that are asked', () => {
  const bound = costQuery({
    ...question,
    granularity: 'total',
    groupBy: [parseDimension('tag:team', 'test')],
    filters: filters('SubAccountId:2', 'tag:env:prod'),
    mandatoryFilters: filters('SubAccountId:1', 'SubAccountId:'),
  });
  expect(bound.params).toEqual({
    from: '2026-10-15T00:00:00Z',
    to: '2026-12-01T00:00:00Z',
    group_tag_0: 'team',
    filter_0_values: ['2'],
    filter_1_tag: 'env',
    filter_1_values: ['prod'],
    mandatory_0_values: ['1'],
  });
  const listed = (name: string) => `IN (SELECT listed.v FROM unnest($${name}) AS listed(v))`;
  expect(render(bound)).toContain(
    oneSpace(`
  SELECT CAST(${duckdbDialect.param('from', 'timestamp')} AS DATE) AS period,
    NULLIF(${duckdbDialect.jsonText('Tags', '$group_tag_0')}, '') AS group_0,
    BillingCurrency AS currency, SUM(EffectiveCost) AS cost
  FROM cost_data_standard_1_3
  WHERE org_slug = $org_slug
    AND ChargePeriodStart >= ${duckdbDialect.param('from', 'timestamp')}
    AND ChargePeriodStart < ${duckdbDialect.param('to', 'timestamp')}
    AND SubAccountId ${listed('filter_0_values')}
    AND ${duckdbDialect.jsonText('Tags', '$filter_1_tag')} ${listed('filter_1_values')}
    AND (SubAccountId ${listed('mandatory_0_values')} OR NULLIF(SubAccountId, '') IS NULL)
  GROUP BY 1, 2, 3`),
  );
});

it.each([
  ['the roll-up', [], 'cost_daily', 'CAST($from AS DATE)'],
  ['the cost table', filters('ResourceId:i-1'), 'cost_data_standard_1_3', duckdbDialect.param('from', 'timestamp')],
])('a question about bills picks and cuts by the billing period, in %s', (_table, asked, table, from) => {
  const sql = render(costQuery({ ...question, date: 'BillingPeriodStart', filters: asked }));
  expect(sql).toContain(`date_trunc('month', BillingPeriodStart)`);
  expect(sql).toContain(`FROM ${table} WHERE org_slug = $org_slug AND BillingPeriodStart >= ${from}`);
  expect(sql).not.toMatch(/ChargeDate|ChargePeriodStart/);
});

it('the loads of a narrowed credential are those of the integrations in its slice', () => {
  const all = loadsQuery({ ...question, filters: filters('SubAccountId:2') });
  expect(all.params).toEqual({ first_period: '2026-10-01', period_limit: '2026-12-01' });
  expect(render(all)).toContain(
    oneSpace(`
FROM _loads
WHERE org_slug = $org_slug
  AND BillingPeriodStart >= CAST($first_period AS DATE) AND BillingPeriodStart < CAST($period_limit AS DATE)
ORDER BY billing_period NULLS LAST, integration_id NULLS LAST`),
  );
  const narrowed = loadsQuery({ ...question, mandatoryFilters: filters('ResourceId:i-1') });
  expect(render(narrowed)).toContain(
    oneSpace(`
  AND x_IntegrationId IN (SELECT x_IntegrationId FROM cost_data_standard_1_3 WHERE org_slug = $org_slug
    AND ChargePeriodStart >= ${duckdbDialect.param('from', 'timestamp')}`),
  );
  expect(render(narrowed)).toContain(
    oneSpace(`
  UNION DISTINCT SELECT x_IntegrationId FROM unpriced_usage WHERE org_slug = $org_slug
    AND ChargePeriodStart >= ${duckdbDialect.param('waiting_from', 'timestamp')}`),
  );
});

it('usage that waits is asked for in the same days and under the same filters, but for a currency that nobody knows', () => {
  const bound = unpricedQuery({
    ...question,
    groupBy: [parseDimension('ServiceName', 'test')],
    filters: filters('BillingCurrency:EUR', 'RegionId:eu'),
    mandatoryFilters: filters('BillingCurrency:USD'),
    top: 5,
  });
  expect(bound.params).toEqual({
    waiting_from: '2026-10-15T00:00:00Z',
    waiting_to: '2026-12-01T00:00:00Z',
    filter_0_values: ['eu'],
    mandatory_0_values: ['USD'],
  });
  expect(render(bound)).toContain(
    oneSpace(`
  FROM unpriced_usage
  WHERE org_slug = $org_slug
    AND ChargePeriodStart >= ${duckdbDialect.param('waiting_from', 'timestamp')}
    AND ChargePeriodStart < ${duckdbDialect.param('waiting_to', 'timestamp')}
    AND RegionId IN (SELECT listed.v FROM unnest($filter_0_values) AS listed(v))
    AND BillingCurrency IN (SELECT listed.v FROM unnest($mandatory_0_values) AS listed(v)) )`),
  );
});

it.each([
  ['cost', costQuery],
  ['unpriced usage', unpricedQuery],
  ['loads', loadsQuery],
])('no value that is asked for is in the text of the SQL: %s', (_name, queryOf) => {
  const evil = "x' OR 1=1 --";
  const bound: BoundQuery<unknown> = queryOf({
    ...question,
    groupBy: [{ kind: 'tag', key: evil }],
    filters: filters(`ServiceName:${evil}`),
    mandatoryFilters: [{ dimension: { kind: 'tag', key: evil }, value: evil }],
  });
  expect(render(bound)).not.toContain('OR 1=1');
});
