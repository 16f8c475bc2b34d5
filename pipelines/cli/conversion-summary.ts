import type { ConvertReport } from '../convert/index.ts';
import type { SourceFaultGroup } from '../landing/index.ts';
import { faultLines } from './failures.ts';
import { columns, table } from './table.ts';
import { driftLines, unpricedLines } from './usage-summary.ts';

/** What a conversion has done, for people: totals first, then what they should know of it. */
export function conversionSummary(report: ConvertReport): string {
  const rate = Math.round(report.rowsRead / report.seconds);
  const files = report.files.length === 1 ? '1 file' : `${report.files.length} files`;
  return [
    `${report.format.title}: ${files}, ${count(report.rowsRead)} rows read, ${count(report.rowsWritten)} rows written to ${report.output}`,
    `${report.seconds.toFixed(1)} s, ${count(rate)} rows/s`,
    '',
    table(
      ['Billing period', 'Currency', 'Invoice', 'Source', 'FOCUS', 'Difference'],
      report.totals.map((total) => [
        total.billingPeriod,
        total.currency,
        total.invoice ?? 'none yet',
        total.source,
        total.focus,
        total.difference,
      ]),
    ),
    ...(report.commitmentsWritten === undefined
      ? []
      : ['', `${count(report.commitmentsWritten)} contract commitments written`]),
    ...driftLines(report),
    ...unpricedLines(report),
    ...unfilled(report),
    ...rounded(report),
    ...misses(report),
    ...skipped(report),
    ...broken(report),
  ].join('\n');
}

function skipped({ rowsSkipped, faults }: ConvertReport): string[] {
  if (rowsSkipped === 0) return [];
  return [
    '',
    `${count(rowsSkipped)} unreadable rows are left out; the totals above are without them:`,
    ...faultLines(faults, 100),
  ];
}

function unfilled({ files }: ConvertReport): string[] {
  return files.flatMap(({ path, unfilled }) =>
    unfilled ? ['', `The rows of ${path} end before ${unfilled.join(', ')}: read as empty`] : [],
  );
}

function rounded({ roundedCosts }: ConvertReport): string[] {
  if (roundedCosts.length === 0) return [];
  const columns = roundedCosts.map(({ column, rows }) => `${column} (${count(rows)} rows)`);
  return ['', `Rounded at the 18th decimal, delivered text in x_CostRounded: ${columns.join(', ')}`];
}

function misses({ unknownServices }: ConvertReport): string[] {
  if (unknownServices.length === 0) return [];
  const names = unknownServices.slice(0, 20).map(({ service, rows }) => `${service} (${count(rows)} rows)`);
  const more = unknownServices.length > 20 ? ` and ${unknownServices.length - 20} more (--json)` : '';
  return ['', `Services without a known ServiceCategory, filed under Other: ${names.join(', ')}${more}`];
}

/** One line for each column and kind of reason, with the first rows; `--json` names the others. */
function broken({ sourceFaults: { groups, count: all }, files }: ConvertReport): string[] {
  if (all === 0) return [];
  const place = ({ file, row }: SourceFaultGroup['first'][number]) => (files.length > 1 ? `${file} row ${row}` : row);
  const lines = groups.map(({ column, reason, rows, first }) => [
    `  ${count(rows)} ${rows === 1 ? 'row' : 'rows'}`,
    column,
    `${reason}  first: ${files.length > 1 ? '' : 'row '}${first.slice(0, 3).map(place).join(', ')}`,
  ]);
  return [
    '',
    `${count(all)} values of the file break FOCUS 1.3 and were kept as they are (each of them: --json):`,
    columns(lines),
  ];
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
