import { datasetTables, type LoadSession } from '@cloudact/core/warehouse';
import { quoteName, quoteText } from '../landing/index.ts';

/** Rows of a raw table that are in place, for one integration and some billing periods. */
export interface StoredRows {
  integrationId: string;
  /** `YYYY-MM-01`. */
  billingPeriods: readonly string[];
  /** As `rawTableName` names it. */
  table: string;
}

/**
 * The raw columns that are in place, in their order, without those that the warehouse writes itself; none where nothing of these
 * periods was ever loaded.
 */
export async function storedColumns(session: LoadSession, stored: StoredRows): Promise<string[]> {
  const [loads] = await session.rows<{ loads: string }>(
    `SELECT count(*) AS loads FROM ${datasetTables.loads} WHERE org_slug = $org_slug AND x_IntegrationId = $integration
      AND BillingPeriodStart IN (${dates(stored.billingPeriods)})`,
    { integration: stored.integrationId },
  );
  if (Number(loads!.loads) === 0) return [];
  const columns = await session
    .rows<{ column_name: string }>(`DESCRIBE SELECT * FROM ${quoteName(stored.table)} WHERE org_slug = $org_slug`)
    .catch(noSuchTable);
  return columns.map(({ column_name }) => column_name).filter((name) => !OWN.has(name));
}

/** SELECT of these columns of the stored rows. `$integration` is to be bound. */
export function storedSql(
  { table, billingPeriods }: StoredRows,
  columns: readonly string[],
  condition = 'true',
): string {
  return `SELECT ${columns.map(quoteName).join(', ')} FROM ${quoteName(table)}
    WHERE org_slug = $org_slug AND x_IntegrationId = $integration AND billing_period IN (${dates(billingPeriods)}) AND ${condition}`;
}

/** Nothing was ever loaded in this format. */
export function noSuchTable(error: unknown): [] {
  if (error instanceof Error && /does not exist/.test(error.message)) return [];
  throw error;
}

const OWN = new Set(['org_slug', 'x_IntegrationId', 'billing_period']);

function dates(billingPeriods: readonly string[]): string {
  return billingPeriods.map((period) => `CAST(${quoteText(period)} AS DATE)`).join(', ');
}
