/** Days without a time: whole days since 1970-01-01 in the vendor's billing calendar, so that no time zone can move them. */
export type Day = number;

const MILLISECONDS = 86_400_000;

/** Reads `YYYY-MM-DD`; undefined for anything else, also for a day that does not exist, and before 1970. */
export function parseDay(text: string): Day | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const day = Date.parse(`${text}T00:00:00Z`) / MILLISECONDS;
  return Number.isInteger(day) && day >= 0 && dayText(day) === text ? day : undefined;
}

/** Reads a day that was checked before; anything else is a bug. */
export function dayOf(text: string): Day {
  const day = parseDay(text);
  if (day === undefined) throw new TypeError(`not a day: ${JSON.stringify(text.slice(0, 40))}`);
  return day;
}

/** `YYYY-MM-DD`. */
export function dayText(day: Day): string {
  return new Date(day * MILLISECONDS).toISOString().slice(0, 10);
}

/**
 * The same day of the month so many months later, or the last day of that month where it is shorter. Always asked of
 * an anchor, never of the date before, so that January 31 comes back to the 31st after February.
 */
export function addMonths(anchor: Day, months: number): Day {
  const date = new Date(anchor * MILLISECONDS);
  const month = date.getUTCFullYear() * 12 + date.getUTCMonth() + months;
  const [year, index] = [Math.floor(month / 12), month - Math.floor(month / 12) * 12];
  const lastDay = new Date(Date.UTC(year, index + 1, 0)).getUTCDate();
  return Date.UTC(year, index, Math.min(date.getUTCDate(), lastDay)) / MILLISECONDS;
}

/** The first day of the month that a day is in. */
export function monthStart(day: Day): Day {
  const date = new Date(day * MILLISECONDS);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / MILLISECONDS;
}

/** Calendar months from the month of one day to the month of another. */
export function monthsBetween(from: Day, to: Day): number {
  const [first, last] = [new Date(from * MILLISECONDS), new Date(to * MILLISECONDS)];
  return (last.getUTCFullYear() - first.getUTCFullYear()) * 12 + last.getUTCMonth() - first.getUTCMonth();
}
