import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { landingBench } from './testing.ts';

const { file, land, refusal } = landingBench();

const values = (content: readonly Record<string, unknown>[]) =>
  content.map((row) => Object.entries(row).flatMap(([name, value]) => (name.startsWith('raw_') ? [value] : [])));

const RECORDS = '{"id":"a","cost":1.50,"note":null}\n\n{"cost":2,"id":"b \\"x\\"\\n12","more":true}\r\n  \n{"id":""}';

test.each([
  ['plain', RECORDS],
  ['gzipped', gzipSync(RECORDS)],
  ['with a byte order mark', `\ufeff${RECORDS}`],
  ['with a line end at its end', `${RECORDS}\n`],
])('one JSON object a line is a row, its columns are the keys of all records: %s', async (_, content) => {
  const bill = await land([await file('bill', content)]);
  expect(bill.plan.columns.map(({ source }) => source)).toEqual(['id', 'cost', 'note', 'more']);
  expect(values(bill.content)).toEqual([
    ['a', '1.50', null, null],
    ['b "x"\n12', '2', null, 'true'],
    [null, null, null, null],
  ]);
  expect(bill.content.map((row) => row.x_SourceRow)).toEqual(['1', '2', '3']);
});

test('numbers keep every digit, also inside of objects and arrays', async () => {
  const nested = '{"n":1.500000000000000000000001,"d":[-1,2e5,{"x":true,"y":null,"s":"3"}]}';
  const record = `{"id":0.1234567890123456789,"a":12345678901234567.123456789,"b":-1E-7,"c":${nested}}`;
  expect(values((await land([await file('bill', record)])).content)).toEqual([
    ['0.1234567890123456789', '12345678901234567.123456789', '-1E-7', nested],
  ]);
});

test('keys may hold any character, and differ in case alone', async () => {
  const keys = ['id', 'Id', 'a/b', 'a~b', 'a.b', '$', "'", '"', '', 'é', 'a\nb', '12', '*'];
  const record = JSON.stringify(Object.fromEntries(keys.map((key) => [key, `of ${key}`])));
  const bill = await land([await file('bill', record)]);
  const byKey = new Map(bill.plan.columns.map(({ source }, index) => [source, bill.content[0]![`raw_${index}`]]));
  expect(byKey).toEqual(new Map(keys.map((key) => [key, `of ${key}`])));
});

test('records that cannot be read are named, and the others keep their numbers', async () => {
  const broken = Buffer.from(
    '{"id":1}\nnot JSON\n[1]\n\n{"id":1\n{"id":1,"id":2}\n{"id":"\xff"}\n{"id":7}\n',
    'latin1',
  );
  const path = await file('bill.ndjson', broken);
  expect((await refusal([path])).faults).toEqual([
    { file: 'bill.ndjson', row: 2, value: 'not JSON', reason: expect.stringContaining('is not JSON') },
    { file: 'bill.ndjson', row: 3, value: '[1]', reason: expect.stringContaining('no object') },
    { file: 'bill.ndjson', row: 4, value: '{"id":1', reason: expect.stringContaining('is not JSON') },
    { file: 'bill.ndjson', row: 5, value: '{"id":1,"id":2}', reason: expect.stringContaining('names a key twice') },
    { file: 'bill.ndjson', row: 6, value: expect.anything(), reason: 'is not UTF-8' },
  ]);
  const bill = await land([path], true);
  expect(bill.content.map((row) => [row.raw_0, row.x_SourceRow])).toEqual([
    ['1', '1'],
    ['7', '7'],
  ]);
  expect([bill.rows, bill.skippedRows]).toEqual([2, 5]);
});

test('a value that its column does not allow is named like that of a CSV row', async () => {
  const error = await refusal([await file('bill', '{"id":1,"cost":"five"}\n{"id":1,"cost":1e99}\n')]);
  expect(error.faults).toMatchObject([
    { row: 1, column: 'cost', value: 'five' },
    { row: 2, column: 'cost', value: '1e99' },
  ]);
});

test.each([
  ['a JSON array', '[{"id":1}]', 'file_unreadable', 'newline-delimited JSON'],
  ['a record over many lines', '{\n"id":1\n}', 'file_format_unknown', 'one record a line'],
  [
    'a record of 17 MiB',
    `{"id":1}\n{"id":"${'x'.repeat(17 << 20)}"}`,
    'rows_unreadable',
    'row 2: the record is longer',
  ],
  ['cut-off gzip', gzipSync('{"id":1}\n'.repeat(9999)).subarray(0, 90), 'file_unreadable', 'cut off'],
  [
    'thousands of different keys',
    Array.from({ length: 6000 }, (_, n) => `{"id":1,"k${n}":1}`).join('\n'),
    'file_format_unknown',
    'different keys',
  ],
])('%s is refused as what it is', async (_, content, code, detail) => {
  const error = await refusal([await file('bill', content)]);
  expect([error.code, error.detail]).toEqual([code, expect.stringContaining(detail)]);
});

test('records land as they are, whatever their values', async () => {
  const digits = fc.stringMatching(/^-?(0|[1-9][0-9]{0,25})(\.[0-9]{1,25})?([eE][+-]?[0-9]{1,3})?$/);
  const text = fc
    .string({ unit: fc.constantFrom('a', '"', '\\', '\n', '1', '-', ',', ':', '{', 'é', '\u0001', '\ud83d\ude00') })
    .filter((value) => !['', 'NULL'].includes(value) && !value.startsWith('\u0001'));
  const scalar = fc.oneof(
    digits.map((value) => ({ json: value, landed: value })),
    text.map((value) => ({ json: JSON.stringify(value), landed: value })),
    fc.constantFrom({ json: 'null', landed: null }, { json: 'true', landed: 'true' }, { json: '[]', landed: '[]' }),
    digits.map((value) => ({ json: `[${value}]`, landed: `[${value}]` })),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(scalar, scalar), { minLength: 1, maxLength: 20 }), async (rows) => {
      const lines = rows.map(([one, other]) => `{"id": ${one.json} , "v":${other.json}}`);
      const { content } = await land([await file('bill', lines.join('\n'))]);
      expect(values(content)).toEqual(rows.map((row) => row.map(({ landed }) => landed)));
    }),
    { numRuns: 100 },
  );
});
