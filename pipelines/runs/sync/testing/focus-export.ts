import { awsS3 } from '../../../providers/aws/connector/index.ts';
import { type AwsServer, BUCKET, EXTERNAL_ID, ROLE } from '../../../providers/aws/connector/testing/aws-server.ts';
import { awsUsage } from '../../../providers/focus-file/test-bill.ts';

/** Settings of a connection to a FOCUS 1.2 export in the bucket of the server. */
export function exportSettings(exportName = 'daily') {
  return awsS3.parse({
    dataset: 'focus-1-2',
    bucket: BUCKET,
    bucketRegion: 'us-east-1',
    prefix: 'exports',
    exportName,
    roleArn: ROLE,
    externalId: EXTERNAL_ID,
  });
}

export function manifestKey(month: string, exportName = 'daily'): string {
  return `exports/${exportName}/metadata/BILLING_PERIOD=${month}/${exportName}-Manifest.json`;
}

export function dataKey(month: string, file: string, exportName = 'daily'): string {
  return `exports/${exportName}/data/BILLING_PERIOD=${month}/${file}`;
}

let executions = 0;

/**
 * Delivers a month as AWS does when it overwrites: data files, each with charges of these costs (of the month, or of
 * another: `2026-09 0.5`), then the manifest.
 */
export async function deliver(
  server: AwsServer,
  month: string,
  files: Readonly<Record<string, readonly string[]>>,
  exportName = 'daily',
): Promise<void> {
  for (const [file, costs] of Object.entries(files)) {
    const charges = costs.map((cost) => (cost.includes(' ') ? cost.split(' ') : [month, cost]) as [string, string]);
    await server.put(dataKey(month, file, exportName), focusCsv(charges));
  }
  executions += 1;
  const dataFiles = Object.keys(files).map((file) => `s3://${BUCKET}/${dataKey(month, file, exportName)}`);
  await server.put(
    manifestKey(month, exportName),
    JSON.stringify({ executionId: `execution-${executions}`, dataFiles }),
  );
}

function focusCsv(charges: readonly (readonly [month: string, cost: string])[]): string {
  const cell = (text: string | null) => `"${(text ?? '').replaceAll('"', '""')}"`;
  const rows = charges.map(([month, BilledCost]) => {
    const day = (of: Date) => `${of.toISOString().slice(0, 10)}T00:00:00Z`;
    const [year, index] = month.split('-').map(Number) as [number, number];
    return Object.values({
      ...awsUsage,
      BilledCost,
      BillingPeriodStart: day(new Date(Date.UTC(year, index - 1, 1))),
      BillingPeriodEnd: day(new Date(Date.UTC(year, index, 1))),
      ChargePeriodStart: day(new Date(Date.UTC(year, index - 1, 2))),
      ChargePeriodEnd: day(new Date(Date.UTC(year, index - 1, 3))),
    });
  });
  return `${[Object.keys(awsUsage), ...rows].map((row) => row.map(cell).join(',')).join('\n')}\n`;
}
