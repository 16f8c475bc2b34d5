import { exactProductSql, serviceCategories } from '@cloudact/core/focus';
import { awsSteps } from './aws.ts';
import { azureSteps } from './azure.ts';
import {
  billingAccountTypeSql,
  hostProviderNameSql,
  invoiceIssuerNameSql,
  providerSql,
  serviceProviderNameSql,
  subAccountTypeSql,
} from './entities.ts';
import { googleSteps } from './google.ts';
import { localMonthSql } from './local-months.ts';
import { oracleSteps } from './oracle.ts';
import { literal, upperCurrencySql } from './readers.ts';
import { resourceTypeSql } from './resource-type.ts';
import { otherSubcategorySql, serviceCategorySql, serviceSubcategorySql } from './services.ts';
import type { Extension, UpgradeRule, UpgradeStep } from './step.ts';

/**
 * The rules from FOCUS 1.0-preview, 1.0, 1.1 and 1.2 to 1.3, in steps: the rules of a step see the results of the steps
 * before. What the file says stands; a rule fills what is missing, where FOCUS or the provider defines it. The
 * exceptions, all told in the notes: renamed values of 1.0-preview, products of price and quantity that the provider
 * rounded, price columns that FOCUS 1.3 forbids where there is no SkuPriceId, and what a provider's export is known to
 * say wrongly (a file for each provider).
 */
