import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hasOpenSsl } from '../../testing/certificate.ts';
import { azureBlob } from './index.ts';
import type { AzureBlobSettings } from './settings.ts';
import { type StorageServer, startStorage } from './testing/azurite.ts';
import { put, type WrittenRun, writeRun } from './testing/exports.ts';

let server: StorageServer;
let folder: string;
let container: string;
let containers = 0;

beforeAll(async () => {
  if (hasOpenSsl) server = await startStorage();
});
afterAll(() => server?.stop());
beforeEach(async () => {
  if (!hasOpenSsl) return;
  containers += 1;
  container = `cost-${containers}`;
  await server.container(container).create();
  folder = await mkdtemp(join(tmpdir(), 'azure-blob-'));
  return () => rm(folder, { recursive: true, force: true });
});

const october: WrittenRun = {
  directory: 'billing',
  exportName: 'focus-daily',
  type: 'FocusCost',
  start: '2026-10-01',
  end: '2026-10-31',
  runId: 'run-1',
  submittedTime: '2026-11-02T04:00:00.1234567Z',
  parts: ['BilledCost\n1\n', 'BilledCost\n2\n'],
};
const november = { ...october, start: '2026-11-01', end: '2026-11-30', runId: 'run-2', parts: ['BilledCost\n3\n'] };
const actual = { ...october, type: 'ActualCost', exportName: 'actual' };
const amortized = { ...october, type: 'AmortizedCost', exportName: 'amortized', parts: ['CostInBillingCurrency\n4\n'] };

const focus = (more: Record<string, string> = {}): AzureBlobSettings =>
  azureBlob.parse({ dataset: 'focus', access: 'sas', sasUrl: server.sasUrl(container), directory: 'billing', ...more });
const details = (more: Record<string, string> = {}) => focus({ dataset: 'cost-details', ...more });
const list = (settings: AzureBlobSettings) => azureBlob.list(settings, server.context);
const write = (run: WrittenRun) => writeRun(server, container, run);

const describeStorage = describe.skipIf(!hasOpenSsl);
const unless = hasOpenSsl ? '' : ' (skipped: no openssl on this machine)';

