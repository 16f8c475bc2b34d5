import { CloudActError } from '@cloudact/core/errors';

/** Days since 1970-01-01, UTC. */
export type Day = number;

const MILLISECONDS_A_DAY = 86_400_000;
/** A bill names the same few hundred days on every line. */
const dayTexts = new Map<Day, string>();

/** Reads `YYYY-MM-DD`. Throws `usage_invalid` for anything that is not a day of the calendar. */
export function parseDay(text: string): Day {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) / MILLISECONDS_A_DAY : Number.NaN;
  if (!Number.isInteger(day) || dayText(day) !== text) {
    throw new CloudActError('usage_invalid', {
      detail: `"${text.slice(0, 40)}" is not a day. Write it as YYYY-MM-DD.`,
    });
  }
  return day;
}

/** `YYYY-MM-DD`. */
export function dayText(day: Day): string {
  let text = dayTexts.get(day);
  if (text === undefined) {
    text = new Date(day * MILLISECONDS_A_DAY).toISOString().slice(0, 10);
    dayTexts.set(day, text);
  }
  return text;
}

/** 0 is Sunday, 6 is Saturday. */
export function weekday(day: Day): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** A calendar month, UTC. */
export interface Month {
  /** `YYYY-MM`. */
  readonly text: string;
  readonly first: Day;
  /** The day after the last one. */
  readonly end: Day;
  readonly days: number;
}

/** Reads `YYYY-MM`. Throws `usage_invalid` for anything else. */
export function parseMonth(text: string): Month {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) {
    throw new CloudActError('usage_invalid', {
      detail: `"${text.slice(0, 40)}" is not a month. Write it as YYYY-MM.`,
    });
  }
  const year = Number(text.slice(0, 4));
  const index = Number(text.slice(5, 7)) - 1;
  const first = Date.UTC(year, index, 1) / MILLISECONDS_A_DAY;
  const end = Date.UTC(year, index + 1, 1) / MILLISECONDS_A_DAY;
  return { text, first, end, days: end - first };
}

export function addMonths(month: Month, count: number): Month {
  const year = Number(month.text.slice(0, 4));
  const index = Number(month.text.slice(5, 7)) - 1;
  return parseMonth(new Date(Date.UTC(year, index + count, 1)).toISOString().slice(0, 7));
}
