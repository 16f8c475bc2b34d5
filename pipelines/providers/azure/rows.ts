import { timestampSql } from '../../focus/upgrade/index.ts';
import type { RowRule } from '../bill-format.ts';
import { decimalSql, moneyOf, roundedCostsSql } from '../money.ts';
import { type AzureColumn, type AzureHeader, azureColumns } from './header.ts';

/** Days of rows of a raw table, read without regard to any other row: SQL expressions. */
interface AzureRow {
  /** TIMESTAMP, start of the day that the charge is for. */
  readonly day: string;
  /** TIMESTAMP, null where the file has none. */
  readonly periodStart: string;
  /** TIMESTAMP, the last day, as Azure has it; null where the file has none. */
  readonly periodEnd: string;
  /** DATE, first of the month. */
  readonly billingPeriod: string;
}

export function azureRow(header: AzureHeader): AzureRow {
  const text = (column: AzureColumn) => (header.has(column) ? header.text(column) : undefined);
  return days(text('date'), text('billing_period_start'), text('billing_period_end'));
}

function days(date?: string, start?: string, end?: string): AzureRow {
  // Azure writes 9/30/2023. The last day of a month is beyond 12, so it shows where a file puts the day first.
  const order = end
    ? `CASE WHEN TRY_CAST(regexp_extract(${end}, '^(\\d{1,2})/', 1) AS INTEGER) > 12 THEN 'dmy' ELSE 'mdy' END`
    : `'mdy'`;
  const [day, periodStart, periodEnd] = [date, start, end].map((text) =>
    text ? daySql(text, order) : 'CAST(NULL AS TIMESTAMP)',
  ) as [string, string, string];
  return {
    day,
    periodStart,
    periodEnd,
    billingPeriod: `CAST(date_trunc('month', COALESCE(${periodStart}, ${day})) AS DATE)`,
  };
}

/**
 * The rows of a raw table: every known column under its own name, as text, then what is read of it without regard to any
 * other row. Steps are layers, so that each is computed once, whatever is made of it.
 *
 * - `cost` DECIMAL(38,18), with `cost_rounded`; `charge_type` (`usage`, `purchase`, `refund`, `unusedreservation`, …) and
 *   `pricing_model` (`ondemand`, `spot`, `reservation`, `savingsplan`), with the texts in `delivered_…`;
 * - `commitment`: `reservation`, `plan`, or null where no commitment is bought, used or left unused;
 * - `day`, `first_day`, `last_day`: TIMESTAMP, as in {@link AzureRow}; `billing_period`: DATE, first of the month.
 */
export function rowsSql(header: AzureHeader, rawTable: string): string {
  const texts = azureColumns.map((column) => `${header.text(column)} AS ${DELIVERED[column] ?? column}`);
  const money = roundedCostsSql(moneyOf(header.columns));
  return `SELECT *, ${COMMITMENT} AS commitment, CAST(date_trunc('month', COALESCE(first_day, day)) AS DATE) AS billing_period
FROM (SELECT *, ${decimalSql('delivered_cost')} AS cost, COALESCE(${foldedSql('delivered_charge_type')}, 'usage') AS charge_type,
    ${foldedSql('delivered_pricing_model')} AS pricing_model, lower(benefit_id) AS benefit,
    ${READ.day} AS day, ${READ.periodStart} AS first_day, ${READ.periodEnd} AS last_day
  FROM (SELECT ${texts.join(', ')}, ${money} AS cost_rounded, "x_SourceFile", "x_SourceRow" FROM ${rawTable}))`;
}

/** Columns whose name is that of what is read of them. */
const DELIVERED: Partial<Record<AzureColumn, string>> = {
  charge_type: 'delivered_charge_type',
  cost: 'delivered_cost',
  pricing_model: 'delivered_pricing_model',
};

const foldedSql = (text: string) => `regexp_replace(lower(${text}), '[^a-z]', '', 'g')`;

const COMMITMENT = `CASE
    WHEN pricing_model = 'savingsplan' OR charge_type = 'unusedsavingsplan' OR contains(benefit, '/microsoft.billingbenefits/') THEN 'plan'
    WHEN pricing_model = 'reservation' OR charge_type = 'unusedreservation' OR contains(benefit, '/microsoft.capacity/')
      OR reservation_id IS NOT NULL THEN 'reservation' END`;

/** The usual two spellings first, because they are read many times faster than all that there are. */
function daySql(text: string, order: string): string {
  const twelveHours = (day: string) => `try_strptime(${text}, '${day} %I:%M:%S %p')`;
  return `COALESCE(CASE WHEN NOT contains(${text}, '/') THEN try_strptime(${text}, '%Y-%m-%d')
      WHEN ${order} = 'dmy' THEN try_strptime(${text}, '%d/%m/%Y') ELSE try_strptime(${text}, '%m/%d/%Y') END,
    date_trunc('day', ${timestampSql(text, order)}),
    date_trunc('day', CASE WHEN ${order} = 'dmy' THEN ${twelveHours('%d/%m/%Y')} ELSE ${twelveHours('%m/%d/%Y')} END))`;
}

const READ = days('date', 'billing_period_start', 'billing_period_end');

/** Without these a row is no charge that FOCUS can tell. Files may spell a column differently, so it is no single one. */
export function rowRules(header: AzureHeader, row: AzureRow): RowRule[] {
  const account = (['billing_account_id', 'billing_profile_id', 'subscription_id'] as const).map(header.text);
  return [
    { column: header.source('cost'), brokenWhen: `${header.text('cost')} IS NULL`, reason: 'is empty' },
    {
      column: header.source('date'),
      brokenWhen: `${row.day} IS NULL`,
      reason: 'is not a day such as 2025-01-31 or 01/31/2025',
    },
    {
      column: header.source('billing_period_start'),
      brokenWhen: `${header.text('billing_period_start')} IS NOT NULL AND ${row.periodStart} IS NULL`,
      reason: 'is not a day such as 2025-01-01 or 01/01/2025',
    },
    {
      column: header.source('billing_period_end'),
      brokenWhen: `${header.text('billing_period_end')} IS NOT NULL AND ${row.periodEnd} IS NULL`,
      reason: 'is not a day such as 2025-01-31 or 01/31/2025',
    },
    {
      column: header.source('billing_currency'),
      brokenWhen: `${header.text('billing_currency')} IS NULL`,
      reason: 'is empty',
    },
    {
      column: header.source('billing_account_id'),
      brokenWhen: account.map((text) => `${text} IS NULL`).join(' AND '),
      reason: 'is empty, and there is no billing profile and no subscription either',
    },
  ];
}
