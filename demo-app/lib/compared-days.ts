const DAY = 86_400_000;

/** Days from the first of a month, `to` not included. */
export interface DayRange {
  from: Date;
  to: Date;
}

/**
 * The days of this month that can be held against the same days of the month before: whole days, loaded days, and no
 * more than the shorter of the two months has. Undefined while there are none. All in UTC.
 */
export function comparedDays(
  today: Date,
  loadedThrough: string | null,
): { these: DayRange; those: DayRange } | undefined {
  if (loadedThrough === null) return undefined;
  const start = firstOfMonth(today, 0);
  const previous = firstOfMonth(today, -1);
  const loaded = Date.parse(`${loadedThrough}T00:00:00Z`) + DAY;
  const length = Math.min(Math.min(today.getTime(), loaded) - start.getTime(), start.getTime() - previous.getTime());
  if (length <= 0) return undefined;
  return {
    these: { from: start, to: new Date(start.getTime() + length) },
    those: { from: previous, to: new Date(previous.getTime() + length) },
  };
}

export function firstOfMonth(day: Date, offset: number): Date {
  return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + offset, 1));
}
