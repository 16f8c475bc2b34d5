import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { add, decimal } from '@cloudact/core/money';
import { openWorkbench } from '@cloudact/core/warehouse/duckdb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { convert } from '../../convert/index.ts';
import { writeCur } from './write-cur.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'write-cur-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

describe('writeCur', () => {
  test('writes exactly the rows asked for, priced right, with the total it reports', async () => {
    const file = join(directory, 'large.csv');
    const progress: number[] = [];
    const written = await writeCur({ rows: 150_001, seed: 3, file, onProgress: ({ done }) => progress.push(done) });
    expect(written.rows).toBe(150_001);
    expect(progress).toEqual([...progress].sort((left, right) => left - right));
    expect(progress.at(-1)).toBe(150_001);

    const bench = await openWorkbench({ inputs: [file], outputs: [], temporaryDirectory: directory });
    try {
      const money = (column: string) => `CAST("${column}" AS DECIMAL(38,10))`;
      const units = (column: string) => `CAST(${money(column)} * 10000000000 AS HUGEINT)`;
      const [row] = await bench.rows(`SELECT count(*) AS n, count(DISTINCT "identity/LineItemId") AS ids,
          count(DISTINCT "lineItem/ResourceId") AS resources, count(DISTINCT "bill/BillingPeriodStartDate") AS periods,
          sum(${money('lineItem/UnblendedCost')}) AS total,
          count(*) FILTER ("lineItem/LineItemType" = 'Usage' AND ${units('lineItem/UnblendedCost')} <>
            (${units('lineItem/UnblendedRate')} * ${units('lineItem/UsageAmount')} + 5000000000) // 10000000000) AS mispriced
        FROM read_csv('${file}', all_varchar = true, header = true)`);
      expect(row).toMatchObject({ n: '150001', ids: '150001', periods: '13', mispriced: '0' });
      expect(Number(row!.resources)).toBeGreaterThan(250);
      expect(decimal(String(row!.total))).toBe(decimal(written.total));
    } finally {
      await bench.close();
    }
  });

  test('whatever the number of rows, the file has it, converts without a difference, and fees are spread over use', async () => {
    for (const [rows, seed] of [
      [1_009, 5],
      [31_337, 2],
      [100_000, 3],
    ] as const) {
      const file = join(directory, `${rows}.csv`);
      const output = join(directory, `${rows}.parquet`);
      const written = await writeCur({ rows, seed, file });
      const report = await convert({ files: [file], output });
      expect([written.rows, report.rowsRead], `${rows} rows`).toEqual([rows, rows]);
      expect(report.totals.filter(({ difference }) => Number(difference) !== 0)).toEqual([]);
      expect(add(...report.totals.map(({ source }) => source))).toBe(decimal(written.total));

      const bench = await openWorkbench({ inputs: [output], outputs: [], temporaryDirectory: directory });
      try {
        const [costs] = await bench.rows<{ billed: string; effective: string }>(
          `SELECT sum(BilledCost) AS billed, sum(EffectiveCost) AS effective FROM read_parquet('${output}')`,
        );
        expect(costs!.effective, `${rows} rows`).toBe(costs!.billed);
      } finally {
        await bench.close();
      }
    }
  }, 120_000);

  test('the same options give the same bytes, compressed or not', async () => {
    const plain = join(directory, 'a.csv');
    const compressed = join(directory, 'b.csv.gz');
    await writeCur({ rows: 2_000, seed: 5, file: plain });
    await writeCur({ rows: 2_000, seed: 5, file: compressed });
    const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
    expect(hash(gunzipSync(await readFile(compressed)))).toBe(hash(await readFile(plain)));
  });

  test('a place that cannot be written is said in words', async () => {
    const file = join(directory, 'missing', 'a.csv');
    await expect(writeCur({ rows: 10, seed: 1, file })).rejects.toMatchObject({ code: 'output_unwritable' });
  });
});
