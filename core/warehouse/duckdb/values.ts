import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  type DuckDBConnection,
  type DuckDBType,
  type DuckDBValue,
  LIST,
  listValue,
  VARCHAR,
} from '@duckdb/node-api';
import type { RenderedQuery } from '../gateway.ts';
import type { CellValue } from '../port.ts';
import type { ParamType } from '../query.ts';

/** Values with the DuckDB types that they are bound as. */
export interface Bound {
  values: Record<string, DuckDBValue>;
  types: Record<string, DuckDBType>;
}

/** Binds by what a value is: text as VARCHAR, whole numbers as BIGINT, other numbers as DOUBLE, null as VARCHAR. */
export function bindCells(params: Record<string, CellValue>): Bound {
  const bound: Bound = { values: {}, types: {} };
  for (const [name, value] of Object.entries(params)) {
    if (typeof value === 'number' && Number.isSafeInteger(value)) {
      bound.values[name] = BigInt(value);
      bound.types[name] = BIGINT;
    } else {
      bound.values[name] = value;
      bound.types[name] = typeof value === 'number' ? DOUBLE : typeof value === 'boolean' ? BOOLEAN : VARCHAR;
    }
  }
  return bound;
}

/** Returns the number of rows that the statement changed. */
export async function runBound(connection: DuckDBConnection, sql: string, bound?: Bound): Promise<number> {
  const { rowsChanged } = await connection.run(sql, bound?.values, bound?.types);
  return rowsChanged;
}

/** Rows as JSON values: decimals, big integers, dates and timestamps are text, so no digit is lost. */
export async function rowsBound<Row>(connection: DuckDBConnection, sql: string, bound?: Bound): Promise<Row[]> {
  const reader = await connection.runAndReadAll(sql, bound?.values, bound?.types);
  return reader.getRowObjectsJson() as Row[];
}

/** SQL text literal. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A pattern for DuckDB's file readers that matches this path only: they take `*`, `?` and `[` in a name for a pattern. */
export function pathPattern(path: string): string {
  return path.replace(/[*?[]/g, '[$&]');
}

/** SQL text literal of the one file that `read_csv`, `read_parquet` or `read_json` reads. */
export function quotePath(path: string): string {
  return quoteText(pathPattern(path));
}

/** SQL identifier. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

const PARAM_TYPES: Record<ParamType, DuckDBType> = {
  string: VARCHAR,
  'string[]': LIST(VARCHAR),
  // As text; the dialect's `param` casts them, so no digit passes through a JavaScript number.
  date: VARCHAR,
  timestamp: VARCHAR,
  decimal: VARCHAR,
  integer: BIGINT,
  boolean: BOOLEAN,
};

/** Binds as declared, also where a value is null or a list is empty. */
export function bindQuery({ bindings }: RenderedQuery): Bound {
  const bound: Bound = { values: {}, types: {} };
  for (const { name, type, value } of bindings) {
    bound.types[name] = PARAM_TYPES[type];
    if (typeof value === 'number') bound.values[name] = BigInt(value);
    else if (typeof value === 'object' && value !== null) bound.values[name] = listValue(value);
    else bound.values[name] = value;
  }
  return bound;
}
