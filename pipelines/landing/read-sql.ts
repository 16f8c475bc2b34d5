import { quotePath } from '@cloudact/core/warehouse/duckdb';
import { quoteName, quoteText } from './session.ts';
import { type CsvFile, type ParquetFile, parquetTable, type SourceFile } from './source-file.ts';

/** Longest CSV record that is read, in bytes. */
export const RECORD_LIMIT = 16 * 1024 * 1024;

/** The tables in which DuckDB keeps what it could not read. */
export const REJECTS = { errors: 'landing_rejects', scans: 'landing_reject_scans' } as const;

/**
 * SELECT of one file: the columns of the raw table as text, the file's name, and the row's number within the file.
 * `positions` says, for each raw column, where the file has it; -1 where it has not.
 */
export function readSql(
  file: SourceFile,
  raw: readonly { name: string; position: number }[],
  { sourceFile, nullTokens }: { sourceFile: string; nullTokens: readonly string[] },
): string {
  const source = file.kind === 'csv' ? csvSource(file, nullTokens) : parquetSource(file, nullTokens);
  const columns = raw.map(({ name, position }) => `${position < 0 ? 'NULL' : `c${position}`} AS ${quoteName(name)}`);
  return `SELECT ${[...columns, `${quoteText(sourceFile)} AS "x_SourceFile"`, 'row_number() OVER () AS "x_SourceRow"'].join(', ')}
    FROM ${source}`;
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

/** Columns are read by position: a name may hold what a name in SQL may not. */
function parquetSource(file: ParquetFile, nullTokens: readonly string[]): string {
  const positions = file.types.map((_, index) => `p${index}`);
  const columns = file.types.map((type, index) => {
    const text = textOf(positions[index]!, type);
    const tokens = ['', ...nullTokens].map(quoteText).join(', ');
    return `CASE WHEN ${text} NOT IN (${tokens}) THEN ${text} END AS c${index}`;
  });
  return `(SELECT ${columns.join(', ')} FROM ${parquetTable(file.path)} AS file(${positions.join(', ')}))`;
}

/** Nested values become JSON text; times lose nothing; everything else is written as DuckDB writes it. */
function textOf(column: string, type: string): string {
  if (/^(MAP|STRUCT)|\[\]$/.test(type)) return `CAST(to_json(${column}) AS VARCHAR)`;
  if (type === 'TIMESTAMP WITH TIME ZONE') return `CAST(CAST(${column} AS TIMESTAMP) AS VARCHAR)`;
  return `CAST(${column} AS VARCHAR)`;
}
