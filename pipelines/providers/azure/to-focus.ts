import { type CostAndUsageColumnId, costAndUsageColumnIds } from '@cloudact/core/focus';
import { keyValueTextSql } from '../../focus/upgrade/index.ts';
import { quoteName } from '../../landing/session.ts';
import { azureText, cloudModelHelpers } from '../../usage/cloud-models.ts';
import { chargesCtes } from './charges.ts';
import { commitmentQuantitySql, frequencySql } from './commitments.ts';
import { extensionColumns, extensions } from './extensions.ts';
import type { AzureHeader } from './header.ts';
import {
  foldedLocationSql,
  regionIdSql,
  regionNameSql,
  resourcePathSql,
  resourceTypeColumns,
  resourceTypeNameSql,
} from './places.ts';
import { pricedSql } from './prices.ts';
import {
  serviceCategorySql,
  serviceIndexSql,
  serviceKeyColumns,
  serviceNameSql,
  serviceSubcategorySql,
} from './services.ts';
import { skuDetailsSql } from './sku-details.ts';

/** The SELECT from a raw table of cost details to FOCUS 1.3: one row per charge. */
export function toFocusSql(header: AzureHeader, rawTable: string): string {
  const columns = [
    ...costAndUsageColumnIds.map((id) => `${typed(id)} AS ${quoteName(id)}`),
    ...extensionColumns.map((name) => `${extensions[name]} AS ${quoteName(name)}`),
    '"x_SourceFile"',
    '"x_SourceRow"',
  ];
  return `WITH ${placedCtes(header, rawTable)},
priced AS NOT MATERIALIZED (SELECT *, ${commitmentQuantitySql} AS commitment_quantity, ${frequencySql} AS billed_as,
  ${cloudModelHelpers(azureText.text, azureText.isAi).join(',\n  ')} FROM (${pricedSql('SELECT * FROM placed')}))
SELECT ${columns.join(',\n  ')}
FROM priced`;
}

/** CTEs up to `placed`: the charges, with where they are and what service they are of. */
export function placedCtes(header: AzureHeader, rawTable: string): string {
  return `${chargesCtes(header, rawTable)},
named AS NOT MATERIALIZED (SELECT *, ${foldedLocationSql(LOCATION)} AS place, ${resourcePathSql('focus_resource_id')} AS resource_path,
  string_split(resource_type, '/') AS delivered_type
  FROM (SELECT *, ${RESOURCE_ID} AS focus_resource_id FROM charges)),
located AS NOT MATERIALIZED (SELECT *, ${regionIdSql('place')} AS region_id, ${resourceTypeColumns('resource_path', 'delivered_type').join(', ')}
  FROM named),
placed AS NOT MATERIALIZED (SELECT *, ${serviceIndexSql} AS service FROM (SELECT *, ${serviceKeyColumns.join(', ')} FROM located))`;
}

const LOCATION = 'COALESCE(resource_location_normalized, resource_location)';

/** Who buys a commitment, or leaves it unused, uses no other resource. */
const RESOURCE_ID = `CASE WHEN commitment_id IS NOT NULL AND (commitment_bought OR starts_with(charge_type, 'unused')) THEN commitment_id ELSE resource_id END`;

