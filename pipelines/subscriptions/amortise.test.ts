import fc from 'fast-check';
import { expect, test } from 'vitest';
import { amortise } from './amortise.ts';

const sum = (values: readonly bigint[]) => values.reduce((all, value) => all + value, 0n);

test('the shares add up and every prefix is within one unit of its exact share, for any amount and weights', () => {
  const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 9n }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), weights, (amount, weigh) => {
      const shares = amortise(amount, weigh);
      expect(sum(shares)).toBe(amount);
      const used = sum(weigh) === 0n ? weigh.map(() => 1n) : weigh;
      for (const index of shares.keys()) {
        // |given − A·W/all| < 1, on whole numbers.
        const off = sum(shares.slice(0, index + 1)) * sum(used) - amount * sum(used.slice(0, index + 1));
        expect((off < 0n ? -off : off) < sum(used)).toBe(true);
      }
    }),
  );
});

test('a hundred on three days is 33, 33 and 34', () => {
  expect(amortise(100n, [1n, 1n, 1n])).toEqual([33n, 33n, 34n]);
  expect(amortise(-100n, [1n, 1n, 1n])).toEqual([-34n, -33n, -33n]);
  expect(amortise(100n, [0n, 3n, 1n])).toEqual([0n, 75n, 25n]);
});
