import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { csv, usageRow } from '../focus/validate/fixtures.ts';
import { run } from './run.ts';

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

async function file(name: string, rows = [usageRow]): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, csv(rows));
  return path;
}

test('the files of a folder are judged one by one, and the worst decides', async () => {
  await file('a.csv');
  await file('b.csv', [usageRow, { ...usageRow, ResourceId: 'i-2', PricingCategory: 'Cheap' }]);
  const { code, out, error } = await cloudact('validate', folder, '--json');
  expect(code).toBe(1);
  const answer = JSON.parse(out);
  expect(answer).toMatchObject({ ok: false, conforms: false, rows: 3 });
  expect(answer.reports.map((report: { conforms: boolean; file: string }) => [report.file, report.conforms])).toEqual([
    [join(folder, 'a.csv'), true],
    [join(folder, 'b.csv'), false],
  ]);
  expect(Object.keys(answer.reports[0]).sort()).toEqual(
    'checks conforms dataset detectedVersion file invoices notes rows rules summary version'.split(' '),
  );
  expect(error.split('\n')[0]).toBe(`Reading ${join(folder, 'a.csv')}`);
});

test('warnings alone exit with 0, an error of ours with 1', async () => {
  const twice = await cloudact('validate', await file('twice.csv', [usageRow, usageRow]));
  expect([twice.code, twice.out]).toEqual([0, expect.stringContaining('duplicate-charges')]);
  const turned = { ...usageRow, ChargePeriodEnd: '2026-04-30T00:00:00Z' };
  expect((await cloudact('validate', await file('turned.csv', [turned]))).code).toBe(1);
});

test('--html writes the page beside what the terminal says', async () => {
  const page = join(folder, 'report.html');
  const { code, out } = await cloudact('validate', await file('a.csv'), '--html', page);
  expect([code, out]).toEqual([0, expect.stringContaining('conforms')]);
  expect(await readFile(page, 'utf8')).toContain('nothing is wrong');
  const nowhere = await cloudact('validate', join(folder, 'a.csv'), '--html', join(folder, 'gone', 'report.html'));
  expect([nowhere.code, nowhere.error]).toEqual([1, expect.stringContaining('(output_unwritable)')]);
});