const IS_MCA = '(pricing_currency IS NOT NULL)';
const ACCOUNT = `CASE WHEN ${IS_MCA} THEN COALESCE(billing_profile_id, billing_account_id) ELSE COALESCE(billing_account_id, billing_profile_id) END`;
const SUBSCRIPTION = `CASE WHEN contains(subscription_id, '/') THEN lower(subscription_id) ELSE '/subscriptions/' || lower(subscription_id) END`;
const PUBLISHER = `CASE WHEN from_marketplace THEN COALESCE(publisher_name, 'Microsoft') ELSE 'Microsoft' END`;
const EFFECTIVE_IN_PRICING_CURRENCY = `CASE WHEN effective = 0 THEN 0 WHEN foreign_price THEN cost_in_pricing_currency ELSE effective END`;
const FOCUS: Record<CostAndUsageColumnId, string> = {
  AllocatedMethodDetails: 'NULL',
  AllocatedMethodId: 'NULL',
  AllocatedResourceId: 'NULL',
  AllocatedResourceName: 'NULL',
  AllocatedTags: 'NULL',
  AvailabilityZone: 'NULL',
  BilledCost: 'billed',
  BillingAccountId: `COALESCE(${ACCOUNT}, ${SUBSCRIPTION})`,
  BillingAccountName: `CASE WHEN ${IS_MCA} THEN COALESCE(billing_profile_name, billing_account_name) ELSE COALESCE(billing_account_name, billing_profile_name) END`,
  BillingAccountType: `CASE WHEN ${ACCOUNT} IS NULL THEN 'Subscription' WHEN ${IS_MCA} AND billing_profile_id IS NOT NULL THEN 'Billing Profile' ELSE 'Billing Account' END`,
  BillingCurrency: 'upper(billing_currency)',
  BillingPeriodEnd: 'period_end',
  BillingPeriodStart: 'period_start',
  CapacityReservationId: 'capacity_reservation',
  CapacityReservationStatus: `CASE WHEN capacity_reservation IS NULL OR charge_category <> 'Usage' THEN NULL
    WHEN contains(resource_id, '/capacityreservations/') THEN 'Unused' ELSE 'Used' END`,
  ChargeCategory: 'charge_category',
  ChargeClass: `CASE WHEN charge_type = 'refund' AND (NOT ${IS_MCA} OR previous_invoice_id IS NOT NULL) THEN 'Correction' END`,
  ChargeDescription: `COALESCE(product_name, product_order_name, nullif(concat_ws(' - ', meter_category, meter_sub_category, meter_name), ''))`,
  ChargeFrequency: `CASE WHEN billed_as = 'onetime' THEN 'One-Time' WHEN billed_as = 'recurring' THEN 'Recurring'
    WHEN charge_category = 'Usage' THEN 'Usage-Based' WHEN billed_as = 'usagebased' THEN 'Recurring' ELSE 'One-Time' END`,
  ChargePeriodEnd: 'day + INTERVAL 1 DAY',
  ChargePeriodStart: 'day',
  CommitmentDiscountCategory: whenCommitted(`CASE commitment WHEN 'plan' THEN 'Spend' ELSE 'Usage' END`),
  CommitmentDiscountId: 'commitment_id',
  CommitmentDiscountName: whenCommitted('COALESCE(benefit_name, reservation_name)'),
  CommitmentDiscountQuantity: 'commitment_quantity',
  CommitmentDiscountStatus: whenCommitted(
    `CASE WHEN charge_category <> 'Usage' THEN NULL WHEN starts_with(charge_type, 'unused') THEN 'Unused' ELSE 'Used' END`,
  ),
  CommitmentDiscountType: whenCommitted(`CASE commitment WHEN 'plan' THEN 'Savings Plan' ELSE 'Reservation' END`),
  CommitmentDiscountUnit: `CASE WHEN commitment_quantity IS NULL THEN NULL WHEN commitment = 'plan' THEN COALESCE(upper(pricing_currency), upper(billing_currency))
    WHEN charge_category = 'Usage' THEN CASE WHEN normalization_ratio <> 1 THEN 'Normalized ' || unit ELSE unit END ELSE 'Hours' END`,
  ConsumedQuantity: whenConsumed('consumed_quantity'),
  ConsumedUnit: whenConsumed('CASE WHEN consumed_quantity IS NOT NULL THEN unit END'),
  ContractApplied: 'NULL',
  ContractedCost: 'contracted_cost',
  ContractedUnitPrice: whenPriced('contracted_price'),
  EffectiveCost: 'effective',
  HostProviderName: `CASE WHEN charge_category IN ('Tax', 'Adjustment') THEN NULL ELSE 'Microsoft' END`,
  InvoiceId: 'invoice_id',
  InvoiceIssuerName: `COALESCE(partner_name, 'Microsoft')`,
  ListCost: 'list_cost',
  ListUnitPrice: whenPriced('list_price'),
  PricingCategory: whenPriced(
    `CASE WHEN commitment IS NOT NULL AND charge_category = 'Usage' THEN 'Committed' WHEN pricing_model = 'spot' THEN 'Dynamic' ELSE 'Standard' END`,
  ),
  PricingCurrency: 'COALESCE(upper(pricing_currency), upper(billing_currency))',
  PricingCurrencyContractedUnitPrice: whenPriced(
    'CASE WHEN foreign_price THEN foreign_contracted_price ELSE contracted_price END',
  ),
  PricingCurrencyEffectiveCost: `COALESCE(${EFFECTIVE_IN_PRICING_CURRENCY}, effective)`,
  PricingCurrencyListUnitPrice: whenPriced(
    'CASE WHEN foreign_price THEN COALESCE(known_payg_price, foreign_contracted_price) ELSE list_price END',
  ),
  PricingQuantity: whenPriced('pricing_quantity'),
  PricingUnit: whenPriced(
    `CASE WHEN block_size = 1 THEN unit ELSE CAST(CAST(block_size AS DECIMAL(38,0)) AS VARCHAR) || ' ' || unit END`,
  ),
  ProviderName: `'Microsoft'`,
  PublisherName: PUBLISHER,
  RegionId: 'region_id',
  RegionName: regionNameSql('region_id', LOCATION),
  ResourceId: 'focus_resource_id',
  ResourceName: `CASE WHEN focus_resource_id = resource_id THEN COALESCE(resource_name, CASE WHEN resource_provider IS NOT NULL THEN regexp_extract(resource_id, '([^/]+)/*$', 1) END)
    WHEN focus_resource_id IS NOT NULL THEN COALESCE(benefit_name, reservation_name) END`,
  ResourceType: `CASE WHEN focus_resource_id IS NOT NULL THEN ${resourceTypeNameSql('focus_resource_type')} END`,
  ServiceCategory: serviceCategorySql,
  ServiceName: serviceNameSql,
  ServiceProviderName: PUBLISHER,
  ServiceSubcategory: serviceSubcategorySql,
  SkuId: `CASE WHEN charge_category <> 'Tax' THEN sku END`,
  SkuMeter: `CASE WHEN charge_category <> 'Tax' AND sku IS NOT NULL THEN meter_name END`,
  SkuPriceDetails: whenPriced(keyValueTextSql(skuDetailsSql)),
  // The key of Azure's price sheets: meter or product, offer, term and kind of price.
  SkuPriceId: whenPriced(`concat_ws('_', sku, CASE WHEN product_id IS NOT NULL THEN meter_id END, offer_id, term,
    CASE commitment WHEN 'reservation' THEN 'Reservation' WHEN 'plan' THEN 'SavingsPlan' ELSE 'Consumption' END)`),
  SubAccountId: SUBSCRIPTION,
  SubAccountName: `CASE WHEN subscription_id IS NOT NULL THEN COALESCE(subscription_name, subscription_id) END`,
  SubAccountType: `CASE WHEN subscription_id IS NOT NULL THEN 'Subscription' END`,
  Tags: 'focus_tags',
};

const DECIMALS = new Set<CostAndUsageColumnId>([
  'BilledCost',
  'CommitmentDiscountQuantity',
  'ConsumedQuantity',
  'ContractedCost',
  'ContractedUnitPrice',
  'EffectiveCost',
  'ListCost',
  'ListUnitPrice',
  'PricingCurrencyContractedUnitPrice',
  'PricingCurrencyEffectiveCost',
  'PricingCurrencyListUnitPrice',
  'PricingQuantity',
]);

function typed(id: CostAndUsageColumnId): string {
  if (DECIMALS.has(id)) return `CAST(${FOCUS[id]} AS DECIMAL(38,18))`;
  return FOCUS[id] === 'NULL' ? 'CAST(NULL AS VARCHAR)' : FOCUS[id];
}

function whenPriced(sql: string): string {
  return `CASE WHEN priced THEN ${sql} END`;
}

function whenCommitted(sql: string): string {
  return `CASE WHEN commitment_id IS NOT NULL THEN ${sql} END`;
}

/** FOCUS: consumed is what was used of a service, so neither purchases nor what stayed unused. */
function whenConsumed(sql: string): string {
  return `CASE WHEN priced AND charge_category = 'Usage' AND NOT unused THEN ${sql} END`;
}
