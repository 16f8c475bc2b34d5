import { createPrivateKey } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ociCostReport } from '../index.ts';
import { ociObjectStorage } from './index.ts';
import { makeKey, type ObjectStorageServer, startObjectStorage, TENANCY, USER } from './testing/object-storage.ts';

const key = makeKey();
const filled = {
  dataset: 'cost-csv',
  tenancyOcid: TENANCY,
  userOcid: USER,
  fingerprint: key.fingerprint,
  privateKey: key.pem,
  homeRegion: 'us-ashburn-1',
};
const settings = ociObjectStorage.parse(filled);
const focus = ociObjectStorage.parse({ ...filled, dataset: 'focus' });
let server: ObjectStorageServer;
let folder: string;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-23T12:00:00Z') });
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  server = await startObjectStorage(key);
  folder = await mkdtemp(join(tmpdir(), 'oci-fetch-'));
});
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const report = (number: number) => `reports/cost-csv/${String(number).padStart(16, '0')}-00001.csv.gz`;
const list = (of = settings) => ociObjectStorage.list(of, { endpoint: server.endpoint });
const months = (periods: Awaited<ReturnType<typeof list>>) =>
  periods.map(({ billingPeriod, parts }) => [billingPeriod, parts.map(({ name }) => name)]);

describe('listing', () => {
  test('a month has every report made from its first moment until its corrections are over', async () => {
    server.put(report(1), 'september', '2026-09-20T06:00:00Z');
    server.put(report(2), 'both', '2026-10-01T02:00:00Z');
    server.put(report(3), 'october', '2026-10-12T06:00:00Z');
    server.put(report(4), 'november', '2026-11-22T06:00:00.123Z');
    server.put('reports/usage-csv/0001-00001.csv.gz', 'another report', '2026-10-12T06:00:00Z');
    const periods = await list();
    expect(months(periods)).toEqual([
      ['2026-09-01', [report(1), report(2), report(3)]],
      ['2026-10-01', [report(2), report(3), report(4)]],
      ['2026-11-01', [report(4)]],
    ]);
    expect(periods[2]).toMatchObject({ deliveredAt: '2026-11-22T06:00:00.123Z', parts: [{ bytes: 8 }] });
    const wider = ociObjectStorage.parse({ ...filled, correctionMonths: '3' });
    expect((await list(wider))[0]!.parts.length).toBe(4);
  });

  test('a month that has just begun, and one whose first reports may be deleted, are left out', async () => {
    server.put(report(1), 'a', '2025-11-24T06:00:00Z');
    server.put(report(2), 'b', '2025-12-02T06:00:00Z');
    server.put(report(3), 'c', '2026-11-01T05:00:00Z');
    expect((await list()).map(({ billingPeriod }) => billingPeriod)).toEqual(['2025-12-01']);
  });

  test('a FOCUS report belongs to the month of its folder, and to the next when it may cross midnight', async () => {
    server.put('FOCUS Reports/2026/09/29/1-00001.csv.gz', 'a', '2026-09-29T06:00:00Z');
    server.put('FOCUS Reports/2026/09/30/1-00001.csv.gz', 'late', '2026-11-20T06:00:00Z');
    server.put('FOCUS Reports/2026/10/05/1-00001.csv.gz', 'c', '2026-10-05T06:00:00Z');
    expect(months(await list(focus))).toEqual([
      ['2026-09-01', ['FOCUS Reports/2026/09/29/1-00001.csv.gz', 'FOCUS Reports/2026/09/30/1-00001.csv.gz']],
      ['2026-10-01', ['FOCUS Reports/2026/09/30/1-00001.csv.gz', 'FOCUS Reports/2026/10/05/1-00001.csv.gz']],
    ]);
  });

  test('a report that comes late and sorts first changes the token of its months alone', async () => {
    server.put(report(5), 'a', '2026-08-10T06:00:00Z');
    server.put(report(6), 'b', '2026-10-10T06:00:00Z');
    const before = await list();
    expect((await list()).map(({ changeToken }) => changeToken)).toEqual(before.map(({ changeToken }) => changeToken));
    server.put(report(1), 'late', '2026-10-11T06:00:00Z');
    const after = await list();
    expect(after.map(({ changeToken }, index) => changeToken === before[index]!.changeToken)).toEqual([true, false]);
  });

  test('all pages are read', async () => {
    server.pageSize = 2;
    for (let day = 10; day < 15; day++) server.put(report(day), `${day}`, `2026-10-${day}T06:00:00Z`);
    expect((await list())[0]!.parts.length).toBe(5);
    expect(server.requests.length).toBe(3);
  });

  test('an answer that fails once is asked for again', async () => {
    server.put(report(1), 'a', '2026-10-10T06:00:00Z');
    server.failNext(503, 'ServiceUnavailable');
    expect(await list()).toHaveLength(1);
  });

  test('what Oracle denies and what does not answer is said in words', async () => {
    server.allowed = false;
    await expect(list()).rejects.toMatchObject({ code: 'source_denied', detail: expect.stringContaining('policy') });
    const stranger = ociObjectStorage.parse({ ...filled, privateKey: makeKey().pem });
    await expect(list(stranger)).rejects.toMatchObject({
      code: 'source_denied',
      detail: expect.stringContaining('key'),
    });
    server.failNext(409, 'Busy');
    await expect(list()).rejects.toMatchObject({ code: 'source_unavailable' });
  });
});

