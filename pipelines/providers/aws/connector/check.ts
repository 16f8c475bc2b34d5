import { text } from 'node:stream/consumers';
import { CloudActError } from '@cloudact/core/errors';
import type { CheckFinding, ConnectorContext, DeliveredPeriod } from '../../connector.ts';
import type { Bucket } from './bucket.ts';
import { listDeliveries } from './deliveries.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { type AwsDataset, type AwsS3Settings, exportFolder } from './settings.ts';

/** Whether the columns, in lower case, are those of the dataset. FOCUS has InvoiceId since 1.2. */
const HOLDS: Readonly<Record<AwsDataset, (columns: ReadonlySet<string>) => boolean>> = {
  'cur-2': (columns) => columns.has('line_item_line_item_type'),
  'legacy-cur': (columns) => columns.has('lineitem/lineitemtype') || columns.has('line_item_line_item_type'),
  'focus-1-2': (columns) => columns.has('chargecategory') && columns.has('invoiceid'),
  'focus-1-0': (columns) => columns.has('chargecategory') && !columns.has('invoiceid'),
};

/** Tries the steps of a fetch in their order, and ends with the first that fails. */
export async function checkAccess(
  bucket: Bucket,
  settings: AwsS3Settings,
  { signal }: ConnectorContext,
): Promise<CheckFinding[]> {
  const findings: CheckFinding[] = [];
  let newest: DeliveredPeriod | undefined;
  let manifest: Manifest | undefined;
  const steps: readonly (readonly [step: string, work: () => Promise<string | Missing>])[] = [
    [
      'assume_role',
      async () => {
        await bucket.assumeRole();
        return `The role ${settings.roleArn} can be assumed.`;
      },
    ],
    [
      'bucket_region',
      async () => {
        const region = await bucket.region();
        if (region === settings.bucketRegion) return `The bucket ${settings.bucket} is in ${region}.`;
        return missing(
          `The bucket ${settings.bucket} is in ${region}, not in ${settings.bucketRegion}. Correct the region.`,
        );
      },
    ],
    [
      'list_manifests',
      async () => {
        const periods = await listDeliveries(bucket, settings);
        newest = periods.at(-1);
        if (newest)
          return `${periods.length} billing periods are delivered, ${periods[0]!.billingPeriod.slice(0, 7)} to ${newest.billingPeriod.slice(0, 7)}.`;
        return missing(
          `There is no manifest below s3://${settings.bucket}/${exportFolder(settings)}. Check prefix, name and dataset; a new export is first delivered within 24 hours.`,
        );
      },
    ],
    [
      'read_manifest',
      async () => {
        const { name, version } = newest!.parts[0]!;
        manifest = readManifest(await text(await bucket.read(name, version)), name, settings);
        return `${name} names ${manifest.files.length} data files.`;
      },
    ],
    [
      'dataset',
      async () => {
        const { columns } = manifest!;
        if (columns.length === 0)
          return 'The manifest does not name its columns; the dataset is checked when it is read.';
        if (HOLDS[settings.dataset](new Set(columns.map((name) => name.toLowerCase()))))
          return 'The columns are those of the dataset.';
        return missing(
          `The export has other columns than ${settings.dataset} (they start with ${columns.slice(0, 4).join(', ')}). Choose the dataset that the export holds.`,
        );
      },
    ],
    [
      'read_data',
      async () => {
        const { key, bytes } = await bucket.head(manifest!.files[0]!);
        return `${key} can be read (${bytes} bytes).`;
      },
    ],
  ];
  for (const [step, work] of steps) {
    const detail = await work().catch(asFinding);
    signal?.throwIfAborted();
    if (typeof detail === 'string') {
      findings.push({ step, ok: true, detail });
      continue;
    }
    findings.push({ step, ok: false, detail: detail.missing });
    break;
  }
  return findings;
}

interface Missing {
  missing: string;
}

function missing(text: string): Missing {
  return { missing: text };
}

function asFinding(error: unknown): Missing {
  if (error instanceof CloudActError) return missing(error.detail);
  throw error;
}
