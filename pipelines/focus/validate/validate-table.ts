import { costAndUsageColumnIds } from '@cloudact/core/focus';
import { detectFocusVersion } from '../version.ts';
import { violationSql } from './compile.ts';
import { type DeliveredTable, deliveredTable, textOf } from './delivered-table.ts';
import { groupedViolations, isGrouped } from './grouped.ts';
import { attributeRules, customColumnPrefix, customColumnsLast } from './own-rules.ts';
import { type RuleExample, type RuleResult, summarise, type ValidationReport } from './report.ts';
import { atoms, columnsOf, conjuncts, type Requirement, requirements } from './requirements.ts';
import type { SqlConnection } from './sql.ts';

export interface ValidationOptions {
  /** The dataset's own columns in their order, when the table has others beside them. Default: all of the table. */
  columns?: readonly string[];
  /** The only dataset so far. */
  dataset?: 'CostAndUsage';
  /**
   * Features that the data generator supports, by the flags of the requirements model, such as
   * `COMMITMENT_DISCOUNT_SUPPORTED`. Rules that depend on others are not applied.
   */
  supports?: readonly string[];
}

/**
 * Judges a table by the rules of FOCUS 1.3 Cost and Usage that data alone can decide. `table` is put into SQL as it is,
 * so the caller quotes it. The table may be typed or all text; rows are numbered in the order in which DuckDB reads it.
 * One scan counts the violations of all rules that look at one row, another those that compare rows; only when rules
 * fail, more scans find their first rows.
 */
export async function validateFocusTable(
  connection: SqlConnection,
  { table: name, columns, supports = [] }: ValidationOptions & { table: string },
): Promise<ValidationReport> {
  const table = await deliveredTable(connection, name, columns);
  const judged = [...requirements, ...attributeRules].map((rule) => judge(rule, table, supports));
  const scanned = judged.filter((item) => item.violation !== undefined);
  const { rows, counts } = await countViolations(connection, table, scanned);
  const failing = scanned.filter(({ violation }) => (counts.get(violation ?? '') ?? 0) > 0);
  const examples = await firstRows(connection, table, failing);
  const groups = await groupedViolations(
    connection,
    table,
    judged.filter(({ grouped }) => grouped).map(({ rule }) => rule),
  );

  const results = judged.map((item): RuleResult => {
    const { id, keyword, column, text } = item.rule;
    const found = groups.get(item.rule) ?? {
      count: item.violation === undefined ? (item.examples?.length ?? 0) : (counts.get(item.violation) ?? 0),
      examples: item.examples ?? examples.get(item) ?? [],
    };
    return {
      id,
      keyword,
      column,
      requirement: text,
      status: found.count > 0 ? 'failed' : item.status,
      ...found,
      ...(item.reason && { reason: item.reason }),
    };
  });
  results.push(...customColumnResults(table));
  return reportOf(table, rows, results);
}

interface Judged {
  rule: Requirement;
  status: RuleResult['status'];
  reason?: string;
  /** SQL for the rows that violate it. */
  violation?: string;
  grouped?: boolean;
  examples?: RuleExample[];
}

/** Whether a rule applies to this table, and how it is checked. */
function judge(rule: Requirement, table: DeliveredTable, supports: readonly string[]): Judged {
  const { check, when, criteria = [] } = rule;
  if (check === undefined) return { rule, status: 'not_checked', reason: 'The data alone cannot tell.' };

  const undeclared = criteria.filter((flag) => !supports.includes(flag));
  if (check[0] === 'ColumnPresent') {
    const column = check[1] as string;
    if (table.columns.has(column)) return { rule, status: 'passed' };
    if (undeclared.length > 0)
      return notApplicable(rule, `${column} is absent; not declared: ${undeclared.join(', ')}.`);
    return { rule, status: 'failed', examples: [{ row: 0, values: { [column]: 'absent' } }] };
  }
  if (undeclared.length > 0) return notApplicable(rule, `Not declared: ${undeclared.join(', ')}.`);

  const needed = [...atoms(check), ...conjuncts(when).filter(([name]) => name !== 'All' && name !== 'Any')];
  const absent = [...new Set(needed.flatMap(columnsOf))].filter((column) => !table.columns.has(column));
  if (absent.length > 0) return notApplicable(rule, `Absent: ${absent.join(', ')}.`);

  if (isGrouped(rule)) return { rule, status: 'passed', grouped: true };
  return { rule, status: 'passed', violation: violationSql(rule, table) };
}

function notApplicable(rule: Requirement, reason: string): Judged {
  return { rule, status: 'not_applicable', reason };
}

