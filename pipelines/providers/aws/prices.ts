import { exactProductSql } from '@cloudact/core/focus';
import { quotientDigits, quotientSql, quotientStart } from '../exact-quotient.ts';
import { COMMITMENT_PURCHASES, COMMITMENT_UNUSED, kindIn, PRICED_KINDS } from './line-items.ts';

/**
 * Unit prices and the costs that follow from them, in layers over the charges. FOCUS 1.3 wants, to the last digit,
 * ListCost = ListUnitPrice × PricingQuantity and ContractedCost = ContractedUnitPrice × PricingQuantity, with prices
 * that are not negative. AWS rounds each column by itself, reports the highest tier's rate for tiered prices and
 * leaves free-tier rates out, so:
 *
 * - the delivered rate is the unit price where rate × amount is the delivered cost within AWS's own rounding;
 * - else the unit price is cost ÷ amount, exactly, rounded to 18 places;
 * - a line that gives money back has a negative quantity;
 * - where price, amount, unit or SKU price are not known, all of them are null: FOCUS ties them together.
 */
export function pricedSql(charges: string): string {
  return layers(charges, [
    kindColumns,
    sourceColumns,
    sameColumns,
    fitColumns,
    startColumns,
    digitColumns,
    priceColumns,
    costColumns,
  ]);
}

function layers(from: string, columns: readonly (readonly string[])[]): string {
  return columns.reduce((inner, added) => `SELECT *,\n  ${added.join(',\n  ')}\nFROM (${inner})`, from);
}

const HAS_PUBLIC_PRICE = '(COALESCE(public_cost, 0) <> 0 OR COALESCE(public_rate, 0) <> 0)';
/** AWS does not show the contracted rate of usage under a reservation: its unblended rate is 0. */
const CONTRACTED_IS_PUBLIC = kindIn('reserved_usage');
/** AWS publishes the price in another currency than it bills, and gives no exchange rate. */
export const PUBLIC_IS_FOREIGN = 'public_is_foreign';
const FOREIGN = 'pricing_currency <> currency';
/** Lines whose list price, where AWS publishes none in the billing currency, is what was paid. */
const PAID_IS_LIST = 'paid_is_list';
/** Only what is rarer than usage is looked at closely. */
const paidIsListSql = `CASE WHEN ${kindIn('usage')} THEN ${FOREIGN} ELSE ${kindIn('share')}
      OR (${kindIn(...COMMITMENT_PURCHASES, ...COMMITMENT_UNUSED, 'fee', 'refund')} AND NOT ${HAS_PUBLIC_PRICE})
      OR (${FOREIGN} AND NOT ${CONTRACTED_IS_PUBLIC}) END`;

/** A published amount, where it is in the billing currency. */
const billed = (amount: string) => `CASE WHEN ${PUBLIC_IS_FOREIGN} THEN NULL ELSE ${amount} END`;

const kindColumns = [`${FOREIGN} AS ${PUBLIC_IS_FOREIGN}`, `${paidIsListSql} AS ${PAID_IS_LIST}`];

const sourceColumns = [
  ...['', '_approximate'].flatMap((kind) => [
    `CASE WHEN ${PAID_IS_LIST} THEN cost${kind} ELSE ${billed(`public_cost${kind}`)} END AS list_cost${kind}`,
    `CASE WHEN ${PAID_IS_LIST} THEN rate${kind} ELSE ${billed(`public_rate${kind}`)} END AS list_rate${kind}`,
    `CASE WHEN ${CONTRACTED_IS_PUBLIC} THEN ${billed(`public_cost${kind}`)} ELSE cost${kind} END AS contracted_cost${kind}`,
    `CASE WHEN ${CONTRACTED_IS_PUBLIC} THEN ${billed(`public_rate${kind}`)} ELSE rate${kind} END AS contracted_rate${kind}`,
  ]),
  `CASE WHEN ${PAID_IS_LIST} THEN rate_short ELSE ${billed('public_rate_short')} END AS list_rate_short`,
  `CASE WHEN ${CONTRACTED_IS_PUBLIC} THEN ${billed('public_rate_short')} ELSE rate_short END AS contracted_rate_short`,
];

/** What is paid is mostly what is published: then nothing is computed twice. */
const sameColumns = [
  `COALESCE(list_rate = contracted_rate AND list_cost = contracted_cost, false) AS same`,
  `${fitsSql('list')} AS list_fits`,
];

