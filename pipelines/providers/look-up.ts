import { quoteText } from '../landing/session.ts';

/**
 * SQL that looks a text up in a fixed table; null where it is not there. The tables are lists, not CASE, which would walk
 * over all rows once for every entry, and not a join, which may turn the order of the rows around. Each list is written
 * as one text that DuckDB splits once, while it plans: hundreds of literals take longer to plan than to look up.
 * `text` is written out once.
 */
export function lookUpSql(text: string, table: Readonly<Record<string, string>>): string {
  return itemSql(Object.values(table), `list_position(${listSql(Object.keys(table))}, ${text})`);
}

/** SQL of the item of a fixed list at a position, from 1; null where the position is null. */
export function itemSql(items: readonly string[], position: string): string {
  return `${listSql(items)}[${position}]`;
}

function listSql(items: readonly string[]): string {
  if (items.some((item) => item.includes(SEPARATOR))) throw new TypeError(`an item holds "${SEPARATOR}"`);
  return `string_split(${quoteText(items.join(SEPARATOR))}, '${SEPARATOR}')`;
}

const SEPARATOR = '|';
