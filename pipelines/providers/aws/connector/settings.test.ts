import { S3Client } from '@aws-sdk/client-s3';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { describe, expect, test } from 'vitest';
import { billFormats } from '../../registry.ts';
import { callsOnly } from './allowed-calls.ts';
import { awsS3 } from './index.ts';

const filled = {
  dataset: 'cur-2',
  bucket: 'larkmoor-billing',
  bucketRegion: 'eu-west-1',
  prefix: '/exports/daily/',
  exportName: 'cloudact',
  roleArn: 'arn:aws:iam::123456789012:role/cloudact-billing',
  externalId: '0b1f6a52-7a7e-4a3a-9d2c-5c4f0f6b8a11',
};

describe('settings', () => {
  test('are read as they were filled in, the prefix without slashes at its ends', () => {
    expect(awsS3.parse(filled)).toEqual({ ...filled, prefix: 'exports/daily' });
    expect(awsS3.parse({ ...filled, prefix: '' })).toMatchObject({ prefix: '' });
  });

  test.each([
    ['roleArn', 'arn:aws:iam::123456789012:user/me'],
    ['roleArn', 'arn:aws:iam::12345:role/cloudact'],
    ['roleArn', 'AKIAIOSFODNN7EXAMPLE'],
    ['bucket', 'Larkmoor'],
    ['bucket', 'a..b'],
    ['bucket', '192.168.1.1'],
    ['bucket', 'larkmoor/billing'],
    ['bucket', 'evil.example#'],
    ['bucketRegion', 'eu-west-1.evil.example'],
    ['bucketRegion', 'Ireland'],
    ['prefix', 'exports//daily'],
    ['prefix', 'a b'],
    ['exportName', 'daily/other'],
    ['externalId', 'no spaces'],
    ['dataset', 'cur-3'],
    ['accessKeyId', 'AKIAIOSFODNN7EXAMPLE'],
  ])('%s cannot be %s', (name, value) => {
    expect(() => awsS3.parse({ ...filled, [name]: value })).toThrow(
      expect.objectContaining({ code: 'settings_invalid', faults: [expect.objectContaining({ column: name })] }),
    );
  });

  test.each([
    ['cur-2', 'aws-cur-2'],
    ['legacy-cur', 'aws-cur'],
    ['focus-1-2', 'focus'],
    ['focus-1-0', 'focus'],
  ])('the dataset %s is read as %s', (dataset, format) => {
    expect(awsS3.format(awsS3.parse({ ...filled, dataset }))).toBe(format);
    expect(billFormats.map(({ id }) => id)).toContain(format);
  });
});

describe('policies', () => {
  const texts = (more = {}, caller?: string) =>
    awsS3.policies(awsS3.parse({ ...filled, ...more }), caller).map(({ text }) => JSON.parse(text).Statement);

  test('the role trusts us with the external ID, and may read the export and nothing else', () => {
    const caller = 'arn:aws:iam::999999999999:role/cloudact';
    const [[trust], permissions] = texts({}, caller);
    expect(trust).toEqual({
      Effect: 'Allow',
      Principal: { AWS: caller },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:ExternalId': filled.externalId } },
    });
    expect(permissions).toEqual([
      { Effect: 'Allow', Action: 's3:GetBucketLocation', Resource: 'arn:aws:s3:::larkmoor-billing' },
      {
        Effect: 'Allow',
        Action: 's3:ListBucket',
        Resource: 'arn:aws:s3:::larkmoor-billing',
        Condition: { StringLike: { 's3:prefix': 'exports/daily/cloudact/*' } },
      },
      {
        Effect: 'Allow',
        Action: 's3:GetObject',
        Resource: 'arn:aws:s3:::larkmoor-billing/exports/daily/cloudact/*',
      },
    ]);
  });

  test('names are those of the partition that the role is in', () => {
    const [, permissions, [delivery], [decrypt]] = texts({
      roleArn: 'arn:aws-us-gov:iam::123456789012:role/r',
      bucketRegion: 'us-gov-west-1',
      prefix: '',
    });
    expect(permissions[2].Resource).toBe('arn:aws-us-gov:s3:::larkmoor-billing/cloudact/*');
    expect(delivery.Condition.StringLike['aws:SourceAccount']).toBe('123456789012');
    expect(decrypt.Resource).toContain('arn:aws-us-gov:kms:us-gov-west-1:');
  });
});

describe('allowed hosts', () => {
  const reached = (request: { hostname: string }) => Promise.reject(new Error(`reached ${request.hostname}`));
  const requestHandler = { handle: reached };
  const own = { accessKeyId: 'AKIAOURSELVES', secretAccessKey: 'our-own-secret' };

  test.each([
    ['aws', 'eu-west-1', 'larkmoor-billing', 'larkmoor-billing.s3.eu-west-1.amazonaws.com'],
    ['aws', 'us-east-1', 'larkmoor-billing', 'larkmoor-billing.s3.us-east-1.amazonaws.com'],
    ['aws', 'eu-west-1', 'bills.larkmoor.example', 's3.eu-west-1.amazonaws.com'],
    ['aws-us-gov', 'us-gov-west-1', 'larkmoor-billing', 'larkmoor-billing.s3.us-gov-west-1.amazonaws.com'],
    ['aws-cn', 'cn-north-1', 'larkmoor-billing', 'larkmoor-billing.s3.cn-north-1.amazonaws.com.cn'],
  ])('are those that the SDK calls: %s, %s, %s', async (partition, region, bucket, host) => {
    const settings = awsS3.parse({
      ...filled,
      bucket,
      bucketRegion: region,
      roleArn: `arn:${partition}:iam::123456789012:role/r`,
    });
    const guard = callsOnly(awsS3.allowedHosts(settings));
    const client = new S3Client({ region, credentials: own, requestHandler, maxAttempts: 1 });
    client.middlewareStack.use(guard);
    const { ListObjectsV2Command } = await import('@aws-sdk/client-s3');
    await expect(client.send(new ListObjectsV2Command({ Bucket: bucket }))).rejects.toThrow(`reached ${host}`);
    await expect(client.send(new ListObjectsV2Command({ Bucket: 'another-bucket.example' }))).rejects.toThrow(
      bucket.includes('.') ? 'reached' : 'none of its hosts',
    );
    const assume = fromTemporaryCredentials({
      params: { RoleArn: settings.roleArn },
      masterCredentials: own,
      clientConfig: { region, requestHandler, maxAttempts: 1 },
      clientPlugins: [guard],
    });
    await expect(assume()).rejects.toThrow(/^reached sts\./);
  });
});
