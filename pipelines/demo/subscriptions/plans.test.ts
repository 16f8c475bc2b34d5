import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { convert } from '../../convert/index.ts';
import { validateFocusFile } from '../../focus/validate/index.ts';
import { readPlanFile } from '../../subscriptions/index.ts';
import { generateDemoSubscriptions } from './write-plans.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demo-subscriptions-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Also on the first and the last day of a month, and in a leap year. */
test.each([
  ['2026-11', '2026-11-23'],
  ['2026-03', '2026-03-01'],
  ['2028-02', '2028-02-29'],
])('subscriptions that end in %s on %s tie to their invoices and break no rule', async (endMonth, today) => {
  const { plans, files } = await generateDemoSubscriptions({ directory: join(folder, today), endMonth, today });
  const { subscriptions } = await readPlanFile(plans);
  expect(subscriptions.length).toBe(8);
  expect(new Set(subscriptions.map(({ currency }) => currency))).toEqual(new Set(['USD', 'EUR']));
  const output = join(folder, `${today}.parquet`);
  const { totals } = await convert({ files, output });
  expect(totals.length).toBe(26);
  expect(totals.filter(({ difference }) => difference !== '0')).toEqual([]);
  const { rules } = await validateFocusFile(output);
  expect(rules.filter(({ keyword, status }) => keyword.startsWith('MUST') && status === 'failed')).toEqual([]);
});
