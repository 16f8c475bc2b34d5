import type { PolicyText } from '../../connector.ts';
import { type AwsS3Settings, exportFolder, placeOf } from './settings.ts';

/**
 * What the owner of the bucket sets up: the role that trusts us, what the role may read, and what lets AWS write the
 * export. `caller` is the ARN of the identity that this service runs as.
 */
export function policies(
  settings: AwsS3Settings,
  caller = 'ARN-OF-THE-ROLE-THAT-CLOUDACT-RUNS-AS',
): readonly PolicyText[] {
  return [
    policy('Trust policy of the role (IAM → Roles → Create role → Custom trust policy)', trust(settings, caller)),
    policy('Permission policy of the role', permissions(settings)),
    policy('Bucket policy, which lets AWS deliver the export (S3 → bucket → Permissions)', delivery(settings)),
    policy(
      'Only when the bucket is encrypted with a KMS key: one more statement for the permission policy. Put in the key’s ARN',
      decrypt(settings),
    ),
  ];
}

function trust({ externalId }: AwsS3Settings, caller: string): readonly Statement[] {
  return [
    {
      Effect: 'Allow',
      Principal: { AWS: caller },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:ExternalId': externalId } },
    },
  ];
}

/** The condition on the prefix never holds for GetBucketLocation, which names no prefix, so that has its own statement. */
function permissions(settings: AwsS3Settings): readonly Statement[] {
  const bucket = bucketArn(settings);
  const folder = exportFolder(settings);
  return [
    { Effect: 'Allow', Action: 's3:GetBucketLocation', Resource: bucket },
    {
      Effect: 'Allow',
      Action: 's3:ListBucket',
      Resource: bucket,
      Condition: { StringLike: { 's3:prefix': `${folder}*` } },
    },
    { Effect: 'Allow', Action: 's3:GetObject', Resource: `${bucket}/${folder}*` },
  ];
}

function delivery(settings: AwsS3Settings): readonly Statement[] {
  const { partition, account } = placeOf(settings);
  const bucket = bucketArn(settings);
  const region = partition === 'aws-cn' ? 'cn-northwest-1' : 'us-east-1';
  return [
    {
      Effect: 'Allow',
      Principal: { Service: ['bcm-data-exports.amazonaws.com', 'billingreports.amazonaws.com'] },
      Action: ['s3:PutObject', 's3:GetBucketPolicy'],
      Resource: [bucket, `${bucket}/*`],
      Condition: {
        StringLike: {
          'aws:SourceAccount': account,
          'aws:SourceArn': [
            `arn:${partition}:cur:${region}:${account}:definition/*`,
            `arn:${partition}:bcm-data-exports:${region}:${account}:export/*`,
          ],
        },
      },
    },
  ];
}

function decrypt(settings: AwsS3Settings): readonly Statement[] {
  const { partition } = placeOf(settings);
  const resource = `arn:${partition}:kms:${settings.bucketRegion}:ACCOUNT-OF-THE-KEY:key/ID-OF-THE-KEY`;
  return [{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: resource }];
}

interface Statement {
  Effect: 'Allow';
  Principal?: Record<string, string | readonly string[]>;
  Action: string | readonly string[];
  Resource?: string | readonly string[];
  Condition?: Record<string, Record<string, string | readonly string[]>>;
}

function policy(title: string, statements: readonly Statement[]): PolicyText {
  return { title, language: 'json', text: JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2) };
}

function bucketArn(settings: AwsS3Settings): string {
  return `arn:${placeOf(settings).partition}:s3:::${settings.bucket}`;
}
