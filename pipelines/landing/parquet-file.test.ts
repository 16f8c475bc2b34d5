import { expect, test } from 'vitest';
import { landingBench } from './testing.ts';

const { file, land, path, refusal, workbench } = landingBench();

async function parquet(select: string): Promise<string> {
  await workbench().run(`COPY (${select}) TO '${path('out.parquet')}' (FORMAT parquet)`);
  return path('out.parquet');
}

async function landedValue(sql: string): Promise<unknown> {
  const { content } = await land([await parquet(`SELECT 1 AS id, ${sql} AS v`)]);
  return content[0]!.raw_1;
}

test.each([
  ['1.50::DECIMAL(9,2)', '1.50'],
  ['0.1::DOUBLE', '0.1'],
  ['0.1::FLOAT', '0.1'],
  ['1e-7::DOUBLE', '1e-07'],
  ['9223372036854775807::BIGINT', '9223372036854775807'],
  ['18446744073709551615::UBIGINT', '18446744073709551615'],
  ["'\\xC3\\xA9'::BLOB", 'é'],
  ["'\\xFFa'::BLOB", '\\xFFa'],
  ["UUID '0190e3a4-6f5b-7000-8000-000000000000'", '0190e3a4-6f5b-7000-8000-000000000000'],
  ["'b'::ENUM('a', 'b')", 'b'],
  ["DATE '2025-03-01'", '2025-03-01'],
  ["TIME '10:20:30.5'", '10:20:30.5'],
  ["TIMESTAMP '2025-03-01 10:20:30.123456'", '2025-03-01 10:20:30.123456'],
  ["TIMESTAMP_NS '2025-03-01 10:20:30.123456789'", '2025-03-01 10:20:30.123456789'],
  ["TIMESTAMPTZ '2025-03-01 10:20:30+00'", '2025-03-01 10:20:30'],
  ['true', 'true'],
  ["'NULL'", null],
])('the Parquet value %s lands as %j', async (sql, landed) => {
  expect(await landedValue(sql)).toBe(landed);
});

test.each([
  [
    "MAP {'k': 12345678901234567890.123456789012345678::DECIMAL(38,18)}",
    '{"k":12345678901234567890.123456789012345678}',
  ],
  ["{'a b': 9007199254740993, 'q\"': NULL::INTEGER}", '{"a b":9007199254740993,"q\\"":null}'],
  ['[{x: [-0.000000000000000001::DECIMAL(38,18)]}]', '[{"x":[-0.000000000000000001]}]'],
  ["[{day: TIMESTAMPTZ '2025-03-01 10:00:00+00', used: true}]", '[{"day":"2025-03-01 10:00:00+00","used":true}]'],
])('the nested Parquet value %s lands as JSON with every digit', async (sql, landed) => {
  expect(await landedValue(sql)).toBe(landed);
});

test('the rows of a Parquet file of many row groups keep their order and numbers', async () => {
  const bill = await land([await parquet('SELECT range AS id FROM range(400000)')]);
  expect(bill.content.every((row, index) => row.raw_0 === String(index) && row.x_SourceRow === String(index + 1))).toBe(
    true,
  );
});

test('a Parquet file without rows lands without rows', async () => {
  expect((await land([await parquet('SELECT 1 AS id WHERE false')])).rows).toBe(0);
});

test.each([
  ['cut off', Buffer.from('PAR1 and no more'), 'out'],
  ['encrypted', Buffer.from('PARE and what only its owner reads PARE'), 'without encryption'],
])('a Parquet file that is %s is refused as what it is', async (_, content, detail) => {
  const error = await refusal([await file('out', content)]);
  expect([error.code, error.detail]).toEqual(['file_unreadable', expect.stringContaining(detail)]);
});
