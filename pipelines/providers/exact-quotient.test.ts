import { openWorkbench } from '@cloudact/core/warehouse/duckdb';
import Big from 'big.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quotientDigits, quotientSql, quotientStart } from './exact-quotient.ts';

const places18 = (whole: bigint) => (digits: bigint) =>
  new Big(digits.toString()).div(new Big(10).pow(18)).plus(whole.toString());
const dividend = fc
  .tuple(fc.bigInt(0n, 10n ** 19n), fc.bigInt(0n, 10n ** 18n - 1n))
  .map(([whole, digits]) => places18(whole)(digits));
const divisor = fc
  .tuple(
    fc.oneof(fc.bigInt(0n, 9n), fc.bigInt(0n, 10n ** 14n - 1n)),
    fc.oneof(fc.constant(0n), fc.bigInt(0n, 10n ** 18n - 1n)),
  )
  .map(([whole, digits]) => places18(whole)(digits));

test('the quotient is exact, rounded half away from zero to 18 places, and null where it does not fit', async () => {
  const workbench = await openWorkbench({ inputs: [], outputs: [] });
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(dividend, divisor), { minLength: 1, maxLength: 200 }), async (pairs) => {
        const values = pairs.map(
          ([c, q], n) => `(${n}, CAST('${c.toFixed()}' AS DECIMAL(38,18)), CAST('${q.toFixed()}' AS DECIMAL(38,18)))`,
        );
        const source = `(VALUES ${values.join(', ')}) v(n, c, q)`;
        const started = `SELECT n, ${quotientStart('x', 'c', 'q', 'true').join(', ')} FROM ${source}`;
        const digits = `SELECT n, ${quotientDigits('x').join(', ')} FROM (${started})`;
        const rows = await workbench.rows<{ result: string | null }>(
          `SELECT CAST(${quotientSql('x')} AS VARCHAR) AS result FROM (${digits}) ORDER BY n`,
        );
        pairs.forEach(([c, q], n) => {
          const exact = q.eq(0) ? undefined : divide(c, q);
          const fits = exact?.lt('1e20');
          expect(rows[n]!.result).toBe(fits ? exact!.toFixed(18) : null);
        });
      }),
      { numRuns: 50 },
    );
  } finally {
    await workbench.close();
  }
});

function divide(c: Big, q: Big): Big {
  const Exact = Big();
  Exact.DP = 18;
  Exact.RM = Exact.roundHalfUp;
  return new Exact(c).div(q);
}
