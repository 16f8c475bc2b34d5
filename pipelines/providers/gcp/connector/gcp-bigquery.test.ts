import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { focusExportColumns, neededColumns } from './columns.ts';
import { gcpBigQuery } from './index.ts';
import { type BigQueryServer, startBigQuery } from './testing/bigquery-server.ts';

let server: BigQueryServer;
let folder: string;

beforeAll(async () => {
  server = await startBigQuery();
});
afterAll(() => server?.stop());
beforeEach(async () => {
  server.asked.length = 0;
  server.table = { fields: [...neededColumns.detailed, 'labels'], location: 'EU' };
  server.answer = ({ query }) =>
    query.includes('GROUP BY month')
      ? { columns: ['month', 'exported', 'charges', 'cost', 'credits'], rows: months }
      : { columns: ['charge'], rows: charges };
  folder = await mkdtemp(join(tmpdir(), 'gcp-bigquery-'));
  return () => rm(folder, { recursive: true, force: true });
});

const months = [
  ['202610', '2026-11-03T07:12:44.123456Z', '5', '12.345678901234567891', '-0.5'],
  ['202611', '2026-11-20T01:00:00.000000Z', '3', '1', null],
];
const charges = ['0.1', '0.000000000000000001', '12345678901234567.123456789', '-3', '7'].map((cost) => [
  `{"cost":"${cost}","invoice":{"month":"202610"},"credits":[]}`,
]);
const filled = () => ({
  dataset: 'detailed',
  billingAccountId: '01AB23-CD45EF-678901',
  datasetProject: 'larkmoor-billing',
  datasetName: 'billing_export',
  location: 'EU',
  jobProject: 'larkmoor-jobs',
  serviceAccountJson: JSON.stringify(server.keyFile),
});
const settings = (more: Record<string, string> = {}) => gcpBigQuery.parse({ ...filled(), ...more });
const list = () => gcpBigQuery.list(settings(), server.context);

describe('list', () => {
  test('one query tells every invoice month and its state', async () => {
    const periods = await list();
    expect(periods).toMatchObject([
      {
        billingPeriod: '2026-10-01',
        deliveredAt: '2026-11-03T07:12:44.123456Z',
        parts: [
          { name: 'larkmoor-billing.billing_export.gcp_billing_export_resource_v1_01AB23_CD45EF_678901', rows: 5 },
        ],
      },
      { billingPeriod: '2026-11-01', parts: [{ rows: 3 }] },
    ]);
    expect(server.asked).toHaveLength(1);
    expect(server.asked[0]).toMatchObject({ location: 'EU', maximumBytesBilled: String(200 * 1024 ** 3) });
    expect(server.asked[0]!.params).toEqual({ first: expect.stringMatching(/^\d{6}$/), since: expect.any(String) });
  });

  test.each([
    ['the last export', 1, '2026-11-04T00:00:00.000000Z'],
    ['the number of rows', 2, '6'],
    ['the sum of the costs', 3, '12.345678901234567892'],
    ['the sum of the credits', 4, '-0.6'],
  ])('the token moves with %s, and with nothing else', async (_, column, value) => {
    const [october, november] = await list();
    server.answer = () => ({
      columns: ['month', 'exported', 'charges', 'cost', 'credits'],
      rows: [months[0]!.with(column, value), months[1]!],
    });
    const [changed, same] = await list();
    expect(changed!.changeToken).not.toBe(october!.changeToken);
    expect(same).toEqual(november);
  });
});

test('months of which partitions may have expired are not listed, and the check says so', async () => {
  server.table = { fields: [...neededColumns.detailed], location: 'EU', expirationMs: String(60 * 86_400_000) };
  const old = months.map((month) => month.with(0, '202001'));
  server.answer = () => ({ columns: ['month', 'exported', 'charges', 'cost', 'credits'], rows: old });
  expect(await list()).toEqual([]);
  const [, table] = await gcpBigQuery.check(settings(), server.context);
  expect(table).toMatchObject({ ok: true, detail: expect.stringContaining('expire after 60 days') });
});

