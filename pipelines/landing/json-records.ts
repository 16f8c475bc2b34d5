import { CloudActError, type InputFault } from '@cloudact/core/errors';
import { quotePath } from '@cloudact/core/warehouse/duckdb';
import type { Faults } from './faults.ts';
import { RECORD_LIMIT } from './limits.ts';
import { type LandingSession, quoteText } from './session.ts';

/** A file with more columns than this is no table. */
const COLUMN_LIMIT = 5000;

/** Newline-delimited JSON: one object a line. Blank lines count for nothing. */
export interface JsonFile {
  kind: 'json';
  path: string;
  gzipped: boolean;
  bytes: number;
  /** The keys of all records, in the order in which they first appear. */
  names: string[];
  /** Lines that are not blank, counted without DuckDB. */
  records: number;
  /** Records that are no JSON object, or name a key twice. */
  brokenRecords: number;
  /** The first line, where a byte order mark stands before it: DuckDB does not read past one. */
  markedLine: string | undefined;
}

type JsonSource = Pick<JsonFile, 'path' | 'gzipped' | 'markedLine'>;

/** Reads the keys of all records. Throws `file_format_unknown` when they are more than a table has. */
export async function jsonColumns(
  session: LandingSession,
  source: JsonSource,
): Promise<Pick<JsonFile, 'names' | 'brokenRecords'>> {
  await session.run(`
    CREATE OR REPLACE TEMP TABLE landing_json_keys AS
    SELECT keys, min(row) AS row, count(*) AS records
    FROM (SELECT row, CASE WHEN json_type(json) = 'OBJECT' THEN json_keys(json) END AS keys FROM (${records(source)}))
    GROUP BY keys`);
  const [broken] = await session.rows<{ records: string | null }>(
    `SELECT sum(records) AS records FROM landing_json_keys WHERE ${BROKEN_KEYS}`,
  );
  const keys = await session.rows<{ key: string }>(`
    SELECT key FROM (
      SELECT unnest(keys) AS key, unnest(range(len(keys))) AS place, row FROM landing_json_keys WHERE NOT (${BROKEN_KEYS})
    ) GROUP BY key ORDER BY min((row, place)) LIMIT ${COLUMN_LIMIT + 1}`);
  await session.run('DROP TABLE landing_json_keys');
  if (keys.length === 0) {
    throw new CloudActError('file_format_unknown', {
      detail: `${source.path} starts like JSON, but no line of it is a JSON object with values. Export it with one record a line.`,
    });
  }
  if (keys.length > COLUMN_LIMIT) {
    throw new CloudActError('file_format_unknown', {
      detail: `${source.path} has more than ${COLUMN_LIMIT} different keys in its JSON records, so it is no table. Check that it is the bill.`,
    });
  }
  return { names: keys.map(({ key }) => key), brokenRecords: Number(broken?.records ?? 0) };
}

const BROKEN_KEYS = 'keys IS NULL OR len(list_distinct(keys)) <> len(keys)';
const BROKEN_RECORD = `COALESCE(json_type(json), '') <> 'OBJECT' OR len(list_distinct(json_keys(json))) <> len(json_keys(json))`;

/** Whether `jsonSource` must have the rows' numbers. Without broken records they are those of the rows in their order. */
export function jsonIsCounted({ brokenRecords }: JsonFile): boolean {
  return brokenRecords > 0;
}

/**
 * SELECT of `row`, the number of the record within the file where `counted`, and the columns `c0`, `c1`, … of the file's keys as text:
 * strings as they are, numbers with the digits of the file, objects and arrays as JSON.
 */
export function jsonSource(file: JsonFile, nullTokens: readonly string[], counted: boolean): string {
  const pointers = file.names.map((name) => quoteText(`/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`));
  const tokens = ['', ...nullTokens].map(quoteText).join(', ');
  const columns = file.names.map((_, index) => {
    const value = textOf(`fields[${index + 1}]`);
    return `CASE WHEN ${value} NOT IN (${tokens}) THEN ${value} END AS c${index}`;
  });
  return `(SELECT ${[...(counted ? ['row'] : []), ...columns].join(', ')} FROM (
    SELECT ${counted ? 'row, ' : ''}json_extract_string(${MARKED_NUMBERS}, [${pointers.join(', ')}]) AS fields
    FROM (${records(file, counted)}) ${jsonIsCounted(file) ? `WHERE NOT (${BROKEN_RECORD})` : ''}))`;
}

/**
 * DuckDB's JSON functions make floats of numbers. So each number becomes a text that starts with a mark, which no
 * text that people write does, and loses the mark again once its record is taken apart. The expression passes over
 * whole strings, so it finds numbers only; at the end of the record it leaves one mark too many.
 */
