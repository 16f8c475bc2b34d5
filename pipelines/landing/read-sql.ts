import { quotePath } from '@cloudact/core/warehouse/duckdb';
import type { CsvPart } from './csv-parts.ts';
import { jsonIsCounted, jsonSource } from './json-records.ts';
import { RECORD_LIMIT } from './limits.ts';
import { parquetSource } from './parquet-file.ts';
import { quoteName, quoteText } from './session.ts';
import type { CsvFile, SourceFile } from './source-file.ts';

/** The tables in which DuckDB keeps what it could not read. */
export const REJECTS = { errors: 'landing_rejects', scans: 'landing_reject_scans' } as const;

interface ReadSqlOptions {
  sourceFile: string;
  nullTokens: readonly string[];
  /** The part of a CSV file to read instead of the whole. */
  part?: CsvPart;
  /** Gives every row its number, also where reading is quicker without; has no meaning for a whole CSV file. */
  counted?: boolean;
}

/**
 * SELECT of one file: the columns of the raw table as text, the file's name, and the row's number within the file where
 * the rows are counted while they are read. `positions` says, for each raw column, where the file has it; -1 where it
 * has not.
 */
export function readSql(
  file: SourceFile,
  raw: readonly { name: string; position: number }[],
  { sourceFile, nullTokens, part, counted = rowsAreCounted(file) }: ReadSqlOptions,
): string {
  const columns = raw.map(
    ({ name, position }) => `${position < 0 ? 'CAST(NULL AS VARCHAR)' : `c${position}`} AS ${quoteName(name)}`,
  );
  const row = part ? 'TRY_CAST(row AS BIGINT)' : counted ? 'row' : 'CAST(NULL AS BIGINT)';
  return `SELECT ${[...columns, `${quoteText(sourceFile)} AS "x_SourceFile"`, `${row} AS "x_SourceRow"`].join(', ')}
    FROM ${sourceOf(file, { nullTokens, part, counted })}`;
}

/**
 * Counting the rows of text keeps DuckDB from reading a file with all cores. Only rows that are left out while reading
 * make it necessary. Parquet has the numbers.
 */
export function rowsAreCounted(file: SourceFile): boolean {
  return file.kind === 'parquet' || (file.kind === 'json' && jsonIsCounted(file));
}

function sourceOf(
  file: SourceFile,
  { nullTokens, part, counted }: { nullTokens: readonly string[]; part: CsvPart | undefined; counted: boolean },
): string {
  if (file.kind === 'csv') return csvSource(file, nullTokens, part);
  return file.kind === 'json' ? jsonSource(file, nullTokens, counted) : parquetSource(file, nullTokens);
}

/**
 * Every field as text. The header line is skipped: names are given by position, so that case alone can tell them apart.
 * In a part the first field is the record's number, `row`, and there is no header line.
 */
function csvSource(file: CsvFile, nullTokens: readonly string[], part: CsvPart | undefined): string {
  const names = [...(part ? ['row'] : []), ...file.names.map((_, index) => `c${index}`)];
  const columns = names.map((name) => `'${name}': 'VARCHAR'`).join(', ');
  const options = [
    `columns = {${columns}}`,
    'auto_detect = false',
    `header = ${part === undefined}`,
    // Without a header DuckDB would take the first line end for that of all, also when it stands in a quoted value.
    ...(part ? [`new_line = '${JSON.stringify(part.lineEnd).slice(1, -1)}'`] : []),
    `delim = ${quoteText(file.delimiter)}`,
    `quote = '"'`,
    `escape = '"'`,
    `nullstr = [${['', ...nullTokens].map(quoteText).join(', ')}]`,
    `compression = '${file.gzipped && !part ? 'gzip' : 'none'}'`,
    `max_line_size = ${RECORD_LIMIT}`,
    'store_rejects = true',
    'rejects_limit = 0',
    `rejects_table = '${REJECTS.errors}'`,
    `rejects_scan = '${REJECTS.scans}'`,
  ];
  return `read_csv([${quotePath(part?.path ?? file.path)}], ${options.join(', ')})`;
}
