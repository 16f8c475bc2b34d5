/** Loads a bill and says on standard output which stage begins, so that a test can kill it there. */
import { parseOrgSlug } from '@cloudact/core/org';
import { openDuckDBWarehouse } from '@cloudact/core/warehouse/duckdb';
import { executeRun } from '../execute-run.ts';

const [directory, inbox, file] = process.argv.slice(2) as [string, string, string];
const org = parseOrgSlug('larkmoor');
const warehouse = await openDuckDBWarehouse({ directory, inboxDirectories: [inbox] });
await warehouse.createDataset(org);
let last: string | undefined;
await executeRun({
  warehouse,
  org,
  integrationId: 'aws-demo',
  files: [file],
  runId: 'killed',
  onProgress: ({ stage }) => {
    if (stage !== last) process.stdout.write(`${stage}\n`);
    last = stage;
  },
});