describe('fetching', () => {
  const fetch = async (signal?: AbortSignal, onProgress?: (share: number) => void) => {
    const [period] = await list();
    const context = { endpoint: server.endpoint, ...(signal && { signal }), ...(onProgress && { onProgress }) };
    return ociObjectStorage.fetch(settings, period!, folder, context);
  };
  beforeEach(() => {
    server.put(report(1), 'first', '2026-10-10T06:00:00Z');
    server.put(report(2), 'second', '2026-10-11T06:00:00Z');
  });

  test('every report of the period is in the folder, byte for byte', async () => {
    const shares: number[] = [];
    const { files } = await fetch(undefined, (share) => shares.push(share));
    expect(await Promise.all(files.map((file) => readFile(file, 'utf8')))).toEqual(['first', 'second']);
    expect(shares.at(-1)).toBe(1);
  });

  test.each([
    ['is written anew', () => server.put(report(2), 'other', '2026-10-11T06:00:00Z'), 'source_changed'],
    ['is deleted', () => server.remove(report(2)), 'source_changed'],
  ])('a report that %s after the listing is told as changed', async (_, change, code) => {
    const [period] = await list();
    change();
    await expect(
      ociObjectStorage.fetch(settings, period!, folder, { endpoint: server.endpoint }),
    ).rejects.toMatchObject({ code });
  });

  test('a report that breaks off leaves no file', async () => {
    server.cutAfter = 2;
    await expect(fetch()).rejects.toMatchObject({ code: 'source_unavailable' });
    expect(
      (await readdir(folder, { recursive: true })).filter(
        (name) => /csv/.test(name.split('/').at(-1)!) && name.includes('-00001'),
      ),
    ).toEqual([]);
  });

  test('a stop ends it with the reason of the stop', async () => {
    const stop = new AbortController();
    const reason = new Error('stopped by a person');
    await expect(fetch(stop.signal, () => stop.abort(reason))).rejects.toBe(reason);
  });
});

describe('checking', () => {
  const check = (of = settings) => ociObjectStorage.check(of, { endpoint: server.endpoint });
  const steps = async (of = settings) => (await check(of)).map(({ step, ok }) => `${step} ${ok}`);

  test('a good connection passes every step, with an encrypted key too', async () => {
    server.put(report(1), 'first', '2026-10-10T06:00:00Z');
    const all = ['key true', 'fingerprint true', 'list_objects true', 'get_object true'];
    expect(await steps()).toEqual(all);
    const encrypted = createPrivateKey(key.pem).export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: 'open sesame',
    }) as string;
    expect(
      await steps(ociObjectStorage.parse({ ...filled, privateKey: encrypted, passphrase: 'open sesame' })),
    ).toEqual(all);
    const wrong = ociObjectStorage.parse({ ...filled, privateKey: encrypted, passphrase: 'hunter2' });
    const [finding] = await check(wrong);
    expect(finding).toMatchObject({ step: 'key', ok: false, detail: expect.stringContaining('does not open') });
    expect(finding!.detail).not.toContain('hunter2');
  });

  test('it stops at what is missing', async () => {
    expect(await steps()).toEqual(['key true', 'fingerprint true', 'list_objects false']);
    const other = ociObjectStorage.parse({ ...filled, fingerprint: makeKey().fingerprint });
    expect(await check(other)).toMatchObject([
      { ok: true },
      { ok: false, detail: expect.stringContaining(key.fingerprint) },
    ]);
  });
});

describe('settings', () => {
  test.each([
    ['tenancyOcid', 'ocid1.tenancy.oc2..abc'],
    ['userOcid', TENANCY],
    ['fingerprint', '12:34'],
    ['homeRegion', 'evil.example/us-ashburn-1'],
    ['privateKey', 'my key'],
    ['correctionMonths', '0'],
  ])('%s = %j is refused by name', (name, value) => {
    expect(() => ociObjectStorage.parse({ ...filled, [name]: value })).toThrow(
      expect.objectContaining({ code: 'settings_invalid', faults: [expect.objectContaining({ column: name })] }),
    );
  });

  test('only the home region is called, the format is that of the dataset, and the policy names the tenancy of the reports', () => {
    expect(ociObjectStorage.allowedHosts(settings)).toEqual(['objectstorage.us-ashburn-1.oraclecloud.com']);
    expect([settings, focus].map(ociObjectStorage.format)).toEqual([ociCostReport.id, 'focus']);
    expect(ociObjectStorage.policies(settings)[0]!.text).toMatch(
      /^define tenancy usage-report as ocid1\.tenancy\.[.a-z0-9]+\nendorse group/,
    );
  });
});
