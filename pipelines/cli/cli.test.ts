import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { billCsv } from '../providers/aws/fixtures/bill.ts';
import { awsUsage } from '../providers/focus-file/test-bill.ts';
import { inputFiles } from './input-files.ts';
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

async function bill(name: string, content = billCsv([{}])): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

describe('convert', () => {
  test('says what was done, with the totals of source and FOCUS side by side', async () => {
    const output = join(folder, 'out.csv');
    const { code, out } = await cloudact('convert', await bill('bill.csv'), '--out', output);
    expect(code).toBe(0);
    expect(out).toContain('1 rows read, 1 rows written');
    expect(out).toMatch(/2025-03-01 +USD +INV-1 +0\.096 +0\.096 +0$/);
  });

  test('takes folders and patterns, and leaves manifests out', async () => {
    await mkdir(join(folder, 'export'));
    await bill('export/part-1.csv');
    await bill('export/part-2.csv');
    await bill('export/report-Manifest.json', '{}');
    for (const files of [join(folder, 'export'), join(folder, 'export', 'part-*.csv')]) {
      const { code, out } = await cloudact('convert', files, '--out', join(folder, 'out.parquet'), '--json');
      expect(code).toBe(0);
      expect(JSON.parse(out)).toMatchObject({ ok: true, rowsRead: 2, totals: [{ source: '0.192', difference: '0' }] });
    }
  });

  test('follows links in folders, and back to a folder above only once', async () => {
    await mkdir(join(folder, 'store', 'more'), { recursive: true });
    await mkdir(join(folder, 'export'));
    await bill('store/part-1.csv');
    await bill('store/more/part-2.csv');
    await symlink(join(folder, 'store', 'part-1.csv'), join(folder, 'export', 'part-1.csv'));
    await symlink(join(folder, 'store', 'more'), join(folder, 'export', 'more'));
    await symlink(join(folder, 'export'), join(folder, 'store', 'more', 'back'));
    expect(await inputFiles([join(folder, 'export')])).toEqual([
      join(folder, 'export', 'more', 'part-2.csv'),
      join(folder, 'export', 'part-1.csv'),
    ]);
  });

  test.each([
    ['a link to no file, found by a pattern', 'gone', '*.csv', 'the link leads to no file'],
    ['a link to no file, by name', 'gone', 'link.csv', 'the link leads to no file'],
    ['a link to no file, in a folder', 'gone', '', 'the link leads to no file'],
    ['a link to itself', 'link.csv', 'link.csv', 'the link leads back to itself'],
  ])('%s cannot be read, and is no fault of the program', async (_, target, named, why) => {
    await bill('bill.csv');
    await symlink(join(folder, target), join(folder, 'link.csv'));
    const { code, error } = await cloudact('convert', join(folder, named), '--out', join(folder, 'out.csv'));
    expect(code).toBe(1);
    expect(error).toContain('(file_unreadable)');
    expect(error).toContain(`link.csv: ${why}`);
    expect(error).not.toContain('    at ');
  });

  test('exits with 3 for unreadable rows, refused or left out', async () => {
    const file = await bill('bill.csv', billCsv([{}, { 'lineItem/UnblendedCost': 'x' }]));
    const output = join(folder, 'out.csv');
    const refused = await cloudact('convert', file, '--out', output);
    expect(refused.code).toBe(3);
    expect(refused.error).toContain('bill.csv, row 2, lineItem/UnblendedCost: "x" is not a decimal number');
    expect(await readdir(folder)).toEqual(['bill.csv']);
    const skipped = await cloudact('convert', file, '--out', output, '--skip-unreadable');
    expect(skipped.code).toBe(3);
    expect(skipped.out).toContain('1 unreadable rows are left out');
    expect((await readFile(output, 'utf8')).trimEnd().split('\n')).toHaveLength(2);
  });

  test('groups what a FOCUS file breaks by column and kind of reason, and names each value as JSON', async () => {
    const rows = ['0.1', '0.2', '0.3', '0.4', '0.2'].map((price, index) => ({
      ...awsUsage,
      ListUnitPrice: price,
      ResourceId: index < 2 ? null : `i-${index}`,
    }));
    const cell = (text: string | null | undefined) => `"${(text ?? '').replaceAll('"', '""')}"`;
    const lines = [Object.keys(awsUsage), ...rows.map((row) => Object.values(row))];
    const file = await bill('focus.csv', lines.map((line) => line.map(cell).join(',')).join('\n'));
    const output = join(folder, 'out.csv');
    const { code, out } = await cloudact('convert', file, '--out', output);
    expect(code).toBe(0);
    expect(out.split('\n').slice(-3)).toEqual([
      '5 values of the file break FOCUS 1.3 and were kept as they are (each of them: --json):',
      '  3 rows  ListCost      ListCost … but ListUnitPrice … × PricingQuantity … = ….  first: row 1, 3, 4',
      '  2 rows  ResourceType  ResourceType is … although ResourceId is empty.  first: row 1, 2',
    ]);
    const { sourceFaults } = JSON.parse((await cloudact('convert', file, '--out', output, '--json')).out);
    expect(sourceFaults.groups).toHaveLength(2);
    expect(sourceFaults.shown).toHaveLength(5);
    expect(sourceFaults.shown[0]).toMatchObject({ row: 1, column: 'ListCost', value: '1' });
  });

  test('says errors as JSON when asked', async () => {
    const { code, out } = await cloudact('convert', join(folder, 'gone.csv'), '--out', join(folder, 'o.csv'), '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ ok: false, error: { code: 'file_not_found', title: 'File not found' } });
  });
});

describe('validate', () => {
  test('judges what convert wrote', async () => {
    const output = join(folder, 'out.csv');
    await cloudact('convert', await bill('bill.csv'), '--out', output);
    expect((await cloudact('validate', output)).code).toBe(0);
    const { out } = await cloudact('validate', output, '--json');
    expect(JSON.parse(out)).toMatchObject({ ok: true, rows: 1, conforms: true });
  });

  test('exits with 1 for a file that breaks a rule', async () => {
    const output = join(folder, 'out.csv');
    await cloudact('convert', await bill('bill.csv'), '--out', output);
    await writeFile(output, (await readFile(output, 'utf8')).replace('Usage-Based', 'Now and then'));
    expect((await cloudact('validate', output)).code).toBe(1);
  });
});

describe('the command line', () => {
  test.each([
    [[]],
    [['frobnicate']],
    [['convert']],
    [['convert', 'a.csv']],
    [['convert', 'a.csv', '--out', 'b.csv', '--frob']],
    [['validate']],
  ])('%j is not understood: exit code 2', async (args) => {
    expect((await cloudact(...(args as string[]))).code).toBe(2);
  });

  test.each([[['--help']], [['convert', '--help']], [['--version']]])('%j is answered: exit code 0', async (args) => {
    const { code, out } = await cloudact(...(args as string[]));
    expect(code).toBe(0);
    expect(out).not.toBe('');
  });

  test('help tells the exit codes', async () => {
    expect((await cloudact('convert', '--help')).out).toContain('3    rows cannot be read');
  });

  test('the program runs as a file, and stops without a trace', async () => {
    const file = await bill('bill.csv', billCsv(Array.from({ length: 60_000 }, () => ({}))));
    const program = join(import.meta.dirname, 'cloudact.js');
    const child = spawn(process.execPath, [program, 'convert', file, '--out', join(folder, 'out.csv')], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr.setEncoding('utf8');
    let said = '';
    for await (const text of child.stderr) {
      said += text;
      if (/Checking|Adding|Writing/.test(said) && !child.killed) child.kill('SIGINT');
    }
    const [code] = child.exitCode === null ? await once(child, 'exit') : [child.exitCode];
    expect(said).toContain('Nothing is left behind.');
    expect(code).toBe(130);
    expect(await readdir(folder)).toEqual(['bill.csv']);
  });
});
