import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkbench } from '@cloudact/core/warehouse/duckdb';
import { expect, test } from 'vitest';
import { landFiles } from '../landing/index.ts';
import { listBook } from '../prices/index.ts';
import { openaiUsage } from '../providers/openai/index.ts';

test('until when costs are settled is what a file says of itself, not what another one says', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cloudact-settled-'));
  const day = { charge_start: '2026-11-12T00:00:00Z', charge_end: '2026-11-13T00:00:00Z' };
  const usage = { openai_answer: 'completions', ...day, model: 'gpt-4o', input_tokens: 1_000_000, output_tokens: 0 };
  const settled = { early: '2026-11-05', late: '2026-11-20', silent: undefined };
  const files: string[] = [];
  for (const [account_id, settled_before] of Object.entries(settled)) {
    const about = settled_before === undefined ? [] : [{ openai_answer: 'about', ...day, account_id, settled_before }];
    const path = join(folder, `${account_id}.ndjson`);
    await writeFile(path, [...about, { ...usage, account_id }].map((line) => `${JSON.stringify(line)}\n`).join(''));
    files.push(path);
  }
  const workbench = await openWorkbench({ inputs: files, outputs: [] });
  try {
    const { plan, table } = await landFiles(workbench, openaiUsage, files);
    await plan.prepare?.(workbench, table, { prices: listBook() });
    const rows = await workbench.rows(
      `SELECT "BillingAccountId" AS account, "x_CostBasis" AS basis FROM (${plan.toFocus(table)}) ORDER BY 1`,
    );
    expect(rows).toEqual([
      { account: 'early', basis: 'priced' },
      { account: 'late', basis: 'unbilled' },
      { account: 'silent', basis: 'priced' },
    ]);
  } finally {
    await workbench.close();
    await rm(folder, { recursive: true });
  }
});
