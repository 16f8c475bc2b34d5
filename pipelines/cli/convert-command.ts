import { type ConvertReport, convert } from '../convert/index.ts';
import { exitCodes } from './exit-codes.ts';
import { faultLines } from './failures.ts';
import { inputFiles } from './input-files.ts';
import { progressDisplay } from './progress.ts';
import { table } from './table.ts';
import type { Terminal } from './terminal.ts';

export interface ConvertCommandOptions {
  from: string;
  out: string;
  skipUnreadable?: boolean;
  json?: boolean;
}

export async function convertCommand(
  files: readonly string[],
  options: ConvertCommandOptions,
  { terminal, signal }: { terminal: Terminal; signal?: AbortSignal },
): Promise<number> {
  const display = progressDisplay(terminal);
  const report = await convert({
    files: await inputFiles(files),
    from: options.from,
    output: options.out,
    skipUnreadable: options.skipUnreadable ?? false,
    onProgress: display.show,
    ...(signal && { signal }),
  }).finally(display.end);
  terminal.out(options.json ? JSON.stringify({ ok: true, ...report }, null, 2) : summary(report));
  return report.rowsSkipped > 0 ? exitCodes.rowsUnreadable : exitCodes.ok;
}

function summary(report: ConvertReport): string {
  const rate = Math.round(report.rowsRead / report.seconds);
  const files = report.files.length === 1 ? '1 file' : `${report.files.length} files`;
  return [
    `${report.format.title}: ${files}, ${count(report.rowsRead)} rows read, ${count(report.rowsWritten)} rows written to ${report.output}`,
    `${report.seconds.toFixed(1)} s, ${count(rate)} rows/s`,
    '',
    table(
      ['Billing period', 'Currency', 'Source', 'FOCUS', 'Difference'],
      report.totals.map((total) => [total.billingPeriod, total.currency, total.source, total.focus, total.difference]),
    ),
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

function broken({ sourceFaults: { shown, count: all } }: ConvertReport): string[] {
  if (all === 0) return [];
  const rest = all - Math.min(shown.length, 20);
  return [
    '',
    `${count(all)} values of the file break FOCUS 1.3 and were kept as they are:`,
    ...faultLines(shown.slice(0, 20), 20),
    ...(rest > 0 ? [`  and ${count(rest)} more`] : []),
  ];
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
