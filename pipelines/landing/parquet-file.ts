import { CloudActError } from '@cloudact/core/errors';
import { quotePath } from '@cloudact/core/warehouse/duckdb';
import { checkHeader } from './csv-records.ts';
import { type LandingSession, quoteText } from './session.ts';
import { unreadable } from './unreadable.ts';

export interface ParquetFile {
  kind: 'parquet';
  path: string;
  bytes: number;
  names: string[];
  /** DuckDB types, beside `names`. */
  types: string[];
}

/** Reads the columns of a Parquet file. Throws `file_unreadable`, and `file_format_unknown` when two have one name. */
export async function inspectParquet(session: LandingSession, path: string, bytes: number): Promise<ParquetFile> {
  try {
    const columns = await session.rows<{ column_name: string; column_type: string }>(
      `DESCRIBE SELECT * FROM ${parquetTable(path)}`,
    );
    const names = columns.map((column) => column.column_name);
    checkHeader(path, names);
    await refuseWideDecimals(session, path);
    return { kind: 'parquet', path, bytes, names, types: columns.map((column) => column.column_type) };
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** DuckDB would read them as floats, and lose digits. */
async function refuseWideDecimals(session: LandingSession, path: string): Promise<void> {
  const [wide] = await session.rows<{ name: string; precision: string }>(
    `SELECT name, CAST(precision AS VARCHAR) AS precision FROM parquet_schema([${quotePath(path)}]) WHERE precision > 38 LIMIT 1`,
  );
  if (wide) {
    throw new CloudActError('file_unreadable', {
      detail: `${path}: the column ${wide.name} holds decimals of ${wide.precision} digits, more than the 38 that are read exactly. Export it as a decimal of at most 38 digits, or as text.`,
    });
  }
}

/** The rows of a Parquet file, its own columns only: DuckDB would put those that `key=value` folders name in their place. */
function parquetTable(path: string): string {
  return `read_parquet([${quotePath(path)}], hive_partitioning = false)`;
}

/**
 * SELECT of `row`, the number of the record within the file, and the columns `c0`, `c1`, … as text. They are read by
 * position: a name may hold what a name in SQL may not.
 */
export function parquetSource(file: ParquetFile, nullTokens: readonly string[]): string {
  const positions = file.types.map((_, index) => `p${index}`);
  const columns = file.types.map((type, index) => {
    const text = textOf(positions[index]!, type);
    const tokens = ['', ...nullTokens].map(quoteText).join(', ');
    return `CASE WHEN ${text} NOT IN (${tokens}) THEN ${text} END AS c${index}`;
  });
  return `(SELECT file_row_number + 1 AS row, ${columns.join(', ')} FROM ${parquetTable(file.path)} AS file(${positions.join(', ')}))`;
}

/**
 * Nested values become JSON text with every digit of their numbers; times lose nothing; bytes that are UTF-8 are text,
 * since some writers do not mark it as such; a float is the shortest text that reads back as it.
 */
function textOf(column: string, type: string): string {
  if (/^(MAP|STRUCT)|\[\]$/.test(type)) return `CAST(to_json(${column}) AS VARCHAR)`;
  if (type === 'TIMESTAMP WITH TIME ZONE') return `CAST(CAST(${column} AS TIMESTAMP) AS VARCHAR)`;
  if (type === 'BLOB') return `COALESCE(TRY(decode(${column})), CAST(${column} AS VARCHAR))`;
  return `CAST(${column} AS VARCHAR)`;
}
