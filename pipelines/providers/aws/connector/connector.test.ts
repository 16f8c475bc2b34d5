import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ConnectorContext, DeliveredPeriod } from '../../connector.ts';
import { awsS3 } from './index.ts';
import { type AwsServer, BUCKET, EXTERNAL_ID, nextSecond, ROLE, startAwsServer } from './testing/aws-server.ts';

const filled = {
  dataset: 'cur-2',
  bucket: BUCKET,
  bucketRegion: 'us-east-1',
  prefix: 'exports',
  exportName: 'daily',
  roleArn: ROLE,
  externalId: EXTERNAL_ID,
};
const settings = awsS3.parse(filled);
const legacy = awsS3.parse({ ...filled, dataset: 'legacy-cur' });
let server: AwsServer;
let folder: string;
let context: ConnectorContext;

beforeAll(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAOURSELVES');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'our-own-secret');
});
afterAll(() => vi.unstubAllEnvs());
beforeEach(async () => {
  server = await startAwsServer();
  folder = await mkdtemp(join(tmpdir(), 'aws-fetch-'));
  context = { endpoint: server.endpoint };
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const metadata = (month: string) => `exports/daily/metadata/BILLING_PERIOD=${month}/daily-Manifest.json`;
const data = (month: string, file: string) => `exports/daily/data/BILLING_PERIOD=${month}/${file}`;
const list = (of = settings) => awsS3.list(of, context);
const fetch = (period: DeliveredPeriod, of = settings, more: ConnectorContext = {}) =>
  awsS3.fetch(of, period, folder, { ...context, ...more });

/** An export as AWS writes one: the data files, then the manifest. */
async function deliver(month: string, files: Record<string, string>, manifest: Record<string, unknown> = {}) {
  for (const [name, body] of Object.entries(files)) await server.put(data(month, name), body);
  const dataFiles = Object.keys(files).map((name) => `s3://${BUCKET}/${data(month, name)}`);
  const columns = [{ name: 'line_item_line_item_type' }];
  await server.put(metadata(month), JSON.stringify({ dataFiles, columns, ...manifest }));
}

describe('data exports', () => {
  test('a month is listed with its manifest and fetched with the files that the manifest names', async () => {
    await deliver('2026-09', { 'daily-00001.csv.gz': 'september' });
    await deliver('2026-10', { 'daily-00001.csv.gz': 'october, first', 'daily-00002.csv.gz': 'october, second' });
    await server.put(data('2026-10', 'daily-00003.csv.gz'), 'left over from a longer delivery');
    const periods = await list();
    expect(periods.map(({ billingPeriod, parts }) => [billingPeriod, parts[0]!.name])).toEqual([
      ['2026-09-01', metadata('2026-09')],
      ['2026-10-01', metadata('2026-10')],
    ]);
    expect(server.requests).toEqual(['AssumeRole', 'LIST exports/daily/metadata/']);

    const shares: number[] = [];
    const { files } = await fetch(periods[1]!, settings, { onProgress: (share) => shares.push(share) });
    expect(await Promise.all(files.map((file) => readFile(file, 'utf8')))).toEqual([
      'october, first',
      'october, second',
    ]);
    expect(files.every((file) => file.startsWith(folder))).toBe(true);
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual([...shares].sort((left, right) => left - right));
  });

  test.each([
    ['keys', (key: string) => key],
    ['keys with a slash before', (key: string) => `/${key}`],
    ['objects with an address', (key: string) => ({ s3Uri: `s3://${BUCKET}/${key}` })],
    ['objects with a key', (key: string) => ({ key })],
  ])('files are named as %s', async (_, named) => {
    const dataFiles = [named(data('2026-10', 'a.csv'))];
    await deliver('2026-10', { 'a.csv': 'x' }, { dataFiles });
    const [period] = await list();
    expect((await fetch(period!)).files).toHaveLength(1);
  });

  test('the token is the same until something is delivered, and another one after', async () => {
    await deliver('2026-10', { 'a.csv': 'first' });
    const [before] = await list();
    expect((await list())[0]!.changeToken).toBe(before!.changeToken);
    await nextSecond();
    await deliver('2026-10', { 'a.csv': 'other' });
    expect((await list())[0]!.changeToken).not.toBe(before!.changeToken);
    await expect(fetch(before!)).rejects.toMatchObject({ code: 'source_changed' });
  });

  test('a month without a manifest, and manifests of single refreshes, are no deliveries', async () => {
    await deliver('2026-09', { 'a.csv': 'x' });
    await server.put(data('2026-10', 'a.csv'), 'still being written');
    await server.put('exports/daily/metadata/BILLING_PERIOD=2026-10/20261003T000000Z-1/daily-Manifest.json', '{}');
    await server.put('exports/daily/metadata/BILLING_PERIOD=2026-13/daily-Manifest.json', '{}');
    await server.put('exports/daily-2/metadata/BILLING_PERIOD=2026-10/daily-2-Manifest.json', '{}');
    expect((await list()).map(({ billingPeriod }) => billingPeriod)).toEqual(['2026-09-01']);
  });

  test('a file that the manifest names and the bucket lacks is named', async () => {
    await deliver('2026-10', { 'a.csv': 'x', 'b.csv': 'y' });
    await server.remove(data('2026-10', 'b.csv'));
    const [period] = await list();
    await expect(fetch(period!)).rejects.toMatchObject({
      code: 'source_incomplete',
      detail: expect.stringContaining(data('2026-10', 'b.csv')),
      faults: [{ file: data('2026-10', 'b.csv') }],
    });
    expect(await readdir(folder)).toEqual([]);
  });

  test('files that AWS is writing anew while the manifest is still the old one are not mixed with the others', async () => {
    await deliver('2026-10', { 'a.csv': 'old', 'b.csv': 'old' });
    const [period] = await list();
    await nextSecond();
    await server.put(data('2026-10', 'b.csv'), 'new');
    await expect(fetch(period!)).rejects.toMatchObject({ code: 'source_changed' });
  });

  test('a file that changes between the first look and the reading is not taken', async () => {
    await deliver('2026-10', { 'a.csv': 'old', 'b.csv': 'old' });
    const [period] = await list();
    server.before(async (line) => {
      if (line === `GET ${data('2026-10', 'a.csv')}`) await server.put(data('2026-10', 'b.csv'), 'new');
    });
    await expect(fetch(period!)).rejects.toMatchObject({ code: 'source_changed' });
  });

  test.each([
    ['no JSON', 'not json'],
    ['a list', '[]'],
    ['no files', '{"dataFiles": []}'],
    ['files of another kind', '{"dataFiles": [7]}'],
    ['a file of another bucket', '{"dataFiles": ["s3://other/exports/daily/data/a.csv"]}'],
    ['a file outside of the export', '{"dataFiles": ["exports/other/a.csv"]}'],
    ['a file above the folder', '{"dataFiles": ["exports/daily/../../a.csv"]}'],
    ['a file twice', '{"dataFiles": ["exports/daily/a.csv", "/exports/daily/a.csv"]}'],
  ])('a manifest with %s is refused', async (_, manifest) => {
    await server.put(metadata('2026-10'), manifest);
    const [period] = await list();
    await expect(fetch(period!)).rejects.toMatchObject({ code: 'source_incomplete' });
  });

  test('a file whose connection breaks off is read again, three times in all', async () => {
    await deliver('2026-10', { 'a.csv': 'x'.repeat(100_000) });
    const [period] = await list();
    let left = 2;
    server.breakOff((line) => line.startsWith(`GET ${data('2026-10', '')}`) && left-- > 0);
    const shares: number[] = [];
    const { files } = await fetch(period!, settings, { onProgress: (share) => shares.push(share) });
    expect(await readFile(files[0]!, 'utf8')).toHaveLength(100_000);
    expect(Math.max(...shares)).toBe(1);
    await rm(folder, { recursive: true });

    server.requests.length = 0;
    server.breakOff((line) => line.startsWith(`GET ${data('2026-10', '')}`));
    await expect(fetch(period!)).rejects.toMatchObject({ code: 'source_unavailable' });
    expect(server.requests.filter((line) => line.startsWith(`GET ${data('2026-10', '')}`))).toHaveLength(3);
  });

  test('a stopped fetch ends with the reason and leaves no file that looks whole', async () => {
    await deliver('2026-10', { 'a.csv': 'x'.repeat(100_000), 'b.csv': 'y' });
    const [period] = await list();
    const stop = new AbortController();
    const reason = new Error('the person changed their mind');
    server.before((line) => line.endsWith('b.csv') && line.startsWith('GET') && stop.abort(reason));
    await expect(fetch(period!, settings, { signal: stop.signal })).rejects.toBe(reason);
    const left = await readdir(folder, { recursive: true });
    expect(left.filter((name) => name.endsWith('b.csv') || name.includes('.part'))).toEqual([]);
    await expect(awsS3.list(settings, { ...context, signal: stop.signal })).rejects.toBe(reason);
  });
});

describe('legacy reports', () => {
  const range = 'exports/daily/20261001-20261101';

  test('the manifest of the month is that of the newest assembly, and its files are fetched', async () => {
    for (const assembly of ['first', 'second']) {
      const key = `${range}/${assembly}-assembly/daily-00001.csv.gz`;
      await server.put(key, assembly);
      const manifest = JSON.stringify({ assemblyId: assembly, bucket: BUCKET, reportKeys: [key] });
      await server.put(`${range}/${assembly}-assembly/daily-Manifest.json`, manifest);
      await server.put(`${range}/daily-Manifest.json`, manifest);
    }
    await server.put('exports/daily/cost-and-usage-data-status/cost_and_usage_data_status.parquet', 'x');
    const periods = await list(legacy);
    expect(periods.map(({ billingPeriod }) => billingPeriod)).toEqual(['2026-10-01']);
    const { files } = await fetch(periods[0]!, legacy);
    expect(await readFile(files[0]!, 'utf8')).toBe('second');
  });
});
