import type { InputFault } from '@cloudact/core/errors';
import type { BillPlan } from '../providers/bill-format.ts';
import type { LandingSession } from './session.ts';

/** What is wrong in a readable file by FOCUS's own rules, as its format tells it. */
export interface SourceFaults {
  /** The first of them, in the order of the rows. */
  shown: InputFault[];
  count: number;
}

/** Asks the format what the landed rows break. Empty for formats that have no such faults. */
export async function sourceFaults(
  session: LandingSession,
  { plan, table }: { plan: BillPlan; table: string },
  limit = 100,
): Promise<SourceFaults> {
  if (!plan.faults) return { shown: [], count: 0 };
  const rows = await session.rows<FaultRow>(
    `SELECT CAST(count(*) OVER () AS VARCHAR) AS total, x_SourceFile AS file, CAST(x_SourceRow AS VARCHAR) AS row,
      "column", left(CAST(value AS VARCHAR), 120) AS value, reason
    FROM (${plan.faults(table)}) ORDER BY x_SourceFile, x_SourceRow, "column" LIMIT ${limit}`,
  );
  return {
    shown: rows.map(({ file, row, column, value, reason }) => ({
      file,
      row: Number(row),
      column,
      ...(value !== null && { value }),
      reason,
    })),
    count: Number(rows[0]?.total ?? 0),
  };
}

interface FaultRow {
  total: string;
  file: string;
  row: string;
  column: string;
  value: string | null;
  reason: string;
}