const MARKED_NUMBERS = `left(regexp_replace(CAST(json AS VARCHAR),
  '((?:"(?:[^"\\\\]|\\\\.)*"|[^"0-9-])*)([0-9-][0-9A-Za-z.+-]*|$)', '\\1"\\\\u0001\\2"', 'g'), -8)`;

function textOf(field: string): string {
  return `CASE WHEN ${field}[1] = chr(1) THEN ${field}[2:]
    WHEN contains(${field}, '"\\u0001') THEN regexp_replace(${field}, '"\\\\u0001([0-9A-Za-z.+-]*)"', '\\1', 'g')
    ELSE ${field} END`;
}

/** SELECT of `row`, where they are to be counted, and `json`, which is null where a line is no JSON. */
function records({ path, gzipped, markedLine }: JsonSource, counted = true): string {
  const compression = gzipped ? 'gzip' : 'uncompressed';
  const json =
    markedLine === undefined
      ? 'json'
      : `CASE WHEN row_number() OVER () = 1 THEN TRY_CAST(${quoteText(markedLine)} AS JSON) ELSE json END AS json`;
  return `SELECT ${counted ? 'row_number() OVER () AS row, ' : ''}${json} FROM read_ndjson_objects([${quotePath(path)}],
    compression = '${compression}', ignore_errors = true, maximum_object_size = ${RECORD_LIMIT})`;
}

/** The records that cannot be read. `lines` gives the records of the file, `name` is what the faults call the file. */
export async function brokenJsonRecords(
  session: LandingSession,
  file: JsonFile,
  { name, limit, lines }: { name: string; limit: number; lines: AsyncIterable<Buffer> },
): Promise<Faults> {
  if (file.brokenRecords === 0) return { shown: [], rows: 0 };
  const broken = await session.rows<{ row: string }>(
    `SELECT row FROM (${records(file)}) WHERE ${BROKEN_RECORD} ORDER BY row LIMIT ${limit}`,
  );
  const wanted = new Set(broken.map(({ row }) => Number(row)));
  const shown: InputFault[] = [];
  let row = 0;
  for await (const line of lines) {
    row++;
    if (wanted.has(row)) shown.push({ file: name, row, ...explain(line) });
    if (shown.length === wanted.size) break;
  }
  return { shown, rows: file.brokenRecords };
}

function explain(line: Buffer): Pick<InputFault, 'value' | 'reason'> {
  const value = line.subarray(0, 480).toString('utf8').slice(0, 120).trim();
  let record: unknown;
  try {
    record = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(line));
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'is not JSON, or not the whole of a record' : 'is not UTF-8';
    return { value, reason };
  }
  if (typeof record !== 'object' || record === null || Array.isArray(record)) {
    return { value, reason: 'is JSON, but no object with the values of a row' };
  }
  return { value, reason: 'names a key twice, so its value is not known' };
}

/** Whether a file that starts like this holds JSON records, or one JSON array of them. */
export function jsonShape(head: string): 'records' | 'array' | undefined {
  const start = /^\ufeff?\s*(\{|\[\s*[{[\]])/.exec(head)?.[1];
  if (start === undefined) return undefined;
  return start === '{' ? 'records' : 'array';
}

/** The lines of a byte stream that are not blank. Throws `rows_unreadable` when one is longer than a record may be. */
export async function* jsonLines(path: string, bytes: AsyncIterable<unknown>): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  let length = 0;
  let record = 0;
  const line = (parts: readonly Buffer[]) => (parts.length === 1 ? parts[0]! : Buffer.concat(parts));
  for await (const chunk of bytes) {
    let from = 0;
    for (let end = next(chunk, from); ; end = next(chunk, from)) {
      const part = (chunk as Buffer).subarray(from, end === -1 ? undefined : end);
      length += part.length;
      if (length > RECORD_LIMIT) throw recordTooLong(path, record + 1);
      rest.push(part);
      if (end === -1) break;
      const whole = line(rest);
      if (!isBlank(whole)) {
        record++;
        yield whole;
      }
      rest = [];
      length = 0;
      from = end + 1;
    }
  }
  const last = line(rest.length > 0 ? rest : [Buffer.alloc(0)]);
  if (!isBlank(last)) yield last;
}

function next(chunk: unknown, from: number): number {
  return (chunk as Buffer).indexOf(0x0a, from);
}

function isBlank(line: Buffer): boolean {
  for (const byte of line) if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) return false;
  return true;
}

function recordTooLong(path: string, record: number): CloudActError {
  return new CloudActError('rows_unreadable', {
    detail: `${path}, row ${record}: the record is longer than ${RECORD_LIMIT / 1024 / 1024} MiB, so the rows after it are not read. Check that the file has one record a line.`,
  });
}
