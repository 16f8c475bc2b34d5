import { exactProductSql } from '@cloudact/core/focus';
import { quotientDigits, quotientSql, quotientStart } from '../exact-quotient.ts';
import { blockColumns, unitColumns } from './units.ts';

/**
 * Unit prices and the costs that follow from them, in layers over the charges. FOCUS wants ListCost and ContractedCost
 * to be, exactly, unit price × PricingQuantity, with prices that are not negative:
 *
 * - Azure's `Quantity` counts blocks of `UnitOfMeasure` (`10K`), and its prices are for one block, so it is
 *   PricingQuantity as it is. Times the block size it is what was consumed.
 * - `UnitPrice` is the contracted price, `PayGPrice` the list price. Azure writes 0 where it does not know one: on
 *   charges that cost something the contracted price is then what was paid (`EffectivePrice`), and the list price the
 *   contracted one.
 * - Prices in another currency than the bill's are multiplied by the exchange rate. An unknown one is the cost in that
 *   currency by the quantity, where that is exact.
 * - Money that comes back has a negative quantity. What stays unused of a commitment has no list cost: quantity 0.
 */
export function pricedSql(charges: string): string {
  return layers(charges, [
    blockColumns('unit_of_measure'),
    [
      ...unitColumns('unit_of_measure'),
      `COALESCE(pricing_currency <> billing_currency, false) AS foreign_price`,
      `starts_with(charge_type, 'unused') AS unused`,
      `CASE WHEN cost < 0 THEN -abs(quantity) WHEN cost > 0 THEN abs(quantity) ELSE quantity END AS delivered_quantity`,
    ],
    [
      `CASE WHEN unused THEN CAST(0 AS DECIMAL(38,18)) ELSE delivered_quantity END AS pricing_quantity`,
      `${knownPrice('unit_price')} AS known_unit_price`,
      `${knownPrice('payg_price')} AS known_payg_price`,
      `${paidPrice} AS paid_price`,
      `CASE WHEN block_size = 1 THEN delivered_quantity ELSE ${productSql('delivered_quantity', 'block_size')} END AS consumed_quantity`,
    ],
    quotientStart(
      'foreign_paid',
      'cost_in_pricing_currency',
      'quantity',
      'foreign_price AND known_unit_price IS NULL AND cost_in_pricing_currency <> 0',
    ),
    quotientDigits('foreign_paid'),
    [`${quotientSql('foreign_paid')} AS foreign_paid`],
    [`${productSql('foreign_paid', 'abs(quantity)')} AS foreign_paid_product`],
    [
      `COALESCE(${billed('known_unit_price')}, paid_price) AS contracted_price`,
      `${billed('known_payg_price')} AS published_price`,
      `COALESCE(known_unit_price, CASE WHEN foreign_paid_product = abs(cost_in_pricing_currency) THEN foreign_paid END) AS foreign_contracted_price`,
    ],
    [
      `COALESCE(published_price, contracted_price) AS list_price`,
      `COALESCE(product_id, meter_id) AS sku`,
      `charge_category IN ('Usage', 'Purchase') AND COALESCE(product_id, meter_id) IS NOT NULL AND unit IS NOT NULL
        AND pricing_quantity IS NOT NULL AND contracted_price IS NOT NULL AS priced`,
    ],
    // For every row: inside a CASE, DuckDB would compute the parts of a product again for each of its terms.
    [
      `${productSql('list_price', 'pricing_quantity')} AS list_product`,
      `${productSql('contracted_price', 'pricing_quantity')} AS contracted_product`,
    ],
    [
      `CASE WHEN priced THEN list_product ELSE billed END AS list_cost`,
      `CASE WHEN priced THEN contracted_product ELSE billed END AS contracted_cost`,
    ],
  ]);
}

function layers(from: string, columns: readonly (readonly string[])[]): string {
  return columns.reduce((inner, added) => `SELECT *,\n  ${added.join(',\n  ')}\nFROM (${inner})`, from);
}

/** 0 is a price only of what costs nothing. */
const knownPrice = (price: string) => `CASE WHEN ${price} <> 0 OR cost = 0 THEN abs(${price}) END`;

/** In the billing currency; null where the exchange rate is missing. */
const billed = (price: string) =>
  `CASE WHEN foreign_price THEN ${productSql(price, 'exchange_rate')} ELSE ${price} END`;

/**
 * What one block cost. Without an effective price it is known only of a single one. Files differ in the currency of
 * the effective price, so it is the one in which it makes the cost.
 */
const paidPrice = `CASE
    WHEN ${knownPrice('effective_price')} IS NULL THEN CASE WHEN abs(quantity) = 1 THEN abs(cost) END
    WHEN foreign_price AND abs(CAST(effective_price AS DOUBLE) * CAST(quantity AS DOUBLE) - CAST(cost AS DOUBLE)) > 0.001 * abs(CAST(cost AS DOUBLE))
      THEN ${productSql('abs(effective_price)', 'exchange_rate')}
    ELSE abs(effective_price) END`;

/** Null where the product is too large for a DECIMAL(38,18). */
function productSql(left: string, right: string): string {
  return `TRY(${exactProductSql(left, right)})`;
}
