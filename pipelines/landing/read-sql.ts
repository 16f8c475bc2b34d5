import { quotePath } from '@cloudact/core/warehouse/duckdb';
import { jsonIsCounted, jsonSource } from './json-records.ts';
import { RECORD_LIMIT } from './limits.ts';
import { parquetSource } from './parquet-file.ts';
import { quoteName, quoteText } from './session.ts';
import type { CsvFile, SourceFile } from './source-file.ts';

/** The tables in which DuckDB keeps what it could not read. */
export const REJECTS = { errors: 'landing_rejects', scans: 'landing_reject_scans' } as const;

/**
 * SELECT of one file, in the order of its rows: the columns of the raw table as text, the file's name, and the row's
 * number within the file where the rows are counted while they are read. `positions` says, for each raw column, where
 * the file has it; -1 where it has not.
 */
export function readSql(
  file: SourceFile,
  raw: readonly { name: string; position: number }[],
  { sourceFile, nullTokens }: { sourceFile: string; nullTokens: readonly string[] },
): string {
  const source = sourceOf(file, nullTokens);
  const columns = raw.map(({ name, position }) => `${position < 0 ? 'NULL' : `c${position}`} AS ${quoteName(name)}`);
  return `SELECT ${[...columns, `${quoteText(sourceFile)} AS "x_SourceFile"`, `${rowsAreCounted(file) ? 'row' : 'NULL'} AS "x_SourceRow"`].join(', ')}
    FROM ${source}`;
}

/** Counting keeps DuckDB from reading a file with all cores. Only rows that are left out while reading make it necessary. */
export function rowsAreCounted(file: SourceFile): boolean {
  return file.kind === 'json' && jsonIsCounted(file);
}

function sourceOf(file: SourceFile, nullTokens: readonly string[]): string {
  if (file.kind === 'csv') return csvSource(file, nullTokens);
  return file.kind === 'json' ? jsonSource(file, nullTokens) : parquetSource(file, nullTokens);
}

/** Every field as text. The header line is skipped: names are given by position, so that case alone can tell them apart. */
function csvSource(file: CsvFile, nullTokens: readonly string[]): string {
  const columns = file.names.map((_, index) => `'c${index}': 'VARCHAR'`).join(', ');
  const options = [
    `columns = {${columns}}`,
    'auto_detect = false',
    'header = true',
    `delim = ${quoteText(file.delimiter)}`,
    `quote = '"'`,
    `escape = '"'`,
    `nullstr = [${['', ...nullTokens].map(quoteText).join(', ')}]`,
    `compression = '${file.gzipped ? 'gzip' : 'none'}'`,
    `max_line_size = ${RECORD_LIMIT}`,
    'store_rejects = true',
    'rejects_limit = 0',
    `rejects_table = '${REJECTS.errors}'`,
    `rejects_scan = '${REJECTS.scans}'`,
  ];
  return `read_csv([${quotePath(file.path)}], ${options.join(', ')})`;
}
