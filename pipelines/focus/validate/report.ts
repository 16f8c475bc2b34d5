import type { FocusDataset } from '@cloudact/core/focus';
import type { FocusVersion } from '../version.ts';
import type { CheckResult } from './checks.ts';
import { type Keyword, keywords } from './requirements.ts';

/** What validation found out about one dataset. As JSON it is the report itself. */
export interface ValidationReport {
  file?: string;
  /** Rows of data. */
  rows: number;
  dataset: FocusDataset;
  /** The version that the data was judged by. */
  version: '1.3';
  /** The version that the columns speak of; null when they are not FOCUS. */
  detectedVersion: FocusVersion | null;
  /** True when no MUST and no MUST NOT is violated. */
  conforms: boolean;
  /** What a reader has to know before the rules. */
  notes: string[];
  rules: RuleResult[];
  /** What we check beyond the rules of FOCUS; `conforms` does not depend on it. */
  checks: CheckResult[];
  /** Σ BilledCost by invoice, the largest 1,000. */
  invoices: InvoiceTotal[];
  summary: Record<Keyword, Record<RuleStatus, number>>;
}

export interface InvoiceTotal {
  /** Null for charges that are on no invoice yet. */
  invoiceId: string | null;
  issuer: string | null;
  currency: string | null;
  /** Exact decimal text, in `currency`. */
  billedCost: string | null;
  rows: number;
}

export interface RuleResult {
  /** Unique together with `column`. */
  id: string;
  keyword: Keyword;
  /** Null when the rule is about the dataset as a whole. */
  column: string | null;
  requirement: string;
  /** What to do about it, where the kind of rule says so. */
  hint?: string;
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

/** Whether nothing is wrong: no MUST of FOCUS is violated, and none of our checks of severity `error`. */
export function isSound({ conforms, checks }: ValidationReport): boolean {
  return conforms && !checks.some(({ severity, status }) => severity === 'error' && status === 'failed');
}

/** What is violated, the worst first: MUST before SHOULD, errors before warnings before notes, then by rows. */
export function problemsOf({ rules, checks }: ValidationReport) {
  const failed = rules.filter(({ status }) => status === 'failed').sort((a, b) => b.count - a.count);
  const found = checks.filter(({ status }) => status === 'failed').sort((a, b) => b.rows - a.rows);
  return {
    requirements: failed.filter(({ keyword }) => keyword.startsWith('MUST')),
    errors: found.filter(({ severity }) => severity === 'error'),
    warnings: found.filter(({ severity }) => severity === 'warning'),
    recommendations: failed.filter(({ keyword }) => !keyword.startsWith('MUST')),
    notes: found.filter(({ severity }) => severity === 'note'),
  };
}

export const datasetTitles = { CostAndUsage: 'Cost and Usage', ContractCommitment: 'Contract Commitment' } as const;

/** What a rule or a check found, as people say it: `12 rows`, `1 column`, `3 findings in 60 rows`. */
export function foundIn(result: RuleResult | CheckResult): string {
  if ('severity' in result) {
    return result.count === result.rows
      ? counted(result.rows, 'row')
      : `${counted(result.count, 'finding')} in ${counted(result.rows, 'row')}`;
  }
  return counted(result.count, result.examples.some(({ row }) => row > 0) ? 'row' : 'column');
}

/** `Column=value` with the value shortened. */
export function exampleText({ row, values }: RuleExample): string {
  const cells = Object.entries(values).map(([name, value]) => `${name}=${value === null ? 'null' : shorten(value)}`);
  return `${row > 0 ? `row ${row}: ` : ''}${cells.join(', ')}`;
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}

function shorten(value: string): string {
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
}
