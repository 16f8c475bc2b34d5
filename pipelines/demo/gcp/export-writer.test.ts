import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decimal } from '@cloudact/core/money';
import { openWorkbench } from '@cloudact/core/warehouse/duckdb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { convert } from '../../convert/index.ts';
import { validateFocusFile } from '../../focus/validate/index.ts';
import type { WrittenMonth } from '../bill-writer.ts';
import { generateDemoBills } from '../generate.ts';

let folder: string;
let months: WrittenMonth[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demo-gcp-'));
  months = await write('first');
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

async function write(name: string, seed = 1): Promise<WrittenMonth[]> {
  const directory = join(folder, name);
  const [bills] = await generateDemoBills({
    directory,
    endMonth: '2026-11',
    today: '2026-11-23',
    providers: ['gcp'],
    seed,
  });
  return bills!.months;
}

const month = (text: string) => months.find((each) => each.month === text)!;

async function converted(files: readonly string[], name: string) {
  const output = join(folder, `${name}.parquet`);
  const { totals } = await convert({ files, output });
  return { output, totals };
}

test('the same seed gives the same bytes, another seed gives others', async () => {
  const [again, other] = [await write('again'), await write('other', 2)];
  for (const [index, { files }] of months.entries()) {
    const bytes = await Promise.all(files.map((file) => readFile(file)));
    expect(await Promise.all(again[index]!.files.map((file) => readFile(file)))).toEqual(bytes);
    expect(await readFile(other[index]!.files[0]!)).not.toEqual(bytes[0]);
  }
}, 60_000);

test('a month has two to four thousand rows; a finished one ends in whole cents', () => {
  for (const { rows, total } of months) {
    expect(rows).toBeGreaterThan(2_000);
    expect(rows).toBeLessThan(4_000);
    expect(total).toMatch(/^\d{5}\.\d+$/);
  }
  expect(months.slice(0, -1).every(({ total }) => /\.\d{1,2}$/.test(total))).toBe(true);
});

test.each(['2025-11', '2026-04', '2026-10'])(
  '%s: billed and effective cost are what the generator says, and no rule is broken',
  async (text) => {
    const { files, total } = month(text);
    const { output, totals } = await converted(files, text);
    expect(totals).toMatchObject([{ source: decimal(total), difference: '0' }]);
    const { rules } = await validateFocusFile(output);
    expect(
      rules.filter(({ keyword, status }) => keyword.startsWith('MUST') && status === 'failed').map(({ id }) => id),
    ).toEqual([]);
    const bench = await openWorkbench({ inputs: [output], outputs: [] });
    const [sums] = await bench.rows<{ effective: string; used: string; bought: string }>(
      `SELECT sum(EffectiveCost) AS effective, coalesce(sum(EffectiveCost) FILTER (CommitmentDiscountId IS NOT NULL), 0) AS used,
      coalesce(sum(BilledCost) FILTER (ChargeCategory = 'Purchase'), 0) AS bought FROM read_parquet(['${output}'])`,
    );
    await bench.close();
    expect(decimal(sums!.effective)).toBe(decimal(total));
    expect(decimal(sums!.used)).toBe(decimal(sums!.bought));
  },
  60_000,
);

test('one month is restated by a second file: what was first exported is a bill of its own', async () => {
  const restated = months.filter((each) => each.restated);
  expect(restated.map((each) => each.month)).toEqual(['2026-09']);
  const [{ files, rows, total, restated: first }] = restated as [WrittenMonth];
  expect(files[0]).toBe(first!.files[0]);
  expect(first!.rows).toBeLessThan(rows);
  expect((await converted(first!.files, 'first')).totals).toMatchObject([
    { source: decimal(first!.total), difference: '0' },
  ]);
  expect((await converted(files, 'second')).totals).toMatchObject([{ source: decimal(total), difference: '0' }]);
}, 60_000);

test('the story is in it: credits, both commitment models, sustained use, a correction, namespaces', async () => {
  const { output } = await converted(
    [...month('2025-11').files, ...month('2026-04').files, ...month('2026-10').files],
    'story',
  );
  const bench = await openWorkbench({ inputs: [output], outputs: [] });
  const rows = await bench.rows<{
    month: string;
    credit: boolean;
    correction: boolean;
    model: boolean;
    committed: boolean;
    namespaces: string;
  }>(
    `SELECT strftime(BillingPeriodStart, '%Y-%m') AS month, bool_or(ChargeCategory = 'Credit') AS credit,
      bool_or(coalesce(ChargeClass = 'Correction', x_AdjustmentType IS NOT NULL)) AS correction,
      bool_or(CommitmentDiscountStatus = 'Used' AND x_ConsumptionModelId <> 'Default') AS model,
      bool_or(CommitmentDiscountStatus IS NOT NULL) AS committed, count(DISTINCT x_KubernetesNamespace) AS namespaces
    FROM read_parquet(['${output}']) GROUP BY 1 ORDER BY 1`,
  );
  await bench.close();
  expect(rows).toMatchObject([
    { month: '2025-11', credit: true, correction: false, committed: false, namespaces: '5' },
    { month: '2026-04', credit: false, correction: false, committed: true, namespaces: '5' },
    { month: '2026-10', credit: false, correction: true, model: true, namespaces: '6' },
  ]);
}, 60_000);
