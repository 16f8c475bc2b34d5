import { gzipSync } from 'node:zlib';
import { Value } from 'typebox/value';
import { describe, expect, test } from 'vitest';
import { attributionOf } from './fixtures.ts';
import { attributionFormat } from './index.ts';
import { type AttributionRecord, attributionRecordSchema, toLine } from './record.ts';
import { tagsOfLabels } from './tags.ts';

const good = {
  attribution_source: 'gateway',
  charge_date: '2026-10-31',
  provider: 'openai',
  model: 'gpt-5',
  api_key_id: null,
  sub_account_id: 'proj_1',
  meter: 'input_tokens',
  quantity: '1200',
  tags: { feature: 'search', customer: 'c-17' },
};
const ndjson = (...rows: object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
const { attribution_source: _source, ...read } = { ...good, tags: '{"customer":"c-17","feature":"search"}' };

describe('files of attribution', () => {
  test('CSV, NDJSON, gzip and Parquet tell the same', async () => {
    const csv = `attribution_source,charge_date,provider,model,api_key_id,sub_account_id,meter,quantity,tags
gateway,2026-10-31,openai,gpt-5,,proj_1,input_tokens,1200,"{""feature"":""search"",""customer"":""c-17""}"\n`;
    expect(await attributionOf({ 'a.csv': csv })).toEqual([read]);
    expect(await attributionOf({ 'a.ndjson': ndjson(good) })).toEqual([read]);
    expect(await attributionOf({ 'a.ndjson.gz': gzipSync(ndjson(good)) })).toEqual([read]);
    const parquet = await attributionOf(
      {},
      {
        make: async (folder, workbench) => {
          await workbench.run(`COPY (SELECT 'gateway' AS attribution_source, DATE '2026-10-31' AS charge_date, 'openai' AS provider,
            'gpt-5' AS model, 'proj_1' AS sub_account_id, 'input_tokens' AS meter, 1200 AS quantity,
            '{"feature":"search","customer":"c-17"}' AS tags) TO '${folder}/a.parquet' (FORMAT parquet)`);
          return [`${folder}/a.parquet`];
        },
      },
    );
    expect(parquet).toEqual([read]);
  });

  test('one row per day, provider, model, key, sub-account, meter and set of tags, in whatever order the tags come', async () => {
    const turned = { ...good, tags: { customer: 'c-17', user: null, feature: 'search' }, quantity: 0.5 };
    expect(await attributionOf({ 'a.ndjson': ndjson(good, turned, good) })).toEqual([{ ...read, quantity: '2400.5' }]);
  });

  test('tags keep every character, and a set without tags is one', async () => {
    const tags = { 'a "b"\\': 'ü \n{"x"}', feature: 'a:b,c' };
    const rows = await attributionOf({ 'a.ndjson': ndjson({ ...good, tags }, { ...good, tags: {} }) });
    expect(rows.map((row) => JSON.parse(row.tags!))).toEqual([tags, {}]);
  });

  test('the line about the file tells of no usage, and a file may hold nothing else', async () => {
    const about = Object.fromEntries(Object.keys(good).map((name) => [name, null]));
    const text = ndjson({ ...about, attribution_source: 'about', fetched_at: '2026-10-31T00:00:00Z' });
    expect(await attributionOf({ 'a.ndjson': text })).toEqual([]);
    expect(await attributionOf({ 'a.ndjson': text + ndjson(good) })).toEqual([read]);
  });

  test('columns that nobody knows change nothing', async () => {
    expect(await attributionOf({ 'a.ndjson': ndjson({ ...good, spend: 0.1, x_Other: { a: 1 } }) })).toEqual([read]);
  });

  test.each([
    ['charge_date', { charge_date: '0001-01-01' }, 'is not a day in UTC such as 2026-10-31'],
    ['charge_date', { charge_date: '2026-02-30' }, 'is not a day in UTC such as 2026-10-31'],
    ['charge_date', { charge_date: null }, 'is not a day in UTC such as 2026-10-31'],
    ['quantity', { quantity: 'many' }, 'is not a decimal number'],
    ['quantity', { quantity: '-3' }, 'is not more than 0 and less than 10^15'],
    ['quantity', { quantity: '1e15' }, 'is not more than 0 and less than 10^15'],
    ['quantity', { quantity: null }, 'is not more than 0 and less than 10^15'],
    ['meter', { meter: 'tokens' }, 'is not a meter'],
    ['provider', { provider: 'OpenAI Inc' }, 'is not the id of a provider'],
    ['tags', { tags: 'search' }, 'is not a JSON object'],
    ['tags', { tags: ['search'] }, 'is not a JSON object'],
    ['tags', { tags: null }, 'is not a JSON object'],
    ['tags', { tags: { user: 42 } }, 'has a value that is no text'],
    ['tags', { tags: '{"a":"1","a":"2"}' }, 'names a tag twice'],
    ['attribution_source', { attribution_source: null }, 'is empty'],
  ])('a faulty %s is refused with its row: %j', async (column, fault, reason) => {
    const text = ndjson(good, { ...good, ...fault });
    const error = await attributionOf({ 'a.ndjson': text }).then(
      () => undefined,
      (thrown) => thrown,
    );
    expect(error).toMatchObject({ code: 'rows_unreadable', faults: [{ row: 2, column }] });
    expect(error.faults[0].reason).toContain(reason);
    expect(await attributionOf({ 'a.ndjson': text }, { skipUnreadable: true })).toEqual([read]);
  });

  test('a file without a column that each row needs is refused', () => {
    expect(() => attributionFormat.plan(['attribution_source', 'charge_date', 'tags', 'tokens'])).toThrow(
      'no column provider, quantity',
    );
    expect(attributionFormat.recognises(['charge_date', 'provider', 'quantity', 'tags'])).toBe(false);
  });
});

describe('records of a gateway', () => {
  const record: AttributionRecord = {
    charge_date: '2026-10-31',
    provider: 'openai',
    meter: 'input_tokens',
    quantity: '1200',
    tags: { feature: 'search' },
  };

  test('a record is the line of a file', async () => {
    expect(Value.Check(attributionRecordSchema, record)).toBe(true);
    const text = ndjson(toLine(record, 'gateway'));
    const nothing = { model: null, api_key_id: null, sub_account_id: null };
    expect(await attributionOf({ 'a.ndjson': text })).toEqual([
      { ...record, ...nothing, tags: '{"feature":"search"}' },
    ]);
  });

  test('whatever a file would be refused for is refused', () => {
    for (const fault of [
      { charge_date: '0001-01-01' },
      { quantity: 1200 },
      { quantity: '0.00' },
      { quantity: '1e5' },
      { meter: 'tokens' },
      { provider: 'OpenAI' },
      { tags: { user: 42 } },
      { prompt: 'never kept' },
    ]) {
      expect(Value.Check(attributionRecordSchema, { ...record, ...fault })).toBe(false);
    }
    expect(() => toLine({ ...record, charge_date: '2026-02-30' }, 'gateway')).toThrow('is no day of the calendar');
  });
});

describe('labels as tags', () => {
  test('a named label is a tag, others are labels', () => {
    expect(
      tagsOfLabels(['Feature:search', 'nightly', 'feature:chat', 'https://x.example', 'constructor:x', 'user: ']),
    ).toEqual({ feature: 'search, chat', label: 'https://x.example, nightly', constructor: 'x' });
  });
});
