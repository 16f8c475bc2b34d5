import { divideDown } from './exact.ts';

/**
 * Splits an amount over days by cumulative rounding: day i gets ⌊A·Wᵢ/W⌋ − ⌊A·Wᵢ₋₁/W⌋, where Wᵢ is the weight of the days
 * up to i. The shares add up to the amount, and the first days, however many, never differ from their exact share by a
 * whole unit; so months and quarters are right as well. Amount and shares are whole numbers of one unit, of any sign.
 * Where no day has weight, all days weigh the same. No weight is negative; there is at least one.
 */
export function amortise(amount: bigint, weights: readonly bigint[]): bigint[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  if (total === 0n && weights.length > 0)
    return amortise(
      amount,
      weights.map(() => 1n),
    );
  let [weighed, given] = [0n, 0n];
  return weights.map((weight) => {
    weighed += weight;
    const until = divideDown(amount * weighed, total);
    const share = until - given;
    given = until;
    return share;
  });
}

/** Decimal places beyond the currency's minor unit to which shares are exact: $ shares are millionths of a dollar. */
export const SHARE_PLACES = 4;
