import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exactProductSql } from './exact-product.ts';

let instance: DuckDBInstance;
let connection: DuckDBConnection;
beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:');
  connection = await instance.connect();
});
afterAll(() => {
  connection.closeSync();
  instance.closeSync();
});

const SCALE = 10n ** 18n;
const CAPACITY = 10n ** 38n;

function text(units: bigint): string {
  const digits = (units < 0n ? -units : units).toString().padStart(19, '0');
  return `${units < 0n ? '-' : ''}${digits.slice(0, -18)}.${digits.slice(-18)}`;
}

/** Half away from zero, on whole numbers. */
function product(a: bigint, b: bigint): bigint {
  const magnitude = a * b < 0n ? -(a * b) : a * b;
  const rounded = (magnitude + SCALE / 2n) / SCALE;
  return a * b < 0n ? -rounded : rounded;
}

async function products(pairs: readonly (readonly [string | null, string | null])[]): Promise<(string | null)[]> {
  const cell = (value: string | null) => (value === null ? 'NULL' : `'${value}'`);
  const values = pairs.map(([a, b], row) => `(${row}, ${cell(a)}, ${cell(b)})`).join(', ');
  const reader = await connection.runAndReadAll(`
    WITH pairs AS (
      SELECT row, CAST(a AS DECIMAL(38,18)) AS a, CAST(b AS DECIMAL(38,18)) AS b FROM (VALUES ${values}) AS v(row, a, b)
    )
    SELECT CAST(p AS VARCHAR) AS p, typeof(p) AS type
    FROM (SELECT row, ${exactProductSql('a', 'b')} AS p FROM pairs) ORDER BY row`);
  const rows = reader.getRowObjectsJson() as { p: string | null; type: string }[];
  expect(new Set(rows.map(({ type }) => type))).toEqual(new Set(['DECIMAL(38,18)']));
  return rows.map(({ p }) => p);
}

/** Magnitudes from one unit of the 18th place up to a million million, evenly over the number of digits. */
const units = fc
  .integer({ min: 1, max: 31 })
  .chain((digits) => fc.bigInt({ min: -(10n ** BigInt(digits)), max: 10n ** BigInt(digits) }))
  .map((value) => (value > 10n ** 30n ? 10n ** 30n : value < -(10n ** 30n) ? -(10n ** 30n) : value));

describe('exact product', () => {
  test('equals the product of whole numbers, rounded half away from zero, for any two decimals that fit', async () => {
    const fits = fc.tuple(units, units).filter(([a, b]) => {
      const value = product(a, b);
      return value < CAPACITY && value > -CAPACITY;
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fits, { minLength: 1, maxLength: 200 }), async (pairs) => {
        const expected = pairs.map(([a, b]) => text(product(a, b)));
        expect(await products(pairs.map(([a, b]) => [text(a), text(b)]))).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  test('a half in the 19th place goes away from zero, anything less goes towards it', async () => {
    expect(
      await products([
        ['0.000000001', '0.0000000005'],
        ['-0.000000001', '0.0000000005'],
        ['0.000000001', '0.000000000499999999'],
        ['-0.000000001', '-0.000000000499999999'],
        ['3.000000001', '-7.0000000005'],
      ]),
    ).toEqual([
      '0.000000000000000001',
      '-0.000000000000000001',
      '0.000000000000000000',
      '0.000000000000000000',
      '-21.000000008500000001',
    ]);
  });

  test('an unknown operand makes the product unknown, not zero', async () => {
    expect(
      await products([
        [null, '2'],
        ['2', null],
        ['0', null],
        ['0', '5'],
      ]),
    ).toEqual([null, null, null, '0.000000000000000000']);
  });

  test('a product that does not fit is an error, and null inside TRY', async () => {
    const big = `CAST('10000000000.5' AS DECIMAL(38,18))`;
    await expect(connection.run(`SELECT ${exactProductSql(big, big)}`)).rejects.toThrow();
    const reader = await connection.runAndReadAll(`SELECT TRY(${exactProductSql(big, big)}) AS p`);
    expect(reader.getRowObjectsJson()).toEqual([{ p: null }]);
  });
});
