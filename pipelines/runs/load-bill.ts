import { CloudActError } from '@cloudact/core/errors';
import { datasetTables, type LoadSession } from '@cloudact/core/warehouse';
import { inspectFile, type LandedBill, landFiles, quoteName, quoteText, withoutUnloadable } from '../landing/index.ts';
import type { PriceBook } from '../prices/index.ts';
import { detectFormat } from '../providers/registry.ts';
import { checkTotals } from '../reconcile/index.ts';
import { closedPeriods } from './closed-periods.ts';
import { COST, prepareBill, stageCharges, stagedBeside } from './staged-tables.ts';
import { type FileStage, type LoadProgress, type ReportLoad, shareOf, whileReporting } from './stages.ts';
import { storedColumns, storedSql } from './stored-rows.ts';

export interface LoadBillOptions {
  integrationId: string;
  /** Paths of all files of one export, of one format; whole billing periods. */
  files: readonly string[];
  /** Id of a format, or `auto`. */
  from: string;
  runId: string;
  /** ISO 8601, UTC. */
  extractedAt: string;
  /**
   * First days of the billing periods to load, `YYYY-MM-01`: they are replaced by what the files hold of them, which may
   * be nothing, and rows of other periods are left out. Without it: every period that the files hold.
   */
  onlyPeriods?: readonly string[];
  /**
   * The source tells of charges from this day on only, `YYYY-MM-DD`: what is in place of earlier days of `onlyPeriods` stays.
   */
  heldFrom?: string;
  /** By billing period, what the delivery is known by; kept with the load. */
  sourceTokens?: Readonly<Record<string, string>>;
  /** What usage is priced by. Default: the published prices. */
  prices?: PriceBook;
  onProgress?: ReportLoad;
  signal?: AbortSignal;
}

export interface LoadedBill {
  /** Id of the format that the files were read in. */
  provider: string;
  /** First days of the billing periods that were replaced, `YYYY-MM-01`, in order. */
  billingPeriods: string[];
  /** Rows of the files, as far as they are of the billing periods to load. */
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
  const during = <T>(stage: FileStage, work: () => Promise<T>): Promise<T> =>
    whileReporting(stage, known, onProgress, () => session.progress() ?? 0, work);

  const report = ({ share }: { share: number }) =>
    onProgress?.({ provider: format.id, stage: 'reading', share: shareOf('reading', share) });
  const landed = await landFiles(session, format, files, {
    ...(onProgress && { onProgress: report }),
    ...(signal && { signal }),
  });
  const bill = await withHeldRows(session, await ofPeriods(session, landed, options), format.id, options);
  known.rowsRead = bill.rows;

  await during('converting', async () => {
    await prepareBill(session, bill, options.prices);
    await stageCharges(session, bill);
  });
  const billingPeriods = await during('checking', async () => {
    await withoutUnloadable(session, bill, COST);
    const focus = `SELECT BillingPeriodStart, BillingCurrency, InvoiceId, BilledCost FROM ${COST}`;
    const totals = await checkTotals(session, bill.plan, bill.table, focus);
    if (format.isUsage && options.onlyPeriods)
      await refuseSilence(session, bill, options.onlyPeriods, options.integrationId);
    return [...(options.onlyPeriods ?? new Set(totals.map(({ billingPeriod }) => billingPeriod)))];
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
      ...(await stagedBeside(session, bill)),
      raw: { name: rawTableName(format.id), table: RAW },
      runId: options.runId,
      extractedAt: options.extractedAt,
      closedPeriods: await closedPeriods(session, COST, options.extractedAt),
      ...(options.sourceTokens && { sourceTokens: options.sourceTokens }),
    });
  });
  return { provider: format.id, billingPeriods, rowsRead: bill.rows, rowsWritten: rows, dataVersion };
}

const RAW = 'staged_raw';

/**
 * Leaves the rows of other billing periods out, before anything is computed of them. A row that has none stays, so that
 * it cannot vanish unseen. Throws `load_refused` when that leaves nothing for a period that has charges: it is more
 * likely a delivery in the wrong place than a month that has become free.
 */
