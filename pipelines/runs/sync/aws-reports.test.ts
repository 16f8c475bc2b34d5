import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { decimal } from '@cloudact/core/money';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type DemoBills, generateDemoBills } from '../../demo/index.ts';
import { awsS3 } from '../../providers/aws/connector/index.ts';
import {
  type AwsServer,
  BUCKET,
  EXTERNAL_ID,
  ROLE,
  startAwsServer,
} from '../../providers/aws/connector/testing/aws-server.ts';
import { baseLine } from '../../providers/aws/fixtures/bill.ts';
import { writeCur2Parquet } from '../../providers/aws/fixtures/cur2.ts';
import { billedByMonth, type DemoOrg, openDemoOrg } from '../testing/demo-org.ts';
import { syncConnection } from './sync-connection.ts';

let server: AwsServer;
let directory: string;
let demo: DemoOrg;

beforeAll(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAOURSELVES');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'our-own-secret');
  server = await startAwsServer();
  directory = await mkdtemp(join(tmpdir(), 'aws-reports-'));
  demo = await openDemoOrg(directory);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await demo.close();
  await server.close();
  await rm(directory, { recursive: true, force: true });
});

const reportName = 'larkmoor-cost-and-usage';

/** The bill as of a day, delivered as a legacy report that makes a folder for each assembly. */
async function deliverAsOf(today: string, months: number): Promise<DemoBills> {
  const options = { providers: ['aws'], directory: join(directory, today), endMonth: '2026-11', today, months };
  const [bills] = (await generateDemoBills(options)) as [DemoBills];
  for (const { month, files } of bills.months) {
    const range = month === '2026-10' ? '20261001-20261101' : '20261101-20261201';
    const folder = `billing/${reportName}/${range}`;
    const reportKeys: string[] = [];
    for (const file of files) {
      reportKeys.push(`${folder}/assembly-of-${today}/${basename(file)}`);
      await server.put(reportKeys.at(-1)!, await readFile(file));
    }
    await server.put(`${folder}/${reportName}-Manifest.json`, JSON.stringify({ bucket: BUCKET, reportKeys }));
  }
  return bills;
}

function connection(dataset: string, integrationId: string, prefix: string) {
  const settings = awsS3.parse({
    dataset,
    bucket: BUCKET,
    bucketRegion: 'us-east-1',
    prefix,
    exportName: reportName,
    roleArn: ROLE,
    externalId: EXTERNAL_ID,
  });
  return () =>
    syncConnection({
      warehouse: demo.warehouse,
      org: demo.org,
      integrationId,
      connector: awsS3,
      settings,
      workFolder: directory,
      endpoint: server.endpoint,
    });
}

const billed = async (integrationId: string) =>
  Object.fromEntries(
    Object.entries(await billedByMonth(demo.warehouse.forOrg(demo.org)))
      .filter(([key]) => key.startsWith(`${integrationId} `))
      .map(([key, total]) => [key.slice(integrationId.length + 1), total]),
  );

test('a legacy report is loaded, restated, and ties to the last digit each time', async () => {
  const sync = connection('legacy-cur', 'aws-legacy', 'billing');
  const totals = (...bills: DemoBills[]) =>
    Object.fromEntries(bills.flatMap(({ months }) => months).map(({ month, total }) => [month, decimal(total)]));
  const early = await deliverAsOf('2026-11-02', 2);
  await sync();
  expect(await billed('aws-legacy')).toEqual(totals(early));
  const late = await deliverAsOf('2026-11-04', 1);
  expect((await sync()).map(({ outcome }) => outcome)).toEqual(['unchanged', 'loaded']);
  expect(await billed('aws-legacy')).toEqual(totals(early, late));
}, 60_000);

test('a CUR 2.0 export in Parquet is loaded from the folder of its latest refresh', async () => {
  const sync = connection('cur-2', 'aws-cur-2', 'exports');
  const month = baseLine['bill/BillingPeriodStartDate']!.slice(0, 7);
  const folder = `exports/${reportName}`;
  for (const [refresh, cost] of [
    ['20261102T030000Z-1', '0.1'],
    ['20261103T030000Z-2', '0.3'],
  ] as const) {
    const file = join(directory, `${refresh}.snappy.parquet`);
    await writeCur2Parquet(file, [{ 'lineItem/UnblendedCost': cost }, { 'lineItem/UnblendedCost': '0.25' }]);
    const key = `${folder}/data/BILLING_PERIOD=${month}/${refresh}/${reportName}-00001.snappy.parquet`;
    await server.put(key, await readFile(file));
    const manifest = JSON.stringify({ executionId: refresh, dataFiles: [`s3://${BUCKET}/${key}`] });
    await server.put(`${folder}/metadata/BILLING_PERIOD=${month}/${refresh}/${reportName}-Manifest.json`, manifest);
    await server.put(`${folder}/metadata/BILLING_PERIOD=${month}/${reportName}-Manifest.json`, manifest);
  }
  expect(await sync()).toMatchObject([{ outcome: 'loaded', rows: 2 }]);
  expect(await billed('aws-cur-2')).toEqual({ [month]: '0.55' });
}, 60_000);