export function upgradeSteps(extension: Extension): readonly UpgradeStep[] {
  const localMonth = localMonthSql('BillingPeriodStart', 'BillingPeriodEnd');
  const ofLocalMonth = `CASE WHEN ${localMonthSql('delivered_BillingPeriodStart', 'delivered_BillingPeriodEnd')} IS NOT NULL
    THEN 'the month of a time zone east of UTC' END`;
  const chargeSubcategory = `lower(trim(${extension('x_ChargeSubcategory')}))`;
  return [
    {
      rules: [
        {
          column: 'ChargeCategory',
          sql: `CASE WHEN ${chargeSubcategory} = 'refund' THEN 'Purchase' WHEN ${chargeSubcategory} = 'credit' THEN 'Credit'
          WHEN lower(ChargeCategory) = 'error' THEN 'Usage' ELSE ChargeCategory END`,
        },
        {
          column: 'ChargeClass',
          sql: `CASE WHEN ${chargeSubcategory} = 'refund' THEN COALESCE(ChargeClass, 'Correction') ELSE ChargeClass END`,
          note: literal('from ChargeSubcategory'),
        },
        {
          column: 'CommitmentDiscountStatus',
          sql: `COALESCE(CommitmentDiscountStatus, CASE ${chargeSubcategory}
          WHEN 'used commitment' THEN 'Used' WHEN 'unused commitment' THEN 'Unused' END)`,
          note: literal('from ChargeSubcategory'),
        },
        {
          column: 'ProviderName',
          sql: 'COALESCE(ProviderName, ServiceProviderName, PublisherName)',
          note: `CASE WHEN delivered_ServiceProviderName IS NULL THEN 'assumed: PublisherName' ELSE 'from ServiceProviderName' END`,
        },
        {
          column: 'PublisherName',
          sql: 'COALESCE(PublisherName, ServiceProviderName, ProviderName)',
          note: `CASE WHEN delivered_ServiceProviderName IS NULL THEN 'assumed: ProviderName' ELSE 'from ServiceProviderName' END`,
        },
        {
          column: 'BillingPeriodStart',
          sql: `CASE WHEN BillingPeriodStart_blank THEN date_trunc('month', ChargePeriodStart) ELSE COALESCE(${localMonth}, BillingPeriodStart) END`,
          note: literal('from ChargePeriodStart'),
          change: ofLocalMonth,
        },
        {
          column: 'BillingPeriodEnd',
          sql: `CASE WHEN BillingPeriodEnd_blank THEN date_trunc('month', COALESCE(BillingPeriodStart, ChargePeriodStart)) + INTERVAL 1 MONTH
            ELSE COALESCE(${localMonth} + INTERVAL 1 MONTH, BillingPeriodEnd) END`,
          note: literal('from the start'),
          change: ofLocalMonth,
        },
        {
          column: 'RegionId',
          sql: `COALESCE(RegionId, CASE WHEN regexp_full_match(RegionName, '[a-z]{2,}(-[a-z]+)+-\\d+') THEN RegionName END)`,
          note: literal('from RegionName'),
        },
        {
          column: 'PricingCurrency',
          sql: upperCurrencySql(`COALESCE(PricingCurrency, ${extension('x_PricingCurrency')}, BillingCurrency)`),
        },
        { column: 'BillingCurrency', sql: upperCurrencySql('BillingCurrency') },
      ],
    },
    { rules: [], helpers: { provider: providerSql('ProviderName'), publisher: providerSql('PublisherName') } },
    ...awsSteps,
    ...azureSteps(extension),
    ...googleSteps(extension),
    ...oracleSteps,
    {
      rules: [
        { column: 'ServiceProviderName', sql: serviceProviderNameSql },
        {
          // Azure leaves it empty on marketplace charges, and on purchases and rounding, where the meter is the service.
          column: 'ServiceName',
          sql: `COALESCE(ServiceName, CASE WHEN ${serviceProviderNameSql} <> ProviderName THEN PublisherName END,
            ${extension('x_SkuMeterSubcategory')}, ${extension('x_SkuMeterCategory')})`,
          note: literal('from the meter or the publisher'),
        },
      ],
    },
    {
      rules: [
        { column: 'HostProviderName', sql: hostProviderNameSql },
        {
          column: 'InvoiceIssuerName',
          sql: `COALESCE(InvoiceIssuerName, ${invoiceIssuerNameSql})`,
          note: literal('assumed for this provider'),
        },
        {
          column: 'BillingAccountType',
          sql: `COALESCE(BillingAccountType, CASE WHEN BillingAccountId IS NOT NULL THEN ${billingAccountTypeSql} END)`,
        },
        {
          column: 'SubAccountType',
          sql: `COALESCE(SubAccountType, CASE WHEN SubAccountId IS NOT NULL THEN ${subAccountTypeSql} END)`,
        },
        {
          column: 'ServiceCategory',
          sql: `COALESCE(ServiceCategory, CASE WHEN ServiceName IS NOT NULL THEN COALESCE(${serviceCategorySql('ServiceName')}, 'Other') END)`,
          note: `CASE ServiceCategory WHEN 'Other' THEN 'assumed' ELSE 'from ServiceName' END`,
        },
        {
          column: 'ChargeFrequency',
          sql: `COALESCE(ChargeFrequency, CASE WHEN ChargeCategory = 'Usage' THEN 'Usage-Based' WHEN ChargeCategory IS NOT NULL THEN 'One-Time' END)`,
          note: literal('assumed from ChargeCategory'),
        },
        {
          column: 'ResourceType',
          sql: `COALESCE(ResourceType, ${resourceTypeSql()})`,
          note: literal('from ResourceId'),
        },
        {
          column: 'SkuMeter',
          sql: `COALESCE(SkuMeter, CASE WHEN SkuId IS NOT NULL THEN COALESCE(${extension('x_SkuMeterName')}, ${extension('x_UsageType')}) END)`,
        },
        ...PRICE_COLUMNS.map((column) => ({
          column,
          sql: `CASE WHEN SkuPriceId IS NULL AND NOT ${NORMAL_USAGE_OR_PURCHASE} THEN NULL ELSE ${column} END`,
        })),
      ],
    },
    { rules: [], helpers: products },
    {
      rules: [
        {
          column: 'ServiceSubcategory',
          sql: `COALESCE(ServiceSubcategory, ${serviceSubcategorySql('ServiceName', 'ServiceCategory')},
          CASE WHEN ServiceCategory IN (${serviceCategories.map(literal).join(', ')}) THEN ${otherSubcategorySql('ServiceCategory')} END)`,
          note: `CASE WHEN starts_with(ServiceSubcategory, 'Other (') THEN 'assumed' END`,
        },
        costRule('ListCost', 'ListUnitPrice'),
        costRule('ContractedCost', 'ContractedUnitPrice'),
        {
          column: 'CommitmentDiscountQuantity',
          sql: `COALESCE(CommitmentDiscountQuantity, CASE WHEN ${COMMITTED_USAGE} THEN CASE CommitmentDiscountCategory
          WHEN 'Spend' THEN EffectiveCost WHEN 'Usage' THEN ConsumedQuantity END END)`,
          note: `CASE CommitmentDiscountCategory WHEN 'Spend' THEN 'from EffectiveCost' ELSE 'from ConsumedQuantity' END`,
        },
        {
          column: 'CommitmentDiscountUnit',
          sql: `COALESCE(CommitmentDiscountUnit, CASE WHEN ${COMMITTED_USAGE} AND CommitmentDiscountQuantity IS NULL
          THEN CASE CommitmentDiscountCategory WHEN 'Spend' THEN BillingCurrency
            WHEN 'Usage' THEN CASE WHEN ConsumedQuantity IS NOT NULL THEN ConsumedUnit END END END)`,
        },
        {
          column: 'PricingCurrencyEffectiveCost',
          sql: 'COALESCE(PricingCurrencyEffectiveCost, EffectiveCost)',
          note: `CASE WHEN PricingCurrency <> BillingCurrency THEN 'assumed: EffectiveCost in BillingCurrency' END`,
        },
        ...['ListUnitPrice', 'ContractedUnitPrice'].map((column) => ({
          column: `PricingCurrency${column}`,
          sql: `COALESCE(PricingCurrency${column}, CASE WHEN PricingCurrency = BillingCurrency AND SkuPriceId IS NOT NULL THEN ${column} END)`,
        })),
      ],
    },
  ];
}