describeStorage(`list and fetch${unless}`, () => {
  test('every month is a period with its blobs, and comes down as it was written', async () => {
    await write(october);
    await write(november);
    const periods = await list(focus());
    expect(periods.map(({ billingPeriod }) => billingPeriod)).toEqual(['2026-10-01', '2026-11-01']);
    const shares: number[] = [];
    const { files } = await azureBlob.fetch(focus(), periods[0]!, folder, {
      ...server.context,
      onProgress: (share) => shares.push(share),
    });
    expect(await Promise.all(files.map((file) => readFile(file, 'utf8')))).toEqual(october.parts);
    expect(shares.at(-1)).toBe(1);
    const left = (await readdir(folder, { recursive: true })).filter((name) => /\.(csv|part)$/.test(name));
    expect(left.sort()).toEqual(files.map((file) => relative(folder, file)).sort());
  });

  test('the newest run of a month stands, and only then its token moves', async () => {
    await write(october);
    const [before] = await list(focus());
    expect((await list(focus()))[0]).toEqual(before);
    await write({ ...october, runId: 'run-0', submittedTime: '2026-11-01T04:00:00Z', parts: ['old\n'] });
    expect((await list(focus()))[0]).toEqual(before);
    await write({ ...october, runId: 'run-9', submittedTime: '2026-11-05T04:00:00Z', parts: ['BilledCost\n9\n'] });
    const [after] = await list(focus());
    expect(after!.changeToken).not.toBe(before!.changeToken);
    expect(after!.parts.map(({ name }) => name)).toEqual([
      'billing/focus-daily/20261001-20261031/run-9/part_0_0001.csv',
    ]);
  });

  test('a blob that is written over in place moves the token too', async () => {
    const [name] = await write(october);
    const [before] = await list(focus());
    await put(server, container, name!, 'BilledCost\n7\n');
    const [after] = await list(focus());
    expect(after!.beingWritten || after!.changeToken !== before!.changeToken).toBe(true);
    await expect(azureBlob.fetch(focus(), before!, folder, server.context)).rejects.toMatchObject({
      code: 'source_changed',
    });
  });

  test('while an export writes over its last run, the month is neither whole nor gone', async () => {
    const [name] = await write(october);
    await write(november);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await put(server, container, name!, 'Billed');
    expect(await list(focus())).toMatchObject([
      { billingPeriod: '2026-10-01', beingWritten: true },
      { billingPeriod: '2026-11-01', parts: [{ bytes: 13 }] },
    ]);
  });

  test('a month of actual and amortized cost is complete when both are there', async () => {
    await write(actual);
    await expect(list(details())).rejects.toMatchObject({
      code: 'source_incomplete',
      message: expect.stringMatching(/AmortizedCost/),
    });
    await write({ ...amortized, start: '2026-09-01', end: '2026-09-30' });
    expect(await list(details())).toMatchObject([
      { billingPeriod: '2026-09-01', beingWritten: true },
      { billingPeriod: '2026-10-01', beingWritten: true },
    ]);
    await write(amortized);
    const [, period] = await list(details());
    expect(period!.parts.map(({ dataset }) => dataset)).toEqual(['ActualCost', 'ActualCost', 'AmortizedCost']);
    const { files } = await azureBlob.fetch(details(), period!, folder, server.context);
    expect(files.map((file) => relative(folder, file).split('/')[0])).toEqual([
      'ActualCost',
      'ActualCost',
      'AmortizedCost',
    ]);
  });

  test('a run over several months is delivered for each of them', async () => {
    await write({ ...october, start: '2026-08-01', end: '2026-10-31' });
    await write({ ...october, runId: 'run-3', submittedTime: '2026-11-07T00:00:00Z', parts: ['BilledCost\n5\n'] });
    const periods = await list(focus());
    expect(periods.map(({ billingPeriod, parts }) => [billingPeriod, parts.length])).toEqual([
      ['2026-08-01', 2],
      ['2026-09-01', 2],
      ['2026-10-01', 1],
    ]);
  });

  test('a manifest that names a missing or a cut-off blob is named, with the blob', async () => {
    const [first] = await write(october);
    await put(server, container, first!, 'Billed');
    await expect(list(focus())).rejects.toMatchObject({
      code: 'source_incomplete',
      message: expect.stringMatching(/6 bytes instead of 13/),
    });
    await server.container(container).deleteBlob(first!);
    await expect(list(focus())).rejects.toMatchObject({
      code: 'source_incomplete',
      message: expect.stringMatching(/part_0_0001\.csv/),
    });
  });

  test('a manifest that is none is named', async () => {
    await put(server, container, 'billing/x/manifest.json', '{"blobs": ');
    await expect(list(focus())).rejects.toMatchObject({
      code: 'source_incomplete',
      message: expect.stringMatching(/no JSON/),
    });
  });

  test('of two exports of one kind, one has to be named', async () => {
    await write(october);
    await write({ ...october, exportName: 'other' });
    await expect(list(focus())).rejects.toMatchObject({
      code: 'settings_invalid',
      message: expect.stringMatching(/focus-daily, other/),
    });
    expect(await list(focus({ focusExportName: 'other' }))).toHaveLength(1);
  });

  test('exports without manifests: the newest file of a month, when the export is named', async () => {
    await put(server, container, 'billing/old/20261001-20261031/old_1.csv', 'a');
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await put(server, container, 'billing/old/20261001-20261031/old_2.csv', 'bb');
    const [period] = await list(focus({ focusExportName: 'old' }));
    expect(period!.parts).toMatchObject([{ name: 'billing/old/20261001-20261031/old_2.csv', bytes: 2 }]);
    await expect(list(focus())).rejects.toMatchObject({ code: 'source_incomplete' });
  });
});

