import { localMonthSql, timestampSql } from '../../focus/upgrade/index.ts';

/**
 * DATE of the first of the month of a delivered BillingPeriodStart. A billing period starts on the first of a month, so
 * that of a date with slashes the part that is not 1 is the month; the file as a whole need not be asked, as other dates
 * need.
 */
export function billingPeriodSql(start: string): string {
  const order = `CASE WHEN regexp_matches(trim(${start}), '^\\d{1,2}/0?1/') THEN 'mdy'
    WHEN regexp_matches(trim(${start}), '^0?1/\\d{1,2}/') THEN 'dmy' END`;
  return `CAST(date_trunc('month', ${timestampSql(start, order)}) AS DATE)`;
}

/**
 * DATE of the month that a period of local time means, null for others. Most periods start on the first of a month in
 * UTC, and are not looked at further.
 */
export function localPeriodSql(start: string, end: string): string {
  const times = `[{'start': ${timestampSql(start)}, 'stop': ${timestampSql(end)}}]`;
  return `CASE WHEN NOT regexp_full_match(trim(${start}), '${FIRST_IN_UTC}')
    THEN CAST(list_transform(${times}, lambda period: ${localMonthSql('period.start', 'period.stop')})[1] AS DATE) END`;
}

const FIRST_IN_UTC = '\\d{4}-\\d{2}-01([T ]00:00(:00(\\.0+)?)?)? ?(Z|UTC)?';
