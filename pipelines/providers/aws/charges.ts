import { exactProductSql } from '@cloudact/core/focus';
import { quotientDigits, quotientSql, quotientStart } from '../exact-quotient.ts';
import {
  COMMITMENT_PURCHASES,
  COMMITMENT_UNUSED,
  chargeCategorySql,
  chargeClassSql,
  chargeFrequencySql,
  commitmentStatusSql,
  kindIn,
  PLAN_KINDS,
} from './line-items.ts';

/**
 * One row per FOCUS charge. Covered usage comes as a pair, SavingsPlanCoveredUsage and its SavingsPlanNegation, whose
 * costs cancel out: the negation goes, and the usage is billed 0. `hasNetPlans` says that the bill may have net prices of
 * Savings Plans.
 */
export function chargesSql(delivered: string, { hasNetPlans }: { hasNetPlans: boolean }): string {
  const lines = `SELECT * FROM ${delivered} WHERE NOT ${kindIn('plan_negation')}`;
  return `SELECT * REPLACE (CASE WHEN unused_row THEN 'Unused commitment: ' || COALESCE(description, commitment_id, '') ELSE description END AS description),
    ${billedSql} AS billed,
    ${effectiveSql(hasNetPlans)} AS effective,
    ${chargeCategorySql} AS charge_category,
    ${chargeFrequencySql} AS charge_frequency,
    ${chargeClassSql} AS charge_class,
    ${commitmentStatusSql} AS commitment_status,
    CASE WHEN ${kindIn(...COMMITMENT_PURCHASES, ...COMMITMENT_UNUSED)} THEN commitment_id ELSE delivered_resource END AS resource_id
  FROM (
    SELECT *, ${kindIn(...COMMITMENT_UNUSED)} AS unused_row, ${commitmentIdSql} AS commitment_id
    FROM (${hasNetPlans ? netRatioSql(lines) : lines})
  )`;
}

const commitmentIdSql = `CASE
    WHEN ${kindIn(...PLAN_KINDS, 'refund')} THEN COALESCE(plan_id, reservation_id)
    WHEN ${kindIn('reserved_usage', 'reservation_fee', 'reservation_upfront', 'unused_reservation')} THEN reservation_id END`;

/** The digits of the bill, never recomputed. */
const billedSql = `CASE WHEN ${kindIn('plan_usage', ...COMMITMENT_UNUSED)} THEN 0 ELSE cost END`;

function effectiveSql(hasNetPlans: boolean): string {
  const unusedPlan = hasNetPlans
    ? `CASE WHEN ${IS_NET} THEN ${exactProductSql('plan_unused', 'net_ratio')} ELSE plan_unused END`
    : 'plan_unused';
  return `CASE
    WHEN ${kindIn('reserved_usage')} THEN reservation_effective
    WHEN ${kindIn('plan_usage')} THEN plan_effective
    WHEN ${kindIn(...COMMITMENT_PURCHASES)} THEN 0
    WHEN ${kindIn('refund')} AND commitment_id IS NOT NULL THEN 0
    WHEN ${kindIn('unused_plan')} THEN ${unusedPlan}
    WHEN ${kindIn('unused_reservation')} THEN COALESCE(reservation_unused, 0)
    ELSE cost END`;
}

const IS_NET = 'plan_net IS NOT NULL AND plan_gross <> 0 AND plan_net <> plan_gross';

/** What an hour of a plan committed to, less what was used, is scaled to net prices where the bill has them. */
function netRatioSql(lines: string): string {
  const start = quotientStart('net_ratio', 'plan_net', 'plan_gross', `${kindIn('unused_plan')} AND ${IS_NET}`).join(', ');
  return `SELECT * EXCLUDE (net_ratio_c, net_ratio_q, net_ratio_whole, net_ratio_parts), ${quotientSql('net_ratio')} AS net_ratio
    FROM (SELECT *, ${quotientDigits('net_ratio').join(', ')} FROM (SELECT *, ${start} FROM (${lines})))`;
}