describeStorage(`check${unless}`, () => {
  const check = (settings: AzureBlobSettings) => azureBlob.check(settings, server.context);
  const principal = (clientSecret: string) =>
    azureBlob.parse({
      dataset: 'focus',
      access: 'service-principal',
      tenantId: '11111111-2222-3333-4444-555555555555',
      clientId: '99999999-8888-7777-6666-555555555555',
      clientSecret,
      storageAccount: server.account,
      container,
      directory: '/billing/',
    });

  test('says what it found, step by step', async () => {
    await write(october);
    expect(await check(focus())).toMatchObject([
      { step: 'credential', ok: true, detail: expect.stringContaining('ends on') },
      { step: 'exports', ok: true, detail: 'FocusCost: 1 billing periods, 2026-10 to 2026-10.' },
      { step: 'read', ok: true },
    ]);
  });

  test('a service principal signs in with its secret, and another secret does not', async () => {
    await write(october);
    server.secrets.add('the right one');
    expect((await check(principal('the right one'))).map(({ step, ok }) => [step, ok])).toEqual([
      ['credential', true],
      ['exports', true],
      ['read', true],
    ]);
    const [finding, ...more] = await check(principal('a wrong one'));
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ ok: false, detail: expect.stringContaining('the secret may have ended') });
    expect(JSON.stringify(finding)).not.toContain('a wrong one');
  });

  test('a SAS that has ended, a container that is not there, a directory with nothing in it', async () => {
    const ended = server.sasUrl(container, { expiresOn: new Date(Date.now() - 60_000) });
    expect(await check(focus({ sasUrl: ended }))).toMatchObject([{ step: 'credential', ok: false }]);
    await write(october);
    expect(await check(focus({ sasUrl: server.sasUrl('nowhere') }))).toMatchObject([
      { ok: true },
      { step: 'exports', ok: false, detail: expect.stringContaining('container') },
    ]);
    expect(await check(focus({ directory: 'elsewhere' }))).toMatchObject([
      { ok: true },
      { step: 'exports', ok: false },
    ]);
  });
});

describeStorage(`settings${unless}`, () => {
  test.each([
    [
      'more than reading and listing',
      () => ({ sasUrl: server.sasUrl(container, { permissions: 'rwl' }) }),
      /Read and List/,
    ],
    ['plain HTTP', () => ({ sasUrl: server.sasUrl(container, { protocol: 'https,http' as never }) }), /HTTPS only/],
    ['another host', () => ({ sasUrl: 'https://evil.example/cost?sig=1' }), /must be a URL such as/],
    ['a way out of the container', () => ({ directory: '../other' }), /Directory must be a path/],
    ['the name of another dataset', () => ({ actualExportName: 'x' }), /Name of the ActualCost export/],
    ['a setting that is none', () => ({ color: 'blue' }), /color/],
  ])('refuses %s', (_, more, message) => {
    expect(() => focus(more())).toThrow(message);
  });

  test('no error repeats a secret', () => {
    const sasUrl = server.sasUrl(container, { permissions: 'rwdl' });
    const signature = new URL(sasUrl).searchParams.get('sig')!;
    try {
      focus({ sasUrl });
      expect.unreachable();
    } catch (error) {
      expect(JSON.stringify([error, String(error)])).not.toContain(signature);
    }
  });

  test('the policy gives one role on one container, and the hosts are two', () => {
    const settings: AzureBlobSettings = {
      ...focus(),
      access: { kind: 'service-principal', tenantId: 't', clientId: 'c', clientSecret: 's' },
    };
    const [cli, template] = azureBlob.policies(settings);
    expect(cli!.text).toContain('2a2b9908-6ea1-4ae2-8e65-a410df84e7d1');
    expect(cli!.text).toContain(`containers/${container}"`);
    expect(JSON.parse(template!.text)).toMatchObject({ type: 'Microsoft.Authorization/roleAssignments' });
    expect(azureBlob.allowedHosts(settings)).toEqual([
      'login.microsoftonline.com',
      'devstoreaccount1.blob.core.windows.net',
    ]);
  });
});
