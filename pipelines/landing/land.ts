import { resolve } from 'node:path';
import { CloudActError, type InputFault } from '@cloudact/core/errors';
import type { BillFormat, BillPlan, RawColumn } from '../providers/bill-format.ts';
import { refuseDeliveredTwice } from './deliveries.ts';
import { brokenValues, dropRejects, type Faults, renumber, rowsUnreadable, takeRejects } from './faults.ts';
import { refuseRepeated, sourceFileNames } from './file-names.ts';
import { brokenJsonRecords } from './json-records.ts';
import { readSql, rowsAreCounted } from './read-sql.ts';
import { type LandingSession, quoteName } from './session.ts';
import { countRecords, inspectFile, jsonRecords, refuseChanged, type SourceFile } from './source-file.ts';
import { unreadable } from './unreadable.ts';
import { type ValueCheck, valueChecks } from './value-checks.ts';

export interface LandingOptions {
  /** Name of the raw table, a plain identifier. Default `raw_bill`. */
  table?: string;
  /**
   * Name of an attached database for the raw table, in which its columns are packed: for bills that do not fit into
   * memory. Without it the raw table is a temporary table.
   */
  database?: string;
  /** Leaves unreadable rows out instead of refusing the bill. They are reported in `faults`. */
  skipUnreadable?: boolean;
  /** Files that `inspectFile` has looked at already: they are not looked at again. */
  inspected?: readonly SourceFile[];
  onProgress?: (progress: LandingProgress) => void;
  signal?: AbortSignal;
}

export interface LandingProgress {
  stage: 'read' | 'check';
  /** The file that is read. */
  file?: string;
  /** Share of all bytes that is read, 0 to 1. */
  share: number;
}

/** A bill in its raw table: every column as delivered, as text, then `x_SourceFile` and `x_SourceRow`. */
export interface LandedBill {
  /** Quoted name of the raw table, as SQL of the session names it. */
  table: string;
  plan: BillPlan;
  files: { path: string; rows: number }[];
  /** Rows in the raw table. */
  rows: number;
  /** Rows left out because they are unreadable. */
  skippedRows: number;
  /** What is wrong with the rows left out: the first 10,000 places. */
  faults: InputFault[];
}

/**
 * Reads all files of one bill, in one format, into a temporary raw table. Grain: one row per record of the files.
 * `x_SourceFile` is the name of `sourceFileNames`, `x_SourceRow` counts the file's records from 1, the header not
 * included.
 *
 * Throws `file_not_found`, `file_unreadable`, `file_format_unknown`, `rows_unreadable` (with up to 100 faults),
 * `source_changed` when a file is written to meanwhile, and `usage_invalid` when a file is given twice, or one billing
 * period in two deliveries.
 */
export async function landFiles(
  session: LandingSession,
  format: BillFormat,
  files: readonly string[],
  options: LandingOptions = {},
): Promise<LandedBill> {
  const name = quoteName(options.table ?? 'raw_bill');
  const table = options.database === undefined ? name : `${quoteName(options.database)}.${name}`;
  const names = sourceFileNames(files);
  await refuseRepeated(files);
  const sources: SourceFile[] = [];
  for (const file of files) {
    const known = options.inspected?.find(({ path }) => path === resolve(file));
    const source = known ?? (await inspectFile(session, file));
    if (!format.recognises(source.names)) throw foreignFile(source, format);
    sources.push(source);
  }
  const plan = format.plan([...new Set(sources.flatMap((source) => source.names))]);
  checkRawNames(plan.columns);
  await createRawTable(session, table, plan.columns, options.database !== undefined);

  const limit = options.skipUnreadable ? 10_000 : 100;
  const faults: Faults = { shown: [], rows: 0 };
  const landed: LandedBill['files'] = [];
  const bytes = { done: 0, all: Math.max(sumBytes(sources), 1) };
  for (const [index, source] of sources.entries()) {
    options.signal?.throwIfAborted();
    const file = await landFile(
      session,
      table,
      source,
      plan,
      { ...options, name: names[index]!, limit: limit - faults.shown.length },
      bytes,
    );
    merge(faults, file.faults);
    landed.push({ path: source.path, rows: file.rows });
    bytes.done += source.bytes;
  }

  await refuseDeliveredTwice(session, table, plan, files, names);

  options.onProgress?.({ stage: 'check', share: 1 });
  const structural = faults.rows;
  const checks = [...plan.columns.flatMap(valueChecks), ...ruleChecks(plan)];
  const values = await brokenValues(session, table, checks, Math.max(limit - faults.shown.length, 1));
  merge(faults, values);
  const rows = landed.reduce((sum, file) => sum + file.rows, 0);
  if (faults.rows > 0 && !options.skipUnreadable) throw rowsUnreadable(faults, rows + structural);
  if (values.rows > 0) await leaveOut(session, table, values.broken);
  return { table, plan, files: landed, rows: rows - values.rows, skippedRows: faults.rows, faults: faults.shown };
}

