import { createHash } from 'node:crypto';
import type { BigQuery } from '@google-cloud/bigquery';
import type { ConnectorContext, DeliveredPeriod } from '../../connector.ts';
import { bigQueryClient, googleError } from './client.ts';
import { HISTORY_MONTHS, monthsQuery } from './queries.ts';
import type { BigQuerySettings } from './settings.ts';

/** Bytes that one query may read, so that a mistake costs a few cents. */
export const BYTES_LIMIT = String(200 * 1024 ** 3);

interface Month {
  month: string;
  exported: string;
  charges: string;
  cost: string | null;
  credits: string | null;
}

/** Every invoice month of the last two years; its state is what was exported last, how many rows, and their sums. */
export async function listPeriods(settings: BigQuerySettings, context: ConnectorContext): Promise<DeliveredPeriod[]> {
  const client = await bigQueryClient(settings, context);
  context.signal?.throwIfAborted();
  try {
    const expiry = await partitionExpiry(client, settings);
    const params = { first: monthsAgo(HISTORY_MONTHS, '').slice(0, 6), ...sinceParam(settings, HISTORY_MONTHS) };
    const [job] = await client.createQueryJob({
      query: monthsQuery(settings),
      location: settings.location,
      maximumBytesBilled: BYTES_LIMIT,
      params,
    });
    const [months] = (await job.getQueryResults()) as unknown as [Month[]];
    return months.map((month) => delivered(month, settings)).filter(({ billingPeriod }) => billingPeriod >= expiry);
  } catch (error) {
    context.signal?.throwIfAborted();
    throw googleError(error, 'listing the months of the export');
  }
}

/** What BigQuery tells of a table, as far as it is needed. */
export interface TableMetadata {
  location?: string;
  schema?: { fields?: { name: string }[] };
  timePartitioning?: { expirationMs?: string };
}

export async function tableMetadata(
  client: BigQuery,
  { datasetName, datasetProject, table }: BigQuerySettings,
): Promise<TableMetadata> {
  const dataset = client.dataset(datasetName, { projectId: datasetProject });
  const [metadata] = (await dataset.table(table).getMetadata()) as unknown as [TableMetadata];
  return metadata;
}

/** The first month of which no partition can have expired: a month that loses its oldest days would look restated. */
async function partitionExpiry(client: BigQuery, settings: BigQuerySettings): Promise<string> {
  const { timePartitioning } = await tableMetadata(client, settings);
  if (timePartitioning?.expirationMs === undefined) return '';
  // Charges are exported from the month before on (time zones), so the month after the last safe day is whole.
  const expired = new Date(Date.now() - Number(timePartitioning.expirationMs));
  return new Date(Date.UTC(expired.getUTCFullYear(), expired.getUTCMonth() + 2, 1)).toISOString().slice(0, 10);
}

/** The day from which partitions are read for the last `months` months: charges are never exported before their use. */
export function sinceParam({ dataset }: BigQuerySettings, months: number): { since?: string } {
  return dataset === 'focus' ? {} : { since: monthsAgo(months + 2, '-') };
}

function monthsAgo(months: number, separator: string): string {
  const now = new Date();
  const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1));
  return first.toISOString().slice(0, 10).replaceAll('-', separator);
}

function delivered(state: Month, { datasetProject, datasetName, table }: BigQuerySettings): DeliveredPeriod {
  const name = `${datasetProject}.${datasetName}.${table}`;
  const { month, exported, charges } = state;
  return {
    billingPeriod: `${month.slice(0, 4)}-${month.slice(4, 6)}-01`,
    changeToken: createHash('sha256')
      .update(JSON.stringify([name, state]))
      .digest('base64url'),
    deliveredAt: exported,
    parts: [{ name, version: exported, bytes: null, rows: Number(charges) }],
  };
}
