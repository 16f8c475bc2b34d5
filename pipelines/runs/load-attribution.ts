import { CloudActError } from '@cloudact/core/errors';
import { datasetTables, type LoadSession, usageAttributionColumns } from '@cloudact/core/warehouse';
import { landFiles, quoteText } from '../landing/index.ts';
import { attributionFormat } from '../providers/attribution-file/index.ts';
import { stageNoCost } from './empty-period.ts';
import type { LoadBillOptions, LoadedBill } from './load-bill.ts';
import { splitAgain } from './split-again.ts';
import { shareOf } from './stages.ts';

/**
 * Files that tell who usage was for → the organisation's table of attribution, in place of what the same integration told of these
 * billing periods; then the bills of these periods are split anew. Makes no cost, and no total changes.
 *
 * Throws what `landFiles` throws, `file_format_unknown` for files that tell something else, and `load_refused` when they tell of nothing,
 * or the integration has charges of its own.
 */
export async function loadAttribution(
  session: LoadSession,
  options: Omit<LoadBillOptions, 'from' | 'prices' | 'heldFrom'>,
): Promise<LoadedBill> {
  const { files, integrationId, runId, extractedAt, sourceTokens, onProgress, signal } = options;
  const landed = await landFiles(session, attributionFormat, files, {
    ...(onProgress && {
      onProgress: ({ share }: { share: number }) =>
        onProgress({ provider: attributionFormat.id, stage: 'reading', share: shareOf('reading', share) }),
    }),
    ...(signal && { signal }),
  });
  const only = options.onlyPeriods?.map((period) => `CAST(${quoteText(period)} AS DATE)`).join(', ');
  await session.run(`CREATE OR REPLACE TEMP TABLE ${TOLD} AS
    SELECT CAST(date_trunc('month', charge_date) AS DATE) AS BillingPeriodStart, ${Object.keys(usageAttributionColumns).join(', ')}
    FROM (${attributionFormat.select(landed.table)}) AS told
    WHERE ${only === undefined ? 'true' : `CAST(date_trunc('month', charge_date) AS DATE) IN (${only})`}`);
  const months = await session.rows<{ period: string; rows: string }>(
    `SELECT CAST(BillingPeriodStart AS VARCHAR) AS period, count(*) AS rows FROM ${TOLD} GROUP BY 1 ORDER BY 1`,
  );
  const billingPeriods = [...(options.onlyPeriods ?? months.map(({ period }) => period))];
  const rowsRead = months.reduce((sum, { rows }) => sum + Number(rows), 0);
  await stageNoCost(session);
  const replace = (tokens?: Readonly<Record<string, string>>) =>
    session.replacePartitions({
      integrationId,
      billingPeriods,
      costTable: 'no_cost',
      usageAttributionTable: TOLD,
      runId,
      extractedAt,
      ...(tokens && { sourceTokens: tokens }),
    });
  if (billingPeriods.length === 0) throw nothingTold();
  await refuseCharges(session, integrationId, billingPeriods);
  await replace();
  await splitAgain(session, { billingPeriods, runId });
  // The token says that all of it is done: killed before, the delivery is read again.
  const { dataVersion } = await replace(sourceTokens);
  return { provider: attributionFormat.id, billingPeriods, rowsRead, rowsWritten: 0, dataVersion };
}

/** A billing period of an integration is replaced as a whole: attribution under the name of a bill would take its charges away. */
async function refuseCharges(session: LoadSession, integrationId: string, billingPeriods: readonly string[]) {
  const periods = billingPeriods.map((period) => `CAST(${quoteText(period)} AS DATE)`).join(', ');
  const charges = await session.rows<{ period: string }>(
    `SELECT CAST(BillingPeriodStart AS VARCHAR) AS period FROM ${datasetTables.loads}
    WHERE org_slug = $org_slug AND x_IntegrationId = $integration AND BillingPeriodStart IN (${periods}) AND "Rows" > 0 ORDER BY 1`,
    { integration: integrationId },
  );
  if (charges.length === 0) return;
  throw new CloudActError('load_refused', {
    detail: `${integrationId} has charges of ${charges.map(({ period }) => period).join(', ')}, which the files, that tell who usage was for, would replace. They stay as they are. Load the files under an integration of their own.`,
  });
}

function nothingTold(): CloudActError {
  return new CloudActError('load_refused', {
    detail: 'The files tell of no usage, so it is not known which billing period they are for. Nothing was changed.',
  });
}

const TOLD = 'loaded_attribution';
