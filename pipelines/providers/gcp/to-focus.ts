import { type CostAndUsageColumnId, costAndUsageColumnIds, costAndUsageColumns } from '@cloudact/core/focus';
import { quoteName } from '../../landing/session.ts';
import { cloudModelHelpers, vertexText } from '../../usage/cloud-models.ts';
import { categorisedSql } from './categories.ts';
import { chargesSql, partIn } from './charges.ts';
import type { ExportColumns } from './columns.ts';
import { commitmentColumns } from './commitments.ts';
import { deliveredSql } from './delivered.ts';
import { extensionColumns, extensionSql } from './extensions.ts';
import { kindIn, linesSql } from './lines.ts';
import { pricedCostSql, pricedSql } from './prices.ts';
import { regionNameSql } from './regions.ts';
import { knownSubcategorySql, serviceCategorySql, serviceSubcategorySql } from './service-lookup.ts';
import { skuPriceDetailsSql } from './sku-details.ts';

/** The SELECT from a raw table of a usage cost export to FOCUS 1.3: one row per charge. */
export function toFocusSql(columns: ExportColumns, rawTable: string): string {
  const selected = [
    ...costAndUsageColumnIds.map((id) => `${typed(id)} AS ${quoteName(id)}`),
    ...extensionColumns.map((name) => `${extensionSql[name]} AS ${quoteName(name)}`),
    '"x_SourceFile"',
    '"x_SourceRow"',
  ];
  return `WITH delivered AS MATERIALIZED (${deliveredSql(columns, rawTable)}),
lines AS NOT MATERIALIZED (${linesSql('delivered')}),
priced AS MATERIALIZED (${pricedSql('lines')}),
charges AS NOT MATERIALIZED (${chargesSql('priced')}),
categorised AS NOT MATERIALIZED (${categorisedSql('charges')}),
located AS NOT MATERIALIZED (SELECT *, ${knownSubcategorySql} AS service, ${COMMITMENTS},
  ${cloudModelHelpers(vertexText.text, vertexText.isAi).join(',\n  ')},
  CASE WHEN region IS NULL AND location = 'global' THEN NULL ELSE COALESCE(region, location) END AS region_id
  FROM categorised)
SELECT ${selected.join(',\n  ')}
FROM located`;
}

const COMMITMENTS = Object.entries(commitmentColumns)
  .map(([name, sql]) => `${sql} AS ${name}`)
  .join(',\n  ');

const SERVICE_PROVIDER = `CASE WHEN COALESCE(upper(transaction_type), 'GOOGLE') IN ('GOOGLE', '1') THEN 'Google Cloud'
    ELSE COALESCE(seller, 'Google Cloud') END`;
const IS_AGENCY = `COALESCE(upper(transaction_type) IN ('THIRD_PARTY_AGENCY', '3'), false)`;
const IS_COMMITMENT_RESOURCE = `(${kindIn('fee')} AND NOT ${partIn('promotion', 'residual')})`;
/** FOCUS: consumed is what was used of a service, so neither purchases nor what stayed unused. */
const CONSUMES = `priced AND charge_category = 'Usage' AND COALESCE(commitment_status, 'Used') <> 'Unused'`;
/** Amount and unit come together; where the base unit is not told, the pricing unit is. */
const HAS_CONSUMED = 'part_consumed IS NOT NULL AND consumed_unit IS NOT NULL';
/** A row that gives money back takes what was consumed back, too: both quantities of a charge have one sign. */
const SIGNED_CONSUMED =
  'CASE WHEN part_quantity < 0 THEN -abs(part_consumed) WHEN part_quantity > 0 THEN abs(part_consumed) ELSE part_consumed END';