const fitColumns = [`CASE WHEN same THEN list_fits ELSE ${fitsSql('contracted')} END AS contracted_fits`];

const startColumns = [
  ...quotientStart('list', 'list_cost', 'quantity', 'NOT list_fits'),
  ...quotientStart('contracted', 'contracted_cost', 'quantity', 'NOT same AND NOT contracted_fits'),
];

const digitColumns = [...quotientDigits('list'), ...quotientDigits('contracted')];

const priceColumns = [
  `CASE WHEN list_fits THEN abs(list_rate) ELSE ${quotientSql('list')} END AS list_price`,
  `CASE WHEN contracted_fits THEN abs(contracted_rate) WHEN same THEN ${quotientSql('list')} ELSE ${quotientSql('contracted')} END AS contracted_price`,
  `CASE WHEN ${kindIn(...COMMITMENT_UNUSED)} THEN 0
    WHEN COALESCE(nullif(contracted_cost, 0), nullif(list_cost, 0), quantity) < 0 THEN -abs(quantity)
    ELSE abs(quantity) END AS pricing_quantity`,
];

const costColumns = [
  `${kindIn(...PRICED_KINDS)} AND sku IS NOT NULL AND sku_price IS NOT NULL AND unit IS NOT NULL AND list_price IS NOT NULL
      AND contracted_price IS NOT NULL AND pricing_quantity IS NOT NULL AS priced`,
  `${productSql('list')} AS list_product`,
];

/**
 * Rate × amount is the cost: within one unit of AWS's tenth decimal place, for the amount's rounding times the rate,
 * or one part in 10^12 of large costs. DOUBLE decides here, and gives no digit to any value.
 */
function fitsSql(which: 'list' | 'contracted' | 'public'): string {
  const [rate, cost] = [`abs(${which}_rate_approximate)`, `abs(${which}_cost_approximate)`];
  const product = `abs(quantity_approximate) * ${rate}`;
  return `COALESCE(CASE WHEN ${which}_cost IS NULL THEN ${product} < 1e19
    ELSE abs(${product} - ${cost}) <= 1e-9 * greatest(1, ${rate}) + 1e-12 * ${cost} END, false)`;
}

/**
 * The list price in the pricing currency where that is not the billing currency: AWS's published rate, where it makes
 * AWS's published cost. Null where AWS publishes none; 0 is what it writes for that.
 */
export const foreignListPriceSql = `CASE WHEN ${HAS_PUBLIC_PRICE} AND ${fitsSql('public')} THEN abs(public_rate) END`;

/** A line without a price costs what is billed, as FOCUS asks; a discount takes nothing off the list. */
export const listCostSql = `CASE WHEN priced THEN list_product WHEN ${kindIn('discount')} THEN 0 ELSE billed END`;

export const contractedCostSql = `CASE WHEN NOT priced THEN billed WHEN contracted_price = list_price THEN list_product
    ELSE ${productSql('contracted')} END`;

/**
 * Unit price × PricingQuantity, exactly, rounded half away from zero to 18 places. A delivered rate and amount of at
 * most ten places each are multiplied as they are; everything else goes the long way.
 */
function productSql(which: 'list' | 'contracted'): string {
  const short = shortProductSql(`${which}_rate_short`, 'quantity_short');
  return `CASE WHEN ${which}_price = 0 OR pricing_quantity = 0 THEN 0
    WHEN ${which}_fits AND ${which}_rate_short IS NOT NULL AND quantity_short IS NOT NULL
      THEN CASE WHEN pricing_quantity < 0 THEN -${short} ELSE ${short} END
    ELSE ${exactProductSql(`${which}_price`, 'pricing_quantity')} END`;
}

/** Rounding 128 bits is the dear part, and nearly always one of the two has no more than eight places. */
function shortProductSql(rate: string, amount: string): string {
  const eight = (number: string) => `CAST(${number} AS DECIMAL(18,8))`;
  return `CASE WHEN ${eight(rate)} = ${rate} THEN CAST(abs(${eight(rate)} * ${amount}) AS DECIMAL(38,18))
    WHEN ${eight(amount)} = ${amount} THEN CAST(abs(${rate} * ${eight(amount)}) AS DECIMAL(38,18))
    ELSE CAST(ROUND(abs(${rate} * ${amount}), 18) AS DECIMAL(38,18)) END`;
}
