import { partIn } from './charges.ts';
import { kindIn } from './lines.ts';

const IS_CORRECTION = `(${kindIn('adjustment')} AND COALESCE(upper(adjustment_type) LIKE '%CORRECTION', false))`;
const IS_GOODWILL = `COALESCE(upper(adjustment_type) IN ('GOODWILL', 'SALES_BASED_GOODWILL', 'SLA_VIOLATION'), false)`;

/** A price is told where all of it is known: FOCUS ties SKU, amount, unit and prices together. */
const PRICED = `((${kindIn('usage', 'covered', 'fee')} OR ${IS_CORRECTION}) AND NOT ${partIn('promotion', 'residual')}
    AND sku IS NOT NULL AND unit IS NOT NULL AND part_quantity IS NOT NULL AND list_price IS NOT NULL AND contracted_price IS NOT NULL)`;

/** A correction is usage where it says of how much; what gives money back as a favour is a credit. */
const CATEGORY = `CASE
    WHEN ${partIn('promotion')} THEN 'Credit'
    WHEN ${partIn('residual')} THEN 'Adjustment'
    WHEN ${kindIn('tax')} THEN 'Tax'
    WHEN ${kindIn('fee')} AND ${partIn('whole')} THEN 'Purchase'
    WHEN ${IS_CORRECTION} AND priced THEN 'Usage'
    WHEN ${kindIn('adjustment')} AND ${IS_GOODWILL} THEN 'Credit'
    WHEN ${kindIn('adjustment', 'rounding')} THEN 'Adjustment'
    ELSE 'Usage' END`;

/** Google's months begin at midnight in California: 07:00 UTC in the months that begin in summer time, else 08:00. */
const MONTH_BEGINS = `period_start + CASE WHEN month(period_start) BETWEEN 4 AND 11 THEN INTERVAL 7 HOUR ELSE INTERVAL 8 HOUR END`;

/** A correction of an earlier invoice month. Use that is only reported late is none. */
const CLASS = `CASE WHEN ${kindIn('adjustment')} AND charge_category IN ('Usage', 'Adjustment') AND ${partIn('whole')}
      AND charge_start < ${MONTH_BEGINS} THEN 'Correction' END`;

const DESCRIPTION = `CASE WHEN ${partIn('promotion')} THEN promotion_name
    WHEN ${partIn('residual')} THEN 'Difference between commitment fee offsets and covered usage'
    WHEN ${partIn('used')} THEN 'Used commitment: ' || COALESCE(sku_name, sku, '')
    WHEN ${partIn('unused')} THEN 'Unused commitment: ' || COALESCE(sku_name, sku, '')
    ELSE COALESCE(nullif(concat_ws(': ', adjustment_description, sku_name), ''), service_name) END`;

/** `priced`, `charge_category`, `charge_class`, `charge_description` and `sku_price` of each charge. */
export function categorisedSql(charges: string): string {
  return `SELECT *, ${PRICED} AS priced, ${CATEGORY} AS charge_category, ${CLASS} AS charge_class, ${DESCRIPTION} AS charge_description,
  concat_ws('/', sku, ${plain('COALESCE(tier_start, 0)')}, CASE WHEN has_model THEN model END) AS sku_price
FROM ${charges}`;
}

/** A decimal without trailing zeros. */
function plain(sql: string): string {
  return `rtrim(rtrim(CAST(CAST(${sql} AS DECIMAL(38,18)) AS VARCHAR), '0'), '.')`;
}
