import { mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openWorkbench } from '@cloudact/core/warehouse/duckdb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { landFiles } from '../landing/index.ts';
import { billFormats } from '../providers/registry.ts';
import { checkTotals } from '../reconcile/index.ts';
import { openStaging } from './staging.ts';
import { tinyBills } from './tiny-bills.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cloudact-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('the rows of a small bill stay in memory, those of a large one get a file of their own, which goes again', async () => {
  const bill = join(folder, 'bill.csv');
  await writeFile(bill, 'small');
  expect((await openStaging([bill])).file).toBeUndefined();
  await truncate(bill, 300 * 1024 * 1024);
  const { file, remove } = await openStaging([bill]);
  expect(await readdir(dirname(file!))).toEqual([]);
  await remove();
  await expect(readdir(dirname(file!))).rejects.toMatchObject({ code: 'ENOENT' });
});

test.each(billFormats.map((format) => [format.id, format] as const))(
  'a bill whose rows are in a file converts and ties: %s',
  async (id, format) => {
    const bill = join(folder, 'bill');
    await writeFile(bill, tinyBills[id]!);
    const workbench = await openWorkbench({ inputs: [bill], outputs: [] });
    try {
      await workbench.run(`ATTACH '${join(folder, 'staging.db')}' AS staging`);
      const { plan, table } = await landFiles(workbench, format, [bill], { database: 'staging' });
      expect((await checkTotals(workbench, plan, table, plan.toFocus(table))).length).toBeGreaterThan(0);
    } finally {
      await workbench.close();
    }
  },
  60_000,
);
