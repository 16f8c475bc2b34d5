/**
 * Exact decimals with ten places, as bills of Amazon Web Services carry them: a bigint that counts 10⁻¹⁰.
 * The demo files are made with these, so that what a file says about itself holds to the last digit.
 */
export type Fixed = bigint;

const PLACES = 10;
const ONE = 10n ** BigInt(PLACES);

/** Reads a plain decimal with at most ten places. Anything else is a mistake in the demo data. */
export function fixed(text: string): Fixed {
  const match = /^(-?)(\d+)(?:\.(\d{1,10}))?$/.exec(text);
  if (!match) throw new TypeError(`not a decimal with ten places: ${text}`);
  const value = BigInt(match[2]!) * ONE + BigInt((match[3] ?? '').padEnd(PLACES, '0'));
  return match[1] ? -value : value;
}

/** Rounds a modelled quantity to `places` decimals; from there on it is exact. */
export function fixedFromNumber(value: number, places: number): Fixed {
  return BigInt(Math.round(value * 10 ** places)) * 10n ** BigInt(PLACES - places);
}

/** The product, rounded half away from zero to ten places. */
export function times(left: Fixed, right: Fixed): Fixed {
  return roundedDivision(left * right, ONE);
}

/** `value × numerator ÷ denominator`, rounded half away from zero to ten places. */
export function share(value: Fixed, numerator: bigint, denominator: bigint): Fixed {
  return roundedDivision(value * numerator, denominator);
}

/** The largest quantity with `places` decimals whose price stays within `budget`. */
export function affordable(budget: Fixed, rate: Fixed, places: number): Fixed {
  const step = 10n ** BigInt(PLACES - places);
  return ((budget * ONE) / rate / step) * step;
}

/** Rounds half away from zero to `places` decimals. */
export function roundTo(value: Fixed, places: number): Fixed {
  const step = 10n ** BigInt(PLACES - places);
  return roundedDivision(value, step) * step;
}

/** A plain decimal with at least one place, no trailing zeros beyond it: `0.0`, `24.0`, `-0.0416`. */
export function fixedText(value: Fixed): string {
  const digits = (value < 0n ? -value : value).toString().padStart(PLACES + 1, '0');
  const whole = digits.slice(0, -PLACES);
  let end = digits.length;
  while (end > whole.length + 1 && digits.charCodeAt(end - 1) === 48) end -= 1;
  return `${value < 0n ? '-' : ''}${whole}.${digits.slice(whole.length, end)}`;
}

function roundedDivision(value: bigint, divisor: bigint): bigint {
  const doubled = (value < 0n ? -value : value) * 2n + divisor;
  const rounded = doubled / (divisor * 2n);
  return value < 0n ? -rounded : rounded;
}
