/** Synchronises a connection and says on standard output what happens, so that a test can kill it there. */
import { parseOrgSlug } from '@cloudact/core/org';
import { openDuckDBWarehouse } from '@cloudact/core/warehouse/duckdb';
import { awsS3 } from '../../../providers/aws/connector/index.ts';
import { syncConnection } from '../sync-connection.ts';
import { exportSettings } from './focus-export.ts';

const [directory, inbox, endpoint] = process.argv.slice(2) as [string, string, string];
const org = parseOrgSlug('larkmoor');
const warehouse = await openDuckDBWarehouse({ directory, inboxDirectories: [inbox] });
await warehouse.createDataset(org);
let last = '';
await syncConnection({
  warehouse,
  org,
  integrationId: 'aws-main',
  connector: awsS3,
  settings: exportSettings(),
  workFolder: inbox,
  endpoint,
  onProgress: ({ billingPeriod, stage }) => {
    const line = `${billingPeriod.slice(0, 7)} ${stage}`;
    if (line !== last) process.stdout.write(`${line}\n`);
    last = line;
  },
});
