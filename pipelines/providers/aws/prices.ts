import { exactProductSql } from '@cloudact/core/focus';
import { quotientDigits, quotientSql, quotientStart } from './exact-quotient.ts';
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
  return layer(priceColumns, layer(digitColumns, layer(startColumns, layer(sourceColumns, charges))));
}

function layer(columns: readonly string[], from: string): string {
  return `SELECT *,\n  ${columns.join(',\n  ')}\nFROM (${from})`;
}

const HAS_PUBLIC_PRICE = '(COALESCE(public_cost, 0) <> 0 OR COALESCE(public_rate, 0) <> 0)';
/** Lines whose list price, where AWS publishes none, is what was paid: fees and refunds. */
const PAID_IS_LIST = `(${kindIn(...COMMITMENT_PURCHASES, ...COMMITMENT_UNUSED, 'fee', 'refund')} AND NOT ${HAS_PUBLIC_PRICE})`;
/** AWS does not show the contracted rate of usage under a reservation: its unblended rate is 0. */
const CONTRACTED_IS_PUBLIC = kindIn('reserved_usage');

const sourceColumns = [
  `CASE WHEN ${PAID_IS_LIST} THEN cost ELSE public_cost END AS list_cost`,
  `CASE WHEN ${PAID_IS_LIST} THEN rate ELSE public_rate END AS list_rate`,
  `CASE WHEN ${CONTRACTED_IS_PUBLIC} THEN public_cost ELSE cost END AS contracted_cost`,
  `CASE WHEN ${CONTRACTED_IS_PUBLIC} THEN public_rate ELSE rate END AS contracted_rate`,
];

const startColumns = [
  `${fitsSql('list')} AS list_fits`,
  `${fitsSql('contracted')} AS contracted_fits`,
  ...quotientStart('list', 'list_cost', 'quantity', `NOT COALESCE(${fitsSql('list')}, false)`),
  ...quotientStart('contracted', 'contracted_cost', 'quantity', `NOT COALESCE(${fitsSql('contracted')}, false)`),
];

const digitColumns = [...quotientDigits('list'), ...quotientDigits('contracted')];

const priceColumns = [
  `CASE WHEN list_fits THEN abs(list_rate) ELSE ${quotientSql('list')} END AS list_price`,
  `CASE WHEN contracted_fits THEN abs(contracted_rate) ELSE ${quotientSql('contracted')} END AS contracted_price`,
  `CASE WHEN ${kindIn(...COMMITMENT_UNUSED)} THEN 0 ELSE abs(quantity) * CASE
      WHEN contracted_cost <> 0 THEN sign(contracted_cost) WHEN list_cost <> 0 THEN sign(list_cost)
      ELSE sign(quantity) END END AS pricing_quantity`,
  `${kindIn(...PRICED_KINDS)} AND sku IS NOT NULL AND sku_price IS NOT NULL AND unit IS NOT NULL AND list_price IS NOT NULL
      AND contracted_price IS NOT NULL AND pricing_quantity IS NOT NULL AS priced`,
];

/**
 * Rate × amount is the cost: within one unit of AWS's tenth decimal place, for the amount's rounding times the rate,
 * or one part in 10^12 of large costs. DOUBLE decides here, and gives no digit to any value.
 */
function fitsSql(which: 'list' | 'contracted'): string {
  const [rate, cost] = [`abs(${which}_rate::DOUBLE)`, `abs(${which}_cost::DOUBLE)`];
  const product = `abs(quantity::DOUBLE) * ${rate}`;
  return `CASE WHEN ${which}_cost IS NULL THEN ${product} < 1e19
    ELSE abs(${product} - ${cost}) <= 1e-9 * greatest(1, ${rate}) + 1e-12 * ${cost} END`;
}

export const listCostSql = costSql('list_price', `WHEN ${kindIn('discount')} THEN 0`);
export const contractedCostSql = costSql('contracted_price', '');

/** A line without a price costs what is billed, as FOCUS asks; a discount takes nothing off the list. */
function costSql(price: string, otherwise: string): string {
  return `CASE WHEN priced THEN ${exactProductSql(price, 'pricing_quantity')} ${otherwise} ELSE billed END`;
}
