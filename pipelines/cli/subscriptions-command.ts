import { CloudActError } from '@cloudact/core/errors';
import type { ConvertReport } from '../convert/index.ts';
import { convertPlans, parseDay, readPlanFile } from '../subscriptions/index.ts';
import { exitCodes } from './exit-codes.ts';
import { progressDisplay } from './progress.ts';
import { table } from './table.ts';
import type { Terminal } from './terminal.ts';

export interface SubscriptionsCommandOptions {
  out: string;
  commitments?: string;
  through?: string;
  json?: boolean;
}

/** Charges of a plan document, written as FOCUS 1.3. Through today in UTC unless another day is named. */
export async function subscriptionsCommand(
  file: string,
  { out, commitments, through = new Date().toISOString().slice(0, 10), json }: SubscriptionsCommandOptions,
  { terminal, signal }: { terminal: Terminal; signal?: AbortSignal },
): Promise<number> {
  const day = parseDay(through);
  if (day === undefined) {
    throw new CloudActError('usage_invalid', {
      detail: `--through ${JSON.stringify(through)} is no day. Write it as in 2026-11-30.`,
    });
  }
  const document = await readPlanFile(file);
  const display = progressDisplay(terminal);
  const report = await convertPlans(document, {
    name: file,
    through: day,
    output: out,
    ...(commitments !== undefined && { commitments }),
    onProgress: display.show,
    ...(signal && { signal }),
  }).finally(display.end);
  const subscriptions = document.subscriptions.length;
  terminal.out(
    json
      ? JSON.stringify({ ok: true, subscriptions, through, ...report }, null, 2)
      : summary(report, subscriptions, through),
  );
  return exitCodes.ok;
}

function summary(report: ConvertReport, subscriptions: number, through: string): string {
  return [
    `${count(subscriptions)} ${subscriptions === 1 ? 'subscription' : 'subscriptions'} through ${through}: ${count(report.rowsWritten)} rows written to ${report.output}`,
    '',
    table(
      ['Billing period', 'Currency', 'Invoice', 'Invoices', 'FOCUS', 'Difference'],
      report.totals.map((total) => [
        total.billingPeriod,
        total.currency,
        total.invoice ?? 'as computed',
        total.source,
        total.focus,
        total.difference,
      ]),
    ),
    ...(report.commitmentsWritten === undefined
      ? []
      : ['', `${count(report.commitmentsWritten)} contract commitments written`]),
  ].join('\n');
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
