import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { DemoBillWriter, DemoContext, WrittenMonth } from '../bill-writer.ts';
import { addMonths, parseMonth } from '../calendar.ts';
import { fixedText } from '../fixed-point.ts';
import { usageModel } from '../usage.ts';
import { gcpBill } from './bill.ts';
import type { Line } from './export-row.ts';
import { billed } from './month-end.ts';
import { gcpConsumption } from './workloads.ts';

const compress = promisify(gzip);
/** Use of these last days reaches the export after the first look at the month. */
const LATE_DAYS = 3;

/**
 * Writes the detailed usage cost export, one folder an invoice month, as newline-delimited JSON. The export is only
 * ever appended to, so the month before the last is restated by a second file: late use, and what comes with the
 * invoice.
 */
export function gcpExportWriter(context: DemoContext): DemoBillWriter {
  const bill = gcpBill({ ...context, usageOn: usageModel(context.seed, context.story, gcpConsumption()) });
  return {
    provider: 'gcp',
    integrationId: 'gcp-demo',
    async writeMonth(monthText, directory) {
      const month = parseMonth(monthText);
      const folder = join(directory, `invoice-month-${monthText.replace('-', '')}`);
      await mkdir(folder, { recursive: true });
      const lines = bill(month);
      const restated = addMonths(month, 1).text === context.story.refundMonth;
      const isLate = ({ day }: Line) => restated && day >= month.end - LATE_DAYS;
      const parts = [lines.filter((entry) => !isLate(entry)), lines.filter(isLate)].filter((part) => part.length > 0);
      const files: string[] = [];
      for (const [index, part] of parts.entries()) {
        const file = join(folder, `billing-export-${String(index).padStart(12, '0')}.ndjson.gz`);
        await writeFile(file, await compress(part.map(({ row }) => `${JSON.stringify(row)}\n`).join('')));
        files.push(file);
      }
      return {
        month: monthText,
        ...written(files, lines),
        ...(parts.length > 1 && { restated: written(files.slice(0, 1), parts[0]!) }),
      };
    },
  };
}

function written(files: string[], lines: readonly Line[]): Omit<WrittenMonth, 'month' | 'restated'> {
  const total = lines.reduce((sum, entry) => sum + billed(entry), 0n);
  return { files, rows: lines.length, total: fixedText(total), currency: 'USD' };
}