async function ofPeriods(
  session: LoadSession,
  bill: LandedBill,
  { onlyPeriods, integrationId }: LoadBillOptions,
): Promise<LandedBill> {
  if (!onlyPeriods) return bill;
  const wanted = onlyPeriods.map((period) => `CAST(${quoteText(period)} AS DATE)`).join(', ');
  await session.run(`DELETE FROM ${bill.table} WHERE (${bill.plan.billingPeriod}) NOT IN (${wanted})`);
  const [left] = await session.rows<{ rows: string }>(`SELECT count(*) AS rows FROM ${bill.table}`);
  const rows = Number(left!.rows);
  if (rows === 0 && bill.rows > 0 && (await hasCharges(session, onlyPeriods, integrationId))) {
    throw new CloudActError('load_refused', {
      detail: `The files have ${bill.rows} rows, and none of them is of ${onlyPeriods.join(', ')}, which has charges. They stay as they are. Check that the source delivers each month in its place.`,
    });
  }
  return { ...bill, rows };
}

/** An API that answers with empty lists does not say that its usage is taken back: more likely a right was. */
async function refuseSilence(
  session: LoadSession,
  { plan, table }: LandedBill,
  periods: readonly string[],
  integrationId: string,
): Promise<void> {
  const told = [
    `SELECT 1 FROM ${COST}`,
    ...(plan.unpricedUsage ? [`SELECT 1 FROM (${plan.unpricedUsage(table)})`] : []),
  ];
  const [staged] = await session.rows<{ rows: string }>(
    `SELECT count(*) AS rows FROM (${told.join(' UNION ALL ')}) AS told`,
  );
  if (Number(staged!.rows) > 0 || !(await hasCharges(session, periods, integrationId))) return;
  throw new CloudActError('load_refused', {
    detail: `The source tells of no usage and no cost in ${periods.join(', ')}, which has charges. They stay as they are. Check what the key of the connection may read.`,
  });
}

async function hasCharges(session: LoadSession, periods: readonly string[], integrationId: string): Promise<boolean> {
  const months = periods.map((period) => `CAST(${quoteText(period)} AS DATE)`).join(', ');
  const charges = await session.rows(
    `SELECT 1 AS found FROM ${datasetTables.loads} WHERE org_slug = $org_slug AND x_IntegrationId = $integration
    AND BillingPeriodStart IN (${months}) AND "Rows" > 0`,
    { integration: integrationId },
  );
  return charges.length > 0;
}

/** Adds the rows in place of days that the source tells of no longer. */
async function withHeldRows(
  session: LoadSession,
  bill: LandedBill,
  formatId: string,
  { heldFrom, onlyPeriods, integrationId }: LoadBillOptions,
): Promise<LandedBill> {
  const { chargeDay } = bill.plan;
  if (heldFrom === undefined || chargeDay === undefined || !onlyPeriods) return bill;
  const stored = { integrationId, billingPeriods: onlyPeriods, table: rawTableName(formatId) };
  const landed = new Set([...bill.plan.columns.map(({ raw }) => raw), 'x_SourceFile', 'x_SourceRow']);
  const columns = (await storedColumns(session, stored)).filter((name) => landed.has(name));
  if (columns.length === 0) return bill;
  const earlier = `(${chargeDay}) < CAST(${quoteText(heldFrom)} AS DATE)`;
  await session.run(
    `INSERT INTO ${bill.table} (${columns.map(quoteName).join(', ')}) ${storedSql(stored, columns, earlier)}`,
    { integration: integrationId },
  );
  const [all] = await session.rows<{ rows: string }>(`SELECT count(*) AS rows FROM ${bill.table}`);
  return { ...bill, rows: Number(all!.rows) };
}

/** Where the rows of a format are kept as delivered, for example `raw_aws_cur`. */
export function rawTableName(formatId: string): string {
  return `raw_${formatId.replaceAll(/[^a-z0-9]+/g, '_')}`;
}
