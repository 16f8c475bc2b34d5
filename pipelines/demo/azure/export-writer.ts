import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { DemoBillWriter, DemoContext, WrittenMonth } from '../bill-writer.ts';
import { addMonths, dayText, type Month, parseMonth } from '../calendar.ts';
import { fixedText } from '../fixed-point.ts';
import { type AzureCharge, azureBill } from './bill.ts';
import { type AzureDataset, datasetOf } from './datasets.ts';
import { azureIdentifiers } from './identifiers.ts';

const compress = promisify(gzip);
const EXPORTS = { ActualCost: 'larkmoor-europe-actual', AmortizedCost: 'larkmoor-europe-amortized' } as const;
/** Days of use that had not arrived yet when a month was delivered for the first time. */
const LATE_DAYS = 2;

/**
 * Writes two exports of Cost Management, ActualCost and AmortizedCost: `<export>/20251101-20251130/<run>/` with one gzip
 * CSV and the manifest that names it. The month before the refund was delivered once before, when it lacked its last
 * days.
 */
export function azureExportWriter(context: DemoContext): DemoBillWriter {
  const ids = azureIdentifiers(context.seed);
  const bill = azureBill(context, ids);

  async function writeRun(charges: readonly AzureCharge[], month: Month, run: string, directory: string) {
    const files: string[] = [];
    let rows = 0;
    let total = '0';
    for (const dataset of ['ActualCost', 'AmortizedCost'] as const) {
      const written = datasetOf(dataset, charges, month, ids);
      const runId = ids.guid(`run|${dataset}|${month.text}|${run}`);
      const blob = `${EXPORTS[dataset]}/${compact(month.first)}-${compact(month.end - 1)}/${runId}/part_0_0001.csv.gz`;
      const file = join(directory, blob);
      const bytes = await compress(written.csv);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, bytes);
      const manifest = manifestOf(dataset, month, runId, { blob, bytes: bytes.length, rows: written.rows });
      await writeFile(join(dirname(file), 'manifest.json'), manifest);
      files.push(file);
      rows += written.rows;
      if (dataset === 'ActualCost') total = fixedText(written.total);
    }
    return { files, rows, total, currency: 'USD' };
  }

  return {
    provider: 'azure',
    integrationId: 'azure-demo',
    async writeMonth(monthText, directory): Promise<WrittenMonth> {
      const month = parseMonth(monthText);
      const charges = bill(month);
      const written = { month: monthText, ...(await writeRun(charges, month, 'final', directory)) };
      if (addMonths(month, 1).text !== context.story.refundMonth) return written;
      const early = charges.filter(({ day, kind }) => kind.endsWith('purchase') || day < month.end - LATE_DAYS);
      return { ...written, restated: await writeRun(early, month, 'first', directory) };
    },
  };
}

function manifestOf(
  type: AzureDataset,
  month: Month,
  runId: string,
  { blob, bytes, rows }: { blob: string; bytes: number; rows: number },
): string {
  const period = { startDate: `${dayText(month.first)}T00:00:00`, endDate: `${dayText(month.end - 1)}T00:00:00` };
  return `${JSON.stringify(
    {
      manifestVersion: '2024-04-01',
      byteCount: bytes,
      blobCount: 1,
      dataRowCount: rows,
      exportConfig: {
        exportName: EXPORTS[type],
        type,
        dataVersion: '2024-08-01',
        apiVersion: '2023-07-01-preview',
        timeFrame: 'TheLastMonth',
        granularity: 'Daily',
      },
      deliveryConfig: {
        partitionData: true,
        dataOverwriteBehavior: 'CreateNewReport',
        fileFormat: 'Csv',
        compressionMode: 'Gzip',
        rootFolderPath: 'azure',
      },
      runInfo: { executionType: 'Scheduled', submittedTime: `${dayText(month.end + 4)}T06:00:00Z`, runId, ...period },
      blobs: [{ blobName: `azure/${blob}`, byteCount: bytes, dataRowCount: rows }],
    },
    undefined,
    2,
  )}\n`;
}

function compact(day: number): string {
  return dayText(day).replaceAll('-', '');
}
