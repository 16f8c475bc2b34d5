import { exactProductSql } from '@cloudact/core/focus';
import { quotientDigits, quotientSql, quotientStart } from '../../providers/exact-quotient.ts';
import { keyValueEntriesSql, keyValuesSql, keyValueTextSql } from './key-values.ts';
import { decimalSql, literal } from './readers.ts';
import { type Extension, ruleFor, type UpgradeRule, type UpgradeStep } from './step.ts';

/**
 * What Microsoft's FOCUS exports (1.0, 1.0r2, 1.2-preview) say differently from FOCUS: 0 where a price is unknown, costs
 * on both sides of a commitment, quantities divided by the block size twice, and details that stand in x_SkuDetails.
 */
export function azureSteps(extension: Extension): readonly UpgradeStep[] {
  return [
    {
      rules: [],
      helpers: {
        azure_text: `CASE WHEN provider = 'microsoft' THEN ${extension('x_SkuDetails')} END`,
        azure_rate: `CASE WHEN provider = 'microsoft' AND PricingCurrency <> BillingCurrency THEN ${decimalSql(extension('x_BillingExchangeRate'))} END`,
        azure_block: `CASE WHEN provider = 'microsoft' THEN COALESCE(${decimalSql(extension('x_PricingBlockSize'))}, ${BLOCK_OF_QUANTITIES}) END`,
      },
    },
    {
      rules: [],
      helpers: {
        azure_details: `CASE WHEN azure_text IS NOT NULL THEN ${keyValuesSql('azure_text')} END`,
        azure_divided_twice: `COALESCE(azure_block > 1 AND ChargeCategory = 'Usage' AND CommitmentDiscountId IS NULL AND BilledCost <> 0
          AND ConsumedQuantity <> PricingQuantity
          AND (${isCostOfConsumed('ListUnitPrice')} OR ${isCostOfConsumed('ContractedUnitPrice')}), false)`,
      },
    },
    {
      rules: [
        {
          column: 'PricingQuantity',
          sql: 'CASE WHEN azure_divided_twice THEN ConsumedQuantity ELSE PricingQuantity END',
        },
        {
          column: 'ConsumedQuantity',
          sql: `CASE WHEN azure_divided_twice THEN COALESCE(TRY(${exactProductSql('ConsumedQuantity', 'azure_block')}), ConsumedQuantity) ELSE ConsumedQuantity END`,
        },
        { column: 'EffectiveCost', sql: `CASE WHEN ${COMMITMENT_PURCHASE} THEN 0 ELSE EffectiveCost END` },
        {
          column: 'ChargeFrequency',
          sql: `CASE WHEN ${COMMITMENT_PURCHASE} AND ChargeFrequency = 'Usage-Based' THEN 'Recurring' ELSE ChargeFrequency END`,
        },
        {
          column: 'PublisherName',
          sql: `CASE WHEN PublisherName = 'Microsoft Corporation' THEN 'Microsoft' ELSE PublisherName END`,
        },
        { column: 'ResourceId', sql: 'lower(ResourceId)' },
        { column: 'CommitmentDiscountId', sql: 'lower(CommitmentDiscountId)' },
        {
          column: 'CapacityReservationId',
          sql: `COALESCE(CapacityReservationId, lower(${detail('VMCapacityReservationId')}))`,
          note: literal('from x_SkuDetails'),
        },
        {
          column: 'SkuPriceDetails',
          sql: `COALESCE(SkuPriceDetails, CASE WHEN SkuPriceId IS NOT NULL THEN ${prefixedDetails} END)`,
          note: literal('from x_SkuDetails'),
        },
        ...['ListUnitPrice', 'ContractedUnitPrice'].map((column) => ({
          column,
          sql: `CASE WHEN ${column} = 0 AND ${COSTS} THEN NULL ELSE ${column} END`,
        })),
      ].map(ofAzure),
    },
    {
      rules: [
        {
          column: 'ContractedCost',
          sql: `CASE WHEN azure_divided_twice OR (ContractedCost = 0 AND ${COSTS})
            THEN COALESCE(NULLIF(TRY(${exactProductSql('ContractedUnitPrice', 'PricingQuantity')}), 0), NULLIF(EffectiveCost, 0), BilledCost)
            ELSE ContractedCost END`,
        },
        {
          column: 'CapacityReservationStatus',
          sql: `COALESCE(CapacityReservationStatus, CASE WHEN CapacityReservationId IS NOT NULL AND ChargeCategory = 'Usage'
            THEN CASE WHEN contains(ResourceId, '/capacityreservations/') THEN 'Unused' ELSE 'Used' END END)`,
          note: literal('from ResourceId'),
        },
      ].map(ofAzure),
    },
    {
      rules: [
        {
          column: 'ListCost',
          sql: `CASE WHEN ListCost = 0 AND ${COSTS}
            THEN COALESCE(NULLIF(TRY(${exactProductSql('ListUnitPrice', 'PricingQuantity')}), 0), ContractedCost) ELSE ListCost END`,
        },
      ].map(ofAzure),
    },
    ...pricesOfCosts(),
    {
      rules: [],
      columns: inPricingCurrency.flatMap((column) =>
        quotientStart(`azure_${column}`, column, 'azure_rate', 'azure_rate > 0'),
      ),
    },
    { rules: [], columns: inPricingCurrency.flatMap((column) => quotientDigits(`azure_${column}`)) },
    {
      rules: [
        {
          column: 'PricingCurrencyEffectiveCost',
          sql: `COALESCE(PricingCurrencyEffectiveCost, ${effectiveCostInUsd(extension)}, ${quotient('EffectiveCost')})`,
          note: `CASE WHEN PricingCurrency <> BillingCurrency THEN CASE
            WHEN ${effectiveCostInUsd(extension)} IS NOT NULL THEN 'from x_EffectiveCostInUsd'
            WHEN azure_rate > 0 THEN 'from EffectiveCost ÷ x_BillingExchangeRate' END END`,
        },
        ...['ListUnitPrice', 'ContractedUnitPrice'].map((column) => ({
          column: `PricingCurrency${column}`,
          sql: `COALESCE(PricingCurrency${column}, CASE WHEN SkuPriceId IS NOT NULL THEN ${quotient(column)} END)`,
          note: `CASE WHEN azure_rate > 0 THEN 'from ${column} ÷ x_BillingExchangeRate' END`,
        })),
      ].map(ofAzure),
    },
    {
      rules: [
        {
          column: 'CommitmentDiscountQuantity',
          sql: `COALESCE(CommitmentDiscountQuantity, CASE WHEN ${COMMITTED_USAGE} THEN CASE CommitmentDiscountCategory
            WHEN 'Usage' THEN TRY(${exactProductSql('COALESCE(ConsumedQuantity, PricingQuantity)', RATIO)})
            WHEN 'Spend' THEN CASE WHEN PricingCurrency <> BillingCurrency THEN PricingCurrencyEffectiveCost END END END)`,
          note: `CASE WHEN CommitmentDiscountCategory = 'Usage' AND ${RATIO} IS NOT NULL THEN 'from the quantity × RINormalizationRatio'
            WHEN CommitmentDiscountCategory = 'Spend' AND PricingCurrency <> BillingCurrency AND CommitmentDiscountUnit = PricingCurrency
            THEN 'from PricingCurrencyEffectiveCost' END`,
        },
        {
          column: 'CommitmentDiscountUnit',
          sql: `COALESCE(CommitmentDiscountUnit, CASE WHEN ${COMMITTED_USAGE} AND CommitmentDiscountQuantity IS NULL THEN CASE CommitmentDiscountCategory
            WHEN 'Usage' THEN CASE WHEN ${RATIO} = 1 THEN ${UNIT} WHEN ${RATIO} IS NOT NULL THEN 'Normalized ' || ${UNIT} END
            WHEN 'Spend' THEN CASE WHEN PricingCurrency <> BillingCurrency AND PricingCurrencyEffectiveCost IS NOT NULL THEN PricingCurrency END END END)`,
        },
      ].map(ofAzure),
    },
  ];
}

