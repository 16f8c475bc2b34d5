import { join } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { CloudActError } from '@cloudact/core/errors';
import type { ConnectorContext, DeliveredPeriod } from '../../connector.ts';
import { download } from '../../download.ts';
import { bigQueryClient, googleError } from './client.ts';
import { BYTES_LIMIT } from './listing.ts';
import { rowsQuery } from './queries.ts';
import type { BigQuerySettings } from './settings.ts';

/** Rows per page of an answer: with the longest rows still below BigQuery's limit of 20 MB. */
const PAGE_ROWS = 5_000;

/** Writes the rows of one month to one file, newline-delimited JSON, gzip. */
export async function fetchPeriod(
  settings: BigQuerySettings,
  { billingPeriod, parts }: DeliveredPeriod,
  folder: string,
  context: ConnectorContext,
): Promise<{ files: string[] }> {
  const { signal, onProgress } = context;
  const { version: exported, rows: expected = 0 } = parts[0]!;
  const month = billingPeriod.slice(0, 7).replace('-', '');
  const client = await bigQueryClient(settings, context);
  const path = join(folder, `${settings.table}-${month}.ndjson.gz`);
  let rows = 0;

  async function* lines(): AsyncGenerator<string> {
    const since = settings.dataset === 'focus' ? {} : { since: monthBefore(billingPeriod) };
    const [job] = await client.createQueryJob({
      query: rowsQuery(settings),
      location: settings.location,
      maximumBytesBilled: BYTES_LIMIT,
      params: { month, exported, ...since },
    });
    let pageToken: string | undefined;
    do {
      signal?.throwIfAborted();
      const [charges, next] = (await job.getQueryResults({
        autoPaginate: false,
        maxResults: PAGE_ROWS,
        ...(pageToken !== undefined && { pageToken }),
      })) as unknown as [{ charge: string }[], { pageToken?: string } | null];
      rows += charges.length;
      yield charges.map(({ charge }) => `${charge}\n`).join('');
      onProgress?.(Math.min(rows / Math.max(expected, 1), 1));
      pageToken = next?.pageToken;
    } while (pageToken !== undefined);
    if (rows !== expected) {
      throw new CloudActError('source_changed', {
        detail: `${billingPeriod.slice(0, 7)} had ${expected} rows when it was listed and has ${rows} now.`,
      });
    }
  }

  try {
    // A failure of the rows destroys the compressed stream, which ends the download with it.
    const body = pipeline(Readable.from(lines()), createGzip({ level: 4 }), () => undefined);
    await download(body as unknown as Readable, path, {
      name: parts[0]!.name,
      bytes: undefined,
      ...(signal && { signal }),
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw googleError(error, `reading the rows of ${billingPeriod.slice(0, 7)}`);
  }
  return { files: [path] };
}

/** The day before which no charge of an invoice month was exported. */
function monthBefore(billingPeriod: string): string {
  const start = new Date(`${billingPeriod}T00:00:00Z`);
  start.setUTCMonth(start.getUTCMonth() - 2);
  return start.toISOString().slice(0, 10);
}
