import { openWorkbench } from '@cloudact/core/warehouse/duckdb';
import Big from 'big.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { curColumns } from './columns.ts';
import { decimalSql } from './delivered-values.ts';
import { billCsv } from './fixtures/bill.ts';
import { focusRows } from './fixtures/converted.ts';

const digits = (min: number, max: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: min, maxLength: max });
const sign = fc.constantFrom('', '-', '+');
const plain = fc
  .tuple(sign, digits(1, 18), fc.option(digits(1, 18), { nil: undefined }))
  .map(([s, whole, fraction]) => `${s}${whole}${fraction === undefined ? '' : `.${fraction}`}`);
const scientific = fc
  .tuple(sign, digits(1, 1), digits(1, 9), fc.integer({ min: 0, max: 9 }))
  .map(([s, whole, fraction, exponent]) => `${s}${whole}.${fraction}E-${exponent}`);

test('a number of any shape is read as its own digits, whichever way it goes', async () => {
  const bench = await openWorkbench({ inputs: [], outputs: [] });
  try {
    const cur = curColumns(['lineItem/UnblendedCost']);
    const shapes = fc.array(fc.oneof(plain, scientific), { minLength: 1, maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(shapes, async (texts) => {
        const values = texts.map((text) => `('${text}')`).join(', ');
        const rows = await bench.rows<{ number: string }>(
          `SELECT CAST(${decimalSql(cur, 'line_item_unblended_cost')} AS VARCHAR) AS number
           FROM (VALUES ${values}) AS bill(line_item_unblended_cost)`,
        );
        expect(rows.map(({ number }) => new Big(number).toFixed())).toEqual(
          texts.map((text) => new Big(text.replace('+', '')).toFixed()),
        );
      }),
      { numRuns: 40 },
    );
  } finally {
    await bench.close();
  }
});

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
