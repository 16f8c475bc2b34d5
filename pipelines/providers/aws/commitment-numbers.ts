import { quoteText } from '../../landing/session.ts';
import type { CurColumns } from './columns.ts';
import { numberSql } from './delivered-values.ts';

/**
 * Columns of `deliveredSql` that measure commitments: money in the billing currency, and hours, as DECIMAL(38,18). Each
 * is read from the lines that it is for, and null on the others: it is dear to look at every line for them.
 */
export function commitmentNumbers(cur: CurColumns) {
  const decimal = (...raws: readonly string[]) => numberSql(cur, ...raws);
  const [planUsage, planFee] = ['SavingsPlanCoveredUsage', 'SavingsPlanRecurringFee'];
  const reservationFees = ['RIFee', 'Fee'];
  return {
    normalized_quantity: of('DiscountedUsage', decimal('line_item_normalized_usage_amount')),
    reservation_effective: of(
      'DiscountedUsage',
      decimal('reservation_net_effective_cost', 'reservation_effective_cost'),
    ),
    reservation_unused: of(
      'RIFee',
      sumOfKnown(
        decimal(
          'reservation_net_unused_amortized_upfront_fee_for_billing_period',
          'reservation_unused_amortized_upfront_fee_for_billing_period',
        ),
        decimal('reservation_net_unused_recurring_fee', 'reservation_unused_recurring_fee'),
      ),
    ),
    reservation_total_normalized: of(reservationFees, decimal('reservation_total_reserved_normalized_units')),
    reservation_total: of(reservationFees, decimal('reservation_total_reserved_units')),
    reservation_unused_normalized: of('RIFee', decimal('reservation_unused_normalized_unit_quantity')),
    reservation_unused_quantity: of('RIFee', decimal('reservation_unused_quantity')),
    plan_effective: of(
      planUsage,
      decimal('savings_plan_net_savings_plan_effective_cost', 'savings_plan_savings_plan_effective_cost'),
    ),
    plan_quantity: of(planUsage, decimal('savings_plan_savings_plan_effective_cost')),
    plan_total: of(planFee, decimal('savings_plan_total_commitment_to_date')),
    plan_unused: of(
      planFee,
      `${decimal('savings_plan_total_commitment_to_date')} - ${decimal('savings_plan_used_commitment')}`,
    ),
    plan_recurring: of(planFee, decimal('savings_plan_recurring_commitment_for_billing_period')),
    plan_gross: of(
      planFee,
      sumOfKnown(
        decimal('savings_plan_recurring_commitment_for_billing_period'),
        decimal('savings_plan_amortized_upfront_commitment_for_billing_period'),
      ),
    ),
    plan_net: of(
      planFee,
      sumOfKnown(
        decimal('savings_plan_net_recurring_commitment_for_billing_period'),
        decimal('savings_plan_net_amortized_upfront_commitment_for_billing_period'),
      ),
    ),
  };
}

/** Whether the bill may have net prices of Savings Plans. */
export function hasNetPlans(cur: CurColumns): boolean {
  return [
    'savings_plan_net_recurring_commitment_for_billing_period',
    'savings_plan_net_amortized_upfront_commitment_for_billing_period',
  ].some(cur.has);
}

/** What only lines of these types have: it is not read from the others. */
function of(types: string | readonly string[], value: string): string {
  return `CASE WHEN line_item_line_item_type IN (${[types].flat().map(quoteText).join(', ')}) THEN ${value} END`;
}

/** Null only when both parts are unknown: AWS leaves the part out that a payment option does not have. */
function sumOfKnown(left: string, right: string): string {
  return `COALESCE(${left} + ${right}, ${left}, ${right})`;
}
