import { CloudActError } from '@cloudact/core/errors';
import { costAndUsageColumnIds } from '@cloudact/core/focus';
import { datasetTables, type LoadSession } from '@cloudact/core/warehouse';
import { quoteName, quoteText } from '../landing/index.ts';
import { createPriceBook, readOverrides, repriceDifferences } from '../prices/index.ts';
import { billFormats } from '../providers/registry.ts';
import { checkTotals } from '../reconcile/index.ts';
import { usageExtensionColumns } from '../usage/index.ts';
import { closedPeriods } from './closed-periods.ts';
import { rawTableName } from './load-bill.ts';
import { COST, prepareBill, pricesInForce, recordedPrices, stageCharges, stagedBeside } from './staged-tables.ts';
import { type StoredRows, storedColumns, storedSql } from './stored-rows.ts';

export interface ReplayOptions {
  integrationId: string;
  /** Id of the format in which the rows were loaded. */
  format: string;
  /** First days of the billing periods to compute anew, `YYYY-MM-01`. */
  billingPeriods: readonly string[];
  /**
   * The organisation's own prices, as `prices/README.md` has them: with `commit` they are recorded, and hold for what is loaded
   * later. Default: the prices in force for the organisation.
   */
  ownPrices?: unknown;
  /** Puts the new rows in the place of the old ones. Without it nothing changes: the differences are looked at only. */
  commit: boolean;
  runId: string;
}

/** What another price book makes of usage that was loaded before. */
export interface Replay {
  /** Version of the book. */
  priceBook: string;
  /** The rows are the same to the last byte: nothing was to be replaced. */
  isSame: boolean;
  /** Where figures differ: one entry per day, model, meter and currency. */
  differences: ReplayDifference[];
  committed: boolean;
}

/** Money is decimal text in the currency; after less before. Null where some of the rows have no such cost. */
export interface ReplayDifference {
  /** UTC, `YYYY-MM-DD`. */
  day: string;
  /** As delivered. */
  model: string | null;
  sku_meter: string | null;
  currency: string | null;
  rows_before: string;
  rows_after: string;
  rows_changed: string;
  billed_before: string | null;
  billed_after: string | null;
  billed_difference: string | null;
  list_before: string | null;
  list_after: string | null;
  list_difference: string | null;
  effective_before: string | null;
  effective_after: string | null;
  effective_difference: string | null;
  unpriced_before: string;
  unpriced_after: string;
}

/**
 * Prices usage again that is in place, from the raw rows as they were delivered, and says what changes. With `commit` the billing
 * periods are replaced, in one transaction, and keep the token of their delivery. An unchanged book changes nothing.
 *
 * Throws `not_found` when nothing is loaded in this format for the periods, `usage_invalid` for an unknown format,
 * `settings_invalid` for own prices that cannot be read, `totals_differ`.
 */
export async function replayPeriods(session: LoadSession, options: ReplayOptions): Promise<Replay> {
  const { integrationId, billingPeriods, ownPrices } = options;
  const prices =
    ownPrices === undefined ? await pricesInForce(session) : createPriceBook({ overrides: readOverrides(ownPrices) });
  const format = billFormats.find(({ id }) => id === options.format);
  if (!format) throw new CloudActError('usage_invalid', { detail: `There is no format "${options.format}".` });
  const stored = { integrationId, billingPeriods, table: rawTableName(format.id) };
  const columns = await storedColumns(session, stored);
  const missing = columns.length === 0 ? billingPeriods : await periodsWithoutRows(session, stored);
  if (missing.length > 0) {
    throw new CloudActError('not_found', {
      detail: `Nothing of ${missing.join(', ')} is loaded for ${integrationId} as ${format.id}, so there is nothing to price again. Nothing was changed.`,
    });
  }
  const plan = format.plan(columns.filter((name) => !name.startsWith('x_Source')));
  const absent = plan.columns
    .filter(({ raw }) => !columns.includes(raw))
    .map(({ raw }) => `CAST(NULL AS VARCHAR) AS "${raw}"`);
  await session.run(
    `CREATE OR REPLACE TEMP TABLE ${RAW} AS SELECT *${absent.map((column) => `, ${column}`).join('')} FROM (${storedSql(stored, columns)}) AS stored`,
    { integration: integrationId },
  );
  const bill = { plan, table: RAW };
  await prepareBill(session, bill, prices);
  await stageCharges(session, bill);
  await checkTotals(
    session,
    plan,
    RAW,
    `SELECT BillingPeriodStart, BillingCurrency, InvoiceId, BilledCost FROM ${COST}`,
  );
  const beside = await stagedBeside(session, bill);
  const bound = { integration: integrationId };
  const [before, after] = [`(${beforeSql(stored)})`, `(${sidesSql([COST, beside.unpricedUsageTable])})`];
  const isSame = (await fingerprint(session, before, bound)) === (await fingerprint(session, after));
  const differences = isSame ? [] : await session.rows<ReplayDifference>(repriceDifferences({ before, after }), bound);
  const document = ownPrices === undefined ? undefined : JSON.stringify(ownPrices);
  const isRecorded = document === undefined || document === (await recordedPrices(session));
  const committed = options.commit && !(isSame && isRecorded);
  if (committed) {
    const loads = await loadsInPlace(session, stored);
    const extractedAt = loads
      .map(({ at }) => at)
      .sort()
      .at(-1)!;
    await session.replacePartitions({
      integrationId,
      billingPeriods,
      costTable: COST,
      ...beside,
      ...(document !== undefined && !isRecorded && { ownPrices: document }),
      runId: options.runId,
      extractedAt,
      closedPeriods: await closedPeriods(session, COST, extractedAt),
      sourceTokens: Object.fromEntries(loads.flatMap(({ period, token }) => (token === null ? [] : [[period, token]]))),
    });
  }
  return { priceBook: prices.version, isSame, differences, committed };
}

