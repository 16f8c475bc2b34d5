import { CloudActError } from '@cloudact/core/errors';
import type { CheckFinding, ConnectorContext } from '../../connector.ts';
import { bigQueryClient, googleError, signIn } from './client.ts';
import { neededColumns } from './columns.ts';
import { BYTES_LIMIT, sinceParam, tableMetadata } from './listing.ts';
import { HISTORY_MONTHS, monthsQuery } from './queries.ts';
import type { BigQuerySettings } from './settings.ts';

/** Tries, in order: the key, the table and its columns, a query that is priced and not run. Stops at the first failure. */
export async function checkAccess(settings: BigQuerySettings, context: ConnectorContext): Promise<CheckFinding[]> {
  const findings: CheckFinding[] = [];
  const steps = [
    ['credential', 'the sign-in of the service account', checkKey],
    ['table', `looking at the table ${settings.table}`, checkTable],
    ['query', 'a query', checkQuery],
  ] as const;
  for (const [step, doing, work] of steps) {
    context.signal?.throwIfAborted();
    try {
      findings.push({ step, ok: true, detail: await work(settings, context) });
    } catch (cause) {
      const error = googleError(cause, doing);
      if (!(error instanceof CloudActError)) throw error;
      return [...findings, { step, ok: false, detail: error.message }];
    }
  }
  return findings;
}

async function checkKey(settings: BigQuerySettings, context: ConnectorContext): Promise<string> {
  await (await signIn(settings, context)).getAccessToken();
  return `${settings.account.email} signs in.`;
}

async function checkTable(settings: BigQuerySettings, context: ConnectorContext): Promise<string> {
  const { table, location, dataset } = settings;
  const metadata = await tableMetadata(await bigQueryClient(settings, context), settings);
  if (metadata.location && metadata.location.toLowerCase() !== location.toLowerCase()) {
    throw new CloudActError('source_incomplete', {
      detail: `The dataset is in ${metadata.location}, not in ${location}. Correct the location.`,
    });
  }
  const present = new Set((metadata.schema?.fields ?? []).map(({ name }) => name));
  const missing = neededColumns[dataset].filter((name) => !present.has(name));
  if (missing.length > 0) {
    throw new CloudActError('source_incomplete', {
      detail: `${table} has no column ${missing.join(', ')}. Check that it is the table of the ${dataset} export.`,
    });
  }
  const unread = dataset === 'focus' ? [...present].filter((name) => !neededColumns.focus.includes(name)) : [];
  const more = unread.length > 0 ? ` Columns that are not read yet: ${unread.join(', ')}.` : '';
  const { expirationMs } = metadata.timePartitioning ?? {};
  const expiring =
    expirationMs === undefined
      ? ''
      : ` Its partitions expire after ${Math.round(Number(expirationMs) / 86_400_000)} days: older months are not read. Turn the expiry off to keep them.`;
  return `${table} has the columns of the ${dataset} export.${more}${expiring}`;
}

async function checkQuery(settings: BigQuerySettings, context: ConnectorContext): Promise<string> {
  const client = await bigQueryClient(settings, context);
  const [job] = await client.createQueryJob({
    query: monthsQuery(settings),
    location: settings.location,
    dryRun: true,
    maximumBytesBilled: BYTES_LIMIT,
    params: { first: '200001', ...sinceParam(settings, HISTORY_MONTHS) },
  });
  const bytes = Number(job.metadata.statistics?.totalBytesProcessed ?? 0);
  return `Queries run in ${settings.jobProject}; looking for changes reads ${(bytes / 1e6).toFixed(1)} MB.`;
}
