import { CloudActError, type InputFault } from '@cloudact/core/errors';
import type { CsvPart } from './csv-parts.ts';
import { type BlankLines, blankLines } from './csv-records.ts';
import { RECORD_LIMIT } from './limits.ts';
import { REJECTS } from './read-sql.ts';
import { type LandingSession, quoteText } from './session.ts';
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
 * the file, `part` is what was read of it, where that was not the whole.
 *
 * Throws `rows_unreadable` when a broken quote takes lines after it into its row: how many rows those are, nobody can
 * tell, so they cannot be left out either.
 */
export async function takeRejects(
  session: LandingSession,
  file: CsvFile,
  { name, limit, part, signal }: { name: string; limit: number; part?: CsvPart; signal?: AbortSignal | undefined },
): Promise<Faults> {
  const [count] = await session.rows<{ rows: string }>(`SELECT count(DISTINCT line) AS rows FROM ${REJECTS.errors}`);
  if (count!.rows === '0') return { shown: [], rows: 0 };
  if (part) await numberRejectsOfPart(session, file, part);
  else await numberRejects(session, await blankLines(file, signal));
  const first = (having: string, rows: number) =>
    session.rows<RejectRow>(
      `SELECT row, any_value(error_type) AS type, any_value(error_message) AS message,
        any_value(column_idx) AS column_index, left(any_value(csv_line), 120) AS text
      FROM (SELECT * FROM ${NUMBERED} ORDER BY line, byte_position)
      GROUP BY row HAVING ${having} ORDER BY row LIMIT ${rows}`,
    );
  const added = part ? 1 : 0;
  const [open] = await first(`bool_or(${SWALLOWS_LINES})`, 1);
  if (open) throw quoteNotClosed(rejectFault(file, name, open, added));
  const rejects = await first('true', limit);
  return { shown: rejects.map((reject) => rejectFault(file, name, reject, added)), rows: Number(count!.rows) };
}

/** What DuckDB rejected, with `row`, the number of the record within the file. */
export const NUMBERED = 'landing_numbered_rejects';

/** The text of a rejected row can begin with the blank lines before it and end with its own line end. */
const SWALLOWS_LINES = `error_type IN ('UNQUOTED VALUE', 'LINE SIZE OVER MAXIMUM')
  AND regexp_matches(trim(csv_line, chr(10) || chr(13)), '[\\r\\n]')`;

/** DuckDB's lines are the records and the blank lines, the header included. */
async function numberRejects(session: LandingSession, blanks: readonly BlankLines[]): Promise<void> {
  let before = 0;
  const lines = blanks.map(({ line }) => line);
  const sums = blanks.map(({ count }) => (before += count));
  await session.run(`
    CREATE OR REPLACE TEMP TABLE ${NUMBERED} AS
    SELECT r.*, r.line - 1 - COALESCE(b.blanks, 0) AS row FROM ${REJECTS.errors} r ASOF LEFT JOIN (
      SELECT unnest(CAST('[${lines}]' AS BIGINT[])) AS line, unnest(CAST('[${sums}]' AS BIGINT[])) AS blanks
    ) b ON r.line >= b.line`);
}

/** A part has no other lines than its records. */
async function numberRejectsOfPart(session: LandingSession, { delimiter }: CsvFile, part: CsvPart): Promise<void> {
  const number = quoteText(`^[\\r\\n]*[0-9]+[${delimiter}]`);
  await session.run(`
    CREATE OR REPLACE TEMP TABLE ${NUMBERED} AS
    SELECT * REPLACE (regexp_replace(csv_line, ${number}, '') AS csv_line), line + ${part.first - 1} AS row
    FROM ${REJECTS.errors}`);
}

/**
 * Gives the rows after a rejected one their own numbers back: `row_number()` counts only what was read.
 * The n-th rejected row, number e, moves every row from position e - n + 1 on by n. `from` is the first `rowid` of the file.
 */
