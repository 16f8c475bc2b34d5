/** Columns by which a charge is the same charge whatever it costs. */
const CHARGE = [
  'ChargePeriodStart',
  'ChargePeriodEnd',
  'SubAccountId',
  'ResourceId',
  'SkuId',
  'SkuPriceId',
  'ConsumedQuantity',
  'x_PrincipalId',
  'x_SourceFile',
  'x_SourceRow',
] as const;

/** FOCUS costs that are compared, and what they are called in the answer. */
const COSTS = { BilledCost: 'billed', ListCost: 'list', EffectiveCost: 'effective' } as const;

/** SQL of two relations of FOCUS rows of the same usage: a quoted name, or a SELECT in parentheses. */
export interface Repricing {
  readonly before: string;
  readonly after: string;
}

/**
 * One SELECT: what another version of the price book makes of the same usage. One row per day (UTC), model as delivered,
 * SkuMeter and BillingCurrency for which anything differs, in this order:
 *
 * - `rows_before`, `rows_after`: charges; `rows_changed`: those of them that cost something else, or are new or gone.
 * - `billed_before`, `billed_after`, `billed_difference` (after − before), the same of `list` and `effective`: DECIMAL(38,18)
 *   in the currency. No rows are 0; null where a row has no such cost: a sum without it would be too low.
 * - `unpriced_before`, `unpriced_after`: rows without a BilledCost. They are no charges, and have no currency: usage that
 *   got a price is gone from the row without a currency, and in the row of its currency.
 *
 * A charge is known by its period, account, resource, SKU, quantity, person and place in the source (`x_SourceFile`,
 * `x_SourceRow`), which both relations must have.
 */
export function repriceDifferences({ before, after }: Repricing): string {
  const groups = ['day', 'model', 'sku_meter', 'currency'];
  const costs = Object.values(COSTS);
  return `WITH sides AS (
    ${sideSql(before, -1)}
    UNION ALL ${sideSql(after, 1)}
  ), charges AS (
    SELECT ${groups.join(', ')}, sum(side) AS more
    FROM sides WHERE billed IS NOT NULL GROUP BY ${groups.join(', ')}, charge, ${costs.join(', ')}
  ), changed AS (
    SELECT ${groups.join(', ')}, greatest(sum(greatest(more, 0)), sum(greatest(-more, 0))) AS rows_changed
    FROM charges GROUP BY ALL
  ), totals AS (
    SELECT ${groups.join(', ')},
      count(*) FILTER (side < 0 AND billed IS NOT NULL) AS rows_before,
      count(*) FILTER (side > 0 AND billed IS NOT NULL) AS rows_after,
      ${costs.flatMap((cost) => [`${sumSql(cost, 'side < 0')} AS ${cost}_before`, `${sumSql(cost, 'side > 0')} AS ${cost}_after`]).join(',\n      ')},
      count(*) FILTER (side < 0 AND billed IS NULL) AS unpriced_before,
      count(*) FILTER (side > 0 AND billed IS NULL) AS unpriced_after
    FROM sides GROUP BY ALL
  )
  SELECT ${groups.map((name) => `totals.${name}`).join(', ')}, rows_before, rows_after, CAST(COALESCE(rows_changed, 0) AS BIGINT) AS rows_changed,
    ${costs.map((cost) => `${cost}_before, ${cost}_after, ${cost}_after - ${cost}_before AS ${cost}_difference`).join(',\n    ')},
    unpriced_before, unpriced_after
  FROM totals LEFT JOIN changed ON ${groups.map((name) => `totals.${name} IS NOT DISTINCT FROM changed.${name}`).join(' AND ')}
  WHERE COALESCE(rows_changed, 0) > 0 OR unpriced_before <> unpriced_after
  ORDER BY 1, 2, 3, 4`;
}

/** Unpriced usage has no currency, whatever its row says. */
function sideSql(relation: string, side: -1 | 1): string {
  const costs = Object.entries(COSTS).map(([column, name]) => `CAST("${column}" AS DECIMAL(38,18)) AS ${name}`);
  return `SELECT ${side} AS side, CAST("ChargePeriodStart" AS DATE) AS day, "x_Model" AS model, "SkuMeter" AS sku_meter,
      CASE WHEN "BilledCost" IS NOT NULL THEN "BillingCurrency" END AS currency,
      row(${CHARGE.map((name) => `CAST("${name}" AS VARCHAR)`).join(', ')}) AS charge, ${costs.join(', ')}
    FROM ${relation}`;
}

function sumSql(cost: string, side: string): string {
  const charges = `FILTER (${side} AND billed IS NOT NULL)`;
  return `CASE WHEN count(*) ${charges} = count(${cost}) ${charges}
        THEN COALESCE(sum(${cost}) ${charges}, 0) END`;
}
