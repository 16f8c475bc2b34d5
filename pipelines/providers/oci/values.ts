/** Times of the cost report: UTC, with or without seconds, and both in one file. */
export const TIME_PATTERN =
  '[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?)?( ?(Z|UTC|[+-]00(:?00)?))?';

/** A delivered time as TIMESTAMP in UTC; null where it is none. */
export function timeSql(text: string): string {
  const withSeconds = `regexp_replace(${text}, '([T ][0-9]{2}:[0-9]{2})( ?(Z|UTC|[+-]00(:?00)?))?$', '\\1:00Z')`;
  return `TRY_CAST(${withSeconds} AS TIMESTAMP)`;
}

/**
 * A delivered number as DECIMAL(38,18); landing has checked that it is one. DuckDB reads exponents, which the report
 * has on every small amount, thirty times slower than plain digits, so `6.32E-10` is written out first.
 */
export function decimalSql(text: string): string {
  const sign = `CASE WHEN starts_with(${text}, '-') THEN '-' ELSE '' END`;
  const zeros = `repeat('0', CAST(split_part(${text}, 'E-', 2) AS INTEGER) - 1)`;
  const digits = `replace(ltrim(split_part(${text}, 'E', 1), '+-'), '.', '')`;
  return `CAST(CASE WHEN regexp_full_match(${text}, '[+-]?[0-9][.][0-9]+E-[1-9][0-9]?')
    THEN concat(${sign}, '0.', ${zeros}, ${digits}) ELSE ${text} END AS DECIMAL(38,18))`;
}

/** `Y`, `N`, `true`, `false` as BOOLEAN; null for anything else. */
export function flagSql(text: string): string {
  return `CASE lower(${text}) WHEN 'true' THEN true WHEN 'y' THEN true WHEN 'false' THEN false WHEN 'n' THEN false END`;
}
