import { CloudActError } from '@cloudact/core/errors';
import { type Faults, renumber, takeRejects } from './faults.ts';
import { brokenJsonRecords } from './json-records.ts';
import { readSql, rowsAreCounted } from './read-sql.ts';
import type { LandingSession } from './session.ts';
import { countRecords, jsonRecords, type SourceFile } from './source-file.ts';

/** One file of a bill, and what is to be read of it. */
export interface FileToLand {
  source: SourceFile;
  /** What the rows and faults call the file. */
  name: string;
  /** The columns of the raw table, and where the file has them; -1 where it has not. */
  raw: readonly { name: string; position: number }[];
  nullTokens: readonly string[];
  /** How many faults are spelled out. */
  limit: number;
  /** Told which share of the file is read, where that is known beside the session's own progress. */
  onRead?: ((share: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}

export interface FileRows {
  /** Rows that were landed. */
  rows: number;
  faults: Faults;
}

/** Reads a file into a table, after the rows that are there. */
export async function landInTable(session: LandingSession, table: string, file: FileToLand): Promise<FileRows> {
  const { source, raw, name, nullTokens, limit, signal } = file;
  const before = await countRows(session, table);
  const [records] = await Promise.all([
    source.kind === 'csv' ? countRecords(source, signal) : source.kind === 'json' ? source.records : undefined,
    session.run(`INSERT INTO ${table} ${readSql(source, raw, { sourceFile: name, nullTokens })}`),
  ]);
  if (!rowsAreCounted(source)) await numberRows(session, table, before);
  const rows = (await countRows(session, table)) - before;
  if (source.kind === 'parquet') return { rows, faults: { shown: [], rows: 0 } };
  const faults =
    source.kind === 'json'
      ? await brokenJsonRecords(session, source, { name, limit, lines: jsonRecords(source, signal) })
      : await takeRejects(session, source, { name, limit, signal });
  if (records !== rows + faults.rows) throw lostRows(source.path, records!, rows + faults.rows);
  if (source.kind === 'csv' && faults.rows > 0) await renumber(session, table, before);
  return { rows, faults };
}

/** DuckDB keeps the order of a file also when it is read in parallel. `from`: the first `rowid` of the file. */
async function numberRows(session: LandingSession, table: string, from: number): Promise<void> {
  await session.run(`UPDATE ${table} SET "x_SourceRow" = rowid - ${from} + 1 WHERE rowid >= ${from}`);
}

async function countRows(session: LandingSession, table: string): Promise<number> {
  const [row] = await session.rows<{ rows: string }>(`SELECT count(*) AS rows FROM ${table}`);
  return Number(row!.rows);
}

export function lostRows(path: string, records: number, rows: number): CloudActError {
  return new CloudActError('rows_unreadable', {
    detail: `${path} has ${records} rows but ${rows} were found when they were read, and it is not known which are missing. Check its quotes and line ends, or export the bill again.`,
  });
}
