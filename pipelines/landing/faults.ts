import { CloudActError, type InputFault } from '@cloudact/core/errors';
import { RECORD_LIMIT, REJECTS } from './read-sql.ts';
import type { LandingSession } from './session.ts';
import type { CsvFile } from './source-file.ts';
import type { ValueCheck } from './value-checks.ts';

/** Faults of the input, the first of them spelled out. */
export interface Faults {
  shown: InputFault[];
  /** Rows that cannot be read. */
  rows: number;
}

/**
 * Rows that DuckDB could not split into fields, with their numbers within the file. `name` is what the faults call
 * the file.
 */
export async function takeRejects(
  session: LandingSession,
  file: CsvFile,
  name: string,
  limit: number,
): Promise<Faults> {
  const [count] = await session.rows<{ rows: string }>(`SELECT count(DISTINCT line) AS rows FROM ${REJECTS.errors}`);
  const rejects = await session.rows<RejectRow>(
    `SELECT line - 1 AS row, any_value(error_type) AS type, any_value(error_message) AS message,
      any_value(column_idx) AS column_index, left(any_value(csv_line), 120) AS text
    FROM (SELECT * FROM ${REJECTS.errors} ORDER BY line, byte_position)
    GROUP BY line ORDER BY line LIMIT ${limit}`,
  );
  return { shown: rejects.map((reject) => rejectFault(file, name, reject)), rows: Number(count!.rows) };
}

/**
 * Gives the rows after a rejected one their own numbers back: `row_number()` counts only what was read.
 * The n-th rejected row, number e, moves every row from position e - n + 1 on by n. `from` is the first `rowid` of the file.
 */
export async function renumber(session: LandingSession, table: string, from: number): Promise<void> {
  await session.run(`
    CREATE OR REPLACE TEMP TABLE landing_shifts AS
    SELECT row - n + 1 AS first, max(n) AS shift FROM (
      SELECT row, row_number() OVER (ORDER BY row) AS n FROM (SELECT DISTINCT line - 1 AS row FROM ${REJECTS.errors})
    ) GROUP BY ALL`);
  await session.run(`
    UPDATE ${table} SET "x_SourceRow" = "x_SourceRow" + moved.shift FROM (
      SELECT t."x_SourceRow" AS position, s.shift
      FROM (SELECT "x_SourceRow" FROM ${table} WHERE rowid >= ${from}) t
      ASOF JOIN landing_shifts s ON t."x_SourceRow" >= s.first
    ) moved WHERE rowid >= ${from} AND "x_SourceRow" = moved.position`);
  await session.run('DROP TABLE landing_shifts');
}

export async function dropRejects(session: LandingSession): Promise<void> {
  await session.run(`DROP TABLE IF EXISTS ${REJECTS.errors}`);
  await session.run(`DROP TABLE IF EXISTS ${REJECTS.scans}`);
}

/** Rows with a value that its column's type does not allow, in the order of the table. */
export async function brokenValues(
  session: LandingSession,
  table: string,
  checks: readonly ValueCheck[],
  limit: number,
): Promise<Faults & { broken: readonly ValueCheck[] }> {
  if (checks.length === 0) return { shown: [], rows: 0, broken: [] };
  const counts = checks.map((check, index) => `count(*) FILTER (WHERE ${check.broken}) AS n${index}`);
  const [row] = await session.rows<Record<string, string>>(`SELECT ${counts.join(', ')} FROM ${table}`);
  const broken = checks.filter((_, index) => row![`n${index}`] !== '0');
  if (broken.length === 0) return { shown: [], rows: 0, broken };
  const [count] = await session.rows<{ rows: string }>(
    `SELECT count(*) AS rows FROM ${table} WHERE ${broken.map((check) => `(${check.broken})`).join(' OR ')}`,
  );
  const faults = broken.map(
    (check, index) => `(SELECT rowid AS place, ${index} AS n, "x_SourceFile" AS file, "x_SourceRow" AS row,
      left(${check.value}, 120) AS value FROM ${table} WHERE ${check.broken} ORDER BY rowid LIMIT ${limit})`,
  );
  const shown = await session.rows<{ n: number; file: string; row: string; value: string | null }>(
    `SELECT * FROM (${faults.join(' UNION ALL ')}) ORDER BY place, n LIMIT ${limit}`,
  );
  return {
    shown: shown.map(({ n, file, row: number, value }) => ({
      file,
      row: Number(number),
      column: broken[n]!.column,
      ...(value !== null && { value }),
      reason: broken[n]!.reason,
    })),
    rows: Number(count!.rows),
    broken,
  };
}

/** The refusal of a bill: the first place in words, up to 100 of them as faults. `rows`: how many rows were looked at. */
export function rowsUnreadable(faults: Faults, rows: number): CloudActError {
  const first = faults.shown[0]!;
  const place = [first.file, `row ${first.row}`, first.column && `column ${first.column}`].filter(Boolean).join(', ');
  const many = faults.rows === 1 ? '1 row' : `${faults.rows} rows`;
  const all =
    faults.rows > 1 && faults.rows === rows ? ' Every row is affected, so look at the header line first.' : '';
  return new CloudActError('rows_unreadable', {
    detail: `${many} cannot be read, the first at ${place}: the ${first.column ? 'value' : 'row'} ${first.reason}.${all} Correct the file, export it again, or leave these rows out on purpose (--skip-unreadable).`,
    faults: faults.shown.slice(0, 100),
  });
}

interface RejectRow {
  row: string;
  type: string;
  message: string;
  column_index: string | null;
  text: string | null;
}

function rejectFault(file: CsvFile, name: string, reject: RejectRow): InputFault {
  const column = file.names[Number(reject.column_index ?? 0) - 1];
  const places = reject.type === 'UNQUOTED VALUE' || reject.type === 'INVALID ENCODING';
  return {
    file: name,
    row: Number(reject.row),
    ...(places && column !== undefined && { column }),
    ...(reject.text !== null && { value: reject.text.trim() }),
    reason: rejectReason(file, reject),
  };
}

function rejectReason(file: CsvFile, { type, message }: RejectRow): string {
  const found = /Found: (\d+)/.exec(message)?.[1];
  switch (type) {
    case 'MISSING COLUMNS':
      return `has ${found ?? 'too few'} fields; the header has ${file.names.length}`;
    case 'TOO MANY COLUMNS':
      return `has ${found ? 'more' : 'too many'} fields than the ${file.names.length} of the header`;
    case 'UNQUOTED VALUE':
      return 'has a quote that is not closed, or text after a closing quote';
    case 'INVALID ENCODING':
      return 'is not UTF-8';
    case 'LINE SIZE OVER MAXIMUM':
      return `is longer than ${RECORD_LIMIT / 1024 / 1024} MiB`;
    default:
      return message.split('\n')[0]!;
  }
}
