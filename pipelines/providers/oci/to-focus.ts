import { type CostAndUsageColumnId, costAndUsageColumnIds, serviceSubcategories } from '@cloudact/core/focus';
import { quoteName } from '../../landing/session.ts';
import { lookUpSql } from '../look-up.ts';
import type { OciColumns } from './columns.ts';
import { deliveredSql, ofServiceSql, pricedSql } from './delivered.ts';
import { ociRegions } from './regions.ts';
import { bucketNameSql, resourceTypeSql } from './resources.ts';
import { ociServices } from './services.ts';

/** The SELECT from a raw table of cost reports to FOCUS 1.3: one row per delivered line. */
export function toFocusSql(oci: OciColumns, rawTable: string): string {
  const columns = [
    ...costAndUsageColumnIds.map((id) => `${typed(id)} AS ${quoteName(id)}`),
    ...extensionColumns.map((name) => `${EXTENSIONS[name]} AS ${quoteName(name)}`),
    '"x_SourceFile"',
    '"x_SourceRow"',
  ];
  return `WITH delivered AS NOT MATERIALIZED (${deliveredSql(oci, rawTable)}),
priced AS NOT MATERIALIZED (${pricedSql('delivered')})
SELECT ${columns.join(',\n  ')}
FROM priced`;
}

const categories = new Map<string, string>(serviceSubcategories.map((row) => [row.subcategory, row.category]));
const ORACLE = `'Oracle'`;
const BLOCKS_KNOWN = 'consumed_unit IS NOT NULL AND block_quantity IS NOT NULL';

/** The columns that a cost report fills; README.md says why the others are null. */
const FOCUS: Partial<Record<CostAndUsageColumnId, string>> = {
  AvailabilityZone: 'availability_domain',
  BilledCost: 'cost',
  BillingAccountId: 'COALESCE(subscription_id, tenant_id)',
  BillingAccountType: `CASE WHEN subscription_id IS NULL THEN 'Tenancy' ELSE 'Subscription' END`,
  BillingCurrency: 'currency',
  BillingPeriodEnd: 'period_end',
  BillingPeriodStart: 'period_start',
  ChargeCategory: `'Usage'`,
  ChargeDescription: 'description',
  ChargeFrequency: `'Usage-Based'`,
  ChargePeriodEnd: 'charge_end',
  ChargePeriodStart: 'charge_start',
  ConsumedQuantity: whenPriced(`CASE WHEN ${BLOCKS_KNOWN} THEN block_quantity ELSE pricing_quantity END`),
  ConsumedUnit: whenPriced(`CASE WHEN ${BLOCKS_KNOWN} THEN consumed_unit ELSE pricing_unit END`),
  ContractedCost: 'CASE WHEN priced THEN price_cost ELSE cost END',
  ContractedUnitPrice: whenPriced('price'),
  EffectiveCost: 'cost',
  HostProviderName: ORACLE,
  InvoiceIssuerName: ORACLE,
  ListCost: 'CASE WHEN priced THEN price_cost ELSE cost END',
  ListUnitPrice: whenPriced('price'),
  PricingCategory: whenPriced(`CASE WHEN description ILIKE '%preemptible%' THEN 'Dynamic' ELSE 'Standard' END`),
  PricingCurrency: 'currency',
  PricingCurrencyContractedUnitPrice: whenPriced('price'),
  PricingCurrencyEffectiveCost: 'cost',
  PricingCurrencyListUnitPrice: whenPriced('price'),
  PricingQuantity: whenPriced('pricing_quantity'),
  PricingUnit: whenPriced('pricing_unit'),
  ProviderName: ORACLE,
  PublisherName: ORACLE,
  RegionId: 'region',
  RegionName: `COALESCE(${lookUpSql('region', Object.fromEntries(ociRegions.map(({ id, name }) => [id, name])))}, region)`,
  ResourceId: 'resource_id',
  ResourceName: `CASE WHEN resource_id IS NOT NULL THEN COALESCE(resource_name, ${bucketNameSql('resource_id', 'service_code')}) END`,
  ResourceType: resourceTypeSql('resource_id', 'resource_kind', 'service_code'),
  ServiceCategory: `COALESCE(${ofServiceSql((code) => categories.get(ociServices[code]!.subcategory)!)}, 'Other')`,
  ServiceName: `COALESCE(${ofServiceSql((code) => ociServices[code]!.name)}, service_code)`,
  ServiceProviderName: ORACLE,
  ServiceSubcategory: `COALESCE(${ofServiceSql((code) => ociServices[code]!.subcategory)}, 'Other (Other)')`,
  SkuId: 'sku',
  SkuMeter: 'CASE WHEN sku IS NOT NULL THEN description END',
  SkuPriceDetails: whenPriced(`'{"x_BillingUnit":' || CAST(to_json(billing_unit) AS VARCHAR) || '}'`),
  SkuPriceId: whenPriced('sku'),
  SubAccountId: 'tenant_id',
  SubAccountName: 'tenant_id',
  SubAccountType: `'Tenancy'`,
  Tags: 'tags',
};

/** Our columns beside FOCUS: what the report says that FOCUS has no place for, and what we had to assume. */
const EXTENSIONS = {
  x_AttributedCost: 'attributed_cost',
  x_AttributedUsage: 'attributed_usage',
  x_BackReferenceNumber: 'CASE WHEN is_correction THEN backreference_no END',
  x_BilledAtOtherPrice: `CASE WHEN priced AND abs(price_cost - cost) > CAST('0.000000000000000001' AS DECIMAL(38,18)) THEN true END`,
  x_BillingAccountAssumed: 'CASE WHEN subscription_id IS NULL THEN true END',
  x_CompartmentId: 'compartment_id',
  x_CompartmentName: 'compartment_name',
  x_CostRounded: 'cost_rounded',
  x_IsCorrection: 'CASE WHEN is_correction THEN true END',
  x_ListCostSource: `CASE WHEN priced THEN 'ContractedUnitPrice' ELSE 'BilledCost' END`,
  x_OverageCost: 'overage_cost',
  x_OverageFlag: 'overage_flag',
  x_OverageQuantity: 'overage_quantity',
  x_OverageUnitPrice: 'overage_price',
  x_ReferenceNumber: 'reference_no',
  x_ServiceCategoryUnmapped: 'CASE WHEN service IS NULL THEN true END',
  x_ServiceCode: 'service_code',
} as const;

export const extensionColumns = Object.keys(EXTENSIONS) as (keyof typeof EXTENSIONS)[];

const DECIMALS = new Set<CostAndUsageColumnId>(['CommitmentDiscountQuantity']);

function typed(id: CostAndUsageColumnId): string {
  return FOCUS[id] ?? `CAST(NULL AS ${DECIMALS.has(id) ? 'DECIMAL(38,18)' : 'VARCHAR'})`;
}

function whenPriced(sql: string): string {
  return `CASE WHEN priced THEN ${sql} END`;
}
