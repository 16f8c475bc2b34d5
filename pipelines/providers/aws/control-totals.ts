import type { CurColumns } from './columns.ts';
import { costSql, fileSql } from './delivered.ts';

/** What the report says was billed: the sum of every line's cost, Savings Plan negations included. */
export function controlTotalsSql(cur: CurColumns, rawTable: string): string {
  return `WITH file AS (${fileSql(cur, rawTable)})
SELECT CAST(date_trunc('month', CAST(bill_billing_period_start_date AS TIMESTAMP)) AS DATE) AS billing_period,
  line_item_currency_code AS currency, CAST(sum(${costSql(cur)}) AS DECIMAL(38,18)) AS total
FROM ${rawTable}, file
GROUP BY 1, 2`;
}
