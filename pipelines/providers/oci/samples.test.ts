import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { convert } from '../../convert/index.ts';
import { validateFocusFile } from '../../focus/validate/index.ts';

const sample = resolve(import.meta.dirname, '../../../../shared/data/oci/cost-report-300rows.csv');
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cloudact-oci-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('a real report of 300 lines ties to the last digit and breaks no rule of FOCUS', async (context) => {
  if (!existsSync(sample)) context.skip('skipped: no sample data');
  const output = join(folder, 'focus.parquet');
  const report = await convert({ files: [sample], output });
  expect(report).toMatchObject({ rowsRead: 300, rowsWritten: 300 });
  expect(report.totals).toMatchObject([
    { source: '1.480631179304214551', focus: '1.480631179304214551', difference: '0' },
  ]);
  const { conforms, rules } = await validateFocusFile(output);
  expect(rules.filter(({ keyword, status }) => keyword.startsWith('MUST') && status === 'failed')).toEqual([]);
  expect(conforms).toBe(true);
});
