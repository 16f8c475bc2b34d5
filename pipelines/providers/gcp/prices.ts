import { exactProductSql } from '@cloudact/core/focus';
import { quotientDigits, quotientSql, quotientStart } from '../exact-quotient.ts';
import { kindIn } from './lines.ts';

/**
 * Unit prices of the lines, in layers. FOCUS 1.3 wants, to the last digit, ListCost = ListUnitPrice × PricingQuantity
 * and ContractedCost = ContractedUnitPrice × PricingQuantity, with prices that are not negative. Google rounds costs to
 * a millionth, and the standard export has no prices:
 *
 * - the delivered price is the unit price where price × amount is the delivered cost within that rounding;
 * - else the unit price is cost ÷ amount, exactly, rounded to 18 places;
 * - a row that gives money back has a negative quantity.
 *
 * Adds `list_price`, `contracted_price`, `priced_quantity` (with that sign) and `covered_share`, the part of the cost
 * that a commitment's credit covers; each null where it is not known.
 */
export function pricedSql(lines: string): string {
  const layers = [sourceColumns, productColumns, fitColumns, startColumns, digitColumns, priceColumns];
  return layers.reduce(
    (inner, added) => `SELECT *,\n  ${added.join(',\n  ')}\nFROM (${inner})`,
    `SELECT * FROM ${lines}`,
  );
}

/** A fee is what its commitment costs: nothing else could have been paid for it. */
const sourceColumns = [
  `CASE WHEN ${kindIn('fee')} THEN cost ELSE COALESCE(cost_at_list, cost) END AS list_cost`,
  `CASE WHEN ${kindIn('fee')} THEN cost ELSE COALESCE(cost_at_contract, cost) END AS contracted_cost`,
  `CASE WHEN ${kindIn('fee')} THEN effective_rate WHEN cost_at_list IS NOT NULL THEN list_rate END AS list_rate_delivered`,
  `CASE WHEN ${kindIn('fee')} THEN effective_rate ELSE contracted_rate END AS contracted_rate_delivered`,
];

/** For every row: inside another expression, DuckDB would compute the parts of a product again for each of its terms. */
const productColumns = ['list', 'contracted'].map(
  (which) => `TRY(${exactProductSql(`${which}_rate_delivered`, 'quantity')}) AS ${which}_product`,
);

const fitColumns = ['list', 'contracted'].map(
  (which) =>
    `COALESCE(${which}_rate_delivered >= 0 AND COALESCE(rate_quantity, 1) = 1
      AND abs(abs(${which}_product) - abs(${which}_cost)) <= 0.000001, false) AS ${which}_fits`,
);

const startColumns = [
  ...quotientStart('list', 'list_cost', 'quantity', 'NOT list_fits'),
  ...quotientStart('contracted', 'contracted_cost', 'quantity', 'NOT contracted_fits'),
  ...quotientStart('covered', 'commitment', 'cost', 'commitment <> 0'),
];

const digitColumns = [...quotientDigits('list'), ...quotientDigits('contracted'), ...quotientDigits('covered')];

const priceColumns = [
  `CASE WHEN list_fits THEN list_rate_delivered WHEN quantity = 0 AND list_cost = 0 THEN COALESCE(list_rate_delivered, 0)
    ELSE ${quotientSql('list')} END AS list_price`,
  `CASE WHEN contracted_fits THEN contracted_rate_delivered
    WHEN quantity = 0 AND contracted_cost = 0 THEN COALESCE(contracted_rate_delivered, 0)
    ELSE ${quotientSql('contracted')} END AS contracted_price`,
  `CASE WHEN COALESCE(nullif(contracted_cost, 0), nullif(list_cost, 0), quantity) < 0 THEN -abs(quantity)
    ELSE abs(quantity) END AS priced_quantity`,
  `${quotientSql('covered')} AS covered_share`,
];

/** Unit price × quantity of a charge, exactly. Of a whole line at the delivered price it is known already, but for its sign. */
export function pricedCostSql(which: 'list' | 'contracted'): string {
  return `CASE WHEN ${which}_fits AND part = 'whole' THEN CASE WHEN part_quantity < 0 THEN -abs(${which}_product) ELSE abs(${which}_product) END
    ELSE ${exactProductSql(`${which}_price`, 'part_quantity')} END`;
}
