import { CloudActError } from '@cloudact/core/errors';
import type { LoadSession } from '@cloudact/core/warehouse';
import { inspectFile, type LandedBill, landFiles, quoteName, withoutUnloadable } from '../landing/index.ts';
import type { BillFormat } from '../providers/bill-format.ts';
import { detectFormat } from '../providers/registry.ts';
import { checkTotals } from '../reconcile/index.ts';
import { closedPeriods } from './closed-periods.ts';
import { type LoadProgress, type ReportLoad, shareOf, whileReporting } from './stages.ts';

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

/**
 * Files → raw rows → FOCUS rows → totals compared with the source → in place of what (organisation, integration,
 * billing period) held, in one transaction. Until then nothing that a reader sees has changed.
 */
export async function loadBill(session: LoadSession, options: LoadBillOptions): Promise<LoadedBill> {
  const { files, onProgress, signal } = options;
  const [firstFile] = files;
  if (firstFile === undefined) throw new CloudActError('usage_invalid', { detail: 'A run needs at least one file.' });

  const first = await inspectFile(session, firstFile);
  const format = detectFormat(first.names, options.from, first.path);
  const known: Omit<LoadProgress, 'stage' | 'share'> = { provider: format.id };
  const during = <T>(stage: LoadProgress['stage'], work: () => Promise<T>): Promise<T> =>
    whileReporting(stage, known, onProgress, () => session.progress() ?? 0, work);

  const report = ({ share }: { share: number }) =>
    onProgress?.({ provider: format.id, stage: 'reading', share: shareOf('reading', share) });
  const bill = await landFiles(session, format, files, {
    ...(onProgress && { onProgress: report }),
    ...(signal && { signal }),
  });
  known.rowsRead = bill.rows;

  await during('converting', () => stageCharges(session, bill));
  const billingPeriods = await during('checking', async () => {
    await withoutUnloadable(session, bill, COST);
    const focus = `SELECT BillingPeriodStart, BillingCurrency, InvoiceId, BilledCost FROM ${COST}`;
    const totals = await checkTotals(session, bill.plan, bill.table, focus);
    return [...new Set(totals.map(({ billingPeriod }) => billingPeriod))];
  });
  if (billingPeriods.length === 0) {
    throw new CloudActError('load_refused', {
      detail: 'The files have no rows, so it is not known which billing period they are for. Deliver the bill again.',
    });
  }
  const { dataVersion, rows } = await during('publishing', async () => {
    await session.run(
      `CREATE OR REPLACE TEMP VIEW ${RAW} AS SELECT *, ${bill.plan.billingPeriod} AS billing_period FROM ${bill.table}`,
    );
    return session.replacePartitions({
      integrationId: options.integrationId,
      billingPeriods,
      costTable: COST,
      raw: { name: rawTableName(format), table: RAW },
      runId: options.runId,
      extractedAt: options.extractedAt,
      closedPeriods: await closedPeriods(session, COST, options.extractedAt),
    });
  });
  return { provider: format.id, billingPeriods, rowsRead: bill.rows, rowsWritten: rows, dataVersion };
}

const COST = 'staged_cost';
const RAW = 'staged_raw';

/** FOCUS rows, with the columns of our own as text, which is how the cost table keeps them. */
async function stageCharges(session: LoadSession, { plan, table }: LandedBill): Promise<void> {
  const texts = plan.extensionColumns.map((name) => `CAST(${quoteName(name)} AS VARCHAR) AS ${quoteName(name)}`);
  const replace = texts.length > 0 ? `REPLACE (${texts.join(', ')})` : '';
  await session.run(
    `CREATE OR REPLACE TEMP TABLE ${COST} AS SELECT * ${replace} FROM (${plan.toFocus(table)}) AS charges`,
  );
}

/** For example `raw_aws_cur`. */
function rawTableName(format: BillFormat): string {
  return `raw_${format.id.replaceAll(/[^a-z0-9]+/g, '_')}`;
}
