import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, compare, decimal, isZero, multiply, parseDecimal, subtract } from './money.ts';

/** A decimal with up to 20 digits before the point and 18 after it, as DECIMAL(38,18) can hold. */
const scaled = fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n });
const text = (value: bigint, scale = 18n): string => {
  const digits = (value < 0n ? -value : value).toString().padStart(Number(scale) + 1, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -Number(scale))}.${digits.slice(-Number(scale))}`;
};

describe('decimals', () => {
  it('read every usual spelling exactly', () => {
    expect(parseDecimal('1.0E-7')).toBe('0.0000001');
    expect(parseDecimal('+12.50')).toBe('12.5');
    expect(parseDecimal('.5')).toBe('0.5');
    expect(parseDecimal('-0.000')).toBe('0');
    expect(parseDecimal(' 3 ')).toBe('3');
  });

  it('refuse what is not a number', () => {
    for (const wrong of ['', ' ', '1,000', '$1', '1e', '--1', 'NaN', 'Infinity', '0x10', '1.2.3', '1e9999'])
      expect(parseDecimal(wrong)).toBeUndefined();
    expect(() => decimal('1,0')).toThrow(TypeError);
  });

  it('add, subtract and compare as whole numbers of their last digit do', () => {
    fc.assert(
      fc.property(scaled, scaled, (a, b) => {
        const [left, right] = [decimal(text(a)), decimal(text(b))];
        expect(add(left, right)).toBe(decimal(text(a + b)));
        expect(subtract(left, right)).toBe(decimal(text(a - b)));
        expect(Math.sign(compare(left, right))).toBe(a < b ? -1 : a > b ? 1 : 0);
        expect(isZero(left)).toBe(a === 0n);
      }),
    );
  });

  it('multiply without rounding', () => {
    fc.assert(
      fc.property(scaled, scaled, (a, b) => {
        expect(multiply(decimal(text(a)), decimal(text(b)))).toBe(decimal(text(a * b, 36n)));
      }),
    );
  });

  it('never fail in another way than by undefined, whatever the text', () => {
    fc.assert(fc.property(fc.string(), (any) => void parseDecimal(any)));
  });
});
