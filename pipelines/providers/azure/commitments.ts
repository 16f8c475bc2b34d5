import { exactProductSql } from '@cloudact/core/focus';

/** `onetime`, `recurring` or `usagebased`. */
export const frequencySql = `regexp_replace(lower(frequency), '[^a-z]', '', 'g')`;

/** Months of the term (`P1Y`, `12`, `1 Year`, `3 Years`, `P1M`); null where it is not said. */
export const termMonthsSql = `CASE
    WHEN regexp_matches(lower(term), '^p?[0-9]+ ?y') THEN 12 * TRY_CAST(regexp_extract(term, '([0-9]+)', 1) AS INTEGER)
    WHEN regexp_matches(lower(term), '^p?[0-9]+ ?m?') THEN TRY_CAST(regexp_extract(term, '([0-9]+)', 1) AS INTEGER) END`;

/** Hours that a purchase pays for, leap days included. */
const paidHours = `CAST(date_diff('hour', day, day + to_months(CASE WHEN ${frequencySql} = 'recurring' THEN 1 ELSE ${termMonthsSql} END)) AS DECIMAL(38,18))`;

/** SQL over a purchase of reservations, of which `quantity` counts the instances: the hours that it pays for. */
export const reservedHoursSql = `TRY(${exactProductSql('quantity', paidHours)})`;

/** Every refund of an Enterprise Agreement; of a Customer Agreement those that name the invoice. */
const CORRECTING_REFUND = `(charge_type = 'refund' AND (pricing_currency IS NULL OR previous_invoice_id IS NOT NULL))`;

/**
 * SQL over the priced charges: CommitmentDiscountQuantity. Savings plans are measured in money of the pricing currency,
 * reservations in hours, normalised where Azure tells the ratio. A reservation's purchase counts the hours of its term, or
 * of the month that is paid. Refunds that correct no other invoice take back the money, or the hours of `quantity`, which
 * is assumed: the rest of the term is not said. Null on other refunds.
 */
export const commitmentQuantitySql = `CASE
    WHEN NOT priced OR commitment_id IS NULL OR ${CORRECTING_REFUND} THEN NULL
    WHEN commitment = 'plan' THEN CASE WHEN foreign_price THEN cost_in_pricing_currency ELSE cost END
    WHEN charge_type = 'refund' THEN -abs(${reservedHoursSql})
    WHEN charge_category = 'Purchase' THEN ${reservedHoursSql}
    ELSE TRY(${exactProductSql('consumed_quantity', 'COALESCE(normalization_ratio, 1)')}) END`;
