import type { InputFault } from '@cloudact/core/errors';
import type { BillPlan } from '../providers/bill-format.ts';
import type { LandingSession } from './session.ts';

/** What is wrong in a readable file by FOCUS's own rules, as its format tells it. */
export interface SourceFaults {
  /** The first of them, in the order of the rows. */
  shown: InputFault[];
  count: number;
  /** All of them, by column and kind of reason, the most frequent first. */
  groups: SourceFaultGroup[];
}

export interface SourceFaultGroup {
  /** FOCUS column ID. */
  column: string;
  /** A sentence for people, with … for what differs from row to row. */
  reason: string;
  rows: number;
  /** The first five rows, in the order of the file names. */
  first: { file: string; row: number }[];
}

export interface SourceFaultsOptions {
  /** A table that holds the FOCUS rows of the bill already; without it they are computed. */
  focusTable?: string;
  /** How many faults are spelled out. Default 100. */
  limit?: number;
}

/** Asks the format what the landed rows break. Empty for formats that have no such faults. */
export async function sourceFaults(
  session: LandingSession,
  { plan, table }: { plan: BillPlan; table: string },
  { focusTable, limit = 100 }: SourceFaultsOptions = {},
): Promise<SourceFaults> {
  if (!plan.faults) return { shown: [], count: 0, groups: [] };
  await session.run(`CREATE OR REPLACE TEMP TABLE source_faults AS ${plan.faults(table, focusTable)}`);
  const shown = await firstFaults(session, 'source_faults', limit);
  const groups = await session.rows<GroupRow>(
    `SELECT "column", ${KIND_OF_REASON} AS reason, CAST(count(*) AS VARCHAR) AS rows,
      CAST(to_json(min({'file': x_SourceFile, 'row': x_SourceRow}, 5)) AS VARCHAR) AS first
    FROM source_faults GROUP BY 1, 2 ORDER BY count(*) DESC, 1, 2`,
  );
  await session.run('DROP TABLE source_faults');
  return {
    shown,
    count: groups.reduce((sum, { rows }) => sum + Number(rows), 0),
    groups: groups.map(({ column, reason, rows, first }) => ({
      column,
      reason,
      rows: Number(rows),
      first: JSON.parse(first) as SourceFaultGroup['first'],
    })),
  };
}

/** The first faults of a SELECT or table with the columns of `BillPlan.faults`, in the order of the rows. */
export async function firstFaults(session: LandingSession, faults: string, limit: number): Promise<InputFault[]> {
  const rows = await session.rows<FaultRow>(
    `SELECT x_SourceFile AS file, CAST(x_SourceRow AS VARCHAR) AS row, "column",
      left(CAST(value AS VARCHAR), 120) AS value, reason
    FROM ${faults} ORDER BY x_SourceFile, x_SourceRow, "column" LIMIT ${limit}`,
  );
  return rows.map(({ file, row, column, value, reason }) => ({
    file,
    row: Number(row),
    column,
    ...(value !== null && { value }),
    reason,
  }));
}

/**
 * A reason without the values of its row: what stands in quotes, the number behind a cost, price or quantity and behind
 * an equals sign, and what a name was found with elsewhere in the file.
 */
const KIND_OF_REASON = [
  ['"[^"]*"', '…'],
  ['((?:Cost|Price|Quantity)(?: is)?|=) -?[0-9][0-9.]*[0-9]', '\\1 …'],
  ['((?:Cost|Price|Quantity)(?: is)?|=) -?[0-9]', '\\1 …'],
  [', but the file has .*', ' …'],
].reduce((sql, [pattern, kind]) => `regexp_replace(${sql}, '${pattern}', '${kind}', 'g')`, 'reason');

interface FaultRow {
  file: string;
  row: string;
  column: string;
  value: string | null;
  reason: string;
}

interface GroupRow {
  column: string;
  reason: string;
  rows: string;
  first: string;
}
