import type { OciSettings } from './settings.ts';

const DAY = 86_400_000;

/** A report in the bucket. */
export interface ReportObject {
  readonly name: string;
  readonly etag: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly created: number;
}

/** A span of time, the end not included, in milliseconds since 1970. */
interface Span {
  readonly from: number;
  readonly until: number;
}

export const prefixes: Record<OciSettings['dataset'], string> = {
  'cost-csv': 'reports/cost-csv/',
  focus: 'FOCUS Reports/',
};

/** How long Oracle keeps a report: a year, less two days in which clocks and deletion may differ. */
const RETAINED = 363 * DAY;

/**
 * The months that the bucket holds whole, oldest first, each with the reports that can have rows of it.
 *
 * FOCUS reports lie in the folder of the day of use: a month is its folders, and those of the day before and after, as
 * a report may cross midnight. Names of cost reports have no date. A row is written after its use, so the reports of a
 * month are those made from its first moment on until the correction months are over. Both hold rows of other months.
 *
 * A month whose first reports Oracle may have deleted is left out, and so is one that began less than a day before the
 * newest report, which may have no row yet.
 */
export function monthsOf(
  reports: readonly ReportObject[],
  { dataset, correctionMonths }: OciSettings,
  now: number,
): { billingPeriod: string; reports: readonly ReportObject[] }[] {
  const months: { billingPeriod: string; reports: readonly ReportObject[] }[] = [];
  for (let month = firstMonth(now - RETAINED); month <= now; month = addMonths(month, 1)) {
    const own: Span = { from: month, until: addMonths(month, 1) };
    const wide: Span =
      dataset === 'focus'
        ? { from: own.from - DAY, until: own.until + DAY }
        : { from: own.from, until: addMonths(month, 1 + correctionMonths) };
    const time = dataset === 'focus' ? usageDay : ({ created }: ReportObject) => created;
    const begins = dataset === 'focus' ? own.from : own.from + DAY;
    const within = (report: ReportObject, { from, until }: Span) => time(report) >= from && time(report) < until;
    if (!reports.some((report) => within(report, { from: begins, until: own.until }))) continue;
    months.push({
      billingPeriod: new Date(month).toISOString().slice(0, 10),
      reports: reports.filter((report) => within(report, wide)),
    });
  }
  return months;
}

/** The first month that began at this time or later. */
function firstMonth(time: number): number {
  const start = addMonths(time, 0);
  return start === time ? start : addMonths(time, 1);
}

/** The first moment of the month that is `count` months after that of `time`. */
function addMonths(time: number, count: number): number {
  const date = new Date(time);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + count, 1);
}

/** The day in `FOCUS Reports/2026/10/31/…`; a report elsewhere counts by when it was made. */
function usageDay({ name, created }: ReportObject): number {
  const day = /^FOCUS Reports\/(\d{4})\/(\d{2})\/(\d{2})\//.exec(name);
  return day ? Date.UTC(Number(day[1]), Number(day[2]) - 1, Number(day[3])) : created;
}
