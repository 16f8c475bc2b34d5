import type { FocusDataset } from '@cloudact/core/focus';
import { decimal } from '@cloudact/core/money';
import { type DeliveredTable, rawOf } from './delivered-table.ts';
import type { RuleExample } from './report.ts';
import { isOverflow, type SqlConnection } from './sql.ts';

/**
 * `error`: FOCUS says MUST, or money is certainly wrong. `warning`: rarely right, look at it. `note`: figures to know.
 */
export type Severity = 'error' | 'warning' | 'note';

/** A rule of ours, beyond the leaf rules of the requirements model: most compare rows with each other. */
export interface Check {
  readonly id: string;
  readonly dataset: FocusDataset;
  readonly severity: Severity;
  /** What holds in a good file. */
  readonly requirement: string;
  /** Why it matters, or which sentence of FOCUS it follows from. */
  readonly why: string;
  /** What to do where it does not hold. */
  readonly hint: string;
  /** The columns it cannot do without. */
  readonly needs: readonly string[];
  /**
   * SQL with one row per finding: `row_count`; `amount` and `currency` where money is concerned; `first_row`, made of
   * `firstRow`, an aggregate; any other column is shown as a value of the example.
   */
  findings(source: string, firstRow: string, table: DeliveredTable): string;
}

/** What a check found. As JSON it is part of the report. */
export interface CheckResult {
  id: string;
  severity: Severity;
  requirement: string;
  why: string;
  hint: string;
  /** `not_applicable`: a column that it needs is missing, or sums do not fit into a decimal. */
  status: 'passed' | 'failed' | 'not_applicable';
  /** Findings: groups of rows, or rows, that do not fit together. */
  count: number;
  /** Rows in all findings. */
  rows: number;
  /** The money concerned, by currency; empty where none is. */
  amounts: Record<string, string>;
  /** At most five, the largest amounts first, then by row. `row` is the first row of the finding. */
  examples: RuleExample[];
  reason?: string;
}

/** The columns of findings that are not about money. */
export const noMoney = 'NULL::DECIMAL(38,18) AS amount, NULL::VARCHAR AS currency';

/** {@link Check.findings} where each row that is as `wrong` says is a finding of its own. */
export function wrongRows(
  source: string,
  firstRow: string,
  columns: readonly string[],
  wrong: string,
  money = noMoney,
): string {
  const shown = columns.map((column) => `${rawOf(column)} AS ${column}`);
  return `SELECT ${shown.join(', ')}, 1 AS row_count, ${firstRow === 'NULL' ? 'NULL' : 'row_number'} AS first_row, ${money}
    FROM ${source} WHERE ${wrong}`;
}

export async function runCheck(connection: SqlConnection, table: DeliveredTable, check: Check): Promise<CheckResult> {
  const { id, severity, requirement, why, hint } = check;
  const none = { count: 0, rows: 0, amounts: {}, examples: [] };
  const result = { id, severity, requirement, why, hint };
  const absent = check.needs.filter((column) => !table.columns.has(column));
  if (absent.length > 0) {
    return { ...result, status: 'not_applicable', ...none, reason: `Absent: ${absent.join(', ')}.` };
  }
  try {
    const counted = await count(connection, table, check);
    if (counted.count === 0) return { ...result, status: 'passed', ...none };
    return { ...result, status: 'failed', ...counted, examples: await examples(connection, table, check) };
  } catch (error) {
    if (!isOverflow(error)) throw error;
    return { ...result, status: 'not_applicable', ...none, reason: 'A sum has more than 20 digits before the point.' };
  }
}

async function count(connection: SqlConnection, table: DeliveredTable, check: Check) {
  const totals = await connection.rows<{ currency: string | null; count: string; rows: string; amount: string | null }>(
    `SELECT currency, CAST(count(*) AS VARCHAR) AS count, CAST(sum(row_count) AS VARCHAR) AS rows, sum(amount) AS amount
    FROM (${check.findings(table.source, 'NULL', table)}) GROUP BY currency ORDER BY currency`,
  );
  const sum = (values: readonly string[]) => values.reduce((total, value) => total + Number(value), 0);
  return {
    count: sum(totals.map(({ count }) => count)),
    rows: sum(totals.map(({ rows }) => rows)),
    amounts: Object.fromEntries(
      totals.flatMap(({ currency, amount }) => (amount === null ? [] : [[currency ?? 'unknown', plain(amount)]])),
    ),
  };
}

async function examples(connection: SqlConnection, table: DeliveredTable, check: Check): Promise<RuleExample[]> {
  const found = await connection.rows<Record<string, string | null>>(
    `SELECT * EXCLUDE (row_count, first_row, amount, currency), CAST(first_row AS VARCHAR) AS first_row,
      CAST(row_count AS VARCHAR) AS rows, amount, currency
    FROM (${check.findings(table.numberedSource, 'min(row_number)', table)})
    ORDER BY abs(amount) DESC NULLS LAST, first_row LIMIT 5`,
  );
  return found.map(({ first_row, rows, amount, currency, ...values }) => ({
    row: Number(first_row),
    values: {
      ...Object.fromEntries(
        Object.entries(values).map(([name, value]) => [name, value === null ? null : plain(String(value))]),
      ),
      ...(rows !== '1' && { rows: rows ?? null }),
      ...(amount != null && { amount: `${plain(amount)} ${currency ?? ''}`.trimEnd() }),
    },
  }));
}

/** Decimals in their one spelling, without the places that DuckDB fills up. */
function plain(value: string): string {
  return /^-?\d+\.\d+$/.test(value) ? decimal(value) : value;
}