/** SQL condition: FOCUS's null rules for prices hold in full. */
export const NORMAL_USAGE_OR_PURCHASE = `(ChargeCategory IN ('Usage', 'Purchase') AND COALESCE(ChargeClass <> 'Correction', true))`;

/** Null without SkuPriceId since FOCUS 1.3. On normal usage and purchases a missing SkuPriceId is the file's own fault. */
const PRICE_COLUMNS = [
  'ListUnitPrice',
  'ContractedUnitPrice',
  'PricingQuantity',
  'PricingUnit',
  'PricingCategory',
  'SkuPriceDetails',
];

const COMMITTED_USAGE = `(ChargeCategory = 'Usage' AND CommitmentDiscountId IS NOT NULL AND SkuPriceId IS NOT NULL)`;

/**
 * ListCost and ContractedCost: unit price × PricingQuantity. A delivered cost stands, unless it is that product as
 * the provider rounded it. A missing cost without a unit price is BilledCost (FOCUS: "MUST match the BilledCost"),
 * except for taxes, whose costs rest on other charges.
 */
function costRule(
  column: 'ListCost' | 'ContractedCost',
  unitPrice: 'ListUnitPrice' | 'ContractedUnitPrice',
): UpgradeRule {
  const product = `${column}_product`;
  // Asked only where the cheap first question, the cost's own last place, is answered with no.
  const tolerance = [
    `${column}_step`,
    `COALESCE(TRY(${exactProductSql(`abs(${unitPrice})`, 'PricingQuantity_step')}), 0)`,
    `COALESCE(TRY(${exactProductSql(`abs(${column})`, DOUBLE_PRECISION)}), 0)`,
  ].join(' + ');
  return {
    column,
    sql: `CASE
      WHEN ${column} IS NULL THEN COALESCE(${product}, CASE WHEN ${unitPrice} IS NULL AND ChargeCategory <> 'Tax' THEN BilledCost END)
      WHEN ${product} IS NULL OR ${column} = ${product} THEN ${column}
      WHEN abs(${column} - ${product}) <= ${column}_step THEN ${product}
      WHEN abs(${column} - ${product}) <= ${tolerance} THEN ${product}
      ELSE ${column} END`,
    note: `CASE WHEN ${unitPrice} IS NULL THEN 'from BilledCost' ELSE 'from ${unitPrice} × PricingQuantity' END`,
  };
}

/** Written out once, in a step of its own: an exact product is the dearest expression here. */
const products = {
  ListCost_product: `TRY(${exactProductSql('ListUnitPrice', 'PricingQuantity')})`,
  ContractedCost_product: `TRY(${exactProductSql('ContractedUnitPrice', 'PricingQuantity')})`,
};

/** A product of two doubles, written in its shortest form, is this exact relative to itself. */
const DOUBLE_PRECISION = '0.000000000000001';

/** Aggregates, one row per ProviderName, that say how finely a file writes the three columns. */
export const roundingSql = ['ListCost', 'ContractedCost', 'PricingQuantity']
  .map((column) => `${stepSql(column)} AS ${column}_step`)
  .join(',\n    ');

/**
 * One unit of the last decimal place that is in use, trailing zeros left out: what rounding and cutting off may cost.
 * 0 where fewer than six places are in use: a whole cent is money, not rounding.
 */
function stepSql(column: string): string {
  const steps = Array.from({ length: 19 }, (_, places) => (places < 6 ? '0' : `0.${'0'.repeat(places - 1)}1`));
  const places = `length(rtrim(split_part(CAST(${column} AS VARCHAR), '.', 2), '0'))`;
  return `CAST([${steps.map(literal).join(', ')}] AS DECIMAL(38,18)[])[COALESCE(max(${places}), 0) + 1]`;
}
