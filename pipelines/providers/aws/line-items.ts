import { quoteText } from '../../landing/session.ts';

/**
 * What a line of the bill is, beyond `lineItem/LineItemType`: a Fee may be a reservation's upfront payment. `plan_rounding`
 * is what covered usage and its negations leave. The two `unused_` kinds are rows of their own, made from the fee of a commitment that was not used up: FOCUS wants the cost
 * of a commitment, used or not, on Usage rows, and 0 as the effective cost of its purchase. A `share` is the line of a
 * task or pod in split cost allocation data.
 */
export type LineItemKind =
  | 'usage'
  | 'reserved_usage'
  | 'plan_usage'
  | 'plan_negation'
  | 'plan_rounding'
  | 'plan_fee'
  | 'plan_upfront'
  | 'unused_plan'
  | 'reservation_fee'
  | 'reservation_upfront'
  | 'unused_reservation'
  | 'fee'
  | 'tax'
  | 'credit'
  | 'refund'
  | 'discount'
  | 'share'
  | 'other';

/** SQL that tells the kind from the type and from whether a commitment is named. */
export function kindSql(type: string, reservationId: string): string {
  return `CASE ${type}
    WHEN 'Usage' THEN 'usage'
    WHEN 'DiscountedUsage' THEN 'reserved_usage'
    WHEN 'SavingsPlanCoveredUsage' THEN 'plan_usage'
    WHEN 'SavingsPlanNegation' THEN 'plan_negation'
    WHEN 'SavingsPlanRecurringFee' THEN 'plan_fee'
    WHEN 'SavingsPlanUpfrontFee' THEN 'plan_upfront'
    WHEN 'RIFee' THEN 'reservation_fee'
    WHEN 'Fee' THEN CASE WHEN ${reservationId} IS NOT NULL THEN 'reservation_upfront' ELSE 'fee' END
    WHEN 'FlatRateSubscription' THEN 'fee'
    WHEN 'Tax' THEN 'tax'
    WHEN 'Credit' THEN 'credit'
    WHEN 'Refund' THEN 'refund'
    ELSE CASE WHEN ${discountTypeSql(type)} THEN 'discount' ELSE 'other' END END`;
}

/** Rows that carry a discount of their own: EdpDiscount, PrivateRateDiscount, RiVolumeDiscount, BundledDiscount and so on. */
export function discountTypeSql(type: string): string {
  return `(${type} LIKE '%Discount' OR ${type} LIKE 'Distributor%')`;
}

/** `kind` is one of these. */
export function kindIn(...kinds: readonly LineItemKind[]): string {
  return kinds.length === 1 ? `kind = ${quoteText(kinds[0]!)}` : `kind IN (${kinds.map(quoteText).join(', ')})`;
}

/** Buying a commitment: billed now, effective on the Usage rows that it covers. */
export const COMMITMENT_PURCHASES = ['plan_fee', 'plan_upfront', 'reservation_fee', 'reservation_upfront'] as const;
export const COMMITMENT_USED = ['reserved_usage', 'plan_usage'] as const;
export const COMMITMENT_UNUSED = ['unused_plan', 'unused_reservation'] as const;
export const PLAN_KINDS = ['plan_usage', 'plan_fee', 'plan_upfront', 'unused_plan'] as const;

/** FOCUS ChargeCategory. A refund takes the category of what it refunds. */
export const chargeCategorySql = `CASE
    WHEN ${kindIn('tax')} THEN 'Tax'
    WHEN ${kindIn('credit')} THEN 'Credit'
    WHEN ${kindIn('other', 'discount', 'plan_rounding')} THEN 'Adjustment'
    WHEN ${kindIn(...COMMITMENT_PURCHASES, 'fee')} THEN 'Purchase'
    WHEN ${kindIn('refund')} AND commitment_id IS NOT NULL THEN 'Purchase'
    ELSE 'Usage' END`;

export const chargeFrequencySql = `CASE
    WHEN ${kindIn('tax', 'plan_fee', 'reservation_fee')} THEN 'Recurring'
    WHEN ${kindIn('fee')} THEN CASE WHEN bill_type = 'Purchase' THEN 'One-Time' ELSE 'Recurring' END
    WHEN ${kindIn('plan_upfront', 'reservation_upfront', 'credit', 'refund', 'other', 'plan_rounding')} THEN 'One-Time'
    ELSE 'Usage-Based' END`;

/** A correction of an earlier billing period. Corrections within the period carry no class, says FOCUS. */
export const chargeClassSql = `CASE
    WHEN charge_end <= period_start OR (${kindIn('refund')} AND (charge_start < period_start OR bill_type = 'Refund'))
    THEN 'Correction' END`;

export const commitmentStatusSql = `CASE
    WHEN ${kindIn(...COMMITMENT_USED)} AND commitment_id IS NOT NULL THEN 'Used'
    WHEN ${kindIn(...COMMITMENT_UNUSED)} AND commitment_id IS NOT NULL THEN 'Unused' END`;

/** Lines whose price FOCUS asks for. Tax, credits and discounts have none. */
export const PRICED_KINDS = [
  'usage',
  ...COMMITMENT_USED,
  ...COMMITMENT_PURCHASES,
  ...COMMITMENT_UNUSED,
  'fee',
  'refund',
  'share',
] as const;
