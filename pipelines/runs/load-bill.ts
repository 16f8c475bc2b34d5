import { CloudActError } from '@cloudact/core/errors';
import type { LoadSession } from '@cloudact/core/warehouse';
import { inspectFile, type LandedBill, landFiles, quoteName, quoteText } from '../landing/index.ts';
import type { BillFormat } from '../providers/bill-format.ts';
import { detectFormat } from '../providers/registry.ts';
import { checkTotals } from './check-totals.ts';
import { rawRows } from './raw-rows.ts';
import { groupSources, type SourceGroup } from './source-groups.ts';
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

/** A group of files on its way: what was landed, and the names of its staged tables. */
interface StagedGroup {
  readonly landed: LandedBill;
  readonly cost: string;
  readonly raw: string;
  /** SQL for the name of the file that a row is from. */
  readonly sourceFile: (column: string) => string;
}

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
  let part = () => session.progress() ?? 0;
  const during = <T>(stage: LoadProgress['stage'], work: () => Promise<T>): Promise<T> =>
    whileReporting(stage, known, onProgress, () => part(), work);

  const groups = await land(session, format, options);
  const rowsRead = groups.reduce((sum, { landed }) => sum + landed.rows, 0);
  known.rowsRead = rowsRead;

  await during('converting', async () => {
    for (const [index, group] of groups.entries()) {
      part = () => (index + (session.progress() ?? 0)) / groups.length;
      await stageCharges(session, group);
    }
  });
  part = () => 0;
  const billingPeriods = await during('checking', async () => {
    const periods = new Set<string>();
    for (const { landed, cost } of groups) {
      for (const period of await checkTotals(session, landed.plan, landed.table, cost)) periods.add(period);
    }
    return [...periods].sort();
  });
  if (billingPeriods.length === 0) {
    throw new CloudActError('load_refused', {
      detail: 'The files have no rows, so it is not known which billing period they are for. Deliver the bill again.',
    });
  }
  const { dataVersion, rows } = await during('publishing', async () => {
    for (const { landed, raw, cost, sourceFile } of groups) {
      await session.run(`CREATE OR REPLACE TEMP TABLE ${raw} AS ${rawRows(landed.table, cost, sourceFile)}`);
    }
    return session.replacePartitions({
      integrationId: options.integrationId,
      billingPeriods,
      costTable: await together(
        session,
        'staged_cost',
        groups.map(({ cost }) => cost),
      ),
      raw: {
        name: rawTableName(format),
        table: await together(
          session,
          'staged_raw',
          groups.map(({ raw }) => raw),
        ),
      },
      runId: options.runId,
      extractedAt: options.extractedAt,
    });
  });
  return { provider: format.id, billingPeriods, rowsRead, rowsWritten: rows, dataVersion };
}

async function land(session: LoadSession, format: BillFormat, options: LoadBillOptions): Promise<StagedGroup[]> {
  const { files, onProgress, signal } = options;
  const groups = groupSources(files);
  const staged: StagedGroup[] = [];
  let filesRead = 0;
  for (const [index, group] of groups.entries()) {
    const report = ({ share }: { share: number }) => {
      const part = (filesRead + group.files.length * share) / files.length;
      onProgress?.({ provider: format.id, stage: 'reading', share: shareOf('reading', part) });
    };
    const landed = await landFiles(session, format, group.files, {
      table: `raw_bill_${index}`,
      ...(onProgress && { onProgress: report }),
      ...(signal && { signal }),
    });
    filesRead += group.files.length;
    staged.push({
      landed,
      cost: quoteName(`staged_cost_${index}`),
      raw: quoteName(`staged_raw_${index}`),
      sourceFile: (column) => sourceFileSql(column, group),
    });
  }
  return staged;
}

/** FOCUS rows, with the columns of our own as text, which is how the cost table keeps them. */
async function stageCharges(session: LoadSession, { landed, cost, sourceFile }: StagedGroup): Promise<void> {
  const { plan, table } = landed;
  const replaced = [
    ...plan.extensionColumns.map((name) => `CAST(${quoteName(name)} AS VARCHAR) AS ${quoteName(name)}`),
    `${sourceFile('x_SourceFile')} AS x_SourceFile`,
  ];
  await session.run(
    `CREATE OR REPLACE TEMP TABLE ${cost} AS
     SELECT * REPLACE (${replaced.join(', ')}) FROM (${plan.toFocus(table)}) AS charges`,
  );
}

function sourceFileSql(column: string, { names }: SourceGroup): string {
  const cases = [...names].filter(([base, name]) => base !== name);
  if (cases.length === 0) return column;
  return `CASE ${column} ${cases.map(([base, name]) => `WHEN ${quoteText(base)} THEN ${quoteText(name)}`).join(' ')} ELSE ${column} END`;
}

/** A view over the tables of all groups; a column that a group does not have is null there. */
async function together(session: LoadSession, view: string, tables: readonly string[]): Promise<string> {
  const selects = tables.map((table) => `SELECT * FROM ${table}`);
  await session.run(`CREATE OR REPLACE TEMP VIEW ${view} AS ${selects.join(' UNION ALL BY NAME ')}`);
  return view;
}

/** For example `raw_aws_cur`. */
function rawTableName(format: BillFormat): string {
  return `raw_${format.id.replaceAll(/[^a-z0-9]+/g, '_')}`;
}
