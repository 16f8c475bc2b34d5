import { CloudActError } from '@cloudact/core/errors';
import { apiUrl, askOwnServer } from '../../attribution-file/own-server.ts';
import type { ConnectorContext } from '../../connector.ts';
import type { LangfuseSettings } from './settings.ts';

export type MetricsRow = Readonly<Record<string, unknown>>;

/** The most rows of an answer; there are no pages. */
const ROWS = 1000;
const MINUTE = 60_000;

/**
 * Tokens of the model calls that began from `start` on and before `end`, by `dimensions`. An answer that is as long as answers get
 * may lack rows: then the time is asked for in halves, whose rows are to be added up.
 */
export async function metrics(
  settings: LangfuseSettings,
  context: ConnectorContext,
  { dimensions, start, end }: { dimensions: readonly string[]; start: Date; end: Date },
): Promise<MetricsRow[]> {
  context.signal?.throwIfAborted();
  const name = `the metrics of ${start.toISOString().slice(0, 16)}`;
  const query = {
    view: 'observations',
    dimensions: dimensions.map((field) => ({ field })),
    metrics: ['inputTokens', 'outputTokens', 'totalTokens'].map((measure) => ({ measure, aggregation: 'sum' })),
    filters: [{ column: 'type', operator: 'any of', value: ['GENERATION', 'EMBEDDING'], type: 'stringOptions' }],
    fromTimestamp: start.toISOString(),
    // Both ends belong to the range, and times are in milliseconds.
    toTimestamp: new Date(end.getTime() - 1).toISOString(),
    config: { row_limit: ROWS },
  };
  const rows = listOf(await ask(query, name, settings, context), name);
  if (rows.length < ROWS) return rows;
  const middle = new Date(Math.floor((start.getTime() + end.getTime()) / 2 / MINUTE) * MINUTE);
  if (middle <= start || middle >= end) {
    throw new CloudActError('source_incomplete', {
      detail: `Langfuse has ${ROWS} or more groups of calls in one minute (${start.toISOString()}) and gives no more of them. Nothing is loaded. Use fewer different tags and names, so that they can be told apart.`,
    });
  }
  return [
    ...(await metrics(settings, context, { dimensions, start, end: middle })),
    ...(await metrics(settings, context, { dimensions, start: middle, end })),
  ];
}

function ask(
  query: object,
  name: string,
  { address, publicKey, secretKey }: LangfuseSettings,
  context: ConnectorContext,
): Promise<unknown> {
  const url = apiUrl(address, 'api/public/v2/metrics', { query: JSON.stringify(query) }, context);
  return askOwnServer(url, context, {
    name,
    headers: { authorization: `Basic ${Buffer.from(`${publicKey}:${secretKey}`).toString('base64')}` },
    whenDenied:
      'Check that both keys are of the same project, that they were not deleted, and that the address is that of the region of the project.',
    onStatus: (status) =>
      status === 404 || status === 405
        ? new CloudActError('source_incomplete', {
            detail:
              'There is no Metrics API v2 at this address. Langfuse Cloud has it, and servers of one’s own from version 4 on: check the address and the version.',
          })
        : undefined,
  });
}

function listOf(answer: unknown, name: string): MetricsRow[] {
  const data = (answer as { data?: unknown } | null)?.data;
  if (Array.isArray(data) && data.every((row) => typeof row === 'object' && row !== null)) return data;
  throw new CloudActError('source_incomplete', {
    detail: `Langfuse's answer to ${name} has no list "data": it is not what its API documents. Nothing is loaded. Check the address.`,
  });
}