describe('fetch', () => {
  test('writes every row of the month, page by page, with the digits of the table', async () => {
    const [october] = await list();
    const shares: number[] = [];
    const { files } = await gcpBigQuery.fetch(settings(), october!, folder, {
      ...server.context,
      onProgress: (share) => shares.push(share),
    });
    const text = gunzipSync(await readFile(files[0]!)).toString();
    expect(text).toBe(charges.map(([charge]) => `${charge}\n`).join(''));
    expect(shares).toEqual([0.4, 0.8, 1]);
    expect(server.asked.at(-1)!.params).toEqual({
      month: '202610',
      exported: '2026-11-03T07:12:44.123456Z',
      since: '2026-08-01',
    });
  });

  test('a month that has other rows than when it was listed leaves no file', async () => {
    const [october] = await list();
    server.answer = () => ({ columns: ['charge'], rows: charges.slice(1) });
    await expect(gcpBigQuery.fetch(settings(), october!, folder, server.context)).rejects.toMatchObject({
      code: 'source_changed',
    });
    expect(await readdir(folder)).toEqual([]);
  });

  test('stops when it is told to, and leaves no file', async () => {
    const [october] = await list();
    const stop = new AbortController();
    const fetched = gcpBigQuery.fetch(settings(), october!, folder, {
      ...server.context,
      signal: stop.signal,
      onProgress: () => stop.abort(new Error('stopped')),
    });
    await expect(fetched).rejects.toThrow('stopped');
    expect(await readdir(folder)).toEqual([]);
  });

  test('of the FOCUS export it names its columns, since more may be added', async () => {
    const focus = settings({ dataset: 'focus' });
    await gcpBigQuery.list(focus, server.context);
    expect(server.asked[0]!.query).toContain("FORMAT_TIMESTAMP('%Y%m', BillingPeriodStart)");
    const [october] = await gcpBigQuery.list(focus, server.context);
    await gcpBigQuery.fetch(focus, october!, folder, server.context);
    expect(server.asked.at(-1)!.query).toContain(focusExportColumns.map((name) => `export.${name}`).join(', '));
  });
});

describe('check', () => {
  const check = (more: Record<string, string> = {}) => gcpBigQuery.check(settings(more), server.context);

  test('says what it found, step by step, and runs no query that costs', async () => {
    expect(await check()).toMatchObject([
      { step: 'credential', ok: true },
      { step: 'table', ok: true },
      { step: 'query', ok: true, detail: 'Queries run in larkmoor-jobs; looking for changes reads 12.3 MB.' },
    ]);
    expect(server.asked.map(({ dryRun }) => dryRun)).toEqual([true]);
  });

  test('a key that Google does not know', async () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const key = other.export({ type: 'pkcs8', format: 'pem' }).toString();
    const findings = await check({ serviceAccountJson: JSON.stringify({ ...server.keyFile, private_key: key }) });
    expect(findings).toMatchObject([
      { step: 'credential', ok: false, detail: expect.stringContaining('invalid_grant') },
    ]);
    expect(JSON.stringify(findings)).not.toContain('PRIVATE KEY');
  });

  test('a table that is not there, may not be seen, lacks a column or is elsewhere', async () => {
    server.table = { status: 404, reason: 'notFound' };
    expect((await check()).at(-1)).toMatchObject({
      step: 'table',
      ok: false,
      detail: expect.stringContaining('names'),
    });
    server.table = { status: 403, reason: 'accessDenied' };
    expect((await check()).at(-1)).toMatchObject({
      ok: false,
      detail: expect.stringContaining('BigQuery Data Viewer'),
    });
    server.table = { fields: ['cost'], location: 'EU' };
    expect((await check()).at(-1)).toMatchObject({ ok: false, detail: expect.stringContaining('invoice') });
    server.table = { fields: [...neededColumns.detailed], location: 'US' };
    expect((await check()).at(-1)).toMatchObject({ ok: false, detail: expect.stringContaining('is in US, not in EU') });
  });

  test('a project in which no query may run', async () => {
    server.answer = () => ({ status: 403, reason: 'accessDenied' });
    expect((await check()).at(-1)).toMatchObject({
      step: 'query',
      ok: false,
      detail: expect.stringContaining('Job User'),
    });
  });

  test('a new column of the FOCUS export is told, and a lost one stops', async () => {
    server.table = { fields: [...focusExportColumns, 'InvoiceId'], location: 'EU' };
    expect((await check({ dataset: 'focus' }))[1]).toMatchObject({
      ok: true,
      detail: expect.stringContaining('InvoiceId'),
    });
    server.table = { fields: focusExportColumns.slice(1), location: 'EU' };
    expect((await check({ dataset: 'focus' }))[1]).toMatchObject({ ok: false });
  });
});

describe('settings', () => {
  test.each([
    ['no JSON', { serviceAccountJson: '-----BEGIN' }, /whole key file/],
    ['a key of a person', { serviceAccountJson: '{"type":"authorized_user"}' }, /service account/],
    ['a key without an address', { serviceAccountJson: '{"type":"service_account"}' }, /client_email/],
    ['a table of another export', { table: 'gcp_billing_export_v1_01AB23_CD45EF_678901' }, /detailed export/],
    ['SQL in a name', { datasetName: 'x`; DROP TABLE y' }, /Name of the dataset must be/],
    ['a billing account in lower case', { billingAccountId: '01ab23-cd45ef-678901' }, /Billing account ID must be/],
  ])('refuses %s', (_, more, message) => {
    expect(() => settings(more)).toThrow(message);
  });

  test('the policies give two roles, the hosts are two', () => {
    const texts = gcpBigQuery.policies(settings()).map(({ text }) => text);
    expect(texts[0]).toContain('roles/bigquery.dataViewer` ON SCHEMA `larkmoor-billing`.`billing_export`');
    expect(texts[1]).toContain('projects add-iam-policy-binding larkmoor-jobs');
    expect(gcpBigQuery.allowedHosts(settings())).toEqual(['bigquery.googleapis.com', 'oauth2.googleapis.com']);
  });
});
