import { type CostAndUsageColumnId, costAndUsageColumns, serviceSubcategories, sqlType } from '@cloudact/core/focus';
import { quoteName, quoteText } from '../landing/session.ts';
import { lookUpSql } from '../providers/look-up.ts';
import { chargesTable, metersSql, pricesTable, questionsTable } from './tables.ts';
import type { UsageSource } from './usage-source.ts';

/** The charges in FOCUS 1.3: one row per charge for which `condition` holds. */
export function focusSql(source: UsageSource, condition: string): string {
  const focus = focusColumns(source);
  const columns = [
    ...costAndUsageColumns.map(
      (column) => `CAST(${focus[column.id] ?? 'NULL'} AS ${sqlType(column, 'duckdb')}) AS ${quoteName(column.id)}`,
    ),
    ...extensionColumns.map((name) => `CAST(${EXTENSIONS[name]} AS VARCHAR) AS ${quoteName(name)}`),
    'source_file AS "x_SourceFile"',
    'source_row AS "x_SourceRow"',
  ];
  return `WITH named AS NOT MATERIALIZED (
    SELECT charge.* EXCLUDE (unit, pricing_unit), charge_category IN ('Usage', 'Purchase') AS is_charge,
      date_trunc('month', charge_start) AS month,
      COALESCE(charge.unit, CASE WHEN has_usage THEN meter.unit END) AS unit,
      COALESCE(pricing_unit, CASE WHEN has_usage THEN CASE WHEN meter.per = '1' THEN meter.unit ELSE meter.per || ' ' || meter.unit END END) AS pricing_unit,
      meter.title AS meter_title, meter.direction AS token_direction, meter.cache_action AS token_cache_action,
      meter.cache_lifetime, meter.modality, question.developer, question.family, question.model_id, question.model_version,
      CASE WHEN billed_cost IS NULL THEN question.unknown_reason END AS unpriced_reason,
      price.version AS price_version, price.source AS price_source,
      ${quoteText(source.priceList)} || '/' || COALESCE(question.model_id, model, '-') || '/' || COALESCE(charge.meter, line_item, '-') AS own_sku,
      concat_ws('/', nullif(tier, 'standard'), context_window, geography, speed) AS price_variant
    FROM ${chargesTable} AS charge
    LEFT JOIN (${metersSql}) AS meter ON meter.id = charge.meter
    LEFT JOIN ${questionsTable} AS question ON question.question = charge.question
    LEFT JOIN ${pricesTable} AS price ON price.price = charge.price
    WHERE ${condition}
  )
  SELECT ${columns.join(',\n  ')} FROM named`;
}

const SUBCATEGORY_OF = Object.fromEntries(
  serviceSubcategories.map(({ subcategory, category }) => [subcategory, category]),
);
const whenCharge = (sql: string) => `CASE WHEN is_charge THEN ${sql} END`;
const SKU = 'COALESCE(sku_id, own_sku)';