const FOCUS: Record<CostAndUsageColumnId, string> = {
  AllocatedMethodDetails: 'NULL',
  AllocatedMethodId: 'NULL',
  AllocatedResourceId: 'NULL',
  AllocatedResourceName: 'NULL',
  AllocatedTags: 'NULL',
  AvailabilityZone: 'zone',
  BilledCost: 'billed',
  BillingAccountId: 'billing_account',
  BillingAccountName: 'NULL',
  BillingAccountType: `'Billing Account'`,
  BillingCurrency: 'currency',
  BillingPeriodEnd: `period_start + INTERVAL 1 MONTH`,
  BillingPeriodStart: 'period_start',
  CapacityReservationId: 'reservation_id',
  CapacityReservationStatus: `CASE WHEN reservation_id IS NOT NULL THEN 'Unused' END`,
  ChargeCategory: 'charge_category',
  ChargeClass: 'charge_class',
  ChargeDescription: 'charge_description',
  ChargeFrequency: `CASE charge_category WHEN 'Usage' THEN 'Usage-Based' WHEN 'Purchase' THEN 'Recurring' WHEN 'Tax' THEN 'Recurring' ELSE 'One-Time' END`,
  ChargePeriodEnd: 'charge_end',
  ChargePeriodStart: 'charge_start',
  CommitmentDiscountCategory: `CASE WHEN commitment_id IS NOT NULL THEN CASE WHEN commitment_is_usage THEN 'Usage' ELSE 'Spend' END END`,
  CommitmentDiscountId: 'commitment_id',
  CommitmentDiscountName: 'commitment_name',
  CommitmentDiscountQuantity: `CASE WHEN priced AND commitment_id IS NOT NULL THEN CASE WHEN commitment_is_usage THEN part_quantity
    WHEN charge_category = 'Purchase' THEN billed ELSE effective END END`,
  CommitmentDiscountStatus: 'commitment_status',
  CommitmentDiscountType: `CASE WHEN commitment_id IS NOT NULL THEN CASE WHEN commitment_is_usage THEN 'Resource-based CUD' ELSE 'Spend-based CUD' END END`,
  CommitmentDiscountUnit: `CASE WHEN priced AND commitment_id IS NOT NULL THEN CASE WHEN commitment_is_usage THEN unit ELSE currency END END`,
  ConsumedQuantity: `CASE WHEN ${CONSUMES} THEN CASE WHEN ${HAS_CONSUMED} THEN ${SIGNED_CONSUMED} ELSE part_quantity END END`,
  ConsumedUnit: `CASE WHEN ${CONSUMES} THEN CASE WHEN ${HAS_CONSUMED} THEN consumed_unit ELSE unit END END`,
  ContractApplied: 'NULL',
  ContractedCost: `CASE WHEN priced THEN ${pricedCostSql('contracted')} ELSE billed END`,
  ContractedUnitPrice: whenPriced('contracted_price'),
  EffectiveCost: 'effective',
  HostProviderName: `CASE WHEN ${kindIn('tax')} AND NOT ${partIn('promotion')} THEN NULL ELSE 'Google Cloud' END`,
  InvoiceId: 'NULL',
  InvoiceIssuerName: `CASE WHEN ${IS_AGENCY} THEN COALESCE(seller, 'Google Cloud') ELSE 'Google Cloud' END`,
  ListCost: `CASE WHEN priced THEN ${pricedCostSql('list')} ELSE billed END`,
  ListUnitPrice: whenPriced('list_price'),
  PricingCategory: whenPriced(`CASE WHEN commitment_status IS NOT NULL THEN 'Committed'
    WHEN regexp_matches(lower(COALESCE(sku_name, '')), 'spot|preemptible') THEN 'Dynamic' ELSE 'Standard' END`),
  PricingCurrency: 'currency',
  PricingCurrencyContractedUnitPrice: whenPriced('contracted_price'),
  PricingCurrencyEffectiveCost: 'effective',
  PricingCurrencyListUnitPrice: whenPriced('list_price'),
  PricingQuantity: whenPriced('part_quantity'),
  PricingUnit: whenPriced('unit'),
  ProviderName: `'Google Cloud'`,
  PublisherName: SERVICE_PROVIDER,
  RegionId: 'region_id',
  RegionName: regionNameSql('region_id'),
  ResourceId: 'resource_id',
  ResourceName: `CASE WHEN NOT ${IS_COMMITMENT_RESOURCE} AND resource_id IS NOT NULL THEN resource_name END`,
  ResourceType: `CASE WHEN resource_id IS NULL THEN NULL WHEN ${IS_COMMITMENT_RESOURCE} THEN 'Committed Use Discount'
    ELSE COALESCE(nullif(regexp_extract(resource_id, '/([A-Za-z][A-Za-z0-9_-]*)/[^/]+$', 1), ''), 'Other') END`,
  ServiceCategory: serviceCategorySql,
  ServiceName: `COALESCE(service_name, service_id, 'Invoice')`,
  ServiceProviderName: SERVICE_PROVIDER,
  ServiceSubcategory: serviceSubcategorySql,
  SkuId: `CASE WHEN charge_category <> 'Tax' THEN sku END`,
  SkuMeter: `CASE WHEN charge_category <> 'Tax' AND sku IS NOT NULL THEN sku_name END`,
  SkuPriceDetails: whenPriced(skuPriceDetailsSql),
  SkuPriceId: whenPriced('sku_price'),
  SubAccountId: 'project',
  SubAccountName: 'CASE WHEN project IS NOT NULL THEN COALESCE(project_name, project) END',
  SubAccountType: `CASE WHEN project IS NOT NULL THEN 'Project' END`,
  Tags: 'tags',
};

const DECIMALS = new Set<CostAndUsageColumnId>(
  costAndUsageColumns.filter(({ dataType }) => dataType === 'Decimal').map(({ id }) => id),
);

function typed(id: CostAndUsageColumnId): string {
  if (DECIMALS.has(id)) return `CAST(${FOCUS[id]} AS DECIMAL(38,18))`;
  return FOCUS[id] === 'NULL' ? 'CAST(NULL AS VARCHAR)' : FOCUS[id];
}

function whenPriced(sql: string): string {
  return `CASE WHEN priced THEN ${sql} END`;
}
