import Big from 'big.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { billCsv } from './fixtures/bill.ts';
import { focusRows } from './fixtures/converted.ts';

const digits = (min: number, max: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: min, maxLength: max });
test('list and contracted cost are rate × amount, rounded half away from zero to 18 places', async () => {
  const number = fc
    .tuple(fc.integer({ min: 0, max: 999 }), digits(1, 12))
    .map(([whole, fraction]) => `${whole}.${fraction}`)
    .filter((text) => Number(text) > 0);
  const line = fc.tuple(number, number, fc.boolean());
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 60 }), async (lines) => {
      const csv = billCsv(
        lines.map(([rate, amount, back]) => {
          const cost = new Big(rate)
            .times(amount)
            .round(10)
            .times(back ? -1 : 1)
            .toFixed();
          return {
            'lineItem/UsageAmount': back ? `-${amount}` : amount,
            'lineItem/UnblendedRate': rate,
            'lineItem/UnblendedCost': cost,
            'pricing/publicOnDemandRate': rate,
            'pricing/publicOnDemandCost': cost,
          };
        }),
      );
      const rows = await focusRows(csv);
      expect(rows.map((row) => [row.ListCost, row.ContractedCost])).toEqual(
        lines.map(([rate, amount, back]) => {
          const product = new Big(rate)
            .times(amount)
            .round(18, 1)
            .times(back ? -1 : 1)
            .toFixed();
          return [product, product];
        }),
      );
    }),
    { numRuns: 15 },
  );
});
