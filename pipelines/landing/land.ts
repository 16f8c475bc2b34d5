import { resolve } from 'node:path';
import { CloudActError, type InputFault } from '@cloudact/core/errors';
import type { BillFormat, BillPlan, RawColumn } from '../providers/bill-format.ts';
import { refuseDeliveredTwice } from './deliveries.ts';
import { brokenValues, dropRejects, type Faults, rowsUnreadable } from './faults.ts';
import { refuseRepeated, sourceFileNames } from './file-names.ts';
import { type FileRows, type FileToLand, landInTable } from './land-file.ts';
import { landStaged } from './land-staged.ts';
import { type LandingSession, quoteName } from './session.ts';
import { inspectFile, refuseChanged, type SourceFile } from './source-file.ts';
import { leaveOut, StagedRows, type StagingFolder } from './staged-rows.ts';
import { mixedLineEnds, unreadable } from './unreadable.ts';
import { type ValueCheck, valueChecks } from './value-checks.ts';

export interface LandingOptions {
  /** Name of the raw table, a plain identifier. Default `raw_bill`. */
  table?: string;
  /** Where the rows of a bill are kept that does not fit into memory. Without it the raw table is a temporary table. */
  staging?: StagingFolder;
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
  /** The rows, where the raw table is a view of them, in no order. */
  staged?: StagedRows;
  plan: BillPlan;
  files: { path: string; rows: number; unfilled?: string[] }[];
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
  const table = quoteName(options.table ?? 'raw_bill');
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
  const staged = options.staging && new StagedRows(session, options.staging, options.table ?? 'raw_bill');
  if (!staged) await createRawTable(session, table, plan.columns);

  const limit = options.skipUnreadable ? 10_000 : 100;
  const faults: Faults = { shown: [], rows: 0 };
  const landed: LandedBill['files'] = [];
  const bytes = { done: 0, all: Math.max(sumBytes(sources), 1) };
  for (const [index, source] of sources.entries()) {
    options.signal?.throwIfAborted();
    const file = await landFile(
      session,
      staged ?? table,
      source,
      plan,
      { ...options, name: names[index]!, limit: limit - faults.shown.length },
      bytes,
    );
    merge(faults, file.faults);
    const unfilled = source.kind === 'csv' ? source.unfilled : undefined;
    landed.push({ path: source.path, rows: file.rows, ...(unfilled && { unfilled }) });
    bytes.done += source.bytes;
  }

  await staged?.show();
  await refuseDeliveredTwice(session, table, plan, files, names);

  options.onProgress?.({ stage: 'check', share: 1 });
  const structural = faults.rows;
  const checks = [...plan.columns.flatMap(valueChecks), ...ruleChecks(plan)];
  const values = await brokenValues(session, table, checks, {
    names,
    limit: Math.max(limit - faults.shown.length, 1),
  });
  merge(faults, values);
  const rows = landed.reduce((sum, file) => sum + file.rows, 0);
  if (faults.rows > 0 && !options.skipUnreadable) throw rowsUnreadable(faults, rows + structural);
  if (values.rows > 0) {
    const broken = values.broken.map((check) => `(${check.broken})`).join(' OR ');
    await leaveOut(session, staged ?? table, broken);
  }
  return {
    table,
    ...(staged && { staged }),
    plan,
    files: landed,
    rows: rows - values.rows,
    skippedRows: faults.rows,
    faults: faults.shown,
  };
}

async function landFile(
  session: LandingSession,
  into: string | StagedRows,
  source: SourceFile,
  plan: BillPlan,
  { name, limit, signal, onProgress }: LandingOptions & { name: string; limit: number },
  bytes: { done: number; all: number },
): Promise<FileRows> {
  let read: number | undefined;
  const report = () => {
    const share = (bytes.done + source.bytes * (read ?? session.progress() ?? 0)) / bytes.all;
    onProgress?.({ stage: 'read', file: name, share });
  };
  const file: FileToLand = {
    source,
    name,
    raw: plan.columns.map((column) => ({ name: column.raw, position: source.names.indexOf(column.source) })),
    nullTokens: plan.nullTokens,
    limit: Math.max(limit, 1),
    onRead: (share) => {
      read = share;
    },
    signal,
  };
  const timer = onProgress && setInterval(report, 100);
  try {
    await dropRejects(session);
    const landed = await (typeof into === 'string'
      ? landInTable(session, into, file)
      : landStaged(session, into, file));
    await refuseChanged(source);
    return landed;
  } catch (error) {
    signal?.throwIfAborted();
    await refuseChanged(source);
    throw readFailure(source.path, error);
  } finally {
    clearInterval(timer);
    await dropRejects(session).catch(() => undefined);
  }
}

async function createRawTable(session: LandingSession, table: string, columns: readonly RawColumn[]): Promise<void> {
  const texts = [...columns.map((column) => quoteName(column.raw)), '"x_SourceFile"'].map((name) => `${name} VARCHAR`);
  await session.run(`CREATE OR REPLACE TEMP TABLE ${table} (${[...texts, '"x_SourceRow" BIGINT'].join(', ')})`);
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

function readFailure(path: string, error: unknown): Error {
  if (error instanceof Error && /state machine reached an invalid state/.test(error.message)) {
    return mixedLineEnds(path, error);
  }
  return unreadable(path, error);
}
