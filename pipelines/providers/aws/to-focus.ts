import { type CostAndUsageColumnId, costAndUsageColumnIds } from '@cloudact/core/focus';
import { quoteName } from '../../landing/session.ts';
import { bedrockText, cloudModelColumns, cloudModelHelpers, cloudModelSql } from '../../usage/cloud-models.ts';
import { capacityReservationIdSql, capacityReservationStatusSql } from './capacity-reservations.ts';
import { chargesSql } from './charges.ts';
import type { CurColumns } from './columns.ts';
import { hasNetPlans } from './commitment-numbers.ts';
import { contractAppliedSql, contractCommitmentsSql } from './contracts.ts';
import { canSplit, deliveredSql, deliveredWithUnusedSql } from './delivered.ts';
import { type COMMITMENT_PURCHASES, COMMITMENT_UNUSED, COMMITMENT_USED, kindIn, PLAN_KINDS } from './line-items.ts';
import {
  regionIdSql,
  regionNameCases,
  serviceCategorySql,
  serviceIndexSql,
  serviceNameSql,
  serviceSubcategorySql,
} from './look-ups.ts';
import { contractedCostSql, foreignListPriceSql, listCostSql, PUBLIC_IS_FOREIGN, pricedSql } from './prices.ts';
import { resourceTypeSql } from './resources.ts';
import { splitAllocationSql, undividedColumns } from './split-allocation.ts';

/** Our columns beside FOCUS: what the report says that FOCUS has no place for, and what we had to assume. */
export const extensionColumns = [
  'x_BillType',
  'x_CostCategories',
  'x_CostRounded',
  'x_Discounts',
  'x_IamPrincipal',
  'x_InvoiceIssuerAssumed',
  'x_LineItemId',
  'x_LineItemType',
  'x_Operation',
  'x_PricingCurrencyEffectiveCostAssumed',
  'x_ProductCode',
  'x_ServiceCategoryUnmapped',
  'x_ServiceCode',
  'x_SplitParentResourceId',
  'x_UsageType',
  ...cloudModelColumns,
] as const;

/** The SELECT from a raw table of a Cost and Usage Report, legacy or 2.0, to FOCUS 1.3: one row per charge. */
export function toFocusSql(cur: CurColumns, rawTable: string): string {
  const columns = [
    ...costAndUsageColumnIds.map((id) => `${typed(id)} AS ${quoteName(id)}`),
    ...extensionColumns.map((name) => `${EXTENSIONS[name]} AS ${quoteName(name)}`),
    '"x_SourceFile"',
    '"x_SourceRow"',
  ];
  const divides = canSplit(cur);
  const added = [
    ...(divides ? [] : undividedColumns),
    `${regionIdSql} AS region_code`,
    `${serviceIndexSql} AS service`,
    ...cloudModelHelpers(bedrockText.text, bedrockText.isAi),
  ];
  const tables = [
    ...chargeTables(cur, rawTable),
    `priced AS NOT MATERIALIZED (${pricedSql('SELECT * FROM charges')})`,
    ...(divides ? splitAllocationSql(cur, rawTable) : []),
    `located AS NOT MATERIALIZED (SELECT *, ${added.join(', ')} FROM ${divides ? 'divided' : 'priced'})`,
  ];
  return `WITH ${tables.join(',\n')}
SELECT ${columns.join(',\n  ')}
FROM located`;
}

/** `BillPlan.contractCommitments`. */
export function contractCommitments(cur: CurColumns, rawTable: string): string {
  return `WITH ${chargeTables(cur, rawTable).join(',\n')} ${contractCommitmentsSql('charges')}`;
}

/** `BillPlan.unknownServices`: product codes. */
export function unknownServicesSql(cur: CurColumns, rawTable: string): string {
  return `SELECT product_code AS service, count(*) AS rows FROM (${deliveredSql(cur, rawTable, ['kind', 'product_code', 'product_name'])})
WHERE ${serviceIndexSql} IS NULL AND NOT COALESCE(${BEDROCK_EDITION}, false) AND NOT ${kindIn('plan_negation')}
GROUP BY 1`;
}

function chargeTables(cur: CurColumns, rawTable: string): string[] {
  return [
    `delivered AS NOT MATERIALIZED (${deliveredWithUnusedSql(cur, rawTable)})`,
    `charges AS NOT MATERIALIZED (${chargesSql('delivered', { hasPlans: cur.has('savings_plan_savings_plan_arn'), hasNetPlans: hasNetPlans(cur) })})`,
  ];
}

