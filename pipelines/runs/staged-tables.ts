import {
  datasetTables,
  type LoadSession,
  type PartitionReplacement,
  usageAttributionColumns,
} from '@cloudact/core/warehouse';
import { type LandedBill, quoteName } from '../landing/index.ts';
import { createPriceBook, listBook, type PriceBook, readOverrides } from '../prices/index.ts';
import type { BillPlan } from '../providers/bill-format.ts';

/** A bill of which only the raw rows count: landed from files, or taken from where they were loaded before. */
type Bill = Pick<LandedBill, 'plan' | 'table'>;

/** The staged cost rows. */
export const COST = 'staged_cost';
const COMMITMENTS = 'staged_commitments';
const UNPRICED = 'staged_unpriced';
const TOLD = 'staged_attribution';

/** Gives a bill of usage its prices (default: those in force for the organisation), and who the usage was for as far as anybody told. */
export async function prepareBill(session: LoadSession, { plan, table }: Bill, prices?: PriceBook): Promise<void> {
  if (!plan.prepare) return;
  const attribution = await stagedAttribution(session);
  await plan.prepare(session, table, { prices: prices ?? (await pricesInForce(session)), ...attribution });
}

/** The organisation's own prices as they were recorded last; null where there are none. */
export async function recordedPrices(session: LoadSession): Promise<string | null> {
  const [last] = await session.rows<{ document: string }>(
    `SELECT Document AS document FROM ${datasetTables.ownPrices} WHERE org_slug = $org_slug ORDER BY RecordedAt DESC LIMIT 1`,
  );
  return last?.document ?? null;
}

/** The published prices, with the organisation's own above them. */
export async function pricesInForce(session: LoadSession): Promise<PriceBook> {
  const document = await recordedPrices(session);
  return document === null ? listBook() : createPriceBook({ overrides: readOverrides(JSON.parse(document)) });
}

/** FOCUS rows, with the columns of our own as text, which is how the cost table keeps them. */
export async function stageCharges(session: LoadSession, { plan, table }: Bill): Promise<void> {
  await session.run(`CREATE OR REPLACE TEMP TABLE ${COST} AS ${withTexts(plan, plan.toFocus(table))}`);
}

/**
 * What goes beside the cost rows: the commitments that the bill tells of, and the usage that waits for its price. Each
 * replaces what the same bill said before, never another's word.
 */
export async function stagedBeside(
  session: LoadSession,
  { plan, table }: Bill,
): Promise<Pick<PartitionReplacement, 'contractCommitmentTable' | 'unpricedUsageTable'>> {
  if (plan.contractCommitments) {
    await session.run(`CREATE OR REPLACE TEMP TABLE ${COMMITMENTS} AS ${plan.contractCommitments(table)}`);
  }
  if (plan.unpricedUsage) {
    await session.run(`CREATE OR REPLACE TEMP TABLE ${UNPRICED} AS ${withTexts(plan, plan.unpricedUsage(table))}`);
  }
  return {
    ...(plan.contractCommitments && { contractCommitmentTable: COMMITMENTS }),
    ...(plan.unpricedUsage && { unpricedUsageTable: UNPRICED }),
  };
}

function withTexts({ extensionColumns }: BillPlan, select: string): string {
  const texts = extensionColumns.map((name) => `CAST(${quoteName(name)} AS VARCHAR) AS ${quoteName(name)}`);
  return `SELECT * ${texts.length > 0 ? `REPLACE (${texts.join(', ')})` : ''} FROM (${select}) AS charges`;
}

async function stagedAttribution(session: LoadSession): Promise<{ attribution?: string }> {
  await session.run(`CREATE OR REPLACE TEMP TABLE ${TOLD} AS
    SELECT ${Object.keys(usageAttributionColumns).join(', ')} FROM ${datasetTables.usageAttribution} WHERE org_slug = $org_slug`);
  const [told] = await session.rows<{ rows: string }>(`SELECT count(*) AS rows FROM ${TOLD}`);
  return Number(told!.rows) > 0 ? { attribution: TOLD } : {};
}
