import { openWorkbench } from '@cloudact/core/warehouse/duckdb';
import Big from 'big.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { converted } from './fixtures/converted.ts';
import { credit, row } from './fixtures/export.ts';
import { brokenMoneySql, isRoundedSql, moneySql } from './money.ts';

const EVEN = 2;
const places = (text: string) => new Big(text).c.length - 1 - new Big(text).e;

async function read(texts: readonly string[]) {
  const workbench = await openWorkbench({ inputs: [], outputs: [] });
  try {
    const values = texts.map((text, index) => `(${index}, '${text}')`).join(', ');
    return await workbench.rows<{ value: string; rounded: boolean; broken: boolean }>(
      `SELECT CASE WHEN NOT ${brokenMoneySql('t')} THEN ${moneySql('t')} END AS value, ${isRoundedSql('t')} AS rounded, ${brokenMoneySql('t')} AS broken
      FROM (VALUES ${values}) AS v(i, t) ORDER BY i`,
    );
  } finally {
    await workbench.close();
  }
}

test('any double below a hundred is kept digit for digit, or rounded half to even to 18 places and said so', async () => {
  const double = fc.double({ min: -99, max: 99, noNaN: true });
  const tiny = fc
    .tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.integer({ min: 0, max: 30 }))
    .map(([value, shift]) => value / 10 ** shift);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(double, tiny), { minLength: 1, maxLength: 100 }), async (values) => {
      const texts = values.map(String);
      const found = await read(texts);
      for (const [index, text] of texts.entries()) {
        expect(found[index]!.broken, text).toBe(false);
        expect(new Big(found[index]!.value).eq(new Big(text).round(18, EVEN)), text).toBe(true);
        expect(found[index]!.rounded, text).toBe(places(text) > 18 && !new Big(text).eq(0));
      }
    }),
    { numRuns: 15 },
  );
});

test.each([
  ['0.0000000000000000005', '0.000000000000000000'],
  ['0.0000000000000000015', '0.000000000000000002'],
  ['-0.0000000000000000025', '-0.000000000000000002'],
  ['2.5e-18', '0.000000000000000002'],
  ['3.2999999999999998e-07', '0.000000330000000000'],
  ['0.1234567890123456789', '0.123456789012345679'],
  ['1.2e-20', '0.000000000000000000'],
])('%s is %s', async (text, value) => {
  expect(await read([text])).toMatchObject([{ value, rounded: true }]);
});

test.each([
  ['12345678901234567890.123456789012345678', false],
  ['5E-06', false],
  ['123.1234567890123456789', true],
  ['123456789012345678901', true],
  ['1_000', true],
  ['', true],
  ['NaN', true],
])('%s is refused: %s', async (text, broken) => {
  expect((await read([text]))[0]!.broken).toBe(broken);
});

test('the total is that of the rounded values, and each rounded row says what was delivered', async () => {
  const { rows, totals } = await converted([
    row({
      cost: '3.2999999999999998e-07',
      credits: [credit('PROMOTION', '-1.23456789012345678e-5'), credit('DISCOUNT', '-1.2e-20')],
    }),
    row({ cost: '0.1' }),
  ]);
  expect(rows.map(({ x_CostRounded }) => x_CostRounded)).toEqual([
    '3.2999999999999998e-07 -1.2e-20',
    '-1.23456789012345678e-5',
    null,
  ]);
  expect(totals).toMatchObject([{ source: '0.099987984321098765', focus: '0.099987984321098765' }]);
});
