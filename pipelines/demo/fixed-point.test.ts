import * as money from '@cloudact/core/money';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { affordable, fixed, fixedText, roundTo, share, times } from './fixed-point.ts';

const value = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n });
const positive = fc.bigInt({ min: 1n, max: 10n ** 16n });

describe('decimals with ten places', () => {
  test('text and number are the same thing', () => {
    fc.assert(fc.property(value, (number) => fixed(fixedText(number)) === number));
    expect(['0', '24', '-0.0416', '0.0000000001'].map((text) => fixedText(fixed(text)))).toEqual([
      '0.0',
      '24.0',
      '-0.0416',
      '0.0000000001',
    ]);
  });

  test('a product is at most half a unit of the tenth place away from the exact product, and halves go away from zero', () => {
    fc.assert(
      fc.property(value, value, (left, right) => {
        const exact = money.multiply(money.decimal(fixedText(left)), money.decimal(fixedText(right)));
        const error = money.subtract(money.decimal(fixedText(times(left, right))), exact);
        expect(money.compare(money.decimal(error.replace('-', '')), money.decimal('0.00000000005'))).toBeLessThan(1);
      }),
    );
    expect(fixedText(times(fixed('0.00001'), fixed('0.00005')))).toBe('0.0000000005');
    expect(fixedText(times(fixed('0.00001'), fixed('0.000005')))).toBe('0.0000000001');
    expect(fixedText(times(fixed('-0.00001'), fixed('0.000005')))).toBe('-0.0000000001');
  });

  test('what a budget buys never costs more than the budget, and one step more would', () => {
    fc.assert(
      fc.property(positive, positive, fc.integer({ min: 0, max: 10 }), (budget, rate, places) => {
        const amount = affordable(budget, rate, places);
        const step = 10n ** BigInt(10 - places);
        expect(amount * rate <= budget * 10n ** 10n && (amount + step) * rate > budget * 10n ** 10n).toBe(true);
      }),
    );
  });

  test('rounding and sharing stay within half a step', () => {
    expect(fixedText(roundTo(fixed('2.345'), 2))).toBe('2.35');
    expect(fixedText(roundTo(fixed('-2.345'), 2))).toBe('-2.35');
    expect(fixedText(share(fixed('1'), 1n, 3n))).toBe('0.3333333333');
  });
});
