import type { CurColumns } from './columns.ts';
import { billingPeriodSql, costSql } from './delivered.ts';
import { textSql } from './delivered-values.ts';

/** What the report says was billed: the sum of every line's cost, Savings Plan negations included. */
export function controlTotalsSql(cur: CurColumns, rawTable: string): string {
  return `SELECT ${billingPeriodSql} AS billing_period,
  line_item_currency_code AS currency, ${textSql(cur, 'bill_invoice_id')} AS invoice,
  CAST(sum(${costSql(cur, rawTable)}) AS DECIMAL(38,18)) AS total
FROM ${rawTable}
GROUP BY 1, 2, 3`;
}

/** Covered usage and its negations should cancel out; where they do not, their sums by plan say which is missing. */
export function differenceCausesSql(cur: CurColumns, rawTable: string): string {
  const plan = textSql(cur, 'savings_plan_savings_plan_arn');
  return `WITH lines AS (
  SELECT line_item_line_item_type AS type, ${plan} AS plan, CAST(${costSql(cur, rawTable)} AS DECIMAL(38,18)) AS cost,
    x_SourceFile, x_SourceRow
  FROM ${rawTable}
  WHERE line_item_line_item_type IN ('SavingsPlanCoveredUsage', 'SavingsPlanNegation'))
SELECT type || COALESCE(' of ' || plan, '') AS cause, count(*) AS rows, sum(cost) AS amount,
  min({'file': x_SourceFile, 'row': x_SourceRow}).file AS file, min({'file': x_SourceFile, 'row': x_SourceRow}).row AS row
FROM lines WHERE plan IS NULL OR plan IN (SELECT plan FROM lines WHERE plan IS NOT NULL GROUP BY plan HAVING sum(cost) <> 0)
GROUP BY 1 ORDER BY abs(amount) DESC LIMIT 20`;
}
