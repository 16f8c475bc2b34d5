import { CloudActError } from '@cloudact/core/errors';
import { type AnswerLine, numberText, writeAnswers } from '../../../usage/answers/index.ts';
import type { ConnectorContext, DeliveredPeriod } from '../../connector.ts';
import { usageEvents } from './client.ts';
import type { CursorSettings } from './settings.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Cursor answers at most 30 days at once. */
const MOST_DAYS = 15;

/** Writes every event of one month, up to the last full hour, each with its tokens and cents beside what was delivered. */
export async function fetchPeriod(
  settings: CursorSettings,
  { billingPeriod }: DeliveredPeriod,
  folder: string,
  context: ConnectorContext,
): Promise<{ files: string[] }> {
  const { signal, onProgress } = context;
  const now = Date.now();
  const [year, month] = billingPeriod.split('-').map(Number) as [number, number];
  const [start, end] = [Date.UTC(year, month - 1, 1), Date.UTC(year, month, 1)];
  // Later events would shift the pages while they are read.
  const until = Math.min(end, now - (now % HOUR));
  const header = {
    cursor_answer: 'about',
    charge_start: new Date(start).toISOString(),
    charge_end: new Date(end).toISOString(),
    read_until: new Date(until).toISOString(),
    fetched_at: new Date(now).toISOString(),
    team: settings.team,
  };
  async function* lines(): AsyncGenerator<AnswerLine> {
    for (let from = start; from < until; from += MOST_DAYS * DAY) {
      const to = Math.min(from + MOST_DAYS * DAY, until);
      for await (const page of usageEvents(settings, from, to, context)) {
        for (const event of page) {
          const time = timeOf(event);
          // Whether the last instant is included is not documented: one that begins the next range comes with that.
          if (time >= from && time < to) yield lineOf(event, time, settings.team);
        }
      }
      onProgress?.((to - start) / (until - start));
    }
  }
  const name = `cursor-${billingPeriod.slice(0, 7)}`;
  const path = await writeAnswers(folder, name, header, lines(), signal);
  onProgress?.(1);
  return { files: [path] };
}

/** Tokens and cents lie nested in the answer: here they are columns, with the digits of the answer. */
function lineOf(event: AnswerLine, time: number, team: string): AnswerLine {
  const day = time - (time % DAY);
  const { inputTokens, outputTokens, cacheWriteTokens, cacheReadTokens, totalCents } = (event.tokenUsage ??
    {}) as AnswerLine;
  return {
    ...event,
    cursor_answer: 'event',
    charge_start: new Date(day).toISOString(),
    charge_end: new Date(day + DAY).toISOString(),
    team,
    input_tokens: inputTokens,
    output_tokens: outputTokens,
    cache_write_tokens: cacheWriteTokens,
    cache_read_tokens: cacheReadTokens,
    total_cents: totalCents,
  };
}

function timeOf({ timestamp }: AnswerLine): number {
  const text = numberText(timestamp) ?? '';
  if (/^\d{12,14}$/.test(text)) return Number(text);
  throw new CloudActError('source_incomplete', {
    detail: `Cursor tells of an event without a time that can be read: ${JSON.stringify(timestamp)?.slice(0, 60)}. Nothing is loaded. Try again later.`,
  });
}
