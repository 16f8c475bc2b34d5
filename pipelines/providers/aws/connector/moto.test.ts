import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { judges } from '../../../../scripts/judges.mjs';
import { awsS3 } from './index.ts';
import { BUCKET, EXTERNAL_ID, ROLE } from './testing/aws-server.ts';

const judge = await judges();
if ('skipped' in judge) process.stderr.write(`skipped: no moto to try the AWS connector against (${judge.skipped})\n`);

/** moto answers as AWS does where s3rver does not: pages, conditions on ETags, regions, roles. */
describe.skipIf('skipped' in judge)('against moto', () => {
  let server: ChildProcess;
  let endpoint: string;
  let writer: S3Client;
  const settings = awsS3.parse({
    dataset: 'legacy-cur',
    bucket: BUCKET,
    bucketRegion: 'eu-west-1',
    prefix: 'exports',
    exportName: 'daily',
    roleArn: ROLE,
    externalId: EXTERNAL_ID,
  });
  const put = (Key: string, Body: string) => writer.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body }));

  beforeAll(async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAOURSELVES');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'our-own-secret');
    const port = await freePort();
    endpoint = `http://127.0.0.1:${port}`;
    const { python } = judge as { python: string };
    server = spawn(python, ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
    await answering(endpoint);
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    writer = new S3Client({ endpoint, region: 'eu-west-1', forcePathStyle: true, credentials });
    await writer.send(
      new CreateBucketCommand({ Bucket: BUCKET, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
    );
  }, 120_000);
  afterAll(() => {
    server?.kill();
    writer?.destroy();
    vi.unstubAllEnvs();
  });

  test('a report of more months than a page holds is listed, checked, and fetched at its ETag', async () => {
    const ranges = Array.from({ length: 1_003 }, (_, index) => {
      const month = (of: number) => `${1930 + Math.floor(of / 12)}${String((of % 12) + 1).padStart(2, '0')}01`;
      return `${month(index)}-${month(index + 1)}`;
    });
    const last = `exports/daily/${ranges.at(-1)}`;
    for (let at = 0; at < ranges.length; at += 50) {
      await Promise.all(ranges.slice(at, at + 50).map((range) => put(`exports/daily/${range}/other.json`, '{}')));
    }
    await put(`${last}/assembly/daily-00001.csv.gz`, 'charges');
    const reportKeys = [`${last}/assembly/daily-00001.csv.gz`];
    const columns = [{ category: 'lineItem', name: 'LineItemType' }];
    await put(`${last}/daily-Manifest.json`, JSON.stringify({ reportKeys, columns }));

    const findings = await awsS3.check(settings, { endpoint });
    expect(findings.filter(({ ok }) => !ok)).toEqual([]);
    const [period] = await awsS3.list(settings, { endpoint });
    const folder = await mkdtemp(join(tmpdir(), 'moto-fetch-'));
    try {
      expect((await awsS3.fetch(settings, period!, folder, { endpoint })).files).toHaveLength(1);
      await put(`${last}/daily-Manifest.json`, JSON.stringify({ reportKeys, assemblyId: '2' }));
      await expect(awsS3.fetch(settings, period!, folder, { endpoint })).rejects.toMatchObject({
        code: 'source_changed',
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }, 180_000);

  test('a bucket in another region, and one that is not there, are faults of the settings', async () => {
    const elsewhere = await awsS3.check({ ...settings, bucketRegion: 'eu-central-1' }, { endpoint });
    expect(elsewhere.at(-1)).toMatchObject({ ok: false, detail: expect.stringContaining('eu-west-1') });
    await expect(awsS3.list({ ...settings, bucket: 'not-there' }, { endpoint })).rejects.toMatchObject({
      code: 'settings_invalid',
      faults: [{ column: 'bucket' }],
    });
  });
});

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function answering(endpoint: string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const answer = await fetch(`${endpoint}/moto-api/`).catch(() => undefined);
    if (answer?.ok) return;
    await wait(200);
  }
  throw new Error('moto does not answer');
}
