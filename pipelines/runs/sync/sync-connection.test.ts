import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineQuery } from '@cloudact/core/warehouse';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { awsS3 } from '../../providers/aws/connector/index.ts';
import { type AwsServer, startAwsServer } from '../../providers/aws/connector/testing/aws-server.ts';
import type { Connector } from '../../providers/connector.ts';
import { createRunStore } from '../run-store.ts';
import { billedByMonth, type DemoOrg, openDemoOrg } from '../testing/demo-org.ts';
import { type SyncOptions, syncConnection } from './sync-connection.ts';
import { dataKey, deliver, exportSettings, manifestKey } from './testing/focus-export.ts';

let server: AwsServer;
let inbox: string;
let demo: DemoOrg;

beforeAll(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAOURSELVES');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'our-own-secret');
});
afterAll(() => vi.unstubAllEnvs());
beforeEach(async () => {
  server = await startAwsServer();
  inbox = await mkdtemp(join(tmpdir(), 'sync-inbox-'));
  demo = await openDemoOrg(inbox);
});
afterEach(async () => {
  await demo.close();
  await server.close();
  await rm(inbox, { recursive: true, force: true });
});

type Options = Partial<SyncOptions<ReturnType<typeof exportSettings>>>;
function sync(options: Options = {}) {
  return syncConnection({
    warehouse: demo.warehouse,
    org: demo.org,
    integrationId: 'aws-main',
    connector: awsS3,
    settings: exportSettings(),
    workFolder: inbox,
    endpoint: server.endpoint,
    now: () => new Date('2026-11-05T06:00:00Z'),
    ...options,
  });
}
const outcomes = async (options: Options = {}) =>
  Object.fromEntries((await sync(options)).map((period) => [period.billingPeriod.slice(0, 7), period.outcome]));
const dataset = () => demo.warehouse.forOrg(demo.org);
const billed = () => billedByMonth(dataset());
const fetched = () => server.requests.filter((line) => line.startsWith('GET '));

const raw = defineQuery<Record<string, never>, { month: string; rows: string }>({
  name: 'raw_by_month',
  params: {},
  sql: (d) => `SELECT ${d.dateText('billing_period')} AS month, count(*) AS rows FROM raw_focus
    WHERE org_slug = ${d.param('org_slug')} GROUP BY 1 ORDER BY 1`,
});

