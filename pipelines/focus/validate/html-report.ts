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

/** The reports as one HTML page that needs nothing else: no script, no font, no image. */
export function htmlReport(reports: readonly ValidationReport[]): string {
  const bad = reports.filter((report) => !isSound(report)).length;
  const verdict =
    bad === 0 ? 'nothing is wrong' : `${bad} of ${reports.length} ${plural(reports.length, 'file')} with errors`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>FOCUS 1.3 validation: ${verdict}</title>
<style>${css}</style>
</head>
<body>
<main>
<h1>FOCUS 1.3 validation</h1>
<p>${reports.length} ${plural(reports.length, 'file')}; ${verdict}.</p>
${reports.map(reportSection).join('\n')}
</main>
</body>
</html>
`;
}

function reportSection(report: ValidationReport, index: number): string {
  const problems = problemsOf(report);
  const heading = `file-${index + 1}`;
  return `<section aria-labelledby="${heading}">
<h2 id="${heading}">${escapeHtml(report.file ?? 'Table')}</h2>
<p class="${isSound(report) ? 'good' : 'bad'}"><strong>FOCUS ${report.version} ${datasetTitles[report.dataset]}: ${report.conforms ? 'conforms' : 'does not conform'}</strong></p>
<p>${report.rows.toLocaleString('en-US')} ${plural(report.rows, 'row')}</p>
${report.notes.map((note) => `<p>${escapeHtml(note)}</p>`).join('')}
${problemList('Violated requirements (MUST, MUST NOT)', 'bad', problems.requirements)}
${problemList('Errors', 'bad', problems.errors)}
${problemList('Warnings', 'warn', problems.warnings)}
${problemList('Violated recommendations', 'warn', problems.recommendations)}
${problemList('Notes', 'note', problems.notes)}
${invoiceTable(report)}
<h3>Rules</h3>
${table(
  'Rules by keyword and result',
  ['Keyword', 'Passed', 'Failed', 'Not applicable', 'Not checked'],
  keywords.map((keyword) => [keyword, ...statuses.map((status) => String(report.summary[keyword][status]))]),
  1,
)}
<details><summary>All rules and checks</summary>
${table(
  'All rules and checks',
  ['Rule', 'Result', 'Requirement'],
  [...report.rules, ...report.checks].map(({ id, status, requirement, reason }) => [
    id,
    status.replace('_', ' '),
    reason ? `${requirement} (${reason})` : requirement,
  ]),
)}
</details>
</section>`;
}

function problemList(title: string, kind: string, found: readonly (RuleResult | CheckResult)[]): string {
  if (found.length === 0) return '';
  return `<h3 class="${kind}">${title}: ${found.length}</h3>\n<ul class="problems">${found.map(problem).join('')}</ul>`;
}

function problem(result: RuleResult | CheckResult): string {
  const amounts = 'amounts' in result ? Object.entries(result.amounts) : [];
  const money = amounts.map(([currency, amount]) => `, ${amount} ${currency}`).join('');
  const examples = result.examples
    .map((example) => `<li><code>${escapeHtml(exampleText(example))}</code></li>`)
    .join('');
  return `<li><details><summary><code>${escapeHtml(result.id)}</code> <span>${foundIn(result)}${escapeHtml(money)}</span><br>${escapeHtml(result.requirement)}</summary>
${'why' in result ? `<p>Why: ${escapeHtml(result.why)}</p>` : ''}${result.hint ? `<p>Fix: ${escapeHtml(result.hint)}</p>` : ''}
<ul class="examples">${examples}</ul></details></li>`;
}

function invoiceTable({ invoices }: ValidationReport): string {
  if (invoices.length === 0) return '';
  const rows = invoices.map(({ invoiceId, issuer, currency, billedCost, rows }) => [
    invoiceId ?? 'no invoice yet',
    issuer ?? '',
    currency ?? '',
    billedCost ?? '',
    rows.toLocaleString('en-US'),
  ]);
  return `<h3>Invoices</h3>\n${table('Billed cost by invoice', ['Invoice', 'Issuer', 'Currency', 'BilledCost', 'Rows'], rows, 3)}`;
}

/** From the column `numbers` on to the right. A wide table scrolls by itself, also by keyboard. */
function table(
  label: string,
  header: readonly string[],
  rows: readonly (readonly string[])[],
  numbers = header.length,
): string {
  const right = (index: number) => (index < numbers ? '' : ' class="number"');
  const cell = (text: string, index: number) =>
    index === 0 ? `<th scope="row">${escapeHtml(text)}</th>` : `<td${right(index)}>${escapeHtml(text)}</td>`;
  return `<div class="scroll" role="region" aria-label="${label}" tabindex="0"><table>
<thead><tr>${header.map((text, index) => `<th scope="col"${right(index)}>${text}</th>`).join('')}</tr></thead>
<tbody>${rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('\n')}</tbody></table></div>`;
}

function plural(count: number, noun: string): string {
  return count === 1 ? noun : `${noun}s`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

const css = `
:root { color-scheme: light dark; --text: #1b1f24; --page: #fff; --soft: #f3f5f7; --line: #c8ced6; --bad: #b3161b; --warn: #7a4d00; --good: #0b6b3a; --note: #14508f; }
@media (prefers-color-scheme: dark) { :root { --text: #e6e9ed; --page: #14171b; --soft: #1f242a; --line: #454d57; --bad: #ff9c94; --warn: #f0c36a; --good: #74d99f; --note: #8cc2ff; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 70rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2rem; } h3 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
h2, code, summary, p { overflow-wrap: anywhere; }
.bad { color: var(--bad); } .warn { color: var(--warn); } .good { color: var(--good); } .note { color: var(--note); }
ul { padding-left: 0; list-style: none; } .problems > li { background: var(--soft); border: 1px solid var(--line); border-radius: .4rem; margin: .5rem 0; padding: .5rem .75rem; }
summary { cursor: pointer; } :focus-visible { outline: 2px solid var(--note); outline-offset: 2px; }
code { font-family: ui-monospace, monospace; font-size: .875rem; } .examples li { margin: .25rem 0; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; font-size: .875rem; }
th, td { border-bottom: 1px solid var(--line); padding: .25rem .75rem .25rem 0; text-align: left; vertical-align: top; font-weight: normal; } thead th { font-weight: 600; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
`;
