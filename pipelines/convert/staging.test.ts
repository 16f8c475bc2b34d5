import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { billFormats } from '../providers/registry.ts';
import { convert } from './convert.ts';
import { openStaging } from './staging.ts';
import { tinyBills } from './tiny-bills.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cloudact-test-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

test('the rows of a small bill stay in memory, those of a large one get a folder of their own, which goes again', async () => {
  const bill = join(folder, 'bill.csv');
  await writeFile(bill, 'small');
  expect((await openStaging([bill])).folder).toBeUndefined();
  await truncate(bill, 300 * 1024 * 1024);
  const { folder: rows, remove } = await openStaging([bill]);
  expect(await readdir(rows!.path)).toEqual([]);
  await remove();
  await expect(readdir(rows!.path)).rejects.toMatchObject({ code: 'ENOENT' });
});

test.each(billFormats.map(({ id }) => id))(
  'a large bill has the rows of a small one and leaves nothing behind, in the order of its cores: %s',
  async (id) => {
    const bill = join(folder, 'bill');
    await writeFile(bill, tinyBills[id]!);
    await mkdir(join(folder, 'temporary'));
    vi.stubEnv('TMPDIR', join(folder, 'temporary'));
    const rows = async (name: string, largeBytes: number) => {
      const output = join(folder, name);
      const { totals, faults } = await convert({ files: [bill], output, largeBytes });
      expect(await readdir(join(folder, 'temporary'))).toEqual([]);
      return { totals, faults, lines: (await readFile(output, 'utf8')).split('\n').sort() };
    };
    expect(await rows('large.csv', 0)).toEqual(await rows('small.csv', Number.POSITIVE_INFINITY));
    const parquet = await convert({ files: [bill], output: join(folder, 'large.parquet'), largeBytes: 0 });
    expect(parquet.rowsWritten).toBeGreaterThan(0);
  },
  60_000,
);

test('a row of a large bill that cannot be loaded is left out on purpose, and the others stay', async () => {
  const bill = join(folder, 'bill.csv');
  const [header, first, second] = tinyBills.focus!.split('\n');
  await writeFile(bill, [header, first, second!.replace('-0.25', 'free'), second, ''].join('\n'));
  const options = { files: [bill], output: join(folder, 'out.ndjson'), largeBytes: 0 };
  await expect(convert(options)).rejects.toMatchObject({ code: 'rows_unreadable', faults: [{ row: 2 }] });
  const report = await convert({ ...options, skipUnreadable: true });
  expect([report.rowsWritten, report.rowsSkipped]).toEqual([2, 1]);
  const numbers = (await readFile(options.output, 'utf8')).match(/(?<="x_SourceRow":"?)\d+/g);
  expect(numbers?.sort()).toEqual(['1', '3']);
});
