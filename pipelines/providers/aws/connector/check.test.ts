import { CloudActError } from '@cloudact/core/errors';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { awsS3 } from './index.ts';
import { type AwsServer, BUCKET, EXTERNAL_ID, ROLE, startAwsServer } from './testing/aws-server.ts';

const filled = {
  dataset: 'cur-2',
  bucket: BUCKET,
  bucketRegion: 'us-east-1',
  prefix: 'exports',
  exportName: 'daily',
  roleArn: ROLE,
  externalId: EXTERNAL_ID,
};
const manifest = 'exports/daily/metadata/BILLING_PERIOD=2026-10/daily-Manifest.json';
const data = 'exports/daily/data/BILLING_PERIOD=2026-10/daily-00001.csv.gz';
let server: AwsServer;

beforeAll(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAOURSELVES');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'our-own-secret');
});
afterAll(() => vi.unstubAllEnvs());
beforeEach(async () => {
  server = await startAwsServer();
  await server.put(data, 'x');
  await server.put(manifest, JSON.stringify({ dataFiles: [data], columns: [{ name: 'line_item_line_item_type' }] }));
});
afterEach(() => server.close());

const check = (more: Record<string, string> = {}) =>
  awsS3.check(awsS3.parse({ ...filled, ...more }), { endpoint: server.endpoint });
const steps = ['assume_role', 'bucket_region', 'list_manifests', 'read_manifest', 'dataset', 'read_data'];

describe('check', () => {
  test('tries every step that a fetch needs', async () => {
    const findings = await check();
    expect(findings.map(({ step }) => step)).toEqual(steps);
    expect(findings.filter(({ ok }) => !ok)).toEqual([]);
    expect(findings[2]!.detail).toContain('2026-10');
  });

  test.each([
    ['assume_role', 'sts:AssumeRole', () => server.deny((line) => line === 'AssumeRole'), {}],
    ['assume_role', 'external ID', () => undefined, { externalId: 'of-somebody-else' }],
    ['bucket_region', 's3:GetBucketLocation', () => server.deny((line) => line === 'LOCATION'), {}],
    ['bucket_region', 'us-east-1', () => undefined, { bucketRegion: 'eu-west-1' }],
    ['bucket_region', 'S3 bucket names a bucket that is not there', () => undefined, { bucket: 'another-bucket' }],
    ['list_manifests', 's3:ListBucket', () => server.deny((line) => line.startsWith('LIST')), {}],
    ['list_manifests', 'exports/weekly/', () => undefined, { exportName: 'weekly' }],
    ['read_manifest', 's3:GetObject', () => server.deny((line) => line === `GET ${manifest}`), {}],
    ['read_manifest', 'is not JSON', () => server.put(manifest, 'half a mani'), {}],
    ['dataset', 'focus-1-2', () => undefined, { dataset: 'focus-1-2' }],
    ['read_data', 's3:GetObject', () => server.deny((line) => line === `HEAD ${data}`), {}],
    ['read_data', 'is not there', () => server.remove(data), {}],
  ])('ends at %s and says "%s"', async (step, said, arrange, more) => {
    await arrange();
    const findings = await check(more);
    expect(findings.map((finding) => finding.step)).toEqual(steps.slice(0, steps.indexOf(step) + 1));
    expect(findings.at(-1)).toMatchObject({ step, ok: false, detail: expect.stringContaining(said) });
    expect(JSON.stringify(findings)).not.toMatch(/our-own-secret|session-token/);
  });

  test('a manifest that does not name its columns is no fault', async () => {
    await server.put(manifest, JSON.stringify({ dataFiles: [data] }));
    expect((await check()).every(({ ok }) => ok)).toBe(true);
  });
});

test('a stopped check ends with the reason, whatever that is', async () => {
  const stop = new AbortController();
  const reason = new CloudActError('unavailable', { detail: 'The service is stopping.' });
  server.before(() => stop.abort(reason));
  const context = { endpoint: server.endpoint, signal: stop.signal };
  await expect(awsS3.check(awsS3.parse(filled), context)).rejects.toBe(reason);
});

describe('what goes wrong in a listing', () => {
  const list = (endpoint = server.endpoint) => awsS3.list(awsS3.parse(filled), { endpoint });

  test('a server that is not there is unavailable', async () => {
    const { endpoint } = server;
    await server.close();
    await expect(list(endpoint)).rejects.toMatchObject({ code: 'source_unavailable' });
    server = await startAwsServer();
  });

  test('a service without credentials of its own is told so', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', '');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', '');
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nonexistent');
    vi.stubEnv('AWS_CONFIG_FILE', '/nonexistent');
    try {
      await expect(list()).rejects.toMatchObject({
        code: 'source_denied',
        detail: expect.stringContaining('no AWS credentials of its own'),
      });
    } finally {
      vi.unstubAllEnvs();
      vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAOURSELVES');
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'our-own-secret');
    }
  });

  test('an environment that sends the SDK elsewhere is refused before anything is sent', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', server.endpoint);
    try {
      await expect(awsS3.list(awsS3.parse(filled), {})).rejects.toMatchObject({
        code: 'source_denied',
        detail: expect.stringContaining('127.0.0.1'),
      });
      expect(server.requests).toEqual([]);
    } finally {
      vi.stubEnv('AWS_ENDPOINT_URL', '');
    }
  });
});
