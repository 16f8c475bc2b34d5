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

/** Deliveries that cannot be placed, and those that come twice: which of their rows to count, nobody can tell. */
export function refusalsSql(header: AzureHeader, rawTable: string): string {
  return `SELECT folder || CASE role
    WHEN 'twice' THEN ' holds charges of ' || period[:7] || ' that another delivery of the same dataset holds too: give the newest delivery only'
    ELSE ' could be ActualCost, AmortizedCost or both, in ' || period[:7] || ': give whole exports, each run in its own folder with its parts under their own names' END AS reason
FROM (${datasetRolesSql(`(${rowsSql(header, rawTable)})`)})
WHERE role IN ('unknown', 'twice') ORDER BY folder, period LIMIT 20`;
}

/** Months whose two datasets do not hold the same charges. */
export function differenceCausesSql(header: AzureHeader, rawTable: string): string {
  return `WITH read AS (${rowsSql(header, rawTable)}),
roles AS (${datasetRolesSql('read')}),
lines AS (SELECT ${datasetKeySql} AS key, cost, commitment, x_SourceFile, x_SourceRow FROM read),
deliveries AS (
  SELECT key, count(*) AS rows, COALESCE(sum(cost) FILTER (commitment IS NULL), 0) AS uncommitted,
    min({'file': x_SourceFile, 'row': x_SourceRow}) AS first
  FROM lines GROUP BY key),
months AS (
  SELECT period, COALESCE(sum(uncommitted) FILTER (role = 'purchases'), 0) AS actual, COALESCE(sum(uncommitted) FILTER (role = 'amortized'), 0) AS amortized
  FROM roles JOIN deliveries USING (key) GROUP BY period)
SELECT folder || ' and the AmortizedCost of the month hold different charges: give both datasets of one moment (' || period[:7] || ')' AS cause,
  rows, actual - amortized AS amount, first.file AS file, first.row AS row
FROM roles JOIN deliveries USING (key) JOIN months USING (period)
WHERE role = 'purchases' AND actual <> amortized
ORDER BY abs(amount) DESC LIMIT 20`;
}
