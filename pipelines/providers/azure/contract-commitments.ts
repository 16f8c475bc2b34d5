import { chargesCtes } from './charges.ts';
import { frequencySql, reservedHoursSql, termMonthsSql } from './commitments.ts';
import type { AzureHeader } from './header.ts';

/**
 * FOCUS Contract Commitments: one row per reservation or savings plan that is bought in one payment, for the term from
 * the day of the purchase. Its order is the contract. Monthly payments do not say when their commitment began, and so
 * make no row.
 */
export function contractCommitmentsSql(header: AzureHeader, rawTable: string): string {
  return `WITH ${chargesCtes(header, rawTable)},
bought AS (
  SELECT *, CASE WHEN commitment = 'reservation' THEN ${reservedHoursSql} END AS hours
  FROM charges
  WHERE charge_type = 'purchase' AND commitment_id IS NOT NULL AND product_order_id IS NOT NULL AND ${frequencySql} = 'onetime' AND ${termMonthsSql} > 0),
commitments AS (
  SELECT commitment_id, commitment, product_order_id, CAST(date_trunc('month', period_start) AS DATE) AS bill, min(upper(billing_currency)) AS currency, sum(cost) AS cost, min(product_name) AS description,
    min(day) AS starts, min(day) + to_months(min(${termMonthsSql})) AS ends, sum(hours) AS hours
  FROM bought GROUP BY commitment_id, commitment, product_order_id, bill)
SELECT currency AS BillingCurrency,
  CASE commitment WHEN 'plan' THEN 'Spend' ELSE 'Usage' END AS ContractCommitmentCategory,
  CAST(cost AS DECIMAL(38,18)) AS ContractCommitmentCost,
  description AS ContractCommitmentDescription,
  commitment_id AS ContractCommitmentId,
  ends AS ContractCommitmentPeriodEnd,
  starts AS ContractCommitmentPeriodStart,
  CAST(hours AS DECIMAL(38,18)) AS ContractCommitmentQuantity,
  CASE commitment WHEN 'plan' THEN 'Savings Plan' ELSE 'Reservation' END AS ContractCommitmentType,
  CASE WHEN hours IS NOT NULL THEN 'Hours' END AS ContractCommitmentUnit,
  product_order_id AS ContractId,
  ends AS ContractPeriodEnd,
  starts AS ContractPeriodStart,
  bill AS "x_BillingPeriodStart"
FROM commitments ORDER BY commitment_id`;
}
