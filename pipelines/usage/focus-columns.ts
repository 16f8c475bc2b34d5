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
  // What depends on the question alone is written once for each, not once for each of its million rows.
  return `WITH asked AS MATERIALIZED (
    SELECT question.*, ${ofMeter}, ${namesSql(source, 'question', 'model_id')} FROM ${questionsTable} AS question
    LEFT JOIN (${metersSql}) AS meter_row ON meter_row.id = question.meter
  ), named AS NOT MATERIALIZED (
    SELECT charge.* EXCLUDE (unit, pricing_unit, question), charge_category IN ('Usage', 'Purchase') AS is_charge,
      date_trunc('month', charge_start) AS month, COALESCE(charge.unit, asked.meter_unit) AS unit,
      COALESCE(charge.pricing_unit, asked.meter_block) AS pricing_unit,
      ${['token_direction', 'token_cache_action', 'meter_title', 'cache_lifetime'].map((name) => `COALESCE(asked.${name}, line_meter.${name}) AS ${name}`).join(', ')},
      asked.developer, asked.family, asked.model_id, asked.model_version,
      CASE WHEN billed_cost IS NULL THEN asked.unknown_reason END AS unpriced_reason,
      price.version AS price_version, price.source AS price_source,
      ${['own_sku', 'price_variant', 'sku_details', 'sku_name'].map((name) => `COALESCE(asked.${name}, line_meter.${name}) AS ${name}`).join(', ')}
    FROM ${chargesTable} AS charge
    LEFT JOIN asked ON asked.question = charge.question
    LEFT JOIN (SELECT cost_line, ${ofMeter}, ${namesSql(source, 'line', 'model')} FROM ${chargesTable} AS line
      LEFT JOIN (${metersSql}) AS meter_row ON meter_row.id = line.meter WHERE cost_line IS NOT NULL) AS line_meter
      ON line_meter.cost_line = charge.cost_line
    LEFT JOIN ${pricesTable} AS price ON price.price = charge.price
    WHERE ${condition}
  )
  SELECT ${columns.join(',\n  ')} FROM named`;
}

const ofMeter = `meter_row.title AS meter_title, meter_row.direction AS token_direction, meter_row.cache_action AS token_cache_action,
      meter_row.cache_lifetime, meter_row.unit AS meter_unit,
      CASE WHEN meter_row.per = '1' THEN meter_row.unit ELSE meter_row.per || ' ' || meter_row.unit END AS meter_block`;

/** Names of a SKU and its price, of a question or of a line of costs. */
function namesSql({ priceList }: UsageSource, row: string, modelId: string): string {
  const model = modelId === 'model' ? `${row}.model` : `COALESCE(${row}.${modelId}, ${row}.model)`;
  const item = modelId === 'model' ? `COALESCE(${row}.meter, ${row}.line_item, '-')` : `${row}.meter`;
  const details = {
    x_ModelId: model,
    x_ServiceTier: `${row}.tier`,
    x_ContextWindow: `${row}.context_window`,
    x_CacheLifetime: 'meter_row.cache_lifetime',
    x_Modality: 'meter_row.modality',
    x_Speed: `${row}.speed`,
  };
  return `${quoteText(priceList)} || '/' || COALESCE(${model}, '-') || '/' || ${item} AS own_sku,
      nullif(concat_ws('/', nullif(${row}.tier, 'standard'), ${row}.context_window, ${row}.geography, ${row}.speed), '') AS price_variant,
      ${jsonSql(details)} AS sku_details, concat_ws(' ', ${model}, meter_row.title) AS sku_name`;
}

const SUBCATEGORY_OF = Object.fromEntries(
  serviceSubcategories.map(({ subcategory, category }) => [subcategory, category]),
);
const whenCharge = (sql: string) => `CASE WHEN is_charge THEN ${sql} END`;
const SKU = 'COALESCE(sku_id, own_sku)';

function focusColumns({ service }: UsageSource): Partial<Record<CostAndUsageColumnId, string>> {
  const provider = quoteText(service.provider);
  const subcategory = `COALESCE(service_subcategory, ${quoteText(service.subcategory ?? 'Generative AI')})`;
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
    SkuPriceDetails: whenCharge('sku_details'),
    SkuPriceId: whenCharge(`CASE WHEN price_variant IS NULL THEN ${SKU} ELSE ${SKU} || '/' || price_variant END`),
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
  x_RequestCount: 'CAST(requests AS BIGINT)',
  x_ServiceTier: 'tier',
  x_Speed: 'speed',
  x_TokenCacheAction: 'token_cache_action',
  x_TokenDirection: 'token_direction',
  x_UnpricedReason: 'unpriced_reason',
} as const;

export const extensionColumns = Object.keys(EXTENSIONS) as (keyof typeof EXTENSIONS)[];
