import { usageMonths, writeAnswers } from '../../../usage/answers/index.ts';
import type { ConnectorContext, DeliveredPeriod } from '../../connector.ts';
import { linesOf } from './answer.ts';
import { askUsage } from './calling.ts';
import type { MistralSettings } from './settings.ts';

/** So many days after its end a month is read anew; how late Mistral changes it is not documented. */
const SETTLED_AFTER_DAYS = 5;
const REFRESH_HOURS = 6;

/** Every month since the first one. Nothing is asked: the API has no list of months. */
export async function listPeriods({ from, workspaceId }: MistralSettings): Promise<DeliveredPeriod[]> {
  const now = new Date();
  const yearBack = new Date(Date.UTC(now.getUTCFullYear() - 1, now.getUTCMonth(), 1)).toISOString().slice(0, 10);
  return usageMonths({
    now,
    from: from ?? yearBack,
    settledAfterDays: SETTLED_AFTER_DAYS,
    refreshHours: REFRESH_HOURS,
    parts: ['/v1/admin/usage'],
    shape: workspaceId === undefined ? 'mistral-1' : `mistral-1 ${workspaceId}`,
  });
}

/** Reads the whole month anew. The file is there only once it is whole. */
export async function fetchPeriod(
  settings: MistralSettings,
  { billingPeriod }: DeliveredPeriod,
  folder: string,
  context: ConnectorContext,
): Promise<{ files: string[] }> {
  const answer = await askUsage(settings, billingPeriod, context);
  const { header, lines } = linesOf(answer, billingPeriod, settings, new Date());
  const name = `mistral-usage-${billingPeriod.slice(0, 7)}`;
  const path = await writeAnswers(folder, name, header, inTurn(lines), context.signal);
  context.onProgress?.(1);
  return { files: [path] };
}

async function* inTurn<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}
