import { openWorkbench, type Workbench } from '@cloudact/core/warehouse/duckdb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decimalSql, enumerationSql, slashOrderSql, timestampSql } from './readers.ts';

let bench: Workbench;

beforeAll(async () => {
  bench = await openWorkbench({ inputs: [], outputs: [] });
});

afterAll(() => bench.close());

/** What an expression makes of each text, as text. */
async function read(
  expression: (text: string) => string,
  texts: readonly (string | null)[],
): Promise<(string | null)[]> {
  const rows = await bench.rows<{ value: string | null }>(
    `SELECT CAST(${expression('text')} AS VARCHAR) AS value FROM (
      SELECT item.text, item.n FROM (SELECT unnest(CAST(CAST($items AS JSON) AS STRUCT(text VARCHAR, n BIGINT)[])) AS item)
    ) ORDER BY n`,
    { items: JSON.stringify(texts.map((text, n) => ({ text, n }))) },
  );
  return rows.map(({ value }) => value);
}

describe('decimals', () => {
  test('plain and scientific notation are read exactly, to the 18th place', async () => {
    const texts = [
      '0.000000000000000001',
      '1e-7',
      '1.6E-07',
      '8.000000000000001e-11',
      '+1.5E+3',
      '-.5',
      ' 12 ',
      '99999999999999999999.5',
    ];
    expect(await read(decimalSql, texts)).toEqual([
      '0.000000000000000001',
      '0.000000100000000000',
      '0.000000160000000000',
      '0.000000000080000000',
      '1500.000000000000000000',
      '-0.500000000000000000',
      '12.000000000000000000',
      '99999999999999999999.500000000000000000',
    ]);
  });

  test('money as a spreadsheet writes it is read where its commas can only be separators', async () => {
    expect(await read(decimalSql, ['$10,000.00 ', '-$5.00', '1,234,567.891', '1,000', '1.000,50', '10,00.00'])).toEqual(
      ['10000.000000000000000000', '-5.000000000000000000', '1234567.891000000000000000', null, null, null],
    );
  });

  test('what is no number is null and stops nothing', async () => {
    const texts = [
      '',
      ' ',
      'abc',
      '1_000',
      '1 000',
      '0x10',
      'Infinity',
      '--1',
      '1e',
      '1e400',
      `0.${'0'.repeat(40)}1e30`,
      null,
    ];
    expect(await read(decimalSql, texts)).toEqual(texts.map(() => null));
  });

  test('any decimal of 20 digits before and 18 behind the point survives', async () => {
    const number = fc
      .tuple(fc.bigInt({ min: -(10n ** 20n) + 1n, max: 10n ** 20n - 1n }), fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }))
      .map(([whole, fraction]) => `${whole}.${String(fraction).padStart(18, '0')}`);
    await fc.assert(
      fc.asyncProperty(fc.array(number, { minLength: 1, maxLength: 50 }), async (texts) => {
        expect(await read(decimalSql, texts)).toEqual(texts);
      }),
      { numRuns: 20 },
    );
  });
});

