import { join } from 'node:path';
import { CloudActError, type InputFault } from '@cloudact/core/errors';
import { openWorkbench, type Workbench } from '@cloudact/core/warehouse/duckdb';
import {
  inspectFile,
  type LandedBill,
  type LandingSession,
  landFiles,
  type SourceFaults,
  StagedRows,
  sourceFaults,
  withoutUnloadable,
} from '../landing/index.ts';
import { listBook, type PriceBook } from '../prices/index.ts';
import { detectFormat } from '../providers/registry.ts';
import { checkTotals, type ReconciledTotal } from '../reconcile/index.ts';
import { type Drift, driftOf, type UnpricedUsage, unpricedUsage } from '../usage/index.ts';
import { discard, type Output, openOutput, publish, writeTemporary, writtenTotalsSql } from './output.ts';
import { commitmentsSql, projectionSql, writtenColumns } from './projection.ts';
import { openStaging } from './staging.ts';

export interface ConvertOptions {
  /** All files of one bill, in one format. */
  files: readonly string[];
  /** A format's id, or `auto` (default): decided by the column names. */
  from?: string;
  /** The file to write: `.csv`, `.csv.gz`, `.parquet`, `.ndjson`, `.ndjson.gz` or `.jsonl`. Replaced when it exists. */
  output: string;
  /** Another file of these kinds, for the contract commitments that the bill tells of (FOCUS's Contract Commitment dataset). */
  commitments?: string;
  /** Leaves unreadable rows out instead of refusing the bill; they are in the report. */
  skipUnreadable?: boolean;
  onProgress?: (progress: ConvertProgress) => void;
  /** Ends the work; nothing is left behind. */
  signal?: AbortSignal;
  /** How many of the source's own faults are spelled out in the report, beside their groups. Default 100. */
  sourceFaultLimit?: number;
  /** What usage is priced by, where a bill tells of usage and not of its cost. Default: the published prices. */
  prices?: PriceBook;
  /** As DuckDB writes it. Default `1GB`; what does not fit spills to the temporary directory. */
  memoryLimit?: string;
  /**
   * From how many bytes of text on a bill is kept on the disk while it is converted, and its rows are written in any
   * order. Default 256 MiB.
   */
  largeBytes?: number;
}

export interface ConvertProgress {
  stage: 'read' | 'check' | 'map' | 'write' | 'reconcile';
  /** The file that is read. */
  file?: string;
  /** Share of the stage that is done, 0 to 1. */
  share: number;
}

export interface ConvertReport {
  /** The format's id and title. */
  format: { id: string; title: string };
  output: string;
  /** `unfilled`: columns at the end of the file's header for which its rows have no fields. */
  files: { path: string; rows: number; unfilled?: string[] }[];
  rowsRead: number;
  rowsSkipped: number;
  rowsWritten: number;
  /** Contract commitments written, when they were asked for. */
  commitmentsWritten?: number;
  seconds: number;
  totals: ReconciledTotal[];
  /** Values that were rounded at the 18th decimal, by delivered column; the rows say so in `x_CostRounded`. */
  roundedCosts: { column: string; rows: number }[];
  /** Usage of which no charge can be made because nobody knows its price; it is in no total. */
  unpriced: UnpricedUsage[];
  /** What the price book says of each day and model beside what was billed, where the provider tells both. */
  drift: Drift[];
  /** Services that the lookup of ServiceCategory does not know; they are filed under Other. */
  unknownServices: { service: string; rows: number }[];
  /** What is wrong with the rows left out. */
  faults: InputFault[];
  /** What written rows break of FOCUS 1.3 because the file itself does; nothing was made up to mend it. */
  sourceFaults: SourceFaults;
}

/**
 * Converts a bill to FOCUS 1.3. The output is put in its place only when the sum of BilledCost in it is what the source
 * says was billed, to the last digit, in every billing period, currency and invoice.
 *
 * Throws `file_not_found`, `file_unreadable`, `file_format_unknown`, `rows_unreadable`, `source_changed`,
 * `totals_differ`, `output_unwritable`, `storage_full`, `usage_invalid`; and the signal's reason when it is aborted.
 */
