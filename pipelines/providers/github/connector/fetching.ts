import { CloudActError } from '@cloudact/core/errors';
import { type AnswerLine, writeAnswers } from '../../../usage/answers/index.ts';
import type { ConnectorContext, DeliveredPeriod } from '../../connector.ts';
import { billedItems, detailFeeds, detailItems } from './client.ts';
import type { GithubSettings } from './settings.ts';

const DAY = 86_400_000;

/**
 * Writes what one month was billed, and beside it who says which models it was: the detail feeds have no days in their
 * items, so they are asked day by day, where the month has any.
 */
export async function fetchPeriod(
  settings: GithubSettings,
  { billingPeriod }: DeliveredPeriod,
  folder: string,
  context: ConnectorContext,
): Promise<{ files: string[] }> {
  const now = new Date();
  const [year, month] = billingPeriod.split('-').map(Number) as [number, number];
  const end = new Date(Date.UTC(year, month, 1));
  const days = dayCount(billingPeriod, end, now);
  const { organization } = settings;
  const header = {
    github_answer: 'about',
    charge_start: `${billingPeriod}T00:00:00Z`,
    charge_end: end.toISOString(),
    settled_before: now.toISOString().slice(0, 10),
    fetched_at: now.toISOString(),
    account: organization,
  };
  const onDay = (answer: string, day: string, item: AnswerLine): AnswerLine => ({
    ...item,
    github_answer: answer,
    charge_start: `${day}T00:00:00Z`,
    charge_end: new Date(Date.parse(day) + DAY).toISOString(),
    account: organization,
  });
  async function* lines(): AsyncGenerator<AnswerLine> {
    for (const item of await billedItems(settings, { year, month }, context)) {
      yield onDay('usage', dayOf(item, billingPeriod), item);
    }
    for (const [index, feed] of detailFeeds.entries()) {
      const whole = await detailItems(feed, settings, { year, month }, context);
      if (whole === undefined || whole.length === 0) continue;
      for (let day = 1; day <= days; day += 1) {
        context.onProgress?.((index + day / days) / detailFeeds.length);
        const text = `${billingPeriod.slice(0, 8)}${String(day).padStart(2, '0')}`;
        for (const item of (await detailItems(feed, settings, { year, month, day }, context)) ?? []) {
          yield onDay(feed, text, item);
        }
      }
    }
  }
  const { signal } = context;
  const name = `github-${billingPeriod.slice(0, 7)}`;
  const path = await writeAnswers(folder, name, header, lines(), signal);
  context.onProgress?.(1);
  return { files: [path] };
}

/** Days of the month that have begun. */
function dayCount(billingPeriod: string, end: Date, now: Date): number {
  const until = Math.min(end.getTime(), now.getTime());
  return Math.ceil((until - Date.parse(billingPeriod)) / DAY);
}

/** The UTC day of an item. Throws `source_incomplete` for one that is no day of the month that was asked for. */
function dayOf({ date }: AnswerLine, billingPeriod: string): string {
  const day = typeof date === 'string' ? /^\d{4}-\d{2}-\d{2}(?=$|T)/.exec(date)?.[0] : undefined;
  if (day?.startsWith(billingPeriod.slice(0, 8))) return day;
  throw new CloudActError('source_incomplete', {
    detail: `GitHub was asked for the billing of ${billingPeriod.slice(0, 7)} and answers with an item of ${JSON.stringify(date)?.slice(0, 60)}. Nothing is loaded. Try again later.`,
  });
}
