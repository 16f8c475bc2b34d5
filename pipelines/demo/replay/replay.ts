import { CloudActError } from '@cloudact/core/errors';
import { replayAnthropic } from './anthropic-replay.ts';
import { replayOpenAi } from './openai-replay.ts';
import { type RecordedAnswers, readRecordedAnswers } from './recorded-answers.ts';
import type { ReplayServer } from './replay-server.ts';

export interface Replay extends Omit<ReplayServer, 'days'> {
  /** Billing periods that the answers tell of, `YYYY-MM-01`. */
  readonly billingPeriods: ReadonlySet<string>;
}

const servers: Readonly<Record<string, (recorded: RecordedAnswers, dataset?: unknown) => Promise<ReplayServer>>> = {
  'openai-organization': replayOpenAi,
  anthropic: replayAnthropic,
};

/**
 * Serves the recorded answers of a folder to a connector: bodies of the provider's API (`.json`), or the files that the connector
 * itself wrote (`.ndjson`). `settings` may choose a dataset. Throws `usage_invalid` for a connector that cannot be replayed,
 * `file_not_found`, `file_unreadable`, and `file_format_unknown` where nothing in the folder is an answer to it.
 */
export async function startReplay(
  connectorId: string,
  folder: string,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<Replay> {
  const start = servers[connectorId];
  if (!start) {
    throw new CloudActError('usage_invalid', {
      detail: `Answers to ${connectorId} cannot be replayed, only to ${Object.keys(servers).join(' and ')}.`,
    });
  }
  const { days, ...server } = await start(await readRecordedAnswers(folder), settings.dataset);
  if (days.length === 0) {
    await server.close();
    throw new CloudActError('file_format_unknown', {
      detail: `Nothing in ${folder} is an answer about usage or costs that ${connectorId} asks for.`,
    });
  }
  return { ...server, billingPeriods: new Set(days.map((day) => `${day.slice(0, 7)}-01`)) };
}