export async function convert(options: ConvertOptions): Promise<ConvertReport> {
  const { files, from = 'auto', onProgress, signal } = options;
  const started = performance.now();
  signal?.throwIfAborted();
  if (files.length === 0) throw new CloudActError('usage_invalid', { detail: 'No file is given. Name at least one.' });
  const output = await openOutput(options.output, files);
  const commitments = options.commitments === undefined ? undefined : await openOutput(options.commitments, files);
  if (commitments?.path === output.path) {
    throw new CloudActError('usage_invalid', {
      detail: `${output.path} is named for two outputs. Choose another one.`,
    });
  }
  const outputs = commitments ? [output, commitments] : [output];
  const staging = await openStaging(files, options.largeBytes);
  const workbench = await openWorkbench({
    inputs: files,
    outputs: [
      ...outputs.map(({ temporary }) => temporary),
      ...(staging.folder ? [join(staging.folder.path, 'rows')] : []),
    ],
    memoryLimit: options.memoryLimit ?? '1GB',
    // The rows of a large bill would be taken for the smaller side of a join, and do not fit into memory.
    ...(staging.folder && { joinsAsWritten: true }),
  }).catch(async (error: unknown) => {
    await staging.remove();
    throw error;
  });
  const session = stoppable(workbench, signal);
  const interrupt = () => workbench.interrupt();
  signal?.addEventListener('abort', interrupt);
  try {
    const first = await inspectFile(session, files[0]!);
    const format = detectFormat(first.names, from, first.path);
    const landed = await landFiles(session, format, files, {
      inspected: [first],
      ...(staging.folder && { staging: staging.folder }),
      ...(options.skipUnreadable && { skipUnreadable: true }),
      ...(onProgress && { onProgress }),
      ...(signal && { signal }),
    });
    const { bill, focus, broken } = await during(session, 'map', onProgress, async () => {
      await landed.plan.prepare?.(session, landed.table, { prices: options.prices ?? listBook() });
      return focusOf(session, landed, options);
    });
    if (bill.rows === 0) throw nothingToWrite(bill);
    const { extensionColumns } = bill.plan;
    const select = projectionSql(focus, extensionColumns, output.format);
    const anyOrder = bill.staged !== undefined;
    const rowsWritten = await during(session, 'write', onProgress, () =>
      writeTemporary(session, select, output, { anyOrder }),
    );
    const totals = await during(session, 'reconcile', onProgress, () =>
      writtenTotals(session, bill, writtenTotalsSql(output, writtenColumns(extensionColumns))),
    );
    const commitmentsWritten = commitments && (await writeCommitments(session, bill, commitments));
    const services = await unknownServices(session, bill);
    const rounded = await roundedCosts(session);
    const unpriced = await unpricedUsage(session, bill.plan, bill.table);
    const drift = await driftOf(session, bill.plan, bill.table);
    await publish(outputs, signal);
    return {
      format: { id: format.id, title: format.title },
      output: output.path,
      files: bill.files,
      rowsRead: bill.rows + bill.skippedRows,
      rowsSkipped: bill.skippedRows,
      rowsWritten,
      ...(commitmentsWritten !== undefined && { commitmentsWritten }),
      seconds: (performance.now() - started) / 1000,
      totals,
      roundedCosts: rounded,
      unpriced,
      drift,
      unknownServices: services,
      faults: bill.faults,
      sourceFaults: broken,
    };
  } catch (error) {
    signal?.throwIfAborted();
    throw ofTheBill(error);
  } finally {
    signal?.removeEventListener('abort', interrupt);
    await workbench.close().finally(() => Promise.all([staging.remove(), discard(outputs)]));
  }
}

/** A session that begins no statement after the stop: one that falls between two statements would be lost otherwise. */
function stoppable(workbench: Workbench, signal: AbortSignal | undefined): LandingSession {
  return {
    async run(sql, params) {
      signal?.throwIfAborted();
      await workbench.run(sql, params);
    },
    async rows<Row>(sql: string, params?: Parameters<Workbench['rows']>[1]) {
      signal?.throwIfAborted();
      return workbench.rows<Row>(sql, params);
    },
    progress: () => workbench.progress(),
  };
}

/**
 * The SELECT of the FOCUS rows. Where the format's files can have faults of their own, its rows are looked at more than
 * once, so they are computed once into a table; else computing them while writing is quicker than keeping them.
 */
