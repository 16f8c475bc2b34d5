import { styleText } from 'node:util';
import type { CheckResult } from './checks.ts';
import {
  datasetTitles,
  exampleText,
  foundIn,
  isSound,
  problemsOf,
  type RuleResult,
  statuses,
  type ValidationReport,
} from './report.ts';
import { keywords } from './requirements.ts';

type Style = Parameters<typeof styleText>[0];
type Paint = (style: Style, text: string) => string;

/** The report as text for a terminal: verdict, problems with their first rows, the worst first, then counts. */
export function formatReport(report: ValidationReport, { colour = false }: { colour?: boolean } = {}): string {
  const paint: Paint = (style, text) => (colour ? styleText(style, text, { validateStream: false }) : text);
  const problems = problemsOf(report);
  const good = isSound(report);
  const lines = [
    paint(
      ['bold', report.conforms ? (good ? 'green' : 'yellow') : 'red'],
      `FOCUS ${report.version} ${datasetTitles[report.dataset]}: ${report.conforms ? 'conforms' : 'does not conform'}`,
    ),
    ...(report.file ? [`File: ${report.file}`] : []),
    `Rows: ${report.rows.toLocaleString('en-US')}`,
    ...report.notes.map((note) => `Note: ${note}`),
    ...section('Violated requirements (MUST, MUST NOT)', 'red', problems.requirements, paint),
    ...section('Errors', 'red', problems.errors, paint),
    ...section('Warnings', 'yellow', problems.warnings, paint),
    ...section('Violated recommendations (SHOULD, SHOULD NOT, RECOMMENDED)', 'yellow', problems.recommendations, paint),
    ...section('Notes', 'cyan', problems.notes, paint),
    ...invoiceLines(report),
    '',
    ...summaryLines(report),
    ...absentColumns(report),
  ];
  return `${lines.join('\n')}\n`;
}

function section(title: string, style: Style, found: readonly (RuleResult | CheckResult)[], paint: Paint): string[] {
  if (found.length === 0) return [];
  return ['', paint(style, `${title}: ${found.length}`), ...found.flatMap((result) => problemLines(result, paint))];
}

function problemLines(result: RuleResult | CheckResult, paint: Paint): string[] {
  const amounts = 'amounts' in result ? Object.entries(result.amounts) : [];
  const money = amounts.map(([currency, amount]) => `, ${amount} ${currency}`).join('');
  return [
    `  ${paint('bold', result.id)}: ${foundIn(result)}${money}`,
    `    ${result.requirement}`,
    ...('why' in result ? [`    Why: ${result.why}`] : []),
    ...(result.hint ? [`    Fix: ${result.hint}`] : []),
    ...result.examples.slice(0, 3).map((example) => paint('dim', `      ${exampleText(example)}`)),
  ];
}

const INVOICES = 20;

function invoiceLines({ invoices }: ValidationReport): string[] {
  if (invoices.length === 0) return [];
  const rows = invoices
    .slice(0, INVOICES)
    .map(({ invoiceId, issuer, currency, billedCost, rows }) => [
      invoiceId ?? 'no invoice yet',
      issuer ?? '',
      currency ?? '',
      billedCost ?? '',
      rows.toLocaleString('en-US'),
    ]);
  const more = invoices.length > INVOICES ? [`and ${invoices.length - INVOICES} more (--json)`] : [];
  return ['', ...aligned([['Invoice', 'Issuer', 'Currency', 'BilledCost', 'Rows'], ...rows], 3), ...more];
}

function summaryLines({ summary }: ValidationReport): string[] {
  const header = ['', 'passed', 'failed', 'not applicable', 'not checked'];
  const rows = keywords.map((keyword) => [keyword, ...statuses.map((status) => String(summary[keyword][status]))]);
  return aligned([header, ...rows], 1);
}

/** Columns under each other; from the column `numbers` on to the right. */
function aligned(rows: readonly (readonly string[])[], numbers: number): string[] {
  const widths = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, index) => (index < numbers ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

function absentColumns({ rules }: ValidationReport): string[] {
  const absent = new Set(
    rules
      .filter(({ id, status }) => status === 'not_applicable' && id.startsWith('CAU-CostAndUsage-D-'))
      .map(({ column }) => column),
  );
  if (absent.size === 0) return [];
  return [
    '',
    'Columns that are absent and need not be there unless the generator supports their feature:',
    `  ${[...absent].join(', ')}`,
  ];
}
