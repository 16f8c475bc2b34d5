import type { DecimalText } from '../api/types.js';

/** The exact sum. Of nothing: `0`. */
export function sum(values: readonly DecimalText[]): DecimalText {
  const scale = Math.max(0, ...values.map(scaleOf));
  return toText(
    values.reduce((total, value) => total + unscaled(value, scale), 0n),
    scale,
  );
}

/** Negative, zero or positive, as `Array.prototype.sort` wants it. */
export function compare(left: DecimalText, right: DecimalText): number {
  const scale = Math.max(scaleOf(left), scaleOf(right));
  const difference = unscaled(left, scale) - unscaled(right, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** -1, 0 or 1. */
export function sign(value: DecimalText): number {
  return compare(value, '0');
}

export function abs(value: DecimalText): DecimalText {
  return value.replace(/^-/, '');
}

/** `part / whole` in thousandths, cut off. Undefined where `whole` is not above zero: such a share says nothing. */
export function permille(part: DecimalText, whole: DecimalText): number | undefined {
  if (sign(whole) <= 0) return undefined;
  const scale = Math.max(scaleOf(part), scaleOf(whole));
  return Number((unscaled(part, scale) * 1000n) / unscaled(whole, scale));
}

const scaleOf = (text: DecimalText): number => (text.includes('.') ? text.length - text.indexOf('.') - 1 : 0);

/** The value as a whole number of 10^-scale. */
const unscaled = (text: DecimalText, scale: number): bigint =>
  BigInt(text.replace('.', '') + '0'.repeat(scale - scaleOf(text)));

function toText(value: bigint, scale: number): DecimalText {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${whole}${fraction && `.${fraction}`}`;
}
