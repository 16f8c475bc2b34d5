/**
 * The month that a billing period of local time means, as SQL over two TIMESTAMPs in UTC: the first of the month after
 * `start` where the period starts at midnight of a time zone east of Greenwich (by whole quarters of an hour, up to 14
 * hours) and ends one month later, at midnight of that zone again, give or take an hour of daylight saving time. Null
 * for every other period, also for those of zones in the west, whose months start in the month that they mean.
 *
 * FOCUS has all times in UTC. Seen so, `2026-10-31T16:00:00Z` is a moment of October; the period of a month that starts
 * there is November of Beijing.
 */
export function localMonthSql(start: string, end: string): string {
  const next = (time: string) => `date_trunc('month', ${time}) + INTERVAL 1 MONTH`;
  const east = (time: string) => `date_diff('second', ${time}, ${next(time)})`;
  const isMidnight = (time: string) => `${east(time)} BETWEEN 900 AND 50400 AND ${east(time)} % 900 = 0`;
  return `CASE WHEN ${isMidnight(start)} AND ${isMidnight(end)} AND abs(${east(start)} - ${east(end)}) IN (0, 3600)
    AND ${next(end)} = ${next(start)} + INTERVAL 1 MONTH THEN ${next(start)} END`;
}