const RAW = 'replay_raw';
const COLUMNS = [...costAndUsageColumnIds, ...usageExtensionColumns, 'x_SourceFile', 'x_SourceRow']
  .map(quoteName)
  .join(', ');

function sidesSql(tables: readonly (string | undefined)[]): string {
  const named = tables.filter((table) => table !== undefined);
  return named.map((table) => `SELECT ${COLUMNS} FROM ${table}`).join(' UNION ALL ');
}

function beforeSql({ billingPeriods }: StoredRows): string {
  const months = billingPeriods.map((period) => `CAST(${quoteText(period)} AS DATE)`).join(', ');
  const of = `org_slug = $org_slug AND x_IntegrationId = $integration AND CAST(date_trunc('month', BillingPeriodStart) AS DATE) IN (${months})`;
  return [datasetTables.cost, datasetTables.unpricedUsage]
    .map((table) => `SELECT ${COLUMNS} FROM ${table} WHERE ${of}`)
    .join(' UNION ALL ');
}

/** Equal for the same rows in any order, to the last byte of every column. */
async function fingerprint(session: LoadSession, rows: string, params?: Record<string, string>): Promise<string> {
  const [print] = await session.rows<{ print: string }>(
    `SELECT concat_ws(' ', count(*), sum(CAST(hash(${COLUMNS}) AS HUGEINT))) AS print FROM ${rows}`,
    params,
  );
  return print!.print;
}

/** Periods that were never loaded, or whose charges were made of rows in another format, which nothing would take the place of. */
async function periodsWithoutRows(session: LoadSession, stored: StoredRows): Promise<string[]> {
  const kept = await session.rows<{ period: string }>(
    `SELECT CAST(BillingPeriodStart AS VARCHAR) AS period FROM ${datasetTables.loads} AS loads
    WHERE org_slug = $org_slug AND x_IntegrationId = $integration AND ("Rows" = 0 OR BillingPeriodStart IN (
      SELECT billing_period FROM (${storedSql(stored, ['billing_period'])}) AS stored))`,
    { integration: stored.integrationId },
  );
  const found = new Set(kept.map(({ period }) => period));
  return stored.billingPeriods.filter((period) => !found.has(period));
}

async function loadsInPlace(session: LoadSession, { integrationId, billingPeriods }: StoredRows) {
  const months = billingPeriods.map((period) => `CAST(${quoteText(period)} AS DATE)`).join(', ');
  return session.rows<{ period: string; at: string; token: string | null }>(
    `SELECT CAST(BillingPeriodStart AS VARCHAR) AS period, strftime(ExtractedAt, '%Y-%m-%dT%H:%M:%S.%gZ') AS at, SourceToken AS token
    FROM ${datasetTables.loads} WHERE org_slug = $org_slug AND x_IntegrationId = $integration AND BillingPeriodStart IN (${months})`,
    { integration: integrationId },
  );
}
