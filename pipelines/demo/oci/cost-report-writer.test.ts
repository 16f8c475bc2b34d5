import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { decimal } from '@cloudact/core/money';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { convert } from '../../convert/index.ts';
import { validateFocusFile } from '../../focus/validate/index.ts';
import { executeRun } from '../../runs/execute-run.ts';
import { billedByMonth, openDemoOrg } from '../../runs/testing/demo-org.ts';
import type { WrittenMonth } from '../bill-writer.ts';
import { parseDay, parseMonth } from '../calendar.ts';
import { storyOf } from '../story.ts';
import { ociCostReportWriter } from './cost-report-writer.ts';

const months = ['2026-08', '2026-09', '2026-10', '2026-11'];
let directory: string;
let written: WrittenMonth[];

async function write(folder: string, seed = 1): Promise<WrittenMonth[]> {
  const writer = ociCostReportWriter({ seed, story: storyOf(parseMonth('2026-11')), today: parseDay('2026-11-23') });
  const all: WrittenMonth[] = [];
  for (const month of months) all.push(await writer.writeMonth(month, join(directory, folder)));
  return all;
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'demo-oci-'));
  written = await write('first');
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const headerOf = async (file: string) =>
  gunzipSync(await readFile(file))
    .toString()
    .split('\n', 1)[0]!;

describe("the demo company's cost reports", () => {
  test('every month converts without a difference, to what the writer says; the restated one breaks no rule of FOCUS', async () => {
    for (const { month, files, rows, total } of written) {
      const output = join(directory, `${month}.parquet`);
      const report = await convert({ files, output });
      expect(report.rowsRead, month).toBe(rows);
      expect(report.totals, month).toMatchObject([
        { billingPeriod: `${month}-01`, currency: 'USD', source: decimal(total), difference: '0' },
      ]);
    }
    const { rules, conforms } = await validateFocusFile(join(directory, '2026-09.parquet'));
    expect(rules.filter(({ keyword, status }) => keyword.startsWith('MUST') && status === 'failed')).toEqual([]);
    expect(conforms).toBe(true);
  }, 60_000);

  test('a month has some thousand lines in one file a week, under names that Oracle gives', () => {
    for (const { files, rows } of written.slice(0, 3)) {
      expect(rows).toBeGreaterThan(1_000);
      expect(rows).toBeLessThan(2_000);
      expect(files.length).toBeGreaterThanOrEqual(5);
    }
    const names = written.flatMap(({ files }) => files);
    expect(names.filter((name) => !/reports\/cost-csv\/0001\d{12}-00001\.csv\.gz$/.test(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  test('one month is restated: its late corrections make it cheaper, and lie in a file with fewer tags', async () => {
    expect(written.map(({ month, restated }) => [month, restated !== undefined])).toEqual(
      months.map((month) => [month, month === '2026-09']),
    );
    const { files, rows, total, restated } = written[1]!;
    expect(files.slice(0, -1)).toEqual(restated!.files);
    expect(rows - restated!.rows).toBe(10);
    const headers = await Promise.all([files[0]!, files.at(-1)!].map(headerOf));
    expect(headers.map((header) => header.includes('tags/Operations.PatchGroup'))).toEqual([true, false]);
    expect(Number(total)).toBeLessThan(Number(restated!.total));
    const output = join(directory, 'before.parquet');
    const { totals } = await convert({ files: [...restated!.files], output });
    expect(totals).toMatchObject([{ source: decimal(restated!.total), difference: '0' }]);
  });

  test('the restated month, loaded after its first delivery, takes the place of it', async () => {
    const demo = await openDemoOrg(directory);
    try {
      const { warehouse, org } = demo;
      const { files, total, restated } = written[1]!;
      for (const [runId, delivery, billed] of [
        ['first', restated!.files, restated!.total],
        ['again', files, total],
      ] as const) {
        await executeRun({ warehouse, org, integrationId: 'oci-demo', files: delivery, runId });
        expect(await billedByMonth(warehouse.forOrg(org))).toEqual({ 'oci-demo 2026-09': decimal(billed) });
      }
    } finally {
      await demo.close();
    }
  }, 60_000);

  test('the same seed gives the same bytes, another one others', async () => {
    const hashes = async (bills: WrittenMonth[]) =>
      Promise.all(
        bills
          .flatMap(({ files }) => files)
          .map(async (file) =>
            createHash('sha256')
              .update(await readFile(file))
              .digest('hex'),
          ),
      );
    const first = await hashes(written);
    expect(await hashes(await write('again'))).toEqual(first);
    expect(await hashes(await write('other', 2))).not.toEqual(first);
  });
});
