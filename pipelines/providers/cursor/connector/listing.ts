import { usageMonths } from '../../../usage/answers/index.ts';
import type { DeliveredPeriod } from '../../connector.ts';
import type { CursorSettings } from './settings.ts';

/** Full months before the current one that are read when none was chosen. */
const MONTHS_BACK = 3;

export function listPeriods({ from }: CursorSettings, now: Date): DeliveredPeriod[] {
  const back = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - MONTHS_BACK, 1)).toISOString().slice(0, 10);
  return usageMonths({
    now,
    from: from !== undefined && from <= now.toISOString() ? from : back,
    // Cursor adds events up every hour; three days are for what comes late.
    settledAfterDays: 3,
    refreshHours: 6,
    parts: ['/teams/filtered-usage-events'],
    shape: 'cursor-1',
  });
}