async function landFile(
  session: LandingSession,
  table: string,
  source: SourceFile,
  plan: BillPlan,
  options: LandingOptions & { name: string; limit: number },
  bytes: { done: number; all: number },
): Promise<{ rows: number; faults: Faults }> {
  const sourceFile = options.name;
  const raw = plan.columns.map((column) => ({ name: column.raw, position: source.names.indexOf(column.source) }));
  const select = readSql(source, raw, { sourceFile, nullTokens: plan.nullTokens });
  const report = () => {
    const share = (bytes.done + source.bytes * (session.progress() ?? 0)) / bytes.all;
    options.onProgress?.({ stage: 'read', file: sourceFile, share });
  };
  const timer = options.onProgress && setInterval(report, 100);
  const before = await countRows(session, table);
  try {
    await dropRejects(session);
    const [records] = await Promise.all([
      source.kind === 'csv'
        ? countRecords(source, options.signal)
        : source.kind === 'json'
          ? source.records
          : undefined,
      session.run(`INSERT INTO ${table} ${select}`),
    ]);
    await refuseChanged(source);
    if (!rowsAreCounted(source)) await numberRows(session, table, before);
    const rows = (await countRows(session, table)) - before;
    if (source.kind === 'parquet') return { rows, faults: { shown: [], rows: 0 } };
    const place = { name: sourceFile, limit: Math.max(options.limit, 1) };
    const faults =
      source.kind === 'json'
        ? await brokenJsonRecords(session, source, { ...place, lines: jsonRecords(source, options.signal) })
        : await takeRejects(session, source, { ...place, signal: options.signal });
    if (records !== rows + faults.rows) throw lostRows(source.path, records!, rows + faults.rows);
    if (source.kind === 'csv' && faults.rows > 0) await renumber(session, table, before);
    return { rows, faults };
  } catch (error) {
    options.signal?.throwIfAborted();
    throw readFailure(source.path, error);
  } finally {
    clearInterval(timer);
    await dropRejects(session).catch(() => undefined);
  }
}

/** Dictionaries suit what a bill repeats, and naming them spares DuckDB from trying everything else. */
async function createRawTable(
  session: LandingSession,
  table: string,
  columns: readonly RawColumn[],
  packed: boolean,
): Promise<void> {
  const text = packed ? 'VARCHAR USING COMPRESSION dictionary' : 'VARCHAR';
  const texts = [...columns.map((column) => quoteName(column.raw)), '"x_SourceFile"'].map((name) => `${name} ${text}`);
  await session.run(
    `CREATE OR REPLACE ${packed ? '' : 'TEMP '}TABLE ${table} (${[...texts, '"x_SourceRow" BIGINT'].join(', ')})`,
  );
}

/** DuckDB keeps the order of a file also when it is read in parallel. `from`: the first `rowid` of the file. */
async function numberRows(session: LandingSession, table: string, from: number): Promise<void> {
  await session.run(`UPDATE ${table} SET "x_SourceRow" = rowid - ${from} + 1 WHERE rowid >= ${from}`);
}

async function countRows(session: LandingSession, table: string): Promise<number> {
  const [row] = await session.rows<{ rows: string }>(`SELECT count(*) AS rows FROM ${table}`);
  return Number(row!.rows);
}

async function leaveOut(session: LandingSession, table: string, broken: readonly ValueCheck[]): Promise<void> {
  await session.run(`DELETE FROM ${table} WHERE ${broken.map((check) => `(${check.broken})`).join(' OR ')}`);
}

function ruleChecks(plan: BillPlan): ValueCheck[] {
  return (plan.rowRules ?? []).map((rule) => {
    const raw = plan.columns.find((column) => column.source === rule.column)?.raw;
    return {
      column: rule.column,
      value: raw ? quoteName(raw) : 'CAST(NULL AS VARCHAR)',
      broken: rule.brokenWhen,
      reason: rule.reason,
    };
  });
}

function merge(into: Faults, more: Faults): void {
  into.shown.push(...more.shown);
  into.rows += more.rows;
}

function sumBytes(sources: readonly SourceFile[]): number {
  return sources.reduce((sum, source) => sum + source.bytes, 0);
}

/** DuckDB's names are blind to case: two raw columns that differ in it alone would be one. */
function checkRawNames(columns: readonly RawColumn[]): void {
  const names = new Set(columns.map((column) => column.raw.toLowerCase()));
  if (names.size !== columns.length) throw new TypeError('raw column names of a bill plan must differ beyond case');
}

function foreignFile(source: SourceFile, format: BillFormat): CloudActError {
  return new CloudActError('file_format_unknown', {
    detail: `${source.path} is not in the format ${format.id} (${format.title}). Convert files of different formats one after the other.`,
  });
}

function lostRows(path: string, records: number, rows: number): CloudActError {
  return new CloudActError('rows_unreadable', {
    detail: `${path} has ${records} rows but ${rows} were found when they were read, and it is not known which are missing. Check its quotes and line ends, or export the bill again.`,
  });
}

function readFailure(path: string, error: unknown): Error {
  if (error instanceof Error && /state machine reached an invalid state/.test(error.message)) {
    return new CloudActError('rows_unreadable', {
      detail: `${path} mixes line ends or breaks its quotes. Save it with one kind of line end, or export the bill again.`,
      cause: error,
    });
  }
  return unreadable(path, error);
}
