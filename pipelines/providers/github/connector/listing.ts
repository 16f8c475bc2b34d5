import { usageMonths } from '../../../usage/answers/index.ts';
import type { DeliveredPeriod } from '../../connector.ts';
import type { GithubSettings } from './settings.ts';

/** Months that GitHub tells of, with the current one: the first of 24 full ones before it is told in parts only. */
const MONTHS_HELD = 24;

/** The months that GitHub tells of whole, from the one that was chosen. */
export function listPeriods({ from }: GithubSettings, now: Date): DeliveredPeriod[] {
  const oldest = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - MONTHS_HELD + 1, 1));
  const held = oldest.toISOString().slice(0, 10);
  return usageMonths({
    now,
    from: from !== undefined && from > held && from <= now.toISOString() ? from : held,
    // Usage comes a day late; what is discounted at the end of a month comes in the days after it.
    settledAfterDays: 5,
    refreshHours: 6,
    parts: ['usage', 'ai_credit', 'premium_request'],
    shape: 'github-1',
  });
}
