import { quoteName, quoteText } from '../../landing/session.ts';
import { decimalSql } from '../money.ts';
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

/** SQL for the first of these delivered columns that has a value, as DECIMAL(38,18). */
export function numberSql(cur: CurColumns, ...raws: readonly string[]): string {
  return isDelivered(cur, raws) ? decimalSql(textSql(cur, ...raws)) : 'CAST(NULL AS DECIMAL(38,18))';
}

/** The same as DOUBLE, for what is compared and not kept. */
export function approximateSql(cur: CurColumns, ...raws: readonly string[]): string {
  return `CAST(${textSql(cur, ...raws)} AS DOUBLE)`;
}

function isDelivered(cur: CurColumns, raws: readonly string[]): boolean {
  return raws.some((raw) => cur.has(raw));
}

/**
 * Numbers that are wanted both short and long are read once: `columns` for a layer over the raw table, short; `short`
 * and `long` over that layer. The quotes keep the names apart from raw ones, which have no spaces.
 */
export function sharedNumbers(cur: CurColumns, shared: readonly (readonly string[])[]) {
  const short = (...raws: readonly string[]) => quoteName(`short ${raws.join(' ')}`);
  return {
    columns: shared
      .filter((raws) => isDelivered(cur, raws))
      .map((raws) => `${shortDecimalSql(textSql(cur, ...raws))} AS ${short(...raws)}`),
    short: (...raws: readonly string[]) => (isDelivered(cur, raws) ? short(...raws) : 'CAST(NULL AS DECIMAL(18,10))'),
    long: (...raws: readonly string[]) =>
      isDelivered(cur, raws)
        ? `CASE WHEN ${short(...raws)} IS NOT NULL THEN CAST(${short(...raws)} AS DECIMAL(38,18)) ELSE ${numberSql(cur, ...raws)} END`
        : numberSql(cur, ...raws),
  };
}

/** Eight digits before the point and ten behind it: nearly all that AWS writes without an exponent. */
const TEN_PLACES = '[0-9]{1,8}(\\.[0-9]{1,10})?';

/** The number as DECIMAL(18,10), whose products DuckDB computes without overflow; null where it does not fit exactly. */
function shortDecimalSql(text: string): string {
  return `CASE WHEN regexp_full_match(${text}, '[+-]?${TEN_PLACES}') THEN CAST(${text} AS DECIMAL(18,10)) END`;
}
