import { type CostAndUsageColumnId, costAndUsageColumnIds, costAndUsageColumns } from '@cloudact/core/focus';
import { quoteName } from '../landing/session.ts';
import { decimalSql } from '../providers/money.ts';

/** Columns after those of FOCUS. */
const EXTENSIONS = {
  x_SubscriptionId: 'subscription_id',
  x_PlanVersion: 'plan_version',
  x_InvoiceLineId: 'line_id',
  x_SourceInvoiceId: 'source_invoice_number',
  x_InvoiceComputed: 'source_invoice_number IS NULL',
  x_BillingAccountAssumed: `billing_account_assumed = 'true'`,
} as const;

export const extensionColumns: readonly string[] = Object.keys(EXTENSIONS);

const PRICED = `kind IN ('purchase', 'day')`;

/** The SELECT from the raw table to FOCUS 1.3: one row per invoice line, tax, adjustment, and line and day. */
export function toFocusSql(rawTable: string): string {
  const selected = [
    ...costAndUsageColumnIds.map((id) => `${typed(id)} AS ${quoteName(id)}`),
    ...Object.entries(EXTENSIONS).map(([name, sql]) => `${sql} AS ${quoteName(name)}`),
    '"x_SourceFile"',
    '"x_SourceRow"',
  ];
  return `WITH charges AS (SELECT *, cloudact_subscription_row AS kind, ${MONTH} AS period
  FROM ${rawTable} WHERE cloudact_subscription_row NOT IN ('invoice', 'commitment'))
SELECT ${selected.join(',\n  ')}
FROM charges`;
}

/** The first day of a raw row's billing period. */
export const MONTH = 'TRY_CAST("month" AS DATE)';

/** What the invoices say that is to be paid, by month, currency and invoice number. */
export function controlTotalsSql(rawTable: string): string {
  return `SELECT ${MONTH} AS billing_period, currency, invoice_number AS invoice,
  CAST(sum(${decimalSql('invoice_total')}) AS DECIMAL(38,18)) AS total
FROM ${rawTable} WHERE cloudact_subscription_row = 'invoice' GROUP BY 1, 2, 3`;
}

/** FOCUS's Contract Commitment dataset: one row per deal of a year or more. */
export function contractCommitmentsSql(rawTable: string): string {
  return `SELECT currency AS "BillingCurrency",
    'Spend' AS "ContractCommitmentCategory",
    ${decimalSql('commitment_cost')} AS "ContractCommitmentCost",
    description AS "ContractCommitmentDescription",
    commitment_id AS "ContractCommitmentId",
    ${timeSql('period_end')} AS "ContractCommitmentPeriodEnd",
    ${timeSql('period_start')} AS "ContractCommitmentPeriodStart",
    ${decimalSql('commitment_quantity')} AS "ContractCommitmentQuantity",
    'Subscription Term' AS "ContractCommitmentType",
    commitment_unit AS "ContractCommitmentUnit",
    contract_id AS "ContractId",
    ${timeSql('period_end')} AS "ContractPeriodEnd",
    ${timeSql('period_start')} AS "ContractPeriodStart",
    ${MONTH} AS "x_BillingPeriodStart"
  FROM ${rawTable} WHERE cloudact_subscription_row = 'commitment'`;
}

const APPLIED = `'{"Elements":[{"ContractId":' || CAST(to_json(contract_id) AS VARCHAR) || ',"ContractCommitmentID":' || CAST(to_json(commitment_id) AS VARCHAR)
    || ',"ContractCommitmentAppliedCost":' || effective_cost || ',"ContractCommitmentAppliedQuantity":null,"ContractCommitmentAppliedUnit":null}]}'`;

const FOCUS: Partial<Record<CostAndUsageColumnId, string>> = {
  BilledCost: 'billed_cost',
  BillingAccountId: 'billing_account',
  BillingAccountName: 'billing_account',
  BillingAccountType: `'Account'`,
  BillingCurrency: 'currency',
  BillingPeriodEnd: 'CAST(period + INTERVAL 1 MONTH AS TIMESTAMP)',
  BillingPeriodStart: 'CAST(period AS TIMESTAMP)',
  ChargeCategory: `CASE kind WHEN 'day' THEN 'Usage' WHEN 'tax' THEN 'Tax' WHEN 'adjustment' THEN 'Adjustment' ELSE 'Purchase' END`,
  ChargeClass: 'charge_class',
  ChargeDescription: 'description',
  ChargeFrequency: 'frequency',
  ChargePeriodEnd: timeSql('period_end'),
  ChargePeriodStart: timeSql('period_start'),
  ConsumedQuantity: 'consumed_quantity',
  ConsumedUnit: 'consumed_unit',
  ContractApplied: `CASE WHEN kind = 'day' AND commitment_id IS NOT NULL THEN ${APPLIED} END`,
  ContractedCost: 'contracted_cost',
  ContractedUnitPrice: 'contracted_unit_price',
  EffectiveCost: 'effective_cost',
  InvoiceId: 'invoice_number',
  InvoiceIssuerName: 'invoice_issuer',
  ListCost: 'list_cost',
  ListUnitPrice: 'list_unit_price',
  PricingCategory: `CASE WHEN ${PRICED} THEN 'Standard' END`,
  PricingCurrency: 'currency',
  PricingCurrencyContractedUnitPrice: 'contracted_unit_price',
  PricingCurrencyEffectiveCost: 'effective_cost',
  PricingCurrencyListUnitPrice: 'list_unit_price',
  PricingQuantity: 'pricing_quantity',
  PricingUnit: 'pricing_unit',
  ProviderName: 'vendor',
  PublisherName: 'vendor',
  ResourceId: 'subscription_id',
  ResourceName: 'product',
  ResourceType: `'Subscription'`,
  ServiceCategory: 'service_category',
  ServiceName: 'product',
  ServiceProviderName: 'vendor',
  ServiceSubcategory: 'service_subcategory',
  SkuId: 'sku_id',
  SkuMeter: 'sku_meter',
  SkuPriceId: 'sku_price_id',
  Tags: 'tags',
};

const DECIMALS = new Set<CostAndUsageColumnId>(
  costAndUsageColumns.filter(({ dataType }) => dataType === 'Decimal').map(({ id }) => id),
);

function typed(id: CostAndUsageColumnId): string {
  const sql = FOCUS[id];
  if (sql === undefined) return `CAST(NULL AS ${DECIMALS.has(id) ? 'DECIMAL(38,18)' : 'VARCHAR'})`;
  return DECIMALS.has(id) ? decimalSql(sql) : sql;
}

function timeSql(column: string): string {
  return `CAST(${column} AS TIMESTAMP)`;
}
