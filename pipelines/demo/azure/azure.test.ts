import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { decimal } from '@cloudact/core/money';
import { openWorkbench } from '@cloudact/core/warehouse/duckdb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { convert } from '../../convert/index.ts';
import { validateFocusFile } from '../../focus/validate/index.ts';
import type { DemoBills } from '../generate.ts';
import { generateDemoBills } from '../generate.ts';

const story = { endMonth: '2026-11', today: '2026-11-23', providers: ['azure'] };
let directory: string;
let bills: DemoBills;
let focus: string;

/** The months around both purchases, the refund and the restated month, loaded together as the demo is. */
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'demo-azure-'));
  [bills] = (await generateDemoBills({ ...story, directory })) as [DemoBills];
  focus = join(directory, 'focus.parquet');
  await convert({ files: told().flatMap(({ files }) => files), output: focus });
}, 180_000);
afterAll(() => rm(directory, { recursive: true, force: true }));

const told = () => bills.months.filter(({ month }) => ['2025-12', '2026-01', '2026-05', '2026-10'].includes(month));

async function rowsOf<Row>(sql: string): Promise<Row[]> {
  const bench = await openWorkbench({ inputs: [focus], outputs: [], temporaryDirectory: directory });
  try {
    return await bench.rows<Row>(sql.replace('focus', `read_parquet('${focus}')`));
  } finally {
    await bench.close();
  }
}

describe('the European subsidiary’s Azure exports', () => {
  test('both datasets lie in run folders, each with the manifest that names its file', async () => {
    for (const { files, rows } of bills.months) {
      expect(files).toHaveLength(2);
      const counts = await Promise.all(
        files.map(async (file) => {
          const manifest = JSON.parse(await readFile(join(dirname(file), 'manifest.json'), 'utf8'));
          expect(file.endsWith(manifest.blobs[0].blobName.replace(/^azure\//, '')), file).toBe(true);
          expect(manifest.runInfo.runId).toBe(dirname(file).split('/').at(-1));
          expect(
            gunzipSync(await readFile(file))
              .toString()
              .trimEnd()
              .split('\n'),
          ).toHaveLength(manifest.dataRowCount + 1);
          return manifest.dataRowCount as number;
        }),
      );
      expect(counts[0]! + counts[1]!).toBe(rows);
      for (const count of counts) expect(count).toBeGreaterThan(1_500);
      for (const count of counts) expect(count).toBeLessThan(3_000);
    }
  });

  test('the same seed gives the same bytes', async () => {
    const again = await mkdtemp(join(tmpdir(), 'demo-azure-'));
    const [second] = (await generateDemoBills({ ...story, directory: again, months: 2 })) as [DemoBills];
    for (const [index, { files }] of second.months.entries()) {
      for (const [part, file] of files.entries()) {
        expect(await readFile(file)).toEqual(await readFile(bills.months.at(-2 + index)!.files[part]!));
      }
    }
    await rm(again, { recursive: true });
  });

  test('one month was delivered before, with less', async () => {
    const restated = bills.months.filter((month) => month.restated);
    expect(restated.map(({ month }) => month)).toEqual(['2026-09']);
    expect(Number(restated[0]!.restated!.total)).toBeLessThan(Number(restated[0]!.total));
    expect(await readdir(dirname(dirname(restated[0]!.files[0]!)))).toHaveLength(2);
  });

  test('loaded together, every month is billed what ActualCost says', async () => {
    const months = await rowsOf<{ month: string; billed: string }>(
      `SELECT strftime(BillingPeriodStart, '%Y-%m') AS month, sum(BilledCost) AS billed FROM focus GROUP BY 1 ORDER BY 1`,
    );
    expect(months.map(({ month, billed }) => [month, decimal(billed)])).toEqual(
      told().map(({ month, total }) => [month, decimal(total)]),
    );
  });

  test('breaks no MUST rule of FOCUS', async () => {
    const { rules, conforms } = await validateFocusFile(focus);
    expect(rules.filter(({ keyword, status }) => keyword.startsWith('MUST') && status === 'failed')).toEqual([]);
    expect(conforms).toBe(true);
  }, 60_000);

  test('has a reservation and a savings plan that are partly unused, Marketplace, spot and a refund', async () => {
    const kinds = await rowsOf<{ kind: string }>(
      `SELECT DISTINCT concat_ws(' ', CommitmentDiscountType, CommitmentDiscountStatus, ChargeCategory, ChargeClass, PricingCategory, x_PublisherType) AS kind FROM focus`,
    );
    expect(kinds.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining([
        'Reservation Purchase Standard Azure',
        'Reservation Used Usage Committed Azure',
        'Reservation Unused Usage Committed Azure',
        'Savings Plan Purchase Standard Azure',
        'Savings Plan Used Usage Committed Azure',
        'Savings Plan Unused Usage Committed Azure',
        'Usage Dynamic Azure',
        'Usage Standard Marketplace',
        'Purchase Correction Standard Marketplace',
      ]),
    );
  });
});
