/**
 * What is known of the report's columns beforehand, under their raw names. Both versions of the report are here: CUR 2.0
 * has the columns of the legacy report and a few more.
 */

/** Columns without which a bill cannot be told in FOCUS: every row must have a value in them. */
export const requiredColumns: ReadonlySet<string> = new Set([
  'bill_payer_account_id',
  'bill_billing_period_start_date',
  'line_item_usage_start_date',
  'line_item_usage_end_date',
  'line_item_line_item_type',
  'line_item_product_code',
  'line_item_currency_code',
  'line_item_unblended_cost',
]);

export const timestampColumns: ReadonlySet<string> = new Set([
  'bill_billing_period_start_date',
  'bill_billing_period_end_date',
  'line_item_usage_start_date',
  'line_item_usage_end_date',
]);

/** Decimals that measure and are no money. */
export const measureColumns: ReadonlySet<string> = new Set([
  'line_item_usage_amount',
  'line_item_normalized_usage_amount',
  'reservation_total_reserved_units',
  'reservation_total_reserved_normalized_units',
  'reservation_unused_quantity',
  'reservation_unused_normalized_unit_quantity',
  'split_line_item_split_usage',
]);

export const moneyColumns: ReadonlySet<string> = new Set([
  'line_item_unblended_cost',
  'line_item_unblended_rate',
  'line_item_net_unblended_cost',
  'line_item_net_unblended_rate',
  'pricing_public_on_demand_cost',
  'pricing_public_on_demand_rate',
  'reservation_effective_cost',
  'reservation_net_effective_cost',
  'reservation_unused_amortized_upfront_fee_for_billing_period',
  'reservation_net_unused_amortized_upfront_fee_for_billing_period',
  'reservation_unused_recurring_fee',
  'reservation_net_unused_recurring_fee',
  'savings_plan_savings_plan_effective_cost',
  'savings_plan_net_savings_plan_effective_cost',
  'savings_plan_total_commitment_to_date',
  'savings_plan_used_commitment',
  'savings_plan_recurring_commitment_for_billing_period',
  'savings_plan_net_recurring_commitment_for_billing_period',
  'savings_plan_amortized_upfront_commitment_for_billing_period',
  'savings_plan_net_amortized_upfront_commitment_for_billing_period',
  'split_line_item_split_cost',
  'split_line_item_net_split_cost',
]);

const texts = [
  'bill_bill_type',
  'bill_billing_entity',
  'bill_invoice_id',
  'bill_invoicing_entity',
  'bill_payer_account_name',
  'capacity_reservation_capacity_reservation_arn',
  'capacity_reservation_capacity_reservation_status',
  'identity_line_item_id',
  'identity_time_interval',
  'line_item_availability_zone',
  'line_item_iam_principal',
  'line_item_legal_entity',
  'line_item_line_item_description',
  'line_item_operation',
  'line_item_resource_id',
  'line_item_usage_account_id',
  'line_item_usage_account_name',
  'line_item_usage_type',
  'pricing_currency',
  'pricing_rate_code',
  'pricing_rate_id',
  'pricing_unit',
  'product_instance_type',
  'product_location',
  'product_memory',
  'product_operating_system',
  'product_product_name',
  'product_region',
  'product_region_code',
  'product_servicecode',
  'product_sku',
  'product_vcpu',
  'reservation_reservation_arn',
  'reservation_subscription_id',
  'reservation_start_time',
  'reservation_end_time',
  'savings_plan_start_time',
  'savings_plan_end_time',
  'savings_plan_savings_plan_arn',
  'split_line_item_parent_resource_id',
];

/** Without underscores, so that a spelling in one case alone (`LINEITEM/UNBLENDEDCOST`) finds its column. */
const known = new Map(
  [...requiredColumns, ...timestampColumns, ...measureColumns, ...moneyColumns, ...texts].map((name) => [
    name.replaceAll('_', ''),
    name,
  ]),
);

/**
 * The raw name of a delivered column: `lineItem/UnblendedCost` (CSV) and `line_item_unblended_cost` (Parquet, Athena)
 * are one column. Sections and names become lower snake case; `ARN`, which Athena spells `a_r_n`, becomes `arn`.
 */
export function rawName(source: string): string {
  const name = source
    .replace(/ARN/g, 'Arn')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toLowerCase()
    .replace(/_a_r_n(?=_|$)/g, '_arn')
    .replace(/^_+|_+$/g, '');
  return known.get(name.replaceAll('_', '')) ?? name;
}
