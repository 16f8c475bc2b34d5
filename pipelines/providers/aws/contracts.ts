import { exactProductSql } from '@cloudact/core/focus';
import { quotientDigits, quotientSql, quotientStart } from '../exact-quotient.ts';
import { COMMITMENT_USED, kindIn } from './line-items.ts';

/**
 * FOCUS's Contract Commitment dataset from the fees of Savings Plans and reservations: one row per commitment and
 * billing period; it is a contract of its own. The commitment is what a fee's hours commit to (`savingsPlan/TotalCommitmentToDate`, money, in
 * BillingCurrency; `reservation/TotalReserved…Units`), taken to the whole term. Where fees differ, for example in the
 * month in which a plan begins, the largest stands. A commitment whose fee tells no term or no size is left out: FOCUS
 * takes no null there.
 */
export function contractCommitmentsSql(charges: string): string {
  const fees = `SELECT commitment_id, CAST(date_trunc('month', period_start) AS DATE) AS bill, currency, description, ${kindIn('plan_fee')} AS is_plan, start, finish,
      CASE WHEN ${kindIn('plan_fee')} THEN plan_total ELSE COALESCE(reservation_total_normalized, reservation_total) END AS total,
      CASE WHEN ${kindIn('plan_fee')} THEN NULL WHEN reservation_total_normalized IS NOT NULL THEN 'Normalized Hours' ELSE COALESCE(unit, 'Hours') END AS measure,
      ${secondsSql('charge_start', 'charge_end')} AS lasts, ${secondsSql('start', 'finish')} AS term
    FROM (SELECT *, ${timeSql('plan_start', 'reservation_start')} AS start,
      ${exclusiveSql(timeSql('plan_end', 'reservation_end'), timeSql('plan_start', 'reservation_start'))} AS finish
      FROM ${charges} WHERE ${kindIn('plan_fee', 'reservation_fee')} AND commitment_id IS NOT NULL)`;
  const known = `SELECT *, ${exactProductSql('total', 'term')} AS over_term FROM (${fees})
    WHERE finish > start AND lasts > 0 AND total IS NOT NULL`;
  const started = `SELECT *, ${quotientStart('size', 'over_term', 'lasts', 'true').join(', ')} FROM (${known})`;
  const sized = `SELECT *, ${quotientSql('size')} AS size FROM (SELECT *, ${quotientDigits('size').join(', ')} FROM (${started}))`;
  const committed = `SELECT commitment_id, bill, is_plan, any_value(currency) AS currency, max(measure) AS measure,
      max(description) AS description, max({'size': size, 'start': start, 'finish': finish}) AS largest
    FROM (${sized}) GROUP BY commitment_id, bill, is_plan`;
  return `SELECT currency AS "BillingCurrency",
    CASE WHEN is_plan THEN 'Spend' ELSE 'Usage' END AS "ContractCommitmentCategory",
    CASE WHEN is_plan THEN largest.size END AS "ContractCommitmentCost",
    description AS "ContractCommitmentDescription",
    commitment_id AS "ContractCommitmentId",
    largest.finish AS "ContractCommitmentPeriodEnd",
    largest.start AS "ContractCommitmentPeriodStart",
    CASE WHEN NOT is_plan THEN largest.size END AS "ContractCommitmentQuantity",
    CASE WHEN is_plan THEN 'Savings Plan' ELSE 'Reserved Instance' END AS "ContractCommitmentType",
    measure AS "ContractCommitmentUnit",
    commitment_id AS "ContractId",
    largest.finish AS "ContractPeriodEnd",
    largest.start AS "ContractPeriodStart",
    bill AS "x_BillingPeriodStart"
  FROM (${committed})`;
}

function timeSql(plan: string, reservation: string): string {
  return `TRY_CAST(CASE WHEN ${kindIn('plan_fee')} THEN ${plan} ELSE ${reservation} END AS TIMESTAMP)`;
}

/** AWS gives the last second of a term, FOCUS wants the moment after it. */
function exclusiveSql(end: string, start: string): string {
  return `CASE WHEN second(${end} + INTERVAL 1 SECOND) = second(${start}) THEN ${end} + INTERVAL 1 SECOND ELSE ${end} END`;
}

function secondsSql(start: string, end: string): string {
  return `CAST(date_diff('second', ${start}, ${end}) AS DECIMAL(38,18))`;
}

/**
 * ContractApplied of usage under a commitment: how much of it the charge used, money of a Savings Plan or units of a
 * reservation. The keys are spelled as FOCUS 1.3's rules spell them. `quantity` and `unit` are CommitmentDiscountQuantity
 * and its unit.
 */
export function contractAppliedSql(quantity: string, unit: string, isPlan: string): string {
  const id = 'CAST(to_json(commitment_id) AS VARCHAR)';
  const amount = `regexp_replace(CAST(CAST(${quantity} AS DECIMAL(38,18)) AS VARCHAR), '\\.?0+$', '')`;
  const applied = `CASE WHEN ${isPlan} THEN '"ContractCommitmentAppliedCost":' || ${amount} || ',"ContractCommitmentAppliedQuantity":null,"ContractCommitmentAppliedUnit":null'
    ELSE '"ContractCommitmentAppliedCost":null,"ContractCommitmentAppliedQuantity":' || ${amount} || ',"ContractCommitmentAppliedUnit":' || CAST(to_json(${unit}) AS VARCHAR) END`;
  return `CASE WHEN ${kindIn(...COMMITMENT_USED)} THEN
    '{"Elements":[{"ContractId":' || ${id} || ',"ContractCommitmentID":' || ${id} || ',' || ${applied} || '}]}' END`;
}
