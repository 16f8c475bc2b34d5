import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkbench } from '@cloudact/core/warehouse/duckdb';
import { expect, test } from 'vitest';
import { convert } from '../../convert/index.ts';
import { generateDemoBills } from '../generate.ts';

test('Gemini is on Google’s bill, and what its SKUs say is told: model, direction, cache, tier', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'demo-gemini-'));
  try {
    const month = { endMonth: '2026-10', today: '2026-10-31', months: 1, providers: ['gcp'] };
    const [bills] = await generateDemoBills({ ...month, directory: folder });
    const output = join(folder, 'focus.parquet');
    const { totals } = await convert({ files: bills!.months[0]!.files, output });
    expect(totals.map(({ difference }) => difference)).toEqual(['0']);
    const bench = await openWorkbench({ inputs: [output], outputs: [] });
    const rows = await bench.rows<{ said: string }>(
      `SELECT DISTINCT concat_ws(' ', x_ModelId, x_TokenDirection, x_TokenCacheAction, x_ServiceTier) AS said
      FROM read_parquet(['${output}']) WHERE x_ModelDeveloper = 'Google' ORDER BY 1`,
    );
    await bench.close();
    expect(rows.map(({ said }) => said)).toEqual([
      'gemini-2.5-flash Input Uncached',
      'gemini-2.5-flash Output',
      'gemini-2.5-flash-lite Input Uncached',
      'gemini-2.5-flash-lite Output',
      'gemini-2.5-pro Input Read',
      'gemini-2.5-pro Input Uncached',
      'gemini-2.5-pro Input Uncached batch',
      'gemini-2.5-pro Output',
      'gemini-2.5-pro Output batch',
    ]);
  } finally {
    await rm(folder, { recursive: true });
  }
}, 60_000);
