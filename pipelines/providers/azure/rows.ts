import { timestampSql } from '../../focus/upgrade/index.ts';
import type { RowRule } from '../bill-format.ts';
import type { AzureColumn, AzureHeader } from './header.ts';

/** What rows of a raw table are, read without regard to any other row: SQL expressions. */
export interface AzureRow {
  /** TIMESTAMP, start of the day that the charge is for. */
  readonly day: string;
  /** TIMESTAMP, null where the file has none. */
  readonly periodStart: string;
  /** TIMESTAMP, the last day, as Azure has it; null where the file has none. */
  readonly periodEnd: string;
  /** DATE, first of the month. */
  readonly billingPeriod: string;
  /** DECIMAL(38,18). */
  readonly cost: string;
  /** `usage`, `purchase`, `refund`, `unusedreservation`, … */
  readonly chargeType: string;
  /** `ondemand`, `spot`, `reservation`, `savingsplan`. */
  readonly pricingModel: string;
  /** `reservation`, `plan`, or null where no commitment is bought, used or left unused. */
  readonly commitment: string;
}

export function azureRow(header: AzureHeader): AzureRow {
  const folded = (column: AzureColumn) => `regexp_replace(lower(${header.text(column)}), '[^a-z]', '', 'g')`;
  const chargeType = `COALESCE(${folded('charge_type')}, 'usage')`;
  const pricingModel = folded('pricing_model');
  const periodEnd = header.text('billing_period_end');
  // Azure writes 9/30/2023. The last day of a month is beyond 12, so it shows where a file puts the day first.
  const order = `CASE WHEN TRY_CAST(regexp_extract(${periodEnd}, '^(\\d{1,2})/', 1) AS INTEGER) > 12 THEN 'dmy' ELSE 'mdy' END`;
  const time = (column: AzureColumn) =>
    header.has(column) ? daySql(header.text(column), order) : 'CAST(NULL AS TIMESTAMP)';
  const benefit = `lower(${header.text('benefit_id')})`;
  return {
    day: time('date'),
    periodStart: time('billing_period_start'),
    periodEnd: time('billing_period_end'),
    billingPeriod: `CAST(date_trunc('month', COALESCE(${time('billing_period_start')}, ${time('date')})) AS DATE)`,
    cost: `CAST(${header.text('cost')} AS DECIMAL(38,18))`,
    chargeType,
    pricingModel,
    commitment: `CASE
      WHEN ${pricingModel} = 'savingsplan' OR ${chargeType} = 'unusedsavingsplan' OR contains(${benefit}, '/microsoft.billingbenefits/') THEN 'plan'
      WHEN ${pricingModel} = 'reservation' OR ${chargeType} = 'unusedreservation' OR contains(${benefit}, '/microsoft.capacity/')
        OR ${header.text('reservation_id')} IS NOT NULL THEN 'reservation' END`,
  };
}

/** The usual two spellings first, because they are read many times faster than all that there are. */
function daySql(text: string, order: string): string {
  return `COALESCE(try_strptime(${text}, '%Y-%m-%d'),
    CASE ${order} WHEN 'dmy' THEN try_strptime(${text}, '%d/%m/%Y') ELSE try_strptime(${text}, '%m/%d/%Y') END,
    date_trunc('day', ${timestampSql(text, order)}))`;
}

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
