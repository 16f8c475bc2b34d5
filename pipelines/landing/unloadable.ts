import { costAndUsageColumns } from '@cloudact/core/focus';
import { rowsUnreadable } from './faults.ts';
import type { LandedBill, LandingOptions } from './land.ts';
import { type LandingSession, quoteName } from './session.ts';
import { firstFaults } from './source-faults.ts';
import { leaveOut, type StagedRows } from './staged-rows.ts';

/**
 * Treats the rows that cannot be loaded as unreadable: rows whose charge in `focusTable` has no value in a column that
 * FOCUS 1.3 never leaves null. Refuses the bill because of them, or takes them out of the raw table and `focusTable` (where that is staged rows: `stagedFocus`)
 * and reports them in the bill that is returned. With `keepEmpty` only what is there and cannot be read counts: a file
 * can say that a value is not known, the cost table cannot.
 *
 * Throws `rows_unreadable` (with up to 100 faults).
 */
export async function withoutUnloadable(
  session: LandingSession,
  bill: LandedBill,
  focusTable: string,
  {
    skipUnreadable,
    keepEmpty,
    stagedFocus,
  }: Pick<LandingOptions, 'skipUnreadable'> & { keepEmpty?: boolean; stagedFocus?: StagedRows | undefined } = {},
): Promise<LandedBill> {
  const { plan, table } = bill;
  if (!plan.faults || !(await anyMissing(session, focusTable))) return bill;
  const isMissing = `SELECT x_SourceFile, x_SourceRow FROM ${focusTable} WHERE ${MISSING}`;
  await session.run(
    `CREATE OR REPLACE TEMP TABLE unloadable AS
    SELECT * FROM (${plan.faults(table, focusTable)})
    WHERE kind = 'unloadable'${keepEmpty ? ' AND value IS NOT NULL' : ''} AND (x_SourceFile, x_SourceRow) IN (${isMissing})`,
  );
  const shown = await firstFaults(session, 'unloadable', skipUnreadable ? 10_000 - bill.faults.length : 100);
  const [count] = await session.rows<{ rows: string }>(
    'SELECT count(DISTINCT (x_SourceFile, x_SourceRow)) AS rows FROM unloadable',
  );
  const rows = Number(count!.rows);
  const faults = shown.map((fault) => ({ ...fault, reason: predicate(fault.reason, fault.column) }));
  if (rows > 0 && !skipUnreadable) throw rowsUnreadable({ shown: faults, rows }, bill.rows);
  for (const from of [bill.staged ?? table, stagedFocus ?? focusTable]) {
    await leaveOut(session, from, '(x_SourceFile, x_SourceRow) IN (SELECT x_SourceFile, x_SourceRow FROM unloadable)');
  }
  await session.run('DROP TABLE unloadable');
  return {
    ...bill,
    rows: bill.rows - rows,
    skippedRows: bill.skippedRows + rows,
    faults: [...bill.faults, ...faults],
  };
}

const MISSING = costAndUsageColumns
  .filter(({ nullable }) => !nullable)
  .map(({ id }) => `${quoteName(id)} IS NULL`)
  .join(' OR ');

async function anyMissing(session: LandingSession, focusTable: string): Promise<boolean> {
  const rows = await session.rows(`SELECT 1 AS found FROM ${focusTable} WHERE ${MISSING} LIMIT 1`);
  return rows.length > 0;
}

/** A format's reason is a sentence that starts with the column's name; that of an unreadable row follows "the value". */
function predicate(reason: string, column: string | undefined): string {
  const sentence = reason.replace(/\.$/, '');
  return column && sentence.startsWith(`${column} `) ? sentence.slice(column.length + 1) : sentence;
}