export async function renumber(session: LandingSession, table: string, from: number): Promise<void> {
  await session.run(`
    CREATE OR REPLACE TEMP TABLE landing_shifts AS
    SELECT row - n + 1 AS first, max(n) AS shift FROM (
      SELECT row, row_number() OVER (ORDER BY row) AS n FROM (SELECT DISTINCT row FROM ${NUMBERED})
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
  await session.run(`DROP TABLE IF EXISTS ${NUMBERED}`);
}

/** Rows with a value that its column's type does not allow, in the order of the files, `names`, and their rows. */
export async function brokenValues(
  session: LandingSession,
  table: string,
  checks: readonly ValueCheck[],
  { names, limit }: { names: readonly string[]; limit: number },
): Promise<Faults & { broken: readonly ValueCheck[] }> {
  if (checks.length === 0) return { shown: [], rows: 0, broken: [] };
  const counts = checks.map((check, index) => `count(*) FILTER (WHERE ${check.broken}) AS n${index}`);
  const [row] = await session.rows<Record<string, string>>(`SELECT ${counts.join(', ')} FROM ${table}`);
  const broken = checks.filter((_, index) => row![`n${index}`] !== '0');
  if (broken.length === 0) return { shown: [], rows: 0, broken };
  const [count] = await session.rows<{ rows: string }>(
    `SELECT count(*) AS rows FROM ${table} WHERE ${broken.map((check) => `(${check.broken})`).join(' OR ')}`,
  );
  const place = `list_position([${names.map(quoteText).join(', ')}], "x_SourceFile")`;
  const faults = broken.map(
    (check, index) => `(SELECT ${place} AS place, ${index} AS n, "x_SourceFile" AS file, "x_SourceRow" AS row,
      left(${check.value}, 120) AS value FROM ${table} WHERE ${check.broken} ORDER BY place, "x_SourceRow" LIMIT ${limit})`,
  );
  const shown = await session.rows<{ n: number; file: string; row: string; value: string | null }>(
    `SELECT * FROM (${faults.join(' UNION ALL ')}) ORDER BY place, row, n LIMIT ${limit}`,
  );
  return {
    shown: shown.map(({ n, file, row: number, value }) => ({
      file,
      row: Number(number),
      column: broken[n]!.column,
      ...(value !== null && { value }),
      reason: reasonOf(broken[n]!, value),
    })),
    rows: Number(count!.rows),
    broken,
  };
}

function reasonOf({ reason }: ValueCheck, value: string | null): string {
  return value !== null && NUMBER_WITH_COMMA.test(value) && /\bnumber\b/.test(reason) ? DECIMAL_COMMA : reason;
}

const NUMBER_WITH_COMMA = /^[+-]?\d+([. ]\d{3})*,\d+([eE][+-]?\d+)?$/;
const DECIMAL_COMMA =
  'has a decimal comma; export with a decimal point and without separators, or give the file as it was downloaded, not as a spreadsheet saved it';

/** The refusal of a bill: the first place in words, up to 100 of them as faults. `rows`: how many rows were looked at. */
export function rowsUnreadable(faults: Faults, rows: number): CloudActError {
  const first = faults.shown[0]!;
  const place = [first.file, `row ${first.row}`, first.column && `column ${first.column}`].filter(Boolean).join(', ');
  const many = faults.rows === 1 ? '1 row' : `${faults.rows} rows`;
  const all =
    faults.rows > 1 && faults.rows === rows && faults.shown.every(isOfFieldCount)
      ? ' Every row is affected, so look at the header line first.'
      : '';
  return new CloudActError('rows_unreadable', {
    detail: `${many} cannot be read, the first at ${place}: the ${first.column ? 'value' : 'row'} ${first.reason}.${all} Correct the file, export it again, or leave these rows out on purpose (--skip-unreadable).`,
    faults: faults.shown.slice(0, 100),
  });
}

function isOfFieldCount({ column, reason }: InputFault): boolean {
  return column === undefined && /^has .* fields\b/.test(reason);
}

function quoteNotClosed(fault: InputFault): CloudActError {
  return new CloudActError('rows_unreadable', {
    detail: `${fault.file}: a quote opened in row ${fault.row} is not closed, so the rows after it cannot be told apart, nor left out. Correct the quote, or export the bill again.`,
    faults: [fault],
  });
}

interface RejectRow {
  row: string;
  type: string;
  message: string;
  column_index: string | null;
  text: string | null;
}

/** `added`: how many fields more than the file's records what was read had. */
function rejectFault(file: CsvFile, name: string, reject: RejectRow, added: number): InputFault {
  const column = file.names[Number(reject.column_index ?? 0) - 1 - added];
  const places = reject.type === 'UNQUOTED VALUE' || reject.type === 'INVALID ENCODING';
  return {
    file: name,
    row: Number(reject.row),
    ...(places && column !== undefined && { column }),
    ...(reject.text !== null && { value: reject.text.trim() }),
    reason: rejectReason(file, reject, added),
  };
}

const BROKEN_QUOTE = 'has a quote that is not closed, or text after a closing quote';

function rejectReason(file: CsvFile, { type, message, text }: RejectRow, added: number): string {
  const found = /Found: (\d+)/.exec(message)?.[1];
  switch (type) {
    case 'MISSING COLUMNS':
      return `has ${found === undefined ? 'too few' : Number(found) - added} fields; the header has ${file.names.length}`;
    case 'TOO MANY COLUMNS':
      return `has ${found ? 'more' : 'too many'} fields than the ${file.names.length} of the header`;
    case 'UNQUOTED VALUE':
      return BROKEN_QUOTE;
    case 'INVALID ENCODING':
      // DuckDB cuts a letter of several bytes in two when it stands right after a closing quote.
      return text?.includes('"') && !text.includes('\ufffd') ? BROKEN_QUOTE : 'is not UTF-8';
    case 'LINE SIZE OVER MAXIMUM':
      return `is longer than ${RECORD_LIMIT / 1024 / 1024} MiB`;
    default:
      return message.split('\n')[0]!;
  }
}
