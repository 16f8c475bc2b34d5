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
 * costs cancel out: the negation goes, and the usage is billed 0. A commitment's fee adds a row for what was not used.
 */
export function chargesSql(delivered: string): string {
  const lines = `SELECT *, CAST(0 AS DECIMAL(38,18)) AS unused FROM ${delivered} WHERE NOT ${kindIn('plan_negation')}`;
  return `SELECT * REPLACE (CASE WHEN unused_row THEN 'Unused commitment: ' || COALESCE(description, commitment_id, '') ELSE description END AS description),
    ${billedSql} AS billed,
    ${effectiveSql} AS effective,
    ${chargeCategorySql} AS charge_category,
    ${chargeFrequencySql} AS charge_frequency,
    ${chargeClassSql} AS charge_class,
    ${commitmentStatusSql} AS commitment_status,
    CASE WHEN ${kindIn(...COMMITMENT_PURCHASES, ...COMMITMENT_UNUSED)} THEN commitment_id ELSE delivered_resource END AS resource_id
  FROM (
    SELECT *, ${kindIn(...COMMITMENT_UNUSED)} AS unused_row, ${commitmentIdSql} AS commitment_id
    FROM (${lines} UNION ALL ${unusedPlanSql(delivered)} UNION ALL ${unusedReservationSql(delivered)})
  )`;
}

const commitmentIdSql = `CASE
    WHEN ${kindIn(...PLAN_KINDS, 'refund')} THEN COALESCE(plan_id, reservation_id)
    WHEN ${kindIn('reserved_usage', 'reservation_fee', 'reservation_upfront', 'unused_reservation')} THEN reservation_id END`;

/** The digits of the bill, never recomputed. */
const billedSql = `CASE WHEN ${kindIn('plan_usage', ...COMMITMENT_UNUSED)} THEN 0 ELSE cost END`;

const effectiveSql = `CASE
    WHEN ${kindIn('reserved_usage')} THEN reservation_effective
    WHEN ${kindIn('plan_usage')} THEN plan_effective
    WHEN ${kindIn(...COMMITMENT_PURCHASES)} THEN 0
    WHEN ${kindIn('refund')} AND commitment_id IS NOT NULL THEN 0
    WHEN ${kindIn(...COMMITMENT_UNUSED)} THEN unused
    ELSE cost END`;

/** What an hour of the plan committed to, less what was used; scaled to net prices where the bill has them. */
function unusedPlanSql(delivered: string): string {
  const net = 'plan_net IS NOT NULL AND plan_gross <> 0 AND plan_net <> plan_gross';
  const start = quotientStart('net_ratio', 'plan_net', 'plan_gross', net).join(', ');
  const unused = `CASE WHEN ${net} THEN ${exactProductSql('plan_unused', 'net_ratio')} ELSE plan_unused END`;
  return `SELECT * EXCLUDE (net_ratio_c, net_ratio_q, net_ratio_whole, net_ratio_parts, net_ratio), ${unused} AS unused FROM (
    SELECT * REPLACE ('unused_plan' AS kind), ${quotientSql('net_ratio')} AS net_ratio
    FROM (SELECT *, ${quotientDigits('net_ratio').join(', ')} FROM (SELECT *, ${start} FROM ${delivered}
      WHERE ${kindIn('plan_fee')} AND plan_unused <> 0)))`;
}

function unusedReservationSql(delivered: string): string {
  return `SELECT * REPLACE ('unused_reservation' AS kind), COALESCE(reservation_unused, 0) AS unused FROM ${delivered}
    WHERE ${kindIn('reservation_fee')}
      AND (reservation_unused <> 0 OR reservation_unused_quantity > 0 OR reservation_unused_normalized > 0)`;
}
