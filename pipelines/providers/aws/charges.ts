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
 * costs cancel out: the negation goes, and the usage is billed 0. `hasPlans` says that the bill may have Savings Plans,
 * `hasNetPlans` that it may have net prices of them.
 */
export function chargesSql(
  delivered: string,
  { hasPlans, hasNetPlans }: { hasPlans: boolean; hasNetPlans: boolean },
): string {
  const kept = `SELECT * FROM ${delivered} WHERE NOT ${kindIn('plan_negation')}`;
  const lines = hasPlans ? `${kept} UNION ALL ${planRoundingSql(delivered)}` : kept;
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

/**
 * AWS rounds each line to ten decimals and negates many at once, so that they may not cancel out to the last digit. What
 * is left of a plan in a bill is billed, as one adjustment in the place of a negation. More than the rounding of its lines
 * can make is no rounding: it stays a difference of the totals.
 */
function planRoundingSql(delivered: string): string {
  const left = `SELECT min({'file': x_SourceFile, 'row': x_SourceRow}) FILTER (WHERE ${kindIn('plan_negation')}) AS place, sum(cost) AS amount
    FROM ${delivered} WHERE ${kindIn('plan_usage', 'plan_negation')}
    GROUP BY payer, period_start, currency, invoice_id, plan_id
    HAVING sum(cost) <> 0 AND abs(sum(cost)) <= count(*) * CAST(0.0000000001 AS DECIMAL(18,10))`;
  return `SELECT negation.* REPLACE ('plan_rounding' AS kind, rest.amount AS cost, NULL AS plan_id,
      'Rounding of Savings Plan usage' AS description)
    FROM (SELECT * FROM ${delivered} WHERE ${kindIn('plan_negation')}) AS negation
    JOIN (${left}) AS rest ON negation.x_SourceFile = rest.place.file AND negation.x_SourceRow = rest.place.row`;
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
    WHEN ${kindIn('plan_rounding')} THEN 0
    WHEN ${kindIn('refund')} AND commitment_id IS NOT NULL THEN 0
    WHEN ${kindIn('unused_plan')} THEN ${unusedPlan}
    WHEN ${kindIn('unused_reservation')} THEN COALESCE(reservation_unused, 0)
    ELSE cost END`;
}

const IS_NET = 'plan_net IS NOT NULL AND plan_gross <> 0 AND plan_net <> plan_gross';

/** What an hour of a plan committed to, less what was used, is scaled to net prices where the bill has them. */
function netRatioSql(lines: string): string {
  const start = quotientStart('net_ratio', 'plan_net', 'plan_gross', `${kindIn('unused_plan')} AND ${IS_NET}`).join(
    ', ',
  );
  return `SELECT * EXCLUDE (net_ratio_c, net_ratio_q, net_ratio_whole, net_ratio_parts), ${quotientSql('net_ratio')} AS net_ratio
    FROM (SELECT *, ${quotientDigits('net_ratio').join(', ')} FROM (SELECT *, ${start} FROM (${lines})))`;
}