/** Rows in all, and rows for each violation. Rules that say the same of different columns are counted once. */
async function countViolations(
  connection: SqlConnection,
  table: DeliveredTable,
  judged: readonly Judged[],
): Promise<{ rows: number; counts: Map<string, number> }> {
  const violations = [...new Set(judged.map(({ violation }) => violation ?? ''))];
  const filters = violations.map((violation, index) => `, count(*) FILTER (WHERE ${violation}) AS r${index}`);
  const [totals] = await connection.rows<Record<string, string | number>>(
    `SELECT count(*) AS total${filters.join('')} FROM ${table.source}`,
  );
  return {
    rows: Number(totals?.total),
    counts: new Map(violations.map((violation, index) => [violation, Number(totals?.[`r${index}`])])),
  };
}

/** The first five violating rows of each rule, with the columns that the rule reads. */
async function firstRows(
  connection: SqlConnection,
  table: DeliveredTable,
  failing: readonly Judged[],
): Promise<Map<Judged, RuleExample[]>> {
  if (failing.length === 0) return new Map();
  const first = failing.map(({ violation }, index) => `min(row_number, 5) FILTER (WHERE ${violation}) AS r${index}`);
  const [numbers] = await connection.rows<Record<string, string[]>>(
    `SELECT ${first.join(', ')} FROM ${table.numberedSource}`,
  );
  const rowsOf = (index: number) => (numbers?.[`r${index}`] ?? []).map(Number);

  const wanted = [...new Set(failing.flatMap((_, index) => rowsOf(index)))];
  const columns = [...table.columns.keys()].map((id) => `, ${textOf(id)} AS "${id}"`);
  const fetched = await connection.rows<Record<string, string | null>>(
    `SELECT row_number${columns.join('')} FROM ${table.numberedSource} WHERE row_number IN (${wanted.join(', ')})`,
  );
  const byNumber = new Map(fetched.map((row) => [Number(row.row_number), row]));
  return new Map(
    failing.map((item, index) => {
      const involved = involvedColumns(item.rule, table);
      const examples = rowsOf(index).map((row) => ({
        row,
        values: Object.fromEntries(involved.map((column) => [column, byNumber.get(row)?.[column] ?? null])),
      }));
      return [item, examples];
    }),
  );
}

function involvedColumns({ check, when }: Requirement, table: DeliveredTable): string[] {
  const columns = [...atoms(check), ...atoms(when)].flatMap(columnsOf);
  return [...new Set(columns)].filter((column) => table.columns.has(column));
}

function customColumnResults({ names, columns }: DeliveredTable): RuleResult[] {
  const focus = (name: string) => columns.has(name);
  const unprefixed = names.filter((name) => !focus(name) && !name.startsWith('x_'));
  const firstCustom = names.findIndex((name) => !focus(name));
  const late = firstCustom < 0 ? [] : names.slice(firstCustom).filter(focus);
  const result = ({ id, keyword, text }: Requirement, found: readonly string[], what: string): RuleResult => ({
    id,
    keyword,
    column: null,
    requirement: text,
    status: found.length > 0 ? 'failed' : 'passed',
    count: found.length,
    examples: found.slice(0, 5).map((name) => ({ row: 0, values: { [name]: what } })),
  });
  return [
    result(customColumnPrefix, unprefixed, 'no x_ prefix'),
    result(customColumnsLast, late, 'stands after a custom column'),
  ];
}

function reportOf(table: DeliveredTable, rows: number, rules: RuleResult[]): ValidationReport {
  const detected = detectFocusVersion(table.names) ?? null;
  const misspelled = table.names.filter(
    (name) => !table.columns.has(name) && costAndUsageColumnIds.some((id) => id.toLowerCase() === name.toLowerCase()),
  );
  return {
    rows,
    dataset: 'CostAndUsage',
    version: '1.3',
    detectedVersion: detected,
    conforms: !rules.some(({ keyword, status }) => status === 'failed' && keyword.startsWith('MUST')),
    notes: [
      ...(detected === '1.3'
        ? []
        : [
            `The columns are ${detected ? `FOCUS ${detected}` : 'not those of any FOCUS version'}; judged by FOCUS 1.3 all the same.`,
          ]),
      ...(misspelled.length > 0
        ? [`Column names are case-sensitive; in another case there are: ${misspelled.join(', ')}.`]
        : []),
      ...(rows === 0 ? ['There are no rows.'] : []),
    ],
    rules,
    summary: summarise(rules),
  };
}
