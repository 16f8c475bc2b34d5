import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, gunzipSync, constants as zlib } from 'node:zlib';
import { CloudActError } from '@cloudact/core/errors';
import { focusColumnIds } from '@cloudact/core/focus';
import { quotePath } from '@cloudact/core/warehouse/duckdb';
import { quoteName, quoteText, type SqlConnection } from './sql.ts';

/** The column of the view that numbers the rows of the file, from 1. */
export const rowNumberColumn = '__row';

/**
 * Makes a view over a FOCUS file, with values as delivered: text of CSV and NDJSON stays text, an empty CSV field is
 * null and a quoted empty one is an empty string, numbers of NDJSON keep all their digits. Text is read once, into a
 * Parquet file at `staging`: judging reads the columns many times.
 * Throws `file_not_found`, `file_unreadable`, and `file_format_unknown` when no column is one of FOCUS.
 */
export async function viewFile(
  connection: SqlConnection & { run(sql: string): Promise<unknown> },
  path: string,
  { view, staging }: { view: string; staging: string },
): Promise<void> {
  const shape = await shapeOf(path);
  try {
    if (shape.compressed) await assertWholeGzip(path);
    const source = await sourceOf(connection, path, shape);
    const columns = await connection.rows<{ column_name: string }>(`DESCRIBE ${source}`);
    if (!columns.some(({ column_name }) => focusColumns.has(column_name))) throw unknownFormat(path, columns);
    if (shape.format !== 'parquet') await connection.run(`COPY (${source}) TO ${quotePath(staging)} (FORMAT parquet)`);
    const file = quotePath(shape.format === 'parquet' ? path : staging);
    const numbered = 'file_row_number = true, hive_partitioning = false';
    await connection.run(`CREATE OR REPLACE TEMP VIEW ${view} AS
      SELECT * EXCLUDE (file_row_number), file_row_number + 1 AS ${rowNumberColumn} FROM read_parquet(${file}, ${numbered})`);
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** Turns what DuckDB says about a file into `file_unreadable`; other errors stay as they are. */
export function unreadable(path: string, error: unknown): unknown {
  if (error instanceof CloudActError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new CloudActError('file_unreadable', {
    detail: `${path} could not be read to its end: ${message.split('\n')[0]} Check that the file is complete, and export it again if it is not.`,
    cause: error,
  });
}

const focusColumns: ReadonlySet<string> = new Set(focusColumnIds);

function unknownFormat(path: string, columns: readonly { column_name: string }[]): CloudActError {
  const names = columns.slice(0, 5).map(({ column_name }) => column_name);
  return new CloudActError('file_format_unknown', {
    detail: `${path} has no column of FOCUS. Its columns start with ${names.join(', ')}. Give a FOCUS file, or convert this one first.`,
  });
}

interface Shape {
  format: 'csv' | 'parquet' | 'ndjson';
  compressed: boolean;
  /** The header line of a CSV file. */
  header: string;
}

/** By content, because names lie: Parquet's magic, a brace for NDJSON, otherwise CSV. */
async function shapeOf(path: string): Promise<Shape> {
  const head = await readHead(path);
  if (head.length === 0) {
    throw new CloudActError('file_unreadable', { detail: `${path} is empty. Give a file with a header and rows.` });
  }
  if (head.subarray(0, 4).toString('latin1') === 'PAR1') return { format: 'parquet', compressed: false, header: '' };
  const compressed = head[0] === 0x1f && head[1] === 0x8b;
  const text = (compressed ? unzipHead(path, head) : head)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
  return { format: text.startsWith('{') ? 'ndjson' : 'csv', compressed, header: text.split(/\r?\n|\r/, 1)[0] ?? '' };
}

/** DuckDB takes the end of a cut gzip file for the end of the data, so rows would be missing without a word. */
async function assertWholeGzip(path: string): Promise<void> {
  await pipeline(createReadStream(path), createGunzip(), new Writable({ write: (_chunk, _encoding, done) => done() }));
}

async function readHead(path: string): Promise<Buffer> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(65_536), 0, 65_536, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new CloudActError('file_not_found', { detail: `There is no file ${path}. Check the path.`, cause: error });
    }
    throw unreadable(path, error);
  }
}

function unzipHead(path: string, head: Buffer): Buffer {
  try {
    return gunzipSync(head, { finishFlush: zlib.Z_SYNC_FLUSH });
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function sourceOf(
  connection: SqlConnection,
  path: string,
  { format, compressed, header }: Shape,
): Promise<string> {
  const file = quotePath(path);
  const compression = compressed ? `, compression = 'gzip'` : '';
  if (format === 'parquet') return `SELECT * FROM read_parquet(${file}, hive_partitioning = false)`;
  if (format === 'csv')
    return `SELECT * FROM read_csv(${file}, ${csvOptions(path, header)}, hive_partitioning = false${compression})`;
  const objects = `read_ndjson_objects(${file}, hive_partitioning = false${compression})`;
  const keys = await connection.rows<{ key: string }>(
    `SELECT key FROM (SELECT unnest(json_keys(json)) AS key FROM ${objects}) GROUP BY key ORDER BY starts_with(key, 'x_'), key`,
  );
  return `SELECT ${keys.map(({ key }) => `${jsonField(key)} AS ${quoteName(key)}`).join(', ')} FROM ${objects}`;
}

/** Nothing is left to DuckDB's guess, which takes a damaged file for one of another shape, or skips what does not fit. */
function csvOptions(path: string, header: string): string {
  const delimiter = delimiterOf(header);
  const names = headerNames(header, delimiter);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) {
    throw new CloudActError('file_unreadable', {
      detail: `${path} has the column ${twice} twice. Take one of them out.`,
    });
  }
  const columns = names.map((name) => `${quoteText(name)}: 'VARCHAR'`).join(', ');
  return `auto_detect = false, header = true, delim = ${quoteText(delimiter)}, quote = '"', escape = '"', allow_quoted_nulls = false, columns = {${columns}}`;
}

function delimiterOf(header: string): string {
  const count = (delimiter: string) => header.split(delimiter).length;
  return [',', ';', '\t', '|'].reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
}

function headerNames(header: string, delimiter: string): string[] {
  return header
    .split(delimiter)
    .map((name) => name.trim().replace(/^"(.*)"$/, '$1'))
    .map((name, index) => (name === '' ? `column${index + 1}` : name));
}

/** DuckDB reads a JSON number as a double; so its digits are taken from the text of the line. */
function jsonField(key: string): string {
  const path = quoteText(`$."${key}"`);
  const digits = `regexp_extract(CAST(json AS VARCHAR), ${quoteText(`"${escapePattern(key)}"\\s*:\\s*(-?[0-9.]+(?:[eE][+-]?[0-9]+)?)`)}, 1)`;
  return `CASE WHEN json_type(json, ${path}) IN ('DOUBLE', 'UBIGINT', 'BIGINT') THEN ${digits} ELSE json->>${path} END`;
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
