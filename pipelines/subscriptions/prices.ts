import { AMOUNT_PLACES, PRICE_PLACES, QUANTITY_PLACES, unitsOf } from './exact.ts';
import { cadenceMonths, type PlanVersion, unitName } from './plan.ts';

/** What a whole billing period costs at one price. Costs have 18 decimal places, the quantity has 6. */
export interface PricePart {
  /** Tells the prices of one plan version apart, for example `Seat` or `Tier 2`. */
  readonly name: string;
  /** The part is for what is counted, not a fixed amount. */
  readonly counts: boolean;
  readonly quantity: bigint;
  readonly unit: string;
  /** With 18 decimal places. */
  readonly unitPrice: bigint;
  readonly listUnitPrice: bigint;
  readonly cost: bigint;
  readonly listCost: bigint;
}

/** One, as a quantity. */
export const ONE = 10n ** BigInt(QUANTITY_PLACES);
const PRICE_UNIT = 10n ** BigInt(AMOUNT_PLACES - PRICE_PLACES);

/**
 * What a whole billing period costs for a quantity (with 6 decimal places), before discounts and proration: one part for
 * each price. Of a plan with tiers, `up_to` is the last unit of its tier. No part for nothing.
 */
export function priceParts(version: PlanVersion, quantity: bigint): PricePart[] {
  if (version.model === 'flat') return [fixedPart(version, 'Plan', version.unit_price!, version.list_unit_price)];
  const fixed = version.base_price === undefined ? [] : [fixedPart(version, 'Base', version.base_price)];
  const billed = atLeast(quantity, version.minimum_quantity);
  if (version.tiers) return [...fixed, ...tierParts(version, billed)];
  const included = version.included_quantity ? unitsOf(version.included_quantity, QUANTITY_PLACES) : 0n;
  if (billed === 0n) return fixed;
  const beyond = billed > included ? billed - included : 0n;
  return [...fixed, countedPart(version, unitName(version), beyond, version.unit_price!, version.list_unit_price)];
}

/** The cost of a whole billing period, contracted and at list prices. */
export function periodCost(version: PlanVersion, quantity: bigint): { cost: bigint; listCost: bigint } {
  const parts = priceParts(version, quantity);
  return {
    cost: parts.reduce((sum, { cost }) => sum + cost, 0n),
    listCost: parts.reduce((sum, { listCost }) => sum + listCost, 0n),
  };
}

/** What is left to a minimum charge, which is no cost of a unit. */
export function minimumPart(cost: bigint): PricePart {
  return {
    name: 'Minimum',
    counts: false,
    quantity: ONE,
    unit: 'Count',
    unitPrice: cost,
    listUnitPrice: cost,
    cost,
    listCost: cost,
  };
}

function tierParts(version: PlanVersion, quantity: bigint): PricePart[] {
  const tiers = (version.tiers ?? []).map((tier, index) => ({
    ...tier,
    name: `Tier ${index + 1}`,
    end: tier.up_to === undefined ? undefined : unitsOf(tier.up_to, QUANTITY_PLACES),
  }));
  if (quantity === 0n) return [];
  const isVolume = version.tier_mode === 'volume';
  let before = 0n;
  const parts: PricePart[] = [];
  for (const { name, end, unit_price: price, flat_price: flat } of tiers) {
    const holds = end === undefined || quantity <= end;
    const from = before;
    before = end ?? quantity;
    if (isVolume && !holds) continue;
    const within = isVolume ? quantity : (holds ? quantity : end) - from;
    parts.push(countedPart(version, name, within, price));
    if (flat !== undefined) parts.push(fixedPart(version, `${name} flat`, flat));
    if (holds) break;
  }
  return parts;
}

function countedPart(
  version: PlanVersion,
  name: string,
  quantity: bigint,
  price: string,
  listPrice = price,
): PricePart {
  return part(name, true, quantity, countedUnit(version), price, listPrice);
}

function fixedPart(version: PlanVersion, name: string, price: string, listPrice = price): PricePart {
  return part(name, false, ONE, { 1: 'Months', 12: 'Years' }[cadenceMonths(version)] ?? 'Count', price, listPrice);
}

function part(
  name: string,
  counts: boolean,
  quantity: bigint,
  unit: string,
  price: string,
  listPrice: string,
): PricePart {
  const [contracted, list] = [unitsOf(price, PRICE_PLACES), unitsOf(listPrice, PRICE_PLACES)];
  return {
    name,
    counts,
    quantity,
    unit,
    unitPrice: contracted * PRICE_UNIT,
    listUnitPrice: list * PRICE_UNIT,
    // 12 places of the price and 6 of the quantity are the 18 of an amount.
    cost: contracted * quantity,
    listCost: list * quantity,
  };
}

function countedUnit(version: PlanVersion): string {
  const time =
    version.model === 'usage_with_minimum' ? undefined : { 1: 'Months', 12: 'Years' }[cadenceMonths(version)];
  return time ? `${unitName(version)}-${time}` : plural(unitName(version));
}

/** The plural of a unit, as FOCUS writes units that are counted. */
export function plural(unit: string): string {
  if (/[^aeiou]y$/.test(unit)) return `${unit.slice(0, -1)}ies`;
  return /(s|x|z|ch|sh)$/.test(unit) ? `${unit}es` : `${unit}s`;
}

function atLeast(quantity: bigint, minimum: string | undefined): bigint {
  const least = minimum ? unitsOf(minimum, QUANTITY_PLACES) : 0n;
  return quantity > least ? quantity : least;
}