/** Where a unit price is unknown and FOCUS wants one: the cost by PricingQuantity, where their product is that cost again. */
function pricesOfCosts(): UpgradeStep[] {
  const prices = [
    { price: 'ListUnitPrice', cost: 'ListCost', name: 'azure_list' },
    { price: 'ContractedUnitPrice', cost: 'ContractedCost', name: 'azure_contracted' },
  ];
  return [
    {
      rules: [],
      columns: prices.flatMap(({ price, cost, name }) => quotientStart(name, cost, 'PricingQuantity', unknown(price))),
    },
    { rules: [], columns: prices.flatMap(({ name }) => quotientDigits(name)) },
    { rules: [], columns: prices.map(({ name }) => `${quotientSql(name)} AS ${name}_price`) },
    {
      rules: [],
      columns: prices.map(
        ({ name }) => `TRY(${exactProductSql(`${name}_price`, 'PricingQuantity')}) AS ${name}_product`,
      ),
    },
    {
      rules: prices.map(({ price, cost, name }) =>
        ofAzure({
          column: price,
          sql: `COALESCE(${price}, CASE WHEN ${name}_product = ${cost} THEN ${name}_price END)`,
          change: `CASE WHEN ${name}_product = ${cost} THEN 'assumed: ${cost} ÷ PricingQuantity' END`,
        }),
      ),
    },
  ];
}

