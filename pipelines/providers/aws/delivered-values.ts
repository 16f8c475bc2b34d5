import { quoteName, quoteText } from '../../landing/session.ts';
import type { CurColumns } from './columns.ts';

/**
 * SQL for the first of these delivered columns that has a value; typed null where the file has none of them. A product
 * attribute may also be a member of the map that CUR 2.0 has for them.
 */
export function textSql(cur: CurColumns, ...raws: readonly string[]): string {
  const found = raws.flatMap((raw) => [...cur.spellings(raw).map(quoteName), ...productAttribute(cur, raw)]);
  if (found.length === 0) return 'CAST(NULL AS VARCHAR)';
  return found.length === 1 ? found[0]! : `COALESCE(${found.join(', ')})`;
}

function productAttribute(cur: CurColumns, raw: string): string[] {
  const map = cur.maps.product;
  if (map === undefined || !raw.startsWith('product_')) return [];
  const path = quoteText(`$."${raw.slice('product_'.length)}"`);
  return [`nullif(json_extract_string(${quoteName(map)}, ${path}), '')`];
}

/** A delivered number as DECIMAL(38,18), exactly. Landing has checked that it is one. */
export function decimalSql(cur: CurColumns, ...raws: readonly string[]): string {
  return exactDecimalSql(textSql(cur, ...raws));
}

/**
 * DuckDB reads text into 128-bit decimals ten to a hundred times slower than into 64-bit ones. What has at most 18
 * digits in one of these shapes goes the short way, without loss: the pattern lets no digit pass that the type has no
 * place for.
 */
export function exactDecimalSql(text: string): string {
  const short = SHORT_WAYS.map(
    ([pattern, places]) =>
      `WHEN regexp_full_match(${text}, '[+-]?${pattern}') THEN CAST(CAST(${text} AS DECIMAL(18,${places})) AS DECIMAL(38,18))`,
  );
  return `CASE WHEN ${text} IS NULL THEN NULL ${short.join(' ')} ELSE CAST(${text} AS DECIMAL(38,18)) END`;
}

/** Eight digits before the point and ten behind it: nearly all that AWS writes without an exponent. */
const TEN_PLACES = '[0-9]{1,8}(\\.[0-9]{1,10})?';

/** The number as DECIMAL(18,10), whose products DuckDB computes without overflow; null where it does not fit exactly. */
export function shortDecimalSql(text: string): string {
  return `CASE WHEN regexp_full_match(${text}, '[+-]?${TEN_PLACES}') THEN CAST(${text} AS DECIMAL(18,10)) END`;
}

/** The most frequent first: AWS writes at most ten places, and half of what is less than 0.001 with an exponent. */
const SHORT_WAYS: readonly [pattern: string, places: number][] = [
  [TEN_PLACES, 10],
  ['[0-9]\\.([0-9]{1,6}E-[0-9]|[0-9]{1,9}E-[0-6]|[0-9]{1,5}E-10)', 15],
  ['[0-9]{1,15}(\\.[0-9]{1,3})?', 3],
  ['[0-9]{1,2}\\.[0-9]{1,16}', 16],
];
