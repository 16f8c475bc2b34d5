import { openWorkbench } from '@cloudact/core/warehouse/duckdb';
import { expect, test } from 'vitest';
import { timeSql } from './values.ts';

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
