import { addMonths, type Day, monthsBetween } from './calendar.ts';

/** A billing period, half open: its first day is in it, its last is not. */
export interface BillingPeriod {
  readonly start: Day;
  readonly end: Day;
}

/**
 * The billing period that a day is in: from `anchor + n × months` to `anchor + (n + 1) × months`, each counted from the
 * anchor itself. Days before the anchor have periods, too.
 */
export function periodAt(anchor: Day, months: number, day: Day): BillingPeriod {
  let count = Math.floor(monthsBetween(anchor, day) / months);
  while (addMonths(anchor, count * months) > day) count--;
  while (addMonths(anchor, (count + 1) * months) <= day) count++;
  return { start: addMonths(anchor, count * months), end: addMonths(anchor, (count + 1) * months) };
}
