import { decimalSql } from '../money.ts';
import type { ExportColumns } from './columns.ts';
import { creditSumSql, creditsSql } from './credits.ts';
import { preparedFields, preparedSql, rawFields } from './fields.ts';

/** The first day of the month whose invoice the row is on: `invoice.month`, which need not be the month of use. */
export function billingPeriodSql(month: string): string {
  return `CAST(TRY_STRPTIME(substr(${month}, 1, 6) || '01', '%Y%m%d') AS DATE)`;
}

/** The billing period of a row of the raw table. */
export function rawBillingPeriodSql(columns: ExportColumns): string {
  return billingPeriodSql(rawFields(columns).text('invoice.month'));
}

/** What Google bills: the sum of cost and of all credits, by invoice month and currency. The export names no invoice. */
export function controlTotalsSql(columns: ExportColumns, rawTable: string): string {
  const fields = preparedFields(columns);
  return `SELECT billing_period, currency, CAST(NULL AS VARCHAR) AS invoice,
  CAST(sum(cost + ${creditSumSql()}) AS DECIMAL(38,18)) AS total
FROM (SELECT ${billingPeriodSql(fields.text('invoice.month'))} AS billing_period, ${fields.text('currency')} AS currency,
  ${decimalSql(fields.text('cost'))} AS cost, ${creditsSql(fields)} AS credits FROM (${preparedSql(columns, rawTable)}))
GROUP BY 1, 2`;
}
