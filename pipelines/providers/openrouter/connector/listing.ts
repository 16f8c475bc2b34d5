import { usageMonths } from '../../../usage/answers/index.ts';
import type { DeliveredPeriod } from '../../connector.ts';
import type { OpenRouterSettings } from './settings.ts';

const DAY = 86_400_000;
/** Completed UTC days that OpenRouter tells of. */
const DAYS_HELD = 30;

/** The first UTC day that OpenRouter still tells of, `YYYY-MM-DD`. */
export function firstHeldDay(now: Date): string {
  return dayOf(now.getTime() - DAYS_HELD * DAY);
}

/** The first UTC day that is not over, `YYYY-MM-DD`: of it, and of later ones, OpenRouter tells nothing. */
export function firstOpenDay(now: Date): string {
  return dayOf(now.getTime());
}

/**
 * The months of the last 30 completed days. Of the first one, the days that are no longer told of stay as they were
 * loaded.
 */
export function listPeriods({ from }: OpenRouterSettings, now: Date): DeliveredPeriod[] {
  const heldFrom = firstHeldDay(now);
  return usageMonths({
    now,
    from: from !== undefined && from > heldFrom && from <= dayOf(now.getTime()) ? from : heldFrom,
    // A day comes when it is over; three more days are for what OpenRouter counts late.
    settledAfterDays: 3,
    refreshHours: 6,
    parts: ['/api/v1/activity'],
    shape: `openrouter-1 ${from ?? ''}`.trim(),
    heldFrom,
  });
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
