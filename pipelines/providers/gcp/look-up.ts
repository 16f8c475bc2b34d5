import { quoteText } from '../../landing/session.ts';

/**
 * SQL that looks a text up in a fixed table; null where it is not there. A list, not CASE, which would walk over all
 * rows once for every entry, and not a join, which may turn the order of the rows around.
 */
export function lookUpSql(text: string, table: Readonly<Record<string, string>>): string {
  const list = (values: readonly string[]) => `[${values.map(quoteText).join(', ')}]`;
  return `(${list(Object.values(table))})[list_position(${list(Object.keys(table))}, ${text})]`;
}
