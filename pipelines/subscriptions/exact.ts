import { type Decimal, decimal } from '@cloudact/core/money';

/** Decimal places of an amount that is computed: the product of a price and a quantity always fits. */
export const AMOUNT_PLACES = 18;
/** Most decimal places of a price, and of a quantity or percentage, that a plan may state. */
export const PRICE_PLACES = 12;
export const QUANTITY_PLACES = 6;

/** A decimal as a whole number of units of its last place. `text` has at most `places` of them. */
export function unitsOf(text: string, places: number): bigint {
  const [whole = '0', fraction = ''] = text.replace(/^-/, '').split('.');
  if (!/^\d+$/.test(whole) || !/^\d*$/.test(fraction) || fraction.length > places) {
    throw new TypeError(`not a decimal with at most ${places} places: ${JSON.stringify(text.slice(0, 60))}`);
  }
  const units = BigInt(whole + fraction.padEnd(places, '0'));
  return text.startsWith('-') ? -units : units;
}

/** The decimal text of so many units of the given place. */
export function textOf(units: bigint, places: number): Decimal {
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0');
  const at = digits.length - places;
  return decimal(`${units < 0n ? '-' : ''}${digits.slice(0, at)}${places > 0 ? `.${digits.slice(at)}` : ''}`);
}

/** A quotient, rounded half away from zero, as invoices are. The divisor is positive. */
export function divideRounded(dividend: bigint, divisor: bigint): bigint {
  const magnitude = dividend < 0n ? -dividend : dividend;
  const rounded = (2n * magnitude + divisor) / (2n * divisor);
  return dividend < 0n ? -rounded : rounded;
}

/** The largest whole number that is not above the quotient. The divisor is positive. */
export function divideDown(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return dividend % divisor < 0n ? quotient - 1n : quotient;
}
