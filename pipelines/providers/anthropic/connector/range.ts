import type { DeliveredPeriod } from '../../connector.ts';

/** From `start`, inclusive, to `end`, exclusive: midnights, UTC, ISO 8601. */
export interface DayRange {
  readonly start: string;
  readonly end: string;
  /** The same, day by day, `YYYY-MM-DD`. */
  readonly days: readonly string[];
}

const DAY = 86_400_000;

/** The days of the month that are asked for: no earlier than the connection begins, no later than today. */
export function rangeOf(settings: { readonly from?: string }, { billingPeriod, heldFrom }: DeliveredPeriod): DayRange {
  const [year, month] = [Number(billingPeriod.slice(0, 4)), Number(billingPeriod.slice(5, 7))];
  const first = Date.parse([billingPeriod, settings.from ?? '', heldFrom ?? ''].sort().at(-1)!);
  const tomorrow = Math.floor(Date.now() / DAY) * DAY + DAY;
  const end = Math.min(Date.UTC(year, month, 1), tomorrow);
  const days = Array.from({ length: (end - first) / DAY }, (_, index) => dayOf(first + index * DAY));
  return { start: `${dayOf(first)}T00:00:00Z`, end: `${dayOf(end)}T00:00:00Z`, days };
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
