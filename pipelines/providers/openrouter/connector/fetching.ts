import { CloudActError } from '@cloudact/core/errors';
import { add, type Decimal, parseDecimal } from '@cloudact/core/money';
import { type AnswerLine, numberText, writeAnswers } from '../../../usage/answers/index.ts';
import type { ConnectorContext, DeliveredPeriod } from '../../connector.ts';
import { activity, workspaceNames } from './client.ts';
import { firstHeldDay, firstOpenDay } from './listing.ts';
import type { OpenRouterSettings } from './settings.ts';

const DAY = 86_400_000;
const counts = ['requests', 'prompt_tokens', 'completion_tokens'] as const;

/**
 * Writes the activity of one month, split by workspace, into one file. Throws `source_changed` when days have fallen out
 * of what OpenRouter tells since the listing, `source_incomplete` when the split does not add up to the unsplit answer.
 */
export async function fetchPeriod(
  settings: OpenRouterSettings,
  { billingPeriod, heldFrom }: DeliveredPeriod,
  folder: string,
  context: ConnectorContext,
): Promise<{ files: string[] }> {
  const now = new Date();
  const first = [billingPeriod, heldFrom ?? '', settings.from ?? ''].sort().at(-1)!;
  if (first < firstHeldDay(now)) {
    throw new CloudActError('source_changed', {
      detail: `OpenRouter tells of the last 30 days only, and ${first} is no longer one of them. List the billing periods again.`,
    });
  }
  const end = nextMonth(billingPeriod);
  const inPeriod = (item: AnswerLine) => dayOf(item) >= first && dayOf(item) < end;
  const split = (await activity(settings, context, true)).filter(inPeriod);
  context.onProgress?.(0.5);
  refuseDifference((await activity(settings, context, false)).filter(inPeriod), split);
  const names = await workspaceNames(settings, context).catch((error: unknown) => {
    // Names are for reading: without the right to list them, ids do.
    if (error instanceof CloudActError && ['source_denied', 'source_incomplete'].includes(error.code)) return new Map();
    throw error;
  });
  const header = {
    openrouter_answer: 'about',
    charge_start: `${billingPeriod}T00:00:00Z`,
    charge_end: `${end}T00:00:00Z`,
    settled_before: firstOpenDay(now),
    fetched_at: now.toISOString(),
    account: settings.account,
  };
  async function* lines(): AsyncGenerator<AnswerLine> {
    for (const item of split) {
      const day = dayOf(item);
      const { workspace_id: workspace } = item;
      yield {
        ...item,
        openrouter_answer: 'activity',
        charge_start: `${day}T00:00:00Z`,
        charge_end: new Date(Date.parse(day) + DAY).toISOString(),
        account: settings.account,
        ...(typeof workspace === 'string' && { workspace_name: names.get(workspace) }),
      };
    }
  }
  const path = await writeAnswers(folder, `openrouter-${billingPeriod.slice(0, 7)}`, header, lines(), context.signal);
  context.onProgress?.(1);
  return { files: [path] };
}

/** The UTC day of a result: `2026-11-03`, or with a time of midnight behind it. */
function dayOf({ date }: AnswerLine): string {
  const day = typeof date === 'string' ? /^(\d{4}-\d{2}-\d{2})([T ]00:00:00(\.0+)?Z?)?$/.exec(date)?.[1] : undefined;
  if (day !== undefined) return day;
  throw new CloudActError('source_incomplete', {
    detail: `OpenRouter tells of activity without a day that can be read: ${JSON.stringify(date)?.slice(0, 60)}. Nothing is loaded. Try again later.`,
  });
}

/**
 * Requests and tokens of each day must be the same in both answers. Money is not compared: OpenRouter adds floats up, and their last
 * digits depend on the order.
 */
function refuseDifference(whole: readonly AnswerLine[], split: readonly AnswerLine[]): void {
  const [expected, found] = [sums(whole), sums(split)];
  for (const day of new Set([...expected.keys(), ...found.keys()])) {
    const [left, right] = [expected.get(day) ?? 'nothing', found.get(day) ?? 'nothing'];
    if (left === right) continue;
    throw new CloudActError('source_incomplete', {
      detail: `On ${day} OpenRouter tells of ${left} for the account, but of ${right} for its workspaces together. Nothing is loaded. Try again later.`,
    });
  }
}

function sums(items: readonly AnswerLine[]): Map<string, string> {
  const days = new Map<string, Decimal[]>();
  for (const item of items) {
    const day = dayOf(item);
    const before = days.get(day);
    days.set(
      day,
      counts.map((name, index) => add(...(before ? [before[index]!] : []), countOf(item, name))),
    );
  }
  return new Map(
    [...days].map(([day, values]) => [day, counts.map((name, index) => `${values[index]} ${name}`).join(', ')]),
  );
}

function countOf(item: AnswerLine, name: string): Decimal {
  const value = parseDecimal(numberText(item[name]) ?? '');
  if (value !== undefined) return value;
  throw new CloudActError('source_incomplete', {
    detail: `OpenRouter tells of activity on ${dayOf(item)} whose ${name} is no number: ${JSON.stringify(item[name])?.slice(0, 60)}. Nothing is loaded. Try again later.`,
  });
}

function nextMonth(billingPeriod: string): string {
  const [year, month] = billingPeriod.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
}
