import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DemoBillOptions } from './generate.ts';
import { generateDemoBills } from './generate.ts';

const last = { endMonth: '2026-11', today: '2026-11-23', months: 2 };
let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'demo-bills-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** SHA-256 of every file that is written for AWS, by its path. */
async function hashes(options: Omit<DemoBillOptions, 'directory'>): Promise<Record<string, string>> {
  const directory = await mkdtemp(join(root, 'run-'));
  await generateDemoBills({ ...options, directory, providers: ['aws'] });
  const files = (await readdir(directory, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const entries = files.map(async (file) => {
    const path = join(file.parentPath, file.name);
    return [
      relative(directory, path),
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    ] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

describe('generateDemoBills', () => {
  test('the same seed, month and day give the same bytes; another seed gives others', async () => {
    const first = await hashes({ ...last, seed: 7 });
    expect(await hashes({ ...last, seed: 7 })).toEqual(first);
    const other = await hashes({ ...last, seed: 8 });
    expect(Object.keys(other)).toEqual(Object.keys(first));
    for (const [file, hash] of Object.entries(other)) expect(hash, file).not.toBe(first[file]);
  });

  test('a shorter history is the tail of a longer one, byte for byte', async () => {
    const longer = await hashes({ ...last, months: 3 });
    const shorter = await hashes(last);
    expect(Object.keys(shorter).length).toBe(6);
    expect(longer).toMatchObject(shorter);
  });

  test('a day later only the month that runs has changed', async () => {
    const before = await hashes(last);
    const after = await hashes({ ...last, today: '2026-11-24' });
    const changed = Object.keys(before).filter((file) => before[file] !== after[file]);
    expect(changed).toEqual(['aws/20261101-20261201/larkmoor-cost-and-usage-00001.csv.gz']);
  });

  test('each month says its files and rows, and progress counts the months', async () => {
    const seen: number[] = [];
    const directory = await mkdtemp(join(root, 'run-'));
    const [bills] = await generateDemoBills({
      ...last,
      directory,
      providers: ['aws'],
      onProgress: ({ done }) => seen.push(done),
    });
    expect(seen).toEqual([1, 2]);
    expect(bills).toMatchObject({ provider: 'aws', integrationId: 'aws-demo' });
    expect(bills!.months.map(({ month }) => month)).toEqual(['2026-10', '2026-11']);
    for (const { files, rows } of bills!.months) {
      expect(files.length).toBe(1);
      expect(rows).toBeGreaterThan(6_000);
      expect(rows).toBeLessThan(12_000);
    }
    const manifest = JSON.parse(
      await readFile(join(directory, 'aws', '20261001-20261101', 'larkmoor-cost-and-usage-Manifest.json'), 'utf8'),
    );
    expect(manifest.reportKeys).toEqual([relative(join(directory, 'aws'), bills!.months[0]!.files[0]!)]);
    expect(manifest.billingPeriod).toEqual({ start: '20261001T000000.000Z', end: '20261101T000000.000Z' });
  });

  test('a month that has not begun, a day that does not exist and a folder that cannot be are refused in words', async () => {
    const directory = join(root, 'never');
    const run = (options: Partial<DemoBillOptions>) => generateDemoBills({ ...last, directory, ...options });
    await expect(run({ endMonth: '2026-12' })).rejects.toMatchObject({ code: 'usage_invalid' });
    await expect(run({ today: '2026-02-30' })).rejects.toMatchObject({ code: 'usage_invalid' });
    await expect(run({ endMonth: '2026-13' })).rejects.toMatchObject({ code: 'usage_invalid' });
    await expect(run({ months: 0 })).rejects.toMatchObject({ code: 'usage_invalid' });
    await writeFile(join(root, 'file'), '');
    await expect(run({ directory: join(root, 'file') })).rejects.toMatchObject({ code: 'output_unwritable' });
  });
});
