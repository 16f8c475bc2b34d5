import type { CellValue } from '@cloudact/core/warehouse';

/** Where a bill is landed: a workbench, or a load into an organisation's dataset. Both offer this. */
export interface LandingSession {
  /** Runs one statement. */
  run(sql: string, params?: Record<string, CellValue>): Promise<void>;
  /** Runs one statement and returns its rows; decimals, big integers and times are text. */
  rows<Row = Record<string, CellValue>>(sql: string, params?: Record<string, CellValue>): Promise<Row[]>;
  /** Share of the running statement that is done, 0 to 1; undefined when not known. */
  progress(): number | undefined;
}

/** SQL text literal. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** SQL identifier. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