describe('timestamps', () => {
  const spellings: readonly (readonly [string, string])[] = [
    ['2024-09-01', '2024-09-01 00:00:00'],
    ['2024-09-01T05:06', '2024-09-01 05:06:00'],
    ['2024-09-01T05:06Z', '2024-09-01 05:06:00'],
    ['2024-09-01 05:06:07', '2024-09-01 05:06:07'],
    ['2024-09-01 05:06:07 UTC', '2024-09-01 05:06:07'],
    ['2024-09-01T05:06:07Z', '2024-09-01 05:06:07'],
    ['2024-09-01T05:06:07.890Z', '2024-09-01 05:06:07.89'],
    ['2024-09-01 05:06:07+00', '2024-09-01 05:06:07'],
    ['2024-09-01T05:06:07+05:30', '2024-08-31 23:36:07'],
    ['2024-09-01T05:06:07-0530', '2024-09-01 10:36:07'],
    ['1725167167000', '2024-09-01 05:06:07'],
    ['1725167167', '2024-09-01 05:06:07'],
  ];
  test.each(spellings)('%s is %s UTC', async (text, expected) => {
    expect(await read(timestampSql, [text])).toEqual([expected]);
  });

  test('what cannot be told for sure is null and stops nothing', async () => {
    const texts = [
      '',
      'yesterday',
      '2024-02-30',
      '2024-9-1',
      '4/1/25',
      '20240901',
      '2024-09-01 05:06:07 PST',
      'infinity',
      null,
    ];
    expect(await read(timestampSql, texts)).toEqual(texts.map(() => null));
  });

  test('every instant is the same in every spelling', async () => {
    const instant = fc.date({
      min: new Date('2000-01-01T00:00:00Z'),
      max: new Date('2099-12-31T00:00:00Z'),
      noInvalidDate: true,
    });
    await fc.assert(
      fc.asyncProperty(instant, fc.integer({ min: -14 * 60, max: 14 * 60 }), async (date, offset) => {
        const seconds = new Date(Math.floor(date.getTime() / 1000) * 1000);
        const iso = seconds.toISOString();
        const moved = new Date(seconds.getTime() + offset * 60_000).toISOString().slice(0, 19);
        const two = (n: number) => String(n).padStart(2, '0');
        const zone = `${offset < 0 ? '-' : '+'}${two(Math.trunc(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
        const texts = [
          iso,
          iso.slice(0, 19),
          `${iso.slice(0, 19)}Z`,
          `${iso.slice(0, 19).replace('T', ' ')} UTC`,
          `${moved}${zone}`,
        ];
        if (seconds.getTime() >= 1e12) texts.push(String(seconds.getTime()));
        const expected = iso.slice(0, 19).replace('T', ' ');
        expect(await read(timestampSql, texts)).toEqual(texts.map(() => expected));
      }),
      { numRuns: 60 },
    );
  });

  test('dates with slashes follow the order that the billing periods show', async () => {
    expect(await read((text) => timestampSql(text, `'mdy'`), ['4/1/25', '12/31/2025 7:05'])).toEqual([
      '2025-04-01 00:00:00',
      '2025-12-31 07:05:00',
    ]);
    expect(await read((text) => timestampSql(text, `'dmy'`), ['31/12/2025', '12/31/2025'])).toEqual([
      '2025-12-31 00:00:00',
      null,
    ]);
  });

  test.each([
    [['4/1/25', '5/1/25'], 'mdy'],
    [['01/04/2025', '01/05/2025'], 'dmy'],
    [['1/1/25'], null],
    [['4/2/25', '5/1/25'], null],
    [['2025-04-01'], null],
  ])('billing periods that start on %j are written %s', async (starts, order) => {
    const values = starts.map((start) => `('${start}')`).join(', ');
    const rows = await bench.rows(
      `SELECT ${slashOrderSql('start')} AS slash_order FROM (VALUES ${values}) AS file(start)`,
    );
    expect(rows).toEqual([{ slash_order: order }]);
  });
});

test('closed lists are read in any case, and an unknown value stays what it is', async () => {
  const frequency = (text: string) =>
    enumerationSql(text, ['One-Time', 'Recurring', 'Usage-Based'], { Once: 'One-Time' });
  expect(await read(frequency, ['Usage-based', 'usage_based', ' ONE TIME', 'once', 'Weekly', '', null])).toEqual([
    'Usage-Based',
    'Usage-Based',
    'One-Time',
    'One-Time',
    'Weekly',
    null,
    null,
  ]);
});

test('no text at all raises an error in any reader', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 30 }), async (texts) => {
      const safe = texts.map((text) => text.replaceAll('\0', '').toWellFormed());
      for (const reader of [decimalSql, timestampSql, (text: string) => timestampSql(text, `'mdy'`)]) {
        expect(await read(reader, safe)).toHaveLength(safe.length);
      }
    }),
    { numRuns: 50 },
  );
});
