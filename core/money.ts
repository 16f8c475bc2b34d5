import Big from 'big.js';

/**
 * An exact decimal as text: optional minus, digits, optional point and digits; never an exponent, never a float.
 * Money and quantities travel as this from the file to the JSON answer.
 */
export type Decimal = string & { readonly __brand: 'Decimal' };

const TEXT = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$/;

/** Reads a decimal in any usual spelling. Returns undefined for anything else, and never rounds. */
export function parseDecimal(text: string): Decimal | undefined {
  const trimmed = text.trim();
  if (!TEXT.test(trimmed)) return undefined;
  return canonical(new Big(trimmed.replace(/^\+/, '')));
}

/** Reads a decimal that the program itself produced; anything else is a bug. */
export function decimal(text: string): Decimal {
  const parsed = parseDecimal(text);
  if (parsed === undefined) throw new TypeError(`not a decimal: ${JSON.stringify(text.slice(0, 60))}`);
  return parsed;
}

export function add(...values: readonly Decimal[]): Decimal {
  return canonical(values.reduce((sum, value) => sum.plus(value), new Big(0)));
}

export function subtract(left: Decimal, right: Decimal): Decimal {
  return canonical(new Big(left).minus(right));
}

export function multiply(left: Decimal, right: Decimal): Decimal {
  return canonical(new Big(left).times(right));
}

/** Negative, zero or positive, as `Array.prototype.sort` wants it. */
export function compare(left: Decimal, right: Decimal): number {
  return new Big(left).cmp(right);
}

export function isZero(value: Decimal): boolean {
  return new Big(value).eq(0);
}

/** One spelling per number: no exponent, no trailing zeros, no negative zero. */
function canonical(value: Big): Decimal {
  const text = value.toFixed();
  return (text === '-0' ? '0' : text) as Decimal;
}
