import { serviceSubcategories } from '@cloudact/core/focus';
import { openWorkbench } from '@cloudact/core/warehouse/duckdb';
import { expect, test } from 'vitest';
import { literal } from './readers.ts';
import { otherSubcategorySql, serviceCategorySql, serviceSubcategorySql } from './services.ts';

async function evaluate(sql: string): Promise<unknown> {
  const bench = await openWorkbench({ inputs: [], outputs: [] });
  try {
    const [row] = await bench.rows<{ value: unknown }>(`SELECT ${sql} AS value`);
    return row!.value;
  } finally {
    await bench.close();
  }
}

test.each([
  ['Amazon Elastic Compute Cloud', 'Compute', 'Virtual Machines'],
  ['amazon elastic compute cloud', 'Storage', 'Block Storage'],
  ['Storage Accounts', 'Storage', 'Object Storage'],
  ['Amazon Elastic Container Service', 'Other', null],
  ['Unheard Of', 'Compute', null],
])('%s in %s is %s', async (name, category, expected) => {
  expect(await evaluate(serviceSubcategorySql(literal(name), literal(category)))).toBe(expected);
});

test('a service of several categories does not decide its category', async () => {
  expect(await evaluate(serviceCategorySql(literal('Cloud Storage')))).toBe('Storage');
  expect(await evaluate(serviceCategorySql(literal('Amazon Elastic Compute Cloud')))).toBeNull();
});

test('every category has the subcategory for what fits nowhere', async () => {
  const known = new Set(serviceSubcategories.map(({ subcategory }) => subcategory));
  for (const category of new Set(serviceSubcategories.map((pair) => pair.category))) {
    expect(known).toContain(await evaluate(otherSubcategorySql(literal(category))));
  }
});
