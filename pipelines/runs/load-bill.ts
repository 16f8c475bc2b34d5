import { CloudActError } from '@cloudact/core/errors';
import type { LoadSession } from '@cloudact/core/warehouse';
import { inspectFile, landFiles, quoteName } from '../landing/index.ts';
import type { BillFormat, BillPlan } from '../providers/bill-format.ts';
import { detectFormat } from '../providers/registry.ts';
import { checkTotals } from './check-totals.ts';
import { stageRawRows } from './raw-rows.ts';
import type { LoadProgress, ReportLoad } from './stages.ts';
import { shareOf, whileReporting } from './stages.ts';

export interface LoadBillOptions {
  integrationId: string;
  /** Paths of all files of one export, of one format; whole billing periods. */
  files: readonly string[];
  /** Id of a format, or `auto`. */
  from: string;
  runId: string;
  /** ISO 8601, UTC. */
  extractedAt: string;
  onProgress?: ReportLoad;
  signal?: AbortSignal;
}

export interface LoadedBill {
  /** Id of the format that the files were read in. */
  provider: string;
  /** First days of the billing periods that were replaced, `YYYY-MM-01`, in order. */
  billingPeriods: string[];
  /** Rows of the files. */
  rowsRead: number;
  /** Rows in the cost table. Less or more than were read: some lines offset each other, some become two charges. */
  rowsWritten: number;
  dataVersion: number;
}

const RAW = 'raw_bill';
const COST = 'staged_cost';

/**
 * Files → raw rows → FOCUS rows → totals compared with the source → in place of what (organisation, integration,
 * billing period) held, in one transaction. Until then nothing that a reader sees has changed.
 */
export async function loadBill(session: LoadSession, options: LoadBillOptions): Promise<LoadedBill> {
  const { files, onProgress } = options;
  const [firstFile] = files;
  if (firstFile === undefined) throw new CloudActError('usage_invalid', { detail: 'A run needs at least one file.' });

  const first = await inspectFile(session, firstFile);
  const format = detectFormat(first.names, options.from, first.path);
  const known: Omit<LoadProgress, 'stage' | 'share'> = { provider: format.id };
  const landed = await landFiles(session, format, files, {
    table: RAW,
    ...(onProgress && {
      onProgress: ({ share }) => onProgress({ ...known, stage: 'reading', share: shareOf('reading', share) }),
    }),
    ...(options.signal && { signal: options.signal }),
  });
  known.rowsRead = landed.rows;
  const { plan, table: rawTable } = landed;

  const during = <T>(stage: LoadProgress['stage'], work: () => Promise<T>): Promise<T> =>
    whileReporting(session, stage, known, onProgress, work);

  await during('converting', () =>
    session.run(`CREATE OR REPLACE TEMP TABLE ${quoteName(COST)} AS ${costRows(plan, rawTable)}`),
  );
  const billingPeriods = await during('checking', () => checkTotals(session, plan, rawTable, quoteName(COST)));
  if (billingPeriods.length === 0) {
    throw new CloudActError('load_refused', {
      detail: 'The files have no rows, so it is not known which billing period they are for. Deliver the bill again.',
    });
  }
  const { dataVersion, rows } = await during('publishing', async () =>
    session.replacePartitions({
      integrationId: options.integrationId,
      billingPeriods,
      costTable: COST,
      raw: { name: rawTableName(format), table: await stageRawRows(session, rawTable, quoteName(COST)) },
      runId: options.runId,
      extractedAt: options.extractedAt,
    }),
  );
  return { provider: format.id, billingPeriods, rowsRead: landed.rows, rowsWritten: rows, dataVersion };
}

/** FOCUS rows, with the columns of our own as text, which is how the cost table keeps them. */
function costRows(plan: BillPlan, rawTable: string): string {
  const texts = plan.extensionColumns.map((name) => `CAST(${quoteName(name)} AS VARCHAR) AS ${quoteName(name)}`);
  const columns = texts.length === 0 ? '*' : `* REPLACE (${texts.join(', ')})`;
  return `SELECT ${columns} FROM (${plan.toFocus(rawTable)}) AS focus_rows`;
}

/** For example `raw_aws_cur`. */
function rawTableName(format: BillFormat): string {
  return `raw_${format.id.replaceAll(/[^a-z0-9]+/g, '_')}`;
}
