import { type AnswerLine, usageMonths, writeAnswers } from '../../../usage/answers/index.ts';
import type { ConnectorContext, DeliveredPeriod } from '../../connector.ts';
import { dayLines, invoiceLines, isOf, mark, monthlyInvoices, previewLines } from './bills.ts';
import { type XaiClient, xaiClient } from './client.ts';
import type { XaiSettings } from './settings.ts';
import { record } from './values.ts';

/** So many days after its end a month is read anew: until its invoice is there. */
const SETTLED_AFTER_DAYS = 15;
const REFRESH_HOURS = 6;

/** Every month since the first one. Nothing is asked: the API has no list of months. */
export async function listPeriods({ from, teamId }: XaiSettings): Promise<DeliveredPeriod[]> {
  const now = new Date();
  const yearBack = new Date(Date.UTC(now.getUTCFullYear() - 1, now.getUTCMonth(), 1)).toISOString().slice(0, 10);
  return usageMonths({
    now,
    from: from ?? yearBack,
    settledAfterDays: SETTLED_AFTER_DAYS,
    refreshHours: REFRESH_HOURS,
    parts: ['invoices', 'postpaid/invoice/preview', 'usage'],
    shape: teamId === undefined ? 'xai-1' : `xai-1 ${teamId}`,
  });
}

/** Reads the whole month anew. The file is there only once it is whole. */
export async function fetchPeriod(
  settings: XaiSettings,
  { billingPeriod }: DeliveredPeriod,
  folder: string,
  context: ConnectorContext,
): Promise<{ files: string[] }> {
  const now = new Date();
  const client = xaiClient(settings, context);
  const team = await client.team();
  const until = lastDay(billingPeriod, now);
  const { source, lines } = await readMonth(client, team, billingPeriod, until);
  const common = {
    charge_start: `${billingPeriod}T00:00:00Z`,
    charge_end: `${until}T00:00:00Z`,
    team_id: team,
  };
  const header = { [mark]: 'about', ...common, settled_before: null, fetched_at: now.toISOString(), source };
  const name = `xai-${billingPeriod.slice(0, 7)}`;
  const whole = lines.map((line) => ({ ...common, ...line }));
  const path = await writeAnswers(folder, name, header, inTurn(whole), context.signal);
  context.onProgress?.(1);
  return { files: [path] };
}

/** One source makes a month's cost, the first that tells of it: its invoices, the invoice to come, what its days cost. */
async function readMonth(
  client: XaiClient,
  team: string,
  month: string,
  until: string,
): Promise<{ source: string; lines: AnswerLine[] }> {
  const invoices = monthlyInvoices(await client.invoices(team, month), month);
  if (invoices.length > 0) return { source: 'invoices', lines: invoices.flatMap(invoiceLines) };
  const preview = record(await client.preview(team));
  if (preview && isOf(preview.billingCycle, month)) return { source: 'preview', lines: previewLines(preview) };
  return { source: 'usage', lines: dayLines(await client.days(team, month, until), month, until) };
}

/** The day after the last one of the month, or after today. */
function lastDay(month: string, now: Date): string {
  const end = Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 1);
  const tomorrow = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1);
  return new Date(Math.min(end, tomorrow)).toISOString().slice(0, 10);
}

async function* inTurn<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}
