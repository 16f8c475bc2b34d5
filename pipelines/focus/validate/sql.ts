/** SQL text literal. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** SQL identifier. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function textList(values: readonly string[]): string {
  return `(${values.map(quoteText).join(', ')})`;
}

export function matches(expression: string, pattern: string): string {
  return `regexp_matches(${expression}, ${quoteText(pattern)})`;
}

/** Anything on which SQL runs: a workbench, a load session. Decimals, big integers and times come back as text. */
export interface SqlConnection {
  rows<Row>(sql: string): Promise<Row[]>;
}

/** Whether a sum did not fit into DECIMAL(38,18); DuckDB knows no TRY around an aggregate. */
export function isOverflow(error: unknown): boolean {
  return /out of range|overflow/i.test(String(error));
}
