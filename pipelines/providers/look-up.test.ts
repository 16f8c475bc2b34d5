import { openWorkbench } from '@cloudact/core/warehouse/duckdb';
import { expect, test } from 'vitest';
import { itemSql, lookUpSql } from './look-up.ts';

async function selected(sql: string): Promise<unknown> {
  const workbench = await openWorkbench({ inputs: [], outputs: [] });
  const [row] = await workbench.rows<{ value: unknown }>(`SELECT ${sql} AS value`);
  await workbench.close();
  return row!.value;
}

test('a text is looked up with its case, its quotes and empty values; what is not there is null', async () => {
  const table = { "d'or": "l'eau", '': 'nothing', none: '' };
  const found = ["'d''or'", "''", "'none'", "'None'", 'CAST(NULL AS VARCHAR)'].map((text) => lookUpSql(text, table));
  expect(await selected(`[${found.join(', ')}]`)).toEqual(["l'eau", 'nothing', '', null, null]);
});

test('an item is taken by its position, and no position has none', async () => {
  expect(await selected(`[${itemSql(['a', 'b'], '2')}, ${itemSql(['a', 'b'], 'CAST(NULL AS INTEGER)')}]`)).toEqual([
    'b',
    null,
  ]);
});

test('an item that would break the list apart is refused', () => {
  expect(() => lookUpSql('x', { 'a|b': 'c' })).toThrow(TypeError);
});