const NAME = `COALESCE(product_name, ${serviceNameSql}, product_code)`;
/** Models of other makers are sold through the Marketplace under codes of their own, and say so in their names. */
const BEDROCK_EDITION = `product_name LIKE '%(Amazon Bedrock Edition)'`;
const SERVICE_PROVIDER = `CASE WHEN marketplace THEN COALESCE(legal_entity, 'AWS Marketplace') ELSE 'AWS' END`;
const USED_OR_UNUSED = kindIn(...COMMITMENT_USED, ...COMMITMENT_UNUSED);
const COMMITMENT_IS_PLAN = kindIn(...PLAN_KINDS);
const SUB_ACCOUNT = 'account';

const FOCUS: Record<CostAndUsageColumnId, string> = {
  AllocatedMethodDetails: 'allocated_details',
  AllocatedMethodId: 'allocated_method',
  AllocatedResourceId: 'allocated_id',
  AllocatedResourceName: 'allocated_name',
  AllocatedTags: 'allocated_tags',
  AvailabilityZone: 'availability_zone',
  BilledCost: 'billed',
  BillingAccountId: 'payer',
  BillingAccountName: 'payer_name',
  BillingAccountType: `'Management Account'`,
  BillingCurrency: 'currency',
  BillingPeriodEnd: 'period_end',
  BillingPeriodStart: 'period_start',
  CapacityReservationId: capacityReservationIdSql,
  CapacityReservationStatus: capacityReservationStatusSql,
  ChargeCategory: 'charge_category',
  ChargeClass: 'charge_class',
  ChargeDescription: 'description',
  ChargeFrequency: 'charge_frequency',
  ChargePeriodEnd: 'charge_end',
  ChargePeriodStart: 'charge_start',
  CommitmentDiscountCategory: whenCommitted(`CASE WHEN ${isPlan()} THEN 'Spend' ELSE 'Usage' END`),
  CommitmentDiscountId: 'commitment_id',
  CommitmentDiscountName: 'NULL',
  CommitmentDiscountQuantity: commitmentQuantity().quantity,
  CommitmentDiscountStatus: 'commitment_status',
  CommitmentDiscountType: whenCommitted(`CASE WHEN ${isPlan()} THEN 'Savings Plan' ELSE 'Reserved Instance' END`),
  CommitmentDiscountUnit: commitmentQuantity().unit,
  ConsumedQuantity: `CASE WHEN ${consumed()} THEN pricing_quantity END`,
  ConsumedUnit: `CASE WHEN ${consumed()} THEN unit END`,
  ContractApplied: contractAppliedSql(commitmentQuantity().quantity, commitmentQuantity().unit, isPlan()),
  ContractedCost: contractedCostSql,
  ContractedUnitPrice: whenPriced('contracted_price'),
  EffectiveCost: 'effective',
  HostProviderName: `CASE WHEN ${kindIn('tax')} THEN NULL ELSE 'AWS' END`,
  InvoiceId: 'invoice_id',
  InvoiceIssuerName: `COALESCE(invoice_issuer, 'Amazon Web Services, Inc.')`,
  ListCost: listCostSql,
  ListUnitPrice: whenPriced('list_price'),
  PricingCategory: whenPriced(
    `CASE WHEN ${USED_OR_UNUSED} THEN 'Committed' WHEN contains(usage_type, 'SpotUsage') THEN 'Dynamic' ELSE 'Standard' END`,
  ),
  PricingCurrency: 'pricing_currency',
  PricingCurrencyContractedUnitPrice: whenPriced(`CASE WHEN ${PUBLIC_IS_FOREIGN} THEN NULL ELSE contracted_price END`),
  PricingCurrencyEffectiveCost: 'effective',
  PricingCurrencyListUnitPrice: whenPriced(
    `CASE WHEN ${PUBLIC_IS_FOREIGN} THEN ${foreignListPriceSql} ELSE list_price END`,
  ),
  PricingQuantity: whenPriced('pricing_quantity'),
  PricingUnit: whenPriced('unit'),
  ProviderName: `'AWS'`,
  PublisherName: `COALESCE(legal_entity, ${SERVICE_PROVIDER})`,
  RegionId: 'region_code',
  RegionName: `CASE region_code ${regionNameCases} ELSE COALESCE(CASE WHEN region_code IS NOT NULL THEN location END, region_code) END`,
  ResourceId: 'resource_id',
  ResourceName: `CASE WHEN resource_id IS NOT NULL AND resource_id = delivered_resource THEN resource_name END`,
  ResourceType: `CASE WHEN resource_id IS NULL THEN NULL WHEN resource_id = commitment_id THEN
    CASE WHEN ${isPlan()} THEN 'Savings Plan' ELSE 'Reserved Instance' END
    ELSE ${resourceTypeSql('resource_id', 'product_code')} END`,
  ServiceCategory: `CASE WHEN service IS NULL AND ${BEDROCK_EDITION} THEN 'AI and Machine Learning'
    ELSE COALESCE(${serviceCategorySql}, 'Other') END`,
  ServiceName: NAME,
  ServiceProviderName: SERVICE_PROVIDER,
  ServiceSubcategory: `CASE WHEN service IS NULL AND ${BEDROCK_EDITION} THEN 'Generative AI'
    ELSE COALESCE(${serviceSubcategorySql}, 'Other (Other)') END`,
  SkuId: `CASE WHEN ${kindIn('tax')} THEN NULL ELSE sku END`,
  SkuMeter: `CASE WHEN ${kindIn('tax')} OR sku IS NULL THEN NULL ELSE usage_type END`,
  SkuPriceDetails: whenPriced('sku_details'),
  SkuPriceId: whenPriced('sku_price'),
  SubAccountId: SUB_ACCOUNT,
  SubAccountName: `CASE WHEN ${SUB_ACCOUNT} IS NOT NULL THEN COALESCE(account_name, ${SUB_ACCOUNT}) END`,
  SubAccountType: `CASE WHEN ${SUB_ACCOUNT} = payer THEN 'Management Account' WHEN ${SUB_ACCOUNT} IS NOT NULL THEN 'Member Account' END`,
  Tags: 'tags',
};

