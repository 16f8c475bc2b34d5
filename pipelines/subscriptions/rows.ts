/**
 * One record of the file that stands between plans and FOCUS. `purchase`, `day`, `tax` and `adjustment` become charges;
 * an `invoice` says what is to be paid in all, which the charges are compared with; a `commitment` is a deal of a year
 * or more. Everything is text: money and quantities decimal, times ISO 8601 in UTC. Null where it has no meaning.
 */
export interface SubscriptionRow {
  cloudact_subscription_row: 'purchase' | 'day' | 'tax' | 'adjustment' | 'invoice' | 'commitment';
  /** First day of the billing period. */
  month: string;
  subscription_id: string;
  line_id: string | null;
  vendor: string;
  product: string;
  service_category: string;
  service_subcategory: string;
  billing_account: string;
  billing_account_assumed: string;
  invoice_issuer: string;
  currency: string;
  invoice_number: string | null;
  source_invoice_number: string | null;
  charge_class: string | null;
  description: string;
  frequency: string | null;
  period_start: string;
  period_end: string;
  billed_cost: string | null;
  effective_cost: string | null;
  list_cost: string | null;
  contracted_cost: string | null;
  pricing_quantity: string | null;
  pricing_unit: string | null;
  list_unit_price: string | null;
  contracted_unit_price: string | null;
  consumed_quantity: string | null;
  consumed_unit: string | null;
  sku_id: string | null;
  sku_meter: string | null;
  sku_price_id: string | null;
  plan_version: string | null;
  tags: string | null;
  contract_id: string | null;
  commitment_id: string | null;
  invoice_total: string | null;
  commitment_cost: string | null;
  commitment_quantity: string | null;
  commitment_unit: string | null;
}

/** In the order of the file. */
export const rowKeys = [
  'cloudact_subscription_row',
  'month',
  'subscription_id',
  'line_id',
  'vendor',
  'product',
  'service_category',
  'service_subcategory',
  'billing_account',
  'billing_account_assumed',
  'invoice_issuer',
  'currency',
  'invoice_number',
  'source_invoice_number',
  'charge_class',
  'description',
  'frequency',
  'period_start',
  'period_end',
  'billed_cost',
  'effective_cost',
  'list_cost',
  'contracted_cost',
  'pricing_quantity',
  'pricing_unit',
  'list_unit_price',
  'contracted_unit_price',
  'consumed_quantity',
  'consumed_unit',
  'sku_id',
  'sku_meter',
  'sku_price_id',
  'plan_version',
  'tags',
  'contract_id',
  'commitment_id',
  'invoice_total',
  'commitment_cost',
  'commitment_quantity',
  'commitment_unit',
] as const satisfies readonly (keyof SubscriptionRow)[];