describe('syncConnection', () => {
  beforeEach(async () => {
    await deliver(server, '2026-09', { 'a.csv': ['7'] });
    await deliver(server, '2026-10', { 'a.csv': ['1', '0.25'], 'b.csv': ['2'] });
    await deliver(server, '2026-11', { 'a.csv': ['0.1'] });
  });

  test('every period that is delivered is loaded, as a run, and no file is left', async () => {
    const periods = await sync();
    expect(periods).toMatchObject([
      { billingPeriod: '2026-09-01', outcome: 'loaded', rows: 1 },
      { billingPeriod: '2026-10-01', outcome: 'loaded', rows: 3 },
      { billingPeriod: '2026-11-01', outcome: 'loaded', rows: 1 },
    ]);
    expect(await billed()).toEqual({ 'aws-main 2026-09': '7', 'aws-main 2026-10': '3.25', 'aws-main 2026-11': '0.1' });
    const runs = await createRunStore(demo.warehouse.control).list(demo.org);
    expect(runs.map(({ id }) => id).sort()).toEqual(periods.map((period) => 'runId' in period && period.runId).sort());
    expect(runs.find(({ rowsRead }) => rowsRead === 3)).toMatchObject({
      state: 'succeeded',
      progress: 1,
      provider: 'focus',
      source: { files: [manifestKey('2026-10')], from: 'focus', connector: 'aws-s3' },
    });
    expect(await readdir(inbox)).toEqual([]);
  });

  test('nothing is fetched and nothing changes when nothing was delivered since', async () => {
    await sync();
    const version = await dataset().dataVersion();
    server.requests.length = 0;
    expect(await outcomes()).toEqual({ '2026-09': 'unchanged', '2026-10': 'unchanged', '2026-11': 'unchanged' });
    expect(server.requests).toEqual(['AssumeRole', 'LIST exports/daily/metadata/']);
    expect(await dataset().dataVersion()).toBe(version);
  });

  test('a restated period replaces the old one, once; the others are neither fetched nor touched', async () => {
    await sync();
    server.requests.length = 0;
    await deliver(server, '2026-10', { 'a.csv': ['1', '0.3'], 'b.csv': ['2'] });
    expect(await outcomes()).toEqual({ '2026-09': 'unchanged', '2026-10': 'loaded', '2026-11': 'unchanged' });
    expect(fetched()).toEqual(
      [manifestKey('2026-10'), dataKey('2026-10', 'a.csv'), dataKey('2026-10', 'b.csv')].map((key) => `GET ${key}`),
    );
    expect(await billed()).toEqual({ 'aws-main 2026-09': '7', 'aws-main 2026-10': '3.3', 'aws-main 2026-11': '0.1' });
  });

  test('a period that shrank loses what it lost, and files left over from before are not read', async () => {
    await sync();
    await deliver(server, '2026-10', { 'a.csv': ['1'] });
    await sync();
    expect((await billed())['aws-main 2026-10']).toBe('1');
  });

  test('a file that comes late and sorts before the others is loaded', async () => {
    await sync();
    await deliver(server, '2026-10', { '0.csv': ['100'], 'a.csv': ['1', '0.25'], 'b.csv': ['2'] });
    expect(await outcomes()).toMatchObject({ '2026-10': 'loaded' });
    expect((await billed())['aws-main 2026-10']).toBe('103.25');
  });

  test('a young period that is taken back is replaced by nothing, once; an old one stays', async () => {
    await deliver(server, '2026-08', { 'a.csv': ['8'] });
    await sync();
    await server.remove(manifestKey('2026-10'));
    await server.remove(manifestKey('2026-08'));
    expect(await outcomes()).toEqual({
      '2026-08': 'kept',
      '2026-09': 'unchanged',
      '2026-10': 'emptied',
      '2026-11': 'unchanged',
    });
    expect(await billed()).toEqual({ 'aws-main 2026-08': '8', 'aws-main 2026-09': '7', 'aws-main 2026-11': '0.1' });
    expect((await dataset().rows(raw, {})).map(({ month }) => month)).toEqual([
      '2026-08-01',
      '2026-09-01',
      '2026-11-01',
    ]);
    expect(await outcomes()).toMatchObject({ '2026-10': 'unchanged' });
    await deliver(server, '2026-10', { 'a.csv': ['4'] });
    expect(await outcomes()).toMatchObject({ '2026-10': 'loaded' });
    expect((await billed())['aws-main 2026-10']).toBe('4');
  });

  test('a source that lists nothing empties nothing', async () => {
    await sync();
    const before = await billed();
    for (const month of ['2026-09', '2026-10', '2026-11']) await server.remove(manifestKey(month));
    await expect(sync()).rejects.toMatchObject({ code: 'source_incomplete' });
    await expect(sync({ settings: exportSettings('another') })).rejects.toMatchObject({ code: 'source_incomplete' });
    expect(await billed()).toEqual(before);
  });

  test('rows of other billing periods are not loaded, and those periods stay as they are', async () => {
    await sync();
    await deliver(server, '2026-10', { 'a.csv': ['5', '2026-09 1000', '2026-11 1000'] });
    expect(await outcomes()).toEqual({ '2026-09': 'unchanged', '2026-10': 'loaded', '2026-11': 'unchanged' });
    expect(await billed()).toEqual({ 'aws-main 2026-09': '7', 'aws-main 2026-10': '5', 'aws-main 2026-11': '0.1' });
    expect((await dataset().rows(raw, {})).map(({ rows }) => Number(rows))).toEqual([1, 1, 1]);
  });

  test('files that hold nothing of their period do not empty it, and a period that never held anything stays empty', async () => {
    await sync();
    await deliver(server, '2026-10', { 'a.csv': ['2026-09 1000'] });
    await deliver(server, '2026-12', { 'a.csv': ['2026-11 1000'] });
    expect(await outcomes()).toEqual({
      '2026-09': 'unchanged',
      '2026-10': 'failed',
      '2026-11': 'unchanged',
      '2026-12': 'loaded',
    });
    expect(await billed()).toEqual({ 'aws-main 2026-09': '7', 'aws-main 2026-10': '3.25', 'aws-main 2026-11': '0.1' });
  });

  test('two connections to one provider never touch each other', async () => {
    await sync();
    await deliver(server, '2026-10', { 'a.csv': ['500'] }, 'second');
    const second = { integrationId: 'aws-second', settings: exportSettings('second') };
    await Promise.all([sync(second), sync()]);
    await server.remove(manifestKey('2026-09'));
    await sync();
    expect(await billed()).toEqual({
      'aws-main 2026-10': '3.25',
      'aws-main 2026-11': '0.1',
      'aws-second 2026-10': '500',
    });
  });

  test('a period that cannot be loaded stays as it was and does not hold up the others', async () => {
    await sync();
    await deliver(server, '2026-10', { 'a.csv': ['nonsense'] });
    await deliver(server, '2026-11', { 'a.csv': ['0.2'] });
    const [, october] = await sync();
    expect(october).toMatchObject({ outcome: 'failed', error: { code: 'rows_unreadable' } });
    expect(await billed()).toEqual({ 'aws-main 2026-09': '7', 'aws-main 2026-10': '3.25', 'aws-main 2026-11': '0.2' });
    const [run] = (await createRunStore(demo.warehouse.control).list(demo.org)).filter(
      ({ state }) => state === 'failed',
    );
    expect(run!.error).toMatchObject({ code: 'rows_unreadable', detail: expect.stringContaining('a.csv') });
    expect(run!.error!.detail).not.toContain(inbox);
    await deliver(server, '2026-10', { 'a.csv': ['9'] });
    expect(await outcomes()).toMatchObject({ '2026-10': 'loaded' });
  });

  test('a delivery that changes while it is fetched is listed again, three times at most', async () => {
    await sync();
    let changes = 1;
    const changing: Connector<ReturnType<typeof exportSettings>> = {
      ...awsS3,
      async fetch(settings, period, folder, context) {
        if (changes > 0) {
          changes -= 1;
          await deliver(server, '2026-10', { 'a.csv': [`${changes}`] });
        }
        return awsS3.fetch(settings, period, folder, context);
      },
    };
    await deliver(server, '2026-10', { 'a.csv': ['44'] });
    expect(await outcomes({ connector: changing })).toMatchObject({ '2026-10': 'loaded' });
    expect((await billed())['aws-main 2026-10']).toBe('0');

    changes = 10;
    await deliver(server, '2026-10', { 'a.csv': ['45'] });
    expect(await sync({ connector: changing })).toMatchObject([
      {},
      { outcome: 'failed', error: { code: 'source_changed' } },
      {},
    ]);
    expect(changes).toBe(7);
    expect((await billed())['aws-main 2026-10']).toBe('0');
  });

  test('a denied source changes nothing and says what was denied', async () => {
    await sync();
    await deliver(server, '2026-10', { 'a.csv': ['9'] });
    server.deny((line) => line.startsWith('GET '));
    await expect(sync()).rejects.toMatchObject({
      code: 'source_denied',
      detail: expect.stringContaining('s3:GetObject'),
    });
    expect((await billed())['aws-main 2026-10']).toBe('3.25');
    expect(await readdir(inbox)).toEqual([]);
  });

  test('a stopped synchronisation ends with the reason, its run has failed, and the next one does the rest', async () => {
    const stop = new AbortController();
    const reason = new Error('the service is stopping');
    const shares: number[] = [];
    const stopped = sync({
      signal: stop.signal,
      onProgress: ({ billingPeriod, stage, share }) => {
        if (billingPeriod === '2026-09-01') shares.push(share);
        if (billingPeriod === '2026-10-01' && stage === 'converting') stop.abort(reason);
      },
    });
    await expect(stopped).rejects.toBe(reason);
    expect(shares).toEqual([...shares].sort((left, right) => left - right));
    expect(await billed()).toEqual({ 'aws-main 2026-09': '7' });
    const runs = await createRunStore(demo.warehouse.control).list(demo.org);
    expect(runs.map(({ state }) => state).sort()).toEqual(['failed', 'succeeded']);
    expect(await outcomes()).toEqual({ '2026-09': 'unchanged', '2026-10': 'loaded', '2026-11': 'loaded' });
  });

  test('one connection is synchronised once at a time', async () => {
    const results = await Promise.allSettled([sync(), sync()]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(results[1]).toMatchObject({ reason: { code: 'conflict' } });
  });
});
