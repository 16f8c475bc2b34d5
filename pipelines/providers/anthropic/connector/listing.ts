import { usageMonths } from '../../../usage/answers/index.ts';
import type { DeliveredPeriod } from '../../connector.ts';
import type { AnthropicSettings } from './settings.ts';

/** Anthropic tells of the last 365 days; one less, as a day passes between listing and reading. */
const DAYS_BACK = 364;
const ANALYTICS_BEGIN = '2026-01-01';

/** Every month that Anthropic tells of, and that the connection asks for. */
export function listPeriods({ dataset, from }: AnthropicSettings, now = new Date()): DeliveredPeriod[] {
  return usageMonths({
    now,
    ...firstDay(now, from, dataset === 'analytics' ? ANALYTICS_BEGIN : undefined),
    settledAfterDays: 7,
    refreshHours: 6,
    parts: ['usage', 'cost'],
    shape: `${dataset}-1`,
  });
}

/** The first day to read: `from`, the day on which the data `begin`, or the oldest that is told, which then moves on. */
export function firstDay(now: Date, from = '', begin = ''): { from: string; heldFrom?: string } {
  const oldest = new Date(now.getTime() - DAYS_BACK * 86_400_000).toISOString().slice(0, 10);
  const first = [from, begin, oldest].sort().at(-1)!;
  return { from: first, ...(first === oldest && { heldFrom: oldest }) };
}
