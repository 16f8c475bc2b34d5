import { type AnswerLine, writeAnswers } from '../../../usage/answers/index.ts';
import type { ConnectorContext, DeliveredPeriod } from '../../connector.ts';
import { analyticsReading } from './analytics.ts';
import { anthropicClient } from './client.ts';
import { DailyTotals, type Reading, TotalsDiffer } from './control.ts';
import type { Kind } from './lines.ts';
import { readOrganization } from './organization.ts';
import { rangeOf } from './range.ts';
import { reportReading } from './reports.ts';
import type { AnthropicSettings } from './settings.ts';

/** New usage may arrive between two listings: the month is read again so often. */
const ATTEMPTS = 3;
const DAY = 86_400_000;
const kinds: readonly Kind[] = ['usage', 'cost'];

/** Writes the usage and costs of one month. */
export async function fetchPeriod(
  settings: AnthropicSettings,
  period: DeliveredPeriod,
  folder: string,
  context: ConnectorContext,
): Promise<{ files: string[] }> {
  const { signal } = context;
  const client = await anthropicClient(settings.adminKey, context);
  const organization = await readOrganization(client, signal);
  const range = rangeOf(settings, period);
  const reading =
    settings.dataset === 'analytics'
      ? analyticsReading(client, organization, range, signal)
      : reportReading(settings.adminKey, organization, range, context);
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { control, settledBefore } = await readControl(reading);
      const header = {
        anthropic_answer: 'about',
        charge_start: range.start,
        charge_end: range.end,
        settled_before: settledBefore,
        fetched_at: new Date().toISOString(),
        organization_id: organization.id,
        organization_name: organization.name,
      };
      const lines = checkedLines(reading, control, settledBefore, context);
      return { files: [await writeAnswers(folder, `anthropic-${period.billingPeriod}`, header, lines, signal)] };
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof TotalsDiffer) || attempt === ATTEMPTS) throw error;
    }
  }
}

/** What all lines have to add up to, and until when the costs are complete: a day before now where nobody tells. */
async function readControl(reading: Reading): Promise<{ control: Record<Kind, DailyTotals>; settledBefore: string }> {
  const control = { usage: new DailyTotals('usage'), cost: new DailyTotals('cost') };
  const refreshed: string[] = [];
  for (const kind of kinds) {
    for await (const { refreshedAt, lines } of reading.control(kind)) {
      for (const line of lines) control[kind].add(line);
      const time = Date.parse(refreshedAt ?? '');
      if (!Number.isNaN(time)) refreshed.push(new Date(time).toISOString());
    }
  }
  const [earliest = new Date(Date.now() - DAY).toISOString()] = refreshed.sort();
  return { control, settledBefore: earliest.slice(0, 10) };
}

/** Throws {@link TotalsDiffer} after the last line; of days that are not complete, sums may differ. */
async function* checkedLines(
  reading: Reading,
  control: Record<Kind, DailyTotals>,
  settledBefore: string,
  { onProgress }: ConnectorContext,
): AsyncGenerator<AnswerLine> {
  for (const [index, kind] of kinds.entries()) {
    const read = new DailyTotals(kind);
    for await (const line of reading.lines(kind)) {
      read.add(line);
      yield line;
    }
    const difference = read.difference(control[kind], settledBefore);
    if (difference) throw difference;
    onProgress?.((index + 1) / kinds.length);
  }
}