async function focusOf(
  session: LandingSession,
  landed: LandedBill,
  { skipUnreadable = false, sourceFaultLimit = 100 }: ConvertOptions,
): Promise<{ bill: LandedBill; focus: string; broken: SourceFaults }> {
  const select = landed.plan.toFocus(landed.table);
  if (!landed.plan.faults) return { bill: landed, focus: select, broken: await sourceFaults(session, landed) };
  const focusTable = 'focus_rows';
  const stagedFocus = landed.staged && new StagedRows(session, landed.staged.folder, focusTable);
  if (stagedFocus) {
    await stagedFocus.add(select);
    await stagedFocus.show();
  } else await session.run(`CREATE OR REPLACE TEMP TABLE ${focusTable} AS ${select}`);
  const bill = await withoutUnloadable(session, landed, focusTable, { skipUnreadable, keepEmpty: true, stagedFocus });
  const broken = await sourceFaults(session, bill, { focusTable, limit: sourceFaultLimit });
  return { bill, focus: `SELECT * FROM ${focusTable}`, broken };
}

async function writeCommitments(session: LandingSession, { plan, table }: LandedBill, output: Output): Promise<number> {
  if (!plan.contractCommitments) {
    throw new CloudActError('usage_invalid', {
      detail: `The bill does not tell of contract commitments, so there is nothing for ${output.path}. Leave --commitments out.`,
    });
  }
  return writeTemporary(session, commitmentsSql(plan.contractCommitments(table), output.format), output);
}

async function unknownServices(session: LandingSession, { plan, table }: LandedBill) {
  if (!plan.unknownServices) return [];
  const rows = await session.rows<{ service: string; rows: string }>(
    `SELECT CAST(service AS VARCHAR) AS service, CAST(rows AS VARCHAR) AS rows
    FROM (${plan.unknownServices(table)}) ORDER BY CAST(rows AS BIGINT) DESC, 1`,
  );
  return rows.map(({ service, rows }) => ({ service, rows: Number(rows) }));
}

/** Adds up the written file once, and compares that with the bill. */
async function writtenTotals(session: LandingSession, { plan, table }: LandedBill, select: string) {
  await session.run(`CREATE OR REPLACE TEMP TABLE ${WRITTEN} AS ${select}`);
  return checkTotals(session, plan, table, `SELECT * FROM ${WRITTEN}`);
}

const WRITTEN = 'written_totals';

async function roundedCosts(session: LandingSession) {
  const rows = await session.rows<{ column: string; rows: string }>(
    `SELECT "column", CAST(sum(rows) AS VARCHAR) AS rows
    FROM (SELECT unnest("roundedColumns") AS "column", rows FROM ${WRITTEN}) GROUP BY 1 ORDER BY 1`,
  );
  return rows.map(({ column, rows }) => ({ column, rows: Number(rows) }));
}

/** An empty output would take the place of what was there and look like a bill without charges. */
function nothingToWrite({ skippedRows, faults }: LandedBill): CloudActError {
  return new CloudActError('rows_unreadable', {
    detail:
      skippedRows > 0
        ? `Every row of the bill is unreadable (${skippedRows}), so there is nothing to write. Correct the file, or export the bill again.`
        : 'The files have no rows, so there is nothing to write. Check that they are the bill, or export it again.',
    faults: faults.slice(0, 100),
  });
}

async function during<T>(
  session: LandingSession,
  stage: ConvertProgress['stage'],
  onProgress: ConvertOptions['onProgress'],
  work: () => Promise<T>,
): Promise<T> {
  onProgress?.({ stage, share: 0 });
  const timer = onProgress && setInterval(() => onProgress({ stage, share: session.progress() ?? 0 }), 100);
  try {
    const result = await work();
    onProgress?.({ stage, share: 1 });
    return result;
  } finally {
    clearInterval(timer);
  }
}

/** What only a strange bill can make DuckDB say. Anything else is a bug of ours and passes. */
function ofTheBill(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof CloudActError) return error;
  if (/^(Out of Range|Conversion) Error/.test(error.message)) {
    return new CloudActError('rows_unreadable', {
      detail: `A number of the bill is too large to compute with: ${error.message.split('\n')[0]!}.`,
      cause: error,
    });
  }
  return error;
}
