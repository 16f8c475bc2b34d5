import { CloudActError, type InputFault } from '@cloudact/core/errors';
import type { LandingSession } from '../landing/index.ts';
import type { BillPlan } from '../providers/bill-format.ts';
import { type ReconciledTotal, reconcile, ties, totalLine } from './reconcile.ts';

/** So many totals and causes are told in one error. */
const SHOWN = 5;

/**
 * Compares the sum of BilledCost with what the source says was billed, per billing period, currency and invoice, to the
 * last digit. `focus` is a SELECT with the FOCUS columns. Throws `totals_differ`, with the rows that it can come from, and
 * `usage_invalid` where the files, as they were given, are no bill.
 */
export async function checkTotals(
  session: LandingSession,
  plan: BillPlan,
  rawTable: string,
  focus: string,
): Promise<ReconciledTotal[]> {
  const totals = await reconcile(session, { controlTotals: plan.controlTotals(rawTable), focus });
  if (ties(totals)) return totals;
  throw (await refused(session, plan, rawTable)) ?? (await totalsDiffer(session, plan, rawTable, totals));
}

async function refused(session: LandingSession, plan: BillPlan, rawTable: string): Promise<CloudActError | undefined> {
  if (!plan.refusals) return undefined;
  const rows = await session.rows<{ reason: string }>(`SELECT reason FROM (${plan.refusals(rawTable)})`);
  if (rows.length === 0) return undefined;
  const reasons = rows.map(({ reason }) => reason);
  return new CloudActError('usage_invalid', {
    detail: `These files cannot be told apart, so nothing is changed. ${listed(reasons)}.`,
  });
}

async function totalsDiffer(
  session: LandingSession,
  plan: BillPlan,
  rawTable: string,
  totals: readonly ReconciledTotal[],
): Promise<CloudActError> {
  const different = totals.filter(({ source, focus }) => source !== focus).map(totalLine);
  const causes = plan.differenceCauses
    ? await session.rows<CauseRow>(
        `SELECT cause, CAST(rows AS VARCHAR) AS rows, CAST(amount AS VARCHAR) AS amount, file, CAST(row AS VARCHAR) AS row
        FROM (${plan.differenceCauses(rawTable)})`,
      )
    : [];
  const because = causes.map(({ cause, rows, amount }) => `${cause} (${rows} rows, ${amount.replace(/\.?0+$/, '')})`);
  return new CloudActError('totals_differ', {
    detail: `What would be written does not add up to the bill, so nothing is changed. ${listed(different)}.${
      because.length > 0
        ? ` It comes from ${listed(because)}. Check that these rows are complete, and that each file is given once.`
        : ' Check that all files of the bill are given, each once.'
    }`,
    faults: causes.map(
      ({ cause, rows, amount, file, row }): InputFault => ({
        ...(file !== null && { file }),
        ...(row !== null && { row: Number(row) }),
        reason: `${cause}: ${rows} rows of ${amount.replace(/\.?0+$/, '')} together; this is the first`,
      }),
    ),
  });
}

function listed(lines: readonly string[]): string {
  const more = lines.length > SHOWN ? `; and ${lines.length - SHOWN} more` : '';
  return `${lines.slice(0, SHOWN).join('; ')}${more}`;
}

interface CauseRow {
  cause: string;
  rows: string;
  amount: string;
  file: string | null;
  row: string | null;
}