function focusColumns({ service }: UsageSource): Partial<Record<CostAndUsageColumnId, string>> {
  const provider = quoteText(service.provider);
  const subcategory = `COALESCE(service_subcategory, ${quoteText(service.subcategory ?? 'Generative AI')})`;
  const details = {
    x_ModelId: 'COALESCE(model_id, model)',
    x_ServiceTier: 'tier',
    x_ContextWindow: 'context_window',
    x_CacheLifetime: 'cache_lifetime',
    x_Modality: 'modality',
    x_Speed: 'speed',
  };
  return {
    AllocatedMethodDetails: `CASE WHEN split_of > 1 THEN '{"Elements":[{"AllocatedRatio":' || CAST(allocated_share AS VARCHAR)
      || ',"UsageUnit":' || CAST(to_json(unit) AS VARCHAR) || ',"UsageQuantity":' || CAST(quantity AS VARCHAR) || '}]}' END`,
    AllocatedMethodId: `CASE WHEN allocated_tags IS NOT NULL OR split_of > 1 THEN 'usage-share' END`,
    AllocatedTags: 'allocated_tags',
    BilledCost: 'billed_cost',
    BillingAccountId: 'account_id',
    BillingAccountName: 'account_name',
    BillingAccountType: quoteText(service.accountType),
    BillingCurrency: 'currency',
    BillingPeriodEnd: 'month + INTERVAL 1 MONTH',
    BillingPeriodStart: 'month',
    ChargeCategory: 'charge_category',
    ChargeDescription: `COALESCE(line_item, nullif(concat_ws(' ', COALESCE(model_id, model), meter_title), ''),
      service_name, ${quoteText(service.name)})`,
    ChargeFrequency: `CASE charge_category WHEN 'Usage' THEN 'Usage-Based' WHEN 'Purchase' THEN 'Recurring' ELSE 'One-Time' END`,
    ChargePeriodEnd: 'charge_end',
    ChargePeriodStart: 'charge_start',
    ConsumedQuantity: `CASE WHEN charge_category = 'Usage' THEN quantity END`,
    ConsumedUnit: `CASE WHEN charge_category = 'Usage' THEN unit END`,
    ContractedCost: 'contracted_cost',
    ContractedUnitPrice: whenCharge('contracted_unit_price'),
    EffectiveCost: 'billed_cost',
    HostProviderName: provider,
    InvoiceId: 'invoice_id',
    InvoiceIssuerName: provider,
    ListCost: 'list_cost',
    ListUnitPrice: whenCharge('list_unit_price'),
    PricingCategory: whenCharge(`'Standard'`),
    PricingCurrency: 'currency',
    PricingCurrencyContractedUnitPrice: whenCharge('contracted_unit_price'),
    PricingCurrencyEffectiveCost: 'billed_cost',
    PricingCurrencyListUnitPrice: whenCharge('list_unit_price'),
    PricingQuantity: whenCharge('pricing_quantity'),
    PricingUnit: whenCharge('pricing_unit'),
    ProviderName: provider,
    PublisherName: provider,
    RegionId: 'geography',
    RegionName: 'geography',
    ResourceId: 'resource_id',
    ResourceName: 'resource_name',
    ResourceType: 'resource_type',
    ServiceCategory: `CASE WHEN service_subcategory IS NULL THEN ${quoteText(SUBCATEGORY_OF[service.subcategory ?? 'Generative AI']!)}
      ELSE ${lookUpSql('service_subcategory', SUBCATEGORY_OF)} END`,
    ServiceName: `COALESCE(service_name, ${quoteText(service.name)})`,
    ServiceProviderName: provider,
    ServiceSubcategory: subcategory,
    SkuId: whenCharge(SKU),
    SkuMeter: whenCharge('COALESCE(meter_title, line_item)'),
    SkuPriceDetails: whenCharge(jsonSql(details)),
    SkuPriceId: whenCharge(`concat_ws('/', ${SKU}, nullif(price_variant, ''))`),
    SubAccountId: 'sub_account_id',
    SubAccountName: `CASE WHEN sub_account_id IS NOT NULL THEN COALESCE(sub_account_name, sub_account_id) END`,
    SubAccountType: `CASE WHEN sub_account_id IS NOT NULL THEN ${quoteText(service.subAccountType)} END`,
    Tags: 'tags',
  };
}

/** A JSON object of texts without the members that are null; null where all are. */
function jsonSql(members: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(members).map(
    ([name, value]) =>
      `CASE WHEN ${value} IS NOT NULL THEN ${quoteText(`${JSON.stringify(name)}:`)} || CAST(to_json(${value}) AS VARCHAR) END`,
  );
  return `'{' || nullif(concat_ws(',', ${pairs.join(', ')}), '') || '}'`;
}

/**
 * Our columns beside FOCUS. Models and tokens are named as in the drafts of FOCUS 1.5. `x_CostBasis` says on what the cost
 * rests: `provider_reported` (the provider's own line), `allocated` (a part of it), `priced` (by the price book,
 * until the provider reports), `unbilled` (the provider has settled the day without billing this usage).
 */
const EXTENSIONS = {
  x_CacheLifetime: 'cache_lifetime',
  x_ContextWindow: 'context_window',
  x_CostBasis: 'cost_basis',
  x_CredentialId: 'api_key_id',
  x_EstimatedCost: 'estimated_cost',
  x_LineItem: 'line_item',
  x_ListPriceSource: 'list_price_source',
  x_Model: 'model',
  x_ModelDeveloper: 'developer',
  x_ModelFamily: 'family',
  x_ModelId: 'model_id',
  x_ModelVersion: 'model_version',
  x_PriceSource: 'price_source',
  x_PriceVersion: 'price_version',
  x_PrincipalId: 'principal_id',
  x_Provisional: 'CASE WHEN is_provisional THEN true END',
  x_QuantityAssumed: 'CASE WHEN quantity_assumed THEN true END',
  x_RequestCount: 'requests',
  x_ServiceTier: 'tier',
  x_Speed: 'speed',
  x_TokenCacheAction: 'token_cache_action',
  x_TokenDirection: 'token_direction',
  x_UnpricedReason: 'unpriced_reason',
} as const;

export const extensionColumns = Object.keys(EXTENSIONS) as (keyof typeof EXTENSIONS)[];
