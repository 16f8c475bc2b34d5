import { datasetKeySql, datasetRolesCte, datasetRolesSql, withRoleSql } from './datasets.ts';
import type { AzureHeader } from './header.ts';
import { rowsSql } from './rows.ts';

/**
 * What is invoiced: the sum of the ActualCost dataset. Where only AmortizedCost is given, that of its charges without
 * commitments, whose purchases it does not have. What cannot be placed counts here and nowhere else, so that it shows.
 */
export function controlTotalsSql(header: AzureHeader, rawTable: string): string {
  const rows = `(${rowsSql(header, rawTable)})`;
  return `WITH ${datasetRolesCte(rows)}
SELECT billing_period, upper(billing_currency) AS currency, invoice_id AS invoice, CAST(sum(cost) AS DECIMAL(38,18)) AS total
FROM (${withRoleSql(rows)})
WHERE role <> 'amortized' AND NOT (role = 'amortized_alone' AND commitment IS NOT NULL AND charge_type NOT IN ('purchase', 'refund'))
GROUP BY 1, 2, 3`;
}

/** Deliveries that cannot be placed or come twice, and months whose two datasets do not hold the same charges. */
export function differenceCausesSql(header: AzureHeader, rawTable: string): string {
  return `WITH read AS (${rowsSql(header, rawTable)}),
roles AS (${datasetRolesSql('read')}),
lines AS (SELECT ${datasetKeySql} AS key, cost, commitment, x_SourceFile, x_SourceRow FROM read),
deliveries AS (
  SELECT key, count(*) AS rows, sum(cost) AS amount, COALESCE(sum(cost) FILTER (commitment IS NULL), 0) AS uncommitted,
    min({'file': x_SourceFile, 'row': x_SourceRow}) AS first
  FROM lines GROUP BY key),
months AS (
  SELECT period, COALESCE(sum(uncommitted) FILTER (role = 'purchases'), 0) AS actual, COALESCE(sum(uncommitted) FILTER (role = 'amortized'), 0) AS amortized
  FROM roles JOIN deliveries USING (key) GROUP BY period)
SELECT CASE role
    WHEN 'unknown' THEN folder || ' could be ActualCost, AmortizedCost or both: give whole exports, each run in its own folder with its parts under their own names'
    WHEN 'twice' THEN folder || ' holds charges that another delivery of the same dataset holds too: give the newest delivery only'
    ELSE folder || ' and the AmortizedCost of the month hold different charges: give both datasets of one moment' END || ' (' || period[:7] || ')' AS cause,
  rows, CASE WHEN role = 'purchases' THEN actual - amortized ELSE amount END AS amount, first.file AS file, first.row AS row
FROM roles JOIN deliveries USING (key) JOIN months USING (period)
WHERE role IN ('unknown', 'twice') OR (role = 'purchases' AND actual <> amortized)
ORDER BY abs(amount) DESC LIMIT 20`;
}
