import { costAndUsageColumns, sqlType } from '@cloudact/core/focus';
import type { LoadSession } from '@cloudact/core/warehouse';
import { type LoadBillOptions, type LoadedBill, rawTableName } from './load-bill.ts';

/**
 * Puts nothing in the place of what (organisation, integration, billing period) held, for a period that the source has
 * taken back. `formatId` says whose raw rows go with it. The load is recorded like any other.
 */
export async function emptyPeriod(
  session: LoadSession,
  formatId: string,
  billingPeriod: string,
  { integrationId, runId, extractedAt, sourceTokens }: Omit<LoadBillOptions, 'files' | 'from' | 'onlyPeriods'>,
): Promise<LoadedBill> {
  await stageNoCost(session);
  await session.run('CREATE OR REPLACE TEMP TABLE no_raw (billing_period DATE)');
  const { dataVersion, rows } = await session.replacePartitions({
    integrationId,
    billingPeriods: [billingPeriod],
    costTable: 'no_cost',
    raw: { name: rawTableName(formatId), table: 'no_raw' },
    runId,
    extractedAt,
    ...(sourceTokens && { sourceTokens }),
  });
  return { provider: formatId, billingPeriods: [billingPeriod], rowsRead: 0, rowsWritten: rows, dataVersion };
}

/** `no_cost`: a cost table without rows. */
export async function stageNoCost(session: LoadSession): Promise<void> {
  const columns = costAndUsageColumns.map((column) => `${column.id} ${sqlType(column, 'duckdb')}`);
  await session.run(`CREATE OR REPLACE TEMP TABLE no_cost (${columns.join(', ')})`);
}
