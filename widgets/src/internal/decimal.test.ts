import fc from 'fast-check';
import { expect, it } from 'vitest';
import { abs, compare, permille, sign, sum } from './decimal.js';

const SCALE = 18;
const units = fc.bigInt({ min: -(10n ** 36n), max: 10n ** 36n });

/** A whole number of 10^-18 as decimal text. */
function text(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(SCALE + 1, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -SCALE)}.${digits.slice(-SCALE)}`;
}

it('sums exactly, whatever the order and the number of decimals', () => {
  fc.assert(
    fc.property(fc.array(units, { maxLength: 40 }), (values) => {
      const expected = text(values.reduce((total, value) => total + value, 0n));
      expect(compare(sum(values.map(text)), expected)).toBe(0);
      expect(sum([...values].reverse().map(text))).toBe(sum(values.map(text)));
    }),
  );
});

it('adds what a float cannot: a tenth and two tenths, and a cent to quadrillions', () => {
  expect(sum(['0.1', '0.2'])).toBe('0.3');
  expect(sum(['9007199254740993', '0.01'])).toBe('9007199254740993.01');
  expect(sum(['5', '-5.00'])).toBe('0');
  expect(sum([])).toBe('0');
});

it('orders as the numbers are ordered', () => {
  fc.assert(
    fc.property(units, units, (left, right) => {
      expect(compare(text(left), text(right))).toBe(left < right ? -1 : left > right ? 1 : 0);
      expect(sign(abs(text(left)))).toBe(left === 0n ? 0 : 1);
    }),
  );
});

it('gives a share in thousandths, and none of a total that is not above zero', () => {
  expect(permille('25.5', '100')).toBe(255);
  expect(permille('-10', '100')).toBe(-100);
  expect(permille('0.0000000001', '3')).toBe(0);
  expect(permille('1', '0')).toBeUndefined();
  expect(permille('1', '-5.1')).toBeUndefined();
});