function unknown(price: string): string {
  return `provider = 'microsoft' AND ${price} IS NULL AND delivered_${price} = 0 AND SkuPriceId IS NOT NULL`;
}

function ofAzure(rule: UpgradeRule): UpgradeRule {
  return ruleFor('microsoft', rule);
}

/** Microsoft bills the purchase, and amortises it on the usage: as an effective cost it would count twice. */
const COMMITMENT_PURCHASE = `(ChargeCategory = 'Purchase' AND CommitmentDiscountId IS NOT NULL)`;

const COMMITTED_USAGE = `(ChargeCategory = 'Usage' AND CommitmentDiscountId IS NOT NULL AND SkuPriceId IS NOT NULL)`;

/** The row has a cost, so that a price of 0 is one that Microsoft does not know. */
const COSTS = '(BilledCost <> 0 OR EffectiveCost <> 0)';

const RATIO = decimalSql(detail('RINormalizationRatio'));
const UNIT = 'COALESCE(ConsumedUnit, PricingUnit)';

function detail(key: string): string {
  return `json_extract_string(azure_details, '$.${key}')`;
}

/** FOCUS asks for `x_` before keys that it does not define. */
const prefixedDetails = keyValueTextSql(
  `list_transform(${keyValueEntriesSql('azure_details')}, lambda d: {'k': 'x_' || d.k, 'v': d.v})`,
);

/** What x_BillingExchangeRate, by which Microsoft multiplied the pricing currency, leads back to it. */
const inPricingCurrency = ['EffectiveCost', 'ListUnitPrice', 'ContractedUnitPrice'];

/** The quotient is that of the absolute values. */
function quotient(column: string): string {
  return `(CASE WHEN ${column} < 0 THEN -1 ELSE 1 END * ${quotientSql(`azure_${column}`)})`;
}

function effectiveCostInUsd(extension: Extension): string {
  return `CASE WHEN PricingCurrency <> BillingCurrency AND PricingCurrency = 'USD' AND ${extension('x_EffectiveCostInUsd')} IS NOT NULL
    THEN CASE WHEN EffectiveCost = 0 THEN 0 ELSE ${decimalSql(extension('x_EffectiveCostInUsd'))} END END`;
}

/** Price × ConsumedQuantity is BilledCost, to a thousandth: the quantity was in blocks before it was divided. */
function isCostOfConsumed(price: string): string {
  return `COALESCE(${price} <> 0 AND TRY(1000 * abs(${exactProductSql(price, 'ConsumedQuantity')} - BilledCost)) < abs(BilledCost), false)`;
}

/** The power of ten between the two quantities, as exactly as the file writes PricingQuantity. */
const BLOCK_OF_QUANTITIES = `CASE ${Array.from({ length: 9 }, (_, power) => `1${'0'.repeat(power + 1)}`)
  .map(
    (block) =>
      `WHEN TRY(abs(PricingQuantity * ${block} - ConsumedQuantity)) <= PricingQuantity_step * ${block} THEN ${block}`,
  )
  .join(' ')} END`;
