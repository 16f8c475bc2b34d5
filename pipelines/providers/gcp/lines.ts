import { creditSumSql, creditsOf } from './credits.ts';

/**
 * What a delivered row is, with the sums of its credits. `covered` is usage at the price of a spend-based commitment
 * (new model), whose fee is billed in a row of its own and offset by a credit there. Usage of that model without any
 * offset in its invoice month is `usage`: nobody else pays for it.
 */
export type LineKind = 'usage' | 'covered' | 'fee' | 'adjustment' | 'tax' | 'rounding';

export function kindIn(...kinds: readonly LineKind[]): string {
  return `kind IN (${kinds.map((kind) => `'${kind}'`).join(', ')})`;
}

/** A commitment in one invoice month: what its offsets and its covered usage must cancel out in. */
const COMMITMENT_MONTH = `concat_ws(' ', billing_account, CAST(period_start AS VARCHAR), currency, subscription)`;
const HAS_MODEL = `COALESCE(lower(model) <> 'default', false)`;
const IS_REGULAR = `COALESCE(lower(cost_type), 'regular') = 'regular'`;
const IS_FEE = `(COALESCE(lower(sku_name) LIKE 'commitment%', false) OR originating_sku IS NOT NULL
  OR (subscription IS NOT NULL AND NOT ${HAS_MODEL}))`;

const kindSql = `CASE
    WHEN lower(cost_type) = 'tax' THEN 'tax'
    WHEN replace(lower(cost_type), ' ', '_') = 'rounding_error' THEN 'rounding'
    WHEN NOT ${IS_REGULAR} THEN 'adjustment'
    WHEN ${IS_FEE} THEN 'fee'
    WHEN ${HAS_MODEL} AND COALESCE(list_contains(offset_months, ${COMMITMENT_MONTH}), false) THEN 'covered'
    ELSE 'usage' END`;

const offsetMonths = (from: string) =>
  `(SELECT list(DISTINCT ${COMMITMENT_MONTH}) FROM ${from} WHERE ${IS_REGULAR} AND ${IS_FEE} AND len(${creditsOf('offset')}) > 0)`;

/**
 * One row per delivered row: `kind`; `discount`, `commitment` and `used_offset`, sums of credits; `net`, the cost with
 * the discounts that stay in its row; `residual`, on one row of each commitment month, what offsets and covered usage
 * do not cancel out.
 */
export function linesSql(delivered: string): string {
  const known = `SELECT * EXCLUDE (offset_months), ${kindSql} AS kind, ${HAS_MODEL} AS has_model FROM (SELECT *, ${offsetMonths(delivered)} AS offset_months FROM ${delivered})`;
  const sums = `SELECT *,
    CASE WHEN ${kindIn('usage', 'covered')} THEN ${creditSumSql('commitment')} ELSE 0 END AS commitment,
    CASE WHEN ${kindIn('fee')} THEN ${creditSumSql('offset')} ELSE 0 END AS used_offset,
    CAST(cost + ${creditSumSql()} - ${creditSumSql('promotion')} AS DECIMAL(38,18)) AS in_row
    FROM (${known})`;
  return `SELECT *, CAST(in_row - commitment - used_offset AS DECIMAL(38,18)) AS net FROM (${sums})`;
}

/**
 * One row per commitment month whose offsets do not cancel out its covered usage: `file`, `row` (its first fee, or
 * usage where it has no fee) and `amount`. Of them are the Adjustment rows with which BilledCost is the invoice.
 */
export function residualsSql(lines: string): string {
  return `SELECT origin.file AS file, origin.row AS row, amount FROM (
    SELECT min({'order': CASE WHEN ${kindIn('fee')} THEN 0 ELSE 1 END, 'file': x_SourceFile, 'row': x_SourceRow}) AS origin,
      CAST(sum(CASE WHEN ${kindIn('fee')} THEN used_offset ELSE net + commitment END) AS DECIMAL(38,18)) AS amount
    FROM ${lines} WHERE ${kindIn('covered')} OR (${kindIn('fee')} AND used_offset <> 0)
    GROUP BY ${COMMITMENT_MONTH}) WHERE amount <> 0`;
}