const EXTENSIONS: Record<(typeof extensionColumns)[number], string> = {
  x_BillType: 'bill_type',
  x_CostCategories: 'cost_categories',
  x_CostRounded: 'cost_rounded',
  x_Discounts: 'discounts',
  x_IamPrincipal: 'iam_principal',
  x_InvoiceIssuerAssumed: 'CASE WHEN invoice_issuer IS NULL THEN true END',
  x_LineItemId: 'line_item_id',
  x_LineItemType: 'line_item_type',
  x_Operation: 'operation',
  x_PricingCurrencyEffectiveCostAssumed: `CASE WHEN ${PUBLIC_IS_FOREIGN} THEN true END`,
  x_ProductCode: 'product_code',
  x_ServiceCategoryUnmapped: `CASE WHEN service IS NULL AND NOT COALESCE(${BEDROCK_EDITION}, false) THEN true END`,
  x_ServiceCode: 'COALESCE(service_code, product_code)',
  x_SplitParentResourceId: `CASE WHEN ${kindIn('share')} THEN share_parent END`,
  x_UsageType: 'usage_type',
  ...cloudModelSql,
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

function isPlan(): string {
  return `(${COMMITMENT_IS_PLAN} OR (${kindIn('refund')} AND plan_id IS NOT NULL))`;
}

/** FOCUS: consumed is what was used of a service, so neither purchases nor what stayed unused. */
function consumed(): string {
  return `priced AND charge_category = 'Usage' AND NOT ${kindIn(...COMMITMENT_UNUSED)}`;
}

/**
 * Savings Plans are measured in money before discounts, what was paid upfront for the hours included, reservations in normalised hours, or in hours where
 * AWS does not normalise. Empty on refunds: how much of the commitment they take back is not said.
 */
function commitmentQuantity(): { quantity: string; unit: string } {
  const cases: [when: string, quantity: string, unit: string][] = [
    [kindIn('plan_usage'), 'plan_quantity', 'currency'],
    [kindIn('unused_plan'), 'plan_unused', 'currency'],
    [kindIn('plan_fee'), 'COALESCE(plan_total, plan_recurring, cost)', 'currency'],
    [kindIn('plan_upfront'), 'cost', 'currency'],
    ...reservationQuantity('reserved_usage', 'normalized_quantity', 'quantity'),
    ...reservationQuantity('unused_reservation', 'reservation_unused_normalized', 'reservation_unused_quantity'),
    ...reservationQuantity('reservation_fee', 'reservation_total_normalized', 'reservation_total'),
    ...reservationQuantity('reservation_upfront', 'reservation_total_normalized', 'reservation_total'),
  ];
  const pick = (value: (row: (typeof cases)[number]) => string) =>
    whenPriced(
      `CASE WHEN commitment_id IS NULL THEN NULL ${cases.map((row) => `WHEN ${row[0]} AND ${row[1]} IS NOT NULL THEN ${value(row)}`).join(' ')} END`,
    );
  return { quantity: pick((row) => row[1]), unit: pick((row) => row[2]) };
}

function reservationQuantity(
  kind: (typeof COMMITMENT_PURCHASES | typeof COMMITMENT_UNUSED | typeof COMMITMENT_USED)[number],
  normalized: string,
  plain: string,
): [string, string, string][] {
  return [
    [kindIn(kind), normalized, `'Normalized Hours'`],
    [kindIn(kind), plain, `COALESCE(unit, 'Hours')`],
  ];
}
