/** Times of the cost report: UTC, with or without seconds, and both in one file. */
export const TIME_PATTERN =
  '[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?)?( ?(Z|UTC|[+-]00(:?00)?))?';

/** A delivered time as TIMESTAMP in UTC; null where it is none. */
export function timeSql(text: string): string {
  const withSeconds = `regexp_replace(${text}, '([T ][0-9]{2}:[0-9]{2})( ?(Z|UTC|[+-]00(:?00)?))?$', '\\1:00Z')`;
  return `TRY_CAST(${withSeconds} AS TIMESTAMP)`;
}

/** `Y`, `N`, `true`, `false` as BOOLEAN; null for anything else. */
export function flagSql(text: string): string {
  return `CASE lower(${text}) WHEN 'true' THEN true WHEN 'y' THEN true WHEN 'false' THEN false WHEN 'n' THEN false END`;
}
