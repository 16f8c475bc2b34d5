import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { validateFocusFile } from '../focus/validate/index.ts';
import { documentedNulls, emptyColumns } from '../providers/testing/documented-nulls.ts';
import { run } from './run.ts';

const readme = join(import.meta.dirname, '../subscriptions/README.md');
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cloudact-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function cloudact(...args: string[]) {
  const out: string[] = [];
  const error: string[] = [];
  const code = await run(args, {
    terminal: { out: (text) => out.push(text), error: (text) => error.push(text), screen: undefined },
  });
  return { code, out: out.join('\n'), error: error.join('\n') };
}

async function block(language: string): Promise<string> {
  return (await readFile(readme, 'utf8')).split(`\`\`\`${language}\n`)[1]!.split('\n```')[0]!;
}

test('the command of the page converts its example, which ties and breaks no rule of FOCUS 1.3', async () => {
  await writeFile(join(folder, 'plans.json'), await block('json'));
  const args = (await block('sh'))
    .split(' ')
    .slice(1)
    .map((part) => (/\.(json|parquet)$/.test(part) ? join(folder, part) : part));
  const { code, out } = await cloudact(...args, '--json');
  expect(code).toBe(0);
  const answer = JSON.parse(out);
  expect(answer).toMatchObject({ ok: true, subscriptions: 2, commitmentsWritten: 1 });
  expect(answer.totals.every(({ difference }: { difference: string }) => difference === '0')).toBe(true);
  expect(answer.totals).toContainEqual(
    expect.objectContaining({ billingPeriod: '2026-02-01', invoice: 'OR-7', source: '148.75' }),
  );
  for (const name of ['charges.parquet', 'commitments.parquet']) {
    const { rules } = await validateFocusFile(join(folder, name));
    expect(
      rules.filter(({ keyword, status }) => keyword.startsWith('MUST') && status === 'failed').map(({ id }) => id),
    ).toEqual([]);
  }
  const rows = join(folder, 'charges.ndjson');
  await cloudact('subscriptions', join(folder, 'plans.json'), '--out', rows, '--through', '2026-11-30');
  const records = (await readFile(rows, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const empty = emptyColumns(records).filter((name) => name !== 'ChargeClass');
  expect(empty).toEqual(await documentedNulls(readme));
}, 60_000);

test('a document with faults, a day that is none, and a day before all charges are refused', async () => {
  const plans = join(folder, 'plans.json');
  const out = join(folder, 'charges.csv');
  await writeFile(plans, (await block('json')).replace('"12.50"', '12.5'));
  const wrong = await cloudact('subscriptions', plans, '--out', out);
  expect(wrong.code).toBe(1);
  expect(wrong.error).toContain('/subscriptions/0/versions/0/unit_price');
  await writeFile(plans, await block('json'));
  expect((await cloudact('subscriptions', plans, '--out', out, '--through', 'soon')).code).toBe(2);
  const early = await cloudact('subscriptions', plans, '--out', out, '--through', '2020-01-01');
  expect([early.code, early.error]).toEqual([1, expect.stringContaining('charges nothing')]);
});
