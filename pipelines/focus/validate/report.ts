import type { FocusVersion } from '../version.ts';
import { type Keyword, keywords } from './requirements.ts';

/** What validation found out about one dataset. As JSON it is the report itself. */
export interface ValidationReport {
  file?: string;
  /** Rows of data. */
  rows: number;
  dataset: 'CostAndUsage';
  /** The version that the data was judged by. */
  version: '1.3';
  /** The version that the columns speak of; null when they are not FOCUS. */
  detectedVersion: FocusVersion | null;
  /** True when no MUST and no MUST NOT is violated. */
  conforms: boolean;
  /** What a reader has to know before the rules. */
  notes: string[];
  rules: RuleResult[];
  summary: Record<Keyword, Record<RuleStatus, number>>;
}

export interface RuleResult {
  /** Unique together with `column`. */
  id: string;
  keyword: Keyword;
  /** Null when the rule is about the dataset as a whole. */
  column: string | null;
  requirement: string;
  /** `not_applicable`: a column or a declared feature is missing. `not_checked`: the data alone cannot tell. */
  status: RuleStatus;
  /** Violating rows; for rules about columns, violating columns. */
  count: number;
  /** The first violating rows, at most five. */
  examples: RuleExample[];
  /** Why the rule was not applied. */
  reason?: string;
}

export const statuses = ['passed', 'failed', 'not_applicable', 'not_checked'] as const;
export type RuleStatus = (typeof statuses)[number];

export interface RuleExample {
  /** Counted from 1, the header not included; 0 when the rule is about columns. */
  row: number;
  /** The columns that the rule reads, as text. */
  values: Record<string, string | null>;
}

/** How many rules of each keyword have each status. */
export function summarise(rules: readonly RuleResult[]): ValidationReport['summary'] {
  const count = (keyword: Keyword, status: RuleStatus) =>
    rules.filter((rule) => rule.keyword === keyword && rule.status === status).length;
  return Object.fromEntries(
    keywords.map((keyword) => [
      keyword,
      Object.fromEntries(statuses.map((status) => [status, count(keyword, status)])),
    ]),
  ) as ValidationReport['summary'];
}

/** The report as text for a terminal: verdict, failures with their first rows, counts. */
export function formatReport(report: ValidationReport): string {
  const failed = report.rules.filter(({ status }) => status === 'failed');
  const binding = failed.filter(({ keyword }) => keyword.startsWith('MUST'));
  const advisory = failed.filter(({ keyword }) => !keyword.startsWith('MUST'));
  const lines = [
    `FOCUS ${report.version} Cost and Usage: ${report.conforms ? 'conforms' : 'does not conform'}`,
    ...(report.file ? [`File: ${report.file}`] : []),
    `Rows: ${report.rows}`,
    ...report.notes.map((note) => `Note: ${note}`),
    ...section('Violated requirements (MUST, MUST NOT)', binding),
    ...section('Violated recommendations (SHOULD, SHOULD NOT, RECOMMENDED)', advisory),
    '',
    ...summaryTable(report.summary),
  ];
  const absent = [
    ...new Set(
      report.rules
        .filter(({ id, status }) => status === 'not_applicable' && isPresence(id))
        .map(({ column }) => column),
    ),
  ];
  if (absent.length > 0) {
    lines.push('', `Columns that are absent and need not be there unless the generator supports their feature:`);
    lines.push(`  ${absent.join(', ')}`);
  }
  return `${lines.join('\n')}\n`;
}

function isPresence(id: string): boolean {
  return id.startsWith('CAU-CostAndUsage-D-');
}

function section(title: string, rules: readonly RuleResult[]): string[] {
  if (rules.length === 0) return [];
  return ['', `${title}: ${rules.length}`, ...rules.flatMap(ruleLines)];
}

function ruleLines({ id, requirement, count, examples }: RuleResult): string[] {
  const isAboutRows = examples.some(({ row }) => row > 0);
  const found = isAboutRows
    ? `${count} ${count === 1 ? 'row' : 'rows'}`
    : `${count} ${count === 1 ? 'column' : 'columns'}`;
  return [
    `  ${id}: ${found}`,
    `    ${requirement}`,
    ...examples.map(({ row, values }) => {
      const cells = Object.entries(values).map(
        ([column, value]) => `${column}=${value === null ? 'null' : shorten(value)}`,
      );
      return `      ${row > 0 ? `row ${row}: ` : ''}${cells.join(', ')}`;
    }),
  ];
}

function shorten(value: string): string {
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
}

function summaryTable(summary: ValidationReport['summary']): string[] {
  const header = ['', 'passed', 'failed', 'not applicable', 'not checked'];
  const rows = keywords.map((keyword) => [keyword, ...statuses.map((status) => String(summary[keyword][status]))]);
  const widths = header.map((cell, index) => Math.max(cell.length, ...rows.map((row) => row[index]?.length ?? 0)));
  return [header, ...rows].map((row) =>
    row
      .map((cell, index) => (index === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[index] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
