export type Granularity = 'day' | 'week' | 'month' | 'quarter' | 'year';

/** Days as `YYYY-MM-DD`, UTC; `to` is the first day after the range. */
export interface DayRange {
  from: string;
  to: string;
}

/** One bar: `start` is in it, `end` is not. */
export interface Period {
  start: string;
  end: string;
}

/** A range that long which ends with today; `12m` is the current month and the eleven before it. */
export function rangeOf(period: '7d' | '30d' | '90d' | '12m', today: string): DayRange {
  if (period === '12m') {
    const thisMonth = startOf('month', today);
    return { from: addMonths(thisMonth, -11), to: addMonths(thisMonth, 1) };
  }
  return { from: addDays(today, 1 - Number.parseInt(period, 10)), to: addDays(today, 1) };
}

/** Days up to a quarter, months beyond: what still reads as bars. */
export function granularityFor({ from, to }: DayRange): Granularity {
  return addDays(from, 95) >= to ? 'day' : 'month';
}

/** Every period that touches the range, in order. Weeks begin on Monday (ISO 8601). */
export function periodsIn({ from, to }: DayRange, granularity: Granularity): Period[] {
  const periods: Period[] = [];
  for (let start = startOf(granularity, from); start < to && periods.length < MOST_PERIODS; ) {
    const end = nextStart(granularity, start);
    periods.push({ start, end });
    start = end;
  }
  return periods;
}

/** First day of the period that holds this day. */
export function startOf(granularity: Granularity, day: string): string {
  const date = toDate(day);
  if (granularity === 'week') return addDays(day, -((date.getUTCDay() + 6) % 7));
  if (granularity === 'month') return `${day.slice(0, 7)}-01`;
  if (granularity === 'quarter') return addMonths(`${day.slice(0, 4)}-01-01`, Math.floor(date.getUTCMonth() / 3) * 3);
  if (granularity === 'year') return `${day.slice(0, 4)}-01-01`;
  return day;
}

export function addDays(day: string, days: number): string {
  const date = toDate(day);
  date.setUTCDate(date.getUTCDate() + days);
  return toDay(date);
}

export function toDate(day: string): Date {
  return new Date(`${day.slice(0, 10)}T00:00:00Z`);
}

export function today(): string {
  return toDay(new Date());
}

/** Ten years of days; a mistyped year must not freeze the host's page. */
const MOST_PERIODS = 3660;

const MONTHS = { month: 1, quarter: 3, year: 12 } as const;

const nextStart = (granularity: Granularity, start: string): string =>
  granularity === 'day' || granularity === 'week'
    ? addDays(start, granularity === 'day' ? 1 : 7)
    : addMonths(start, MONTHS[granularity]);

/** Only for first days of a month. */
function addMonths(day: string, months: number): string {
  const date = toDate(day);
  date.setUTCMonth(date.getUTCMonth() + months);
  return toDay(date);
}

const toDay = (date: Date): string => date.toISOString().slice(0, 10);
