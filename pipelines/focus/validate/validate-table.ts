import type { FocusDataset } from '@cloudact/core/focus';
import { detectFocusVersion, type FocusVersion } from '../version.ts';
import { type Check, type CheckResult, runCheck } from './checks.ts';
import { commitmentDiscountChecks, contractCommitmentChecks } from './commitment-checks.ts';
import { violationSql } from './compile.ts';
import { costChecks } from './cost-checks.ts';
import { countViolations } from './count-violations.ts';
import { type DeliveredTable, datasetColumns, deliveredTable, textOf } from './delivered-table.ts';
import { groupedViolations, isGrouped } from './grouped.ts';
import { hintFor } from './hints.ts';
import { invoiceTotals } from './invoice-totals.ts';
import { attributeRules, customColumnPrefix, customColumnsLast } from './own-rules.ts';
import { type RuleExample, type RuleResult, summarise, type ValidationReport } from './report.ts';
import { atoms, columnsOf, conjuncts, type Requirement, requirementsOf } from './requirements.ts';
import type { SqlConnection } from './sql.ts';

export interface ValidationOptions {
  /** The dataset's own columns in their order, when the table has others beside them. Default: all of the table. */
  columns?: readonly string[];
  /** By default the one that the columns belong to. */
  dataset?: FocusDataset;
  /** A column beside the dataset's own that numbers the rows, from 1; finding the first bad rows is then faster. */
  rowNumber?: string;
  /**
   * Features that the data generator supports, by the flags of the requirements model, such as
   * `COMMITMENT_DISCOUNT_SUPPORTED`. Rules that depend on others are not applied.
   */
  supports?: readonly string[];
  /** Called when a part of the work begins. */
  onProgress?: (stage: ValidationStage) => void;
}

/** Rules about single rows, rules that compare rows, our own checks. */
export type ValidationStage = 'rows' | 'groups' | 'checks';

/**
 * Judges a table by the rules of FOCUS 1.3 Cost and Usage that data alone can decide. `table` is put into SQL as it is,
 * so the caller quotes it. The table may be typed or all text; rows are numbered in the order in which DuckDB reads it.
 * One scan counts the violations of all rules that look at one row, others those that compare rows; only when rules
 * fail, more scans find their first rows.
 */
export async function validateFocusTable(
  connection: SqlConnection,
  { table: name, supports = [], onProgress = () => undefined, ...options }: ValidationOptions & { table: string },
): Promise<ValidationReport> {
  const table = await deliveredTable(connection, name, options);
  onProgress('rows');
  const rules = [...requirementsOf(table.dataset), ...attributeRules(datasetColumns[table.dataset])];
  const judged = rules.map((rule) => judge(rule, table, supports));
  const scanned = judged.filter((item) => item.violation !== undefined);
  const { rows, counts } = await countViolations(
    connection,
    table,
    scanned.map(({ rule, violation = '' }) => ({ violation, columns: involvedColumns(rule, table) })),
  );
  const failing = scanned.filter(({ violation }) => (counts.get(violation ?? '') ?? 0) > 0);
  const examples = await firstRows(connection, table, failing);
  onProgress('groups');
  const groups = await groupedViolations(
    connection,
    table,
    judged.filter(({ grouped }) => grouped).map(({ rule }) => rule),
  );

  const results = judged.map((item): RuleResult => {
    const { id, keyword, column, text } = item.rule;
    const hint = hintFor(item.rule);
    const found = groups.get(item.rule) ?? {
      count: item.violation === undefined ? (item.examples?.length ?? 0) : (counts.get(item.violation) ?? 0),
      examples: item.examples ?? examples.get(item) ?? [],
    };
    return {
      id,
      keyword,
      column,
      requirement: text,
      ...(found.count > 0 && hint !== undefined && { hint }),
      status: found.count > 0 ? 'failed' : item.status,
      ...found,
      ...(item.reason && { reason: item.reason }),
    };
  });
  results.push(...customColumnResults(table));
  onProgress('checks');
  const checks: CheckResult[] = [];
  for (const check of allChecks.filter(({ dataset }) => dataset === table.dataset)) {
    checks.push(await runCheck(connection, table, check));
  }
  return { ...reportOf(table, rows, results), checks, invoices: await invoiceTotals(connection, table) };
}

const allChecks: readonly Check[] = [...costChecks, ...commitmentDiscountChecks, ...contractCommitmentChecks];

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

function reportOf(
  table: DeliveredTable,
  rows: number,
  rules: RuleResult[],
): Omit<ValidationReport, 'checks' | 'invoices'> {
  const detected = versionOf(table);
  const misspelled = table.names.filter(
    (name) =>
      !table.columns.has(name) &&
      datasetColumns[table.dataset].some(({ id }) => id.toLowerCase() === name.toLowerCase()),
  );
  return {
    rows,
    dataset: table.dataset,
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

/** Contract Commitment came with 1.3, and 1.4 has another form of it. */
function versionOf({ dataset, names }: DeliveredTable): FocusVersion | null {
  if (dataset === 'CostAndUsage') return detectFocusVersion(names) ?? null;
  return names.includes('ContractCommitmentCategory') ? '1.3' : null;
}
