import { openWorkbench } from '@cloudact/core/warehouse/duckdb';
import Big from 'big.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimalSql, timeSql } from './values.ts';

/** What the SQL makes of these texts, in order. */
async function read(sql: (text: string) => string, texts: readonly string[]): Promise<(string | null)[]> {
  const bench = await openWorkbench({ inputs: [], outputs: [] });
  try {
    const rows = texts.map((text, index) => `(${index}, '${text}')`).join(', ');
    const found = await bench.rows<{ value: string | null }>(
      `SELECT ${sql('text')} AS value FROM (VALUES ${rows}) v(row, text) ORDER BY row`,
    );
    return found.map(({ value }) => value);
  } finally {
    await bench.close();
  }
}

test('every amount with up to 18 places is read to the last digit, with and without an exponent', async () => {
  const amount = fc
    .record({ units: fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), shrink: fc.integer({ min: 0, max: 30 }) })
    .map(({ units, shrink }) => Big((units / 10n ** BigInt(shrink)).toString()).times('1e-18'));
  const amounts = fc.sample(amount, 2_000);
  const java = (value: Big) => {
    const text = value.toExponential().toUpperCase();
    return /E-/.test(text) ? text.replace(/^(-?\d)(E)/, '$1.0$2').replace(/E/, '000E') : value.toFixed();
  };
  const texts = amounts.map((value, index) => (index % 2 === 0 ? java(value) : value.toFixed(18)));
  expect(await read(decimalSql, texts)).toEqual(amounts.map((value) => value.toFixed(18).replace(/^-(0\.0+)$/, '$1')));
});

test('times have seconds or not, and are UTC', async () => {
  expect(
    await read(timeSql, [
      '2023-11-13T10:00Z',
      '2023-11-13T10:00:00Z',
      '2023-11-13 10:00',
      '2023-11-13',
      '2023-13-01T10:00Z',
    ]),
  ).toEqual(['2023-11-13 10:00:00', '2023-11-13 10:00:00', '2023-11-13 10:00:00', '2023-11-13 00:00:00', null]);
});
