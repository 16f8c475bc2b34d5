import type { CredentialField } from '../../connector.ts';
import { readSettings } from '../../settings.ts';

/** What the export holds; it decides the layout in the bucket and the bill format. */
const DATASETS = {
  'cur-2': { label: 'Cost and Usage Report 2.0 (Data Exports)', format: 'aws-cur-2' },
  'legacy-cur': { label: 'Legacy Cost and Usage Report', format: 'aws-cur' },
  'focus-1-2': { label: 'FOCUS 1.2 with AWS columns (Data Exports)', format: 'focus' },
  'focus-1-0': { label: 'FOCUS 1.0 with AWS columns (Data Exports)', format: 'focus' },
} as const;

export type AwsDataset = keyof typeof DATASETS;

export interface AwsS3Settings {
  /** The customer's role that we assume, an ARN. */
  readonly roleArn: string;
  /** What the role's trust policy asks for beside our identity. */
  readonly externalId: string;
  readonly bucket: string;
  readonly bucketRegion: string;
  /** Without slashes at its ends; empty where the export lies at the top of the bucket. */
  readonly prefix: string;
  readonly exportName: string;
  readonly dataset: AwsDataset;
}

export const fields: readonly CredentialField[] = [
  {
    name: 'dataset',
    label: 'Dataset',
    help: 'What the export holds, as chosen in Billing and Cost Management → Data Exports. A raw bill and its FOCUS export hold the same charges: connect one of them.',
    kind: 'choice',
    required: true,
    choices: Object.entries(DATASETS).map(([value, { label }]) => ({ value, label })),
  },
  {
    name: 'bucket',
    label: 'S3 bucket',
    help: 'The bucket that the export is delivered to.',
    kind: 'text',
    required: true,
    pattern:
      '(?!xn--|sthree-)(?!.*(-s3alias|--ol-s3)$)(?!.*\\.\\.)(?!\\d+\\.\\d+\\.\\d+\\.\\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]',
    expected: 'the name of a bucket: 3 to 63 lower-case letters, digits, dots and hyphens',
    example: 'larkmoor-billing',
  },
  {
    name: 'bucketRegion',
    label: 'Region of the bucket',
    help: 'Shown beside the bucket in the S3 console.',
    kind: 'text',
    required: true,
    pattern: '[a-z]{2}(-[a-z]+){1,2}-\\d{1,2}',
    expected: 'a region',
    example: 'eu-west-1',
  },
  {
    name: 'prefix',
    label: 'S3 path prefix',
    help: 'The path that the export was given inside the bucket; empty when it has none.',
    kind: 'text',
    required: false,
    pattern: "/*[A-Za-z0-9!_.*'()=+@-]+(/[A-Za-z0-9!_.*'()=+@-]+)*/*",
    expected: "a path of letters, digits and the signs ! - _ . * ' ( ) = + @, divided by single slashes",
    example: 'exports/daily',
  },
  {
    name: 'exportName',
    label: 'Name of the export',
    help: 'The name in Data Exports, or of the report in Cost and Usage Reports.',
    kind: 'text',
    required: true,
    pattern: "[A-Za-z0-9!_.*'()-]{1,256}",
    expected: 'the name of an export',
    example: 'cloudact',
  },
  {
    name: 'roleArn',
    label: 'Role ARN',
    help: 'The role that you make for us with the policies below. Access keys are never asked for.',
    kind: 'text',
    required: true,
    pattern: 'arn:aws(-cn|-us-gov)?:iam::\\d{12}:role/[\\w+=,.@/-]{1,512}',
    expected: 'the ARN of a role',
    example: 'arn:aws:iam::123456789012:role/cloudact-billing',
  },
  {
    name: 'externalId',
    label: 'External ID',
    help: 'Belongs into the trust policy of the role. It is yours alone, so that nobody else can point us at your role.',
    kind: 'text',
    required: true,
    generated: true,
    pattern: '[\\w+=,.@:/-]{2,1224}',
    expected: 'an external ID',
  },
];

export function parseSettings(input: Readonly<Record<string, unknown>>): AwsS3Settings {
  const { roleArn, externalId, bucket, bucketRegion, prefix = '', exportName, dataset } = readSettings(fields, input);
  return {
    roleArn: roleArn!,
    externalId: externalId!,
    bucket: bucket!,
    bucketRegion: bucketRegion!,
    prefix: prefix.replaceAll(/^\/+|\/+$/g, ''),
    exportName: exportName!,
    dataset: dataset as AwsDataset,
  };
}

/** Id of the bill format that the dataset is read in. */
export function formatOf({ dataset }: AwsS3Settings): string {
  return DATASETS[dataset].format;
}

/** The folder of the export in the bucket, with a slash at its end. */
export function exportFolder({ prefix, exportName }: AwsS3Settings): string {
  return prefix === '' ? `${exportName}/` : `${prefix}/${exportName}/`;
}

/** `aws`, `aws-cn` or `aws-us-gov`, and the account that the role is in. */
export function placeOf({ roleArn }: AwsS3Settings): { partition: string; account: string } {
  const [, partition, , , account] = roleArn.split(':') as [string, string, string, string, string];
  return { partition, account };
}

/** The regional hosts of STS and S3, and no others; a bucket with dots in its name is addressed by path. */
export function allowedHosts(settings: AwsS3Settings): readonly string[] {
  const { bucket, bucketRegion } = settings;
  const domain = placeOf(settings).partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  const s3 = `s3.${bucketRegion}.${domain}`;
  return [`sts.${bucketRegion}.${domain}`, bucket.includes('.') ? s3 : `${bucket}.${s3}`];
}
