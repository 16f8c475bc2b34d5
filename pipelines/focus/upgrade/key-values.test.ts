import { openWorkbench, type Workbench } from '@cloudact/core/warehouse/duckdb';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keyValuesSql } from './key-values.ts';

let bench: Workbench;

beforeAll(async () => {
  bench = await openWorkbench({ inputs: [], outputs: [] });
});

afterAll(() => bench.close());

async function read(text: string | null): Promise<string | null> {
  const [row] = await bench.rows<{ value: string | null }>(
    `SELECT ${keyValuesSql('text')} AS value FROM (SELECT $text AS text)`,
    { text },
  );
  return row!.value;
}

test.each([
  ['a JSON object', '{"team":"web","env": "prod"}'],
  ['an object without braces', '"team":"web","env": "prod"'],
  ['an array of pairs', '[{"Key":"team","Value":"web"},{"Key":"env","Value":"prod"}]'],
  ['an array of pairs in small letters', '[{"key":"team","value":"web"},{"key":"env","value":"prod"}]'],
  ['a Python dictionary', `{'team': 'web', 'env': "prod"}`],
])('%s becomes one flat JSON object with sorted keys', async (_, text) => {
  expect(await read(text)).toBe('{"env":"prod","team":"web"}');
});

test('words inside the strings of a Python dictionary stay text, words between them become JSON', async () => {
  expect(await read(`{'a': 'it\\'s "None": None', 'b': None, 'c': True, 'd': False}`)).toBe(
    '{"a":"it\'s \\"None\\": None","b":null,"c":true,"d":false}',
  );
});

test('of two equal keys the last is kept, and nested values become text', async () => {
  expect(await read('{"a":1,"b":{"c":[1]},"a":2}')).toBe('{"a":2,"b":"{\\"c\\":[1]}"}');
});

test.each([null, '', ' ', 'garbage', '[1]', '[{"Value":"x"}]', '"text"', '12', 'null', "{'a': "])(
  '%j is no tags',
  async (text) => {
    expect(await read(text)).toBeNull();
  },
);

test.each(['{}', '[]'])('%s is the empty set of tags', async (text) => {
  expect(await read(text)).toBe('{}');
});

const tags = fc.dictionary(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.oneof(fc.string({ unit: 'grapheme', maxLength: 12 }), fc.integer(), fc.boolean(), fc.constant(null)),
  { noNullPrototype: true },
);
const clean = (value: string) => value.replaceAll('\0', '').toWellFormed();

test('whatever the tags and their spelling, keys and values survive, and equal tags have equal text', async () => {
  await fc.assert(
    fc.asyncProperty(tags, async (given) => {
      const entries = Object.entries(given).map(
        ([key, value]) => [clean(key), typeof value === 'string' ? clean(value) : value] as const,
      );
      const expected = Object.fromEntries(entries);
      const object = await read(JSON.stringify(expected));
      expect(JSON.parse(object!)).toEqual(expected);
      const turned = Object.fromEntries(Object.entries(expected).reverse());
      expect(await read(JSON.stringify(turned))).toBe(object);
      const pairs = Object.entries(expected).map(([Key, Value]) => ({ Key, Value }));
      expect(await read(JSON.stringify(pairs))).toBe(object);
      expect(await read(object)).toBe(object);
      if (entries.length > 0) expect(await read(object!.slice(1, -1))).toBe(object);
    }),
    { numRuns: 60 },
  );
});

test('no text at all raises an error', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.stringMatching(/^[[{'":,}\]a\\]{0,20}$/)),
      async (text) => {
        const value = await read(clean(text));
        if (value !== null) expect(JSON.parse(value)).toBeTypeOf('object');
      },
    ),
    { numRuns: 200 },
  );
});
