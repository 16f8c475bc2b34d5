import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { DemoBillWriter, DemoContext, WrittenMonth } from '../bill-writer.ts';
import type { Month } from '../calendar.ts';
import { dayText, parseMonth } from '../calendar.ts';
import { fixedText } from '../fixed-point.ts';
import { randomText } from '../random.ts';
import { usageModel } from '../usage.ts';
import { awsBill, type BilledLine } from './bill.ts';
import type { LineItemType } from './charge.ts';
import { curColumns, curHeader, curLine } from './columns.ts';
import { awsIdentifiers } from './identifiers.ts';
import { allConsumption } from './workloads.ts';

const REPORT = 'larkmoor-cost-and-usage';
const compress = promisify(gzip);

/**
 * Writes the legacy Cost and Usage Report: one folder per month (`20251101-20251201/`) with one gzip CSV of daily
 * lines and the manifest that names it. The month that was restated has its earlier delivery in a folder of its own.
 */
export function awsCurWriter(context: DemoContext): DemoBillWriter {
  const { seed, story } = context;
  const bill = awsBill({ ...context, usageOn: usageModel(seed, story, allConsumption()) });
  return {
    provider: 'aws',
    integrationId: 'aws-demo',
    async writeMonth(monthText, directory) {
      const month = parseMonth(monthText);
      const lines = bill(month);
      const folder = `${compactDay(month.first)}-${compactDay(month.end)}`;
      const written = await deliver(lines, month, folder, directory, seed);
      if (monthText !== story.refundMonth) return { month: monthText, ...written };
      const earlier = lines.filter((line) => !CAME_LATER.has(line.charge.type));
      const restated = await deliver(
        earlier,
        month,
        `${folder}/${assemblyId(1, `${monthText}, before`)}`,
        directory,
        seed,
      );
      return { month: monthText, ...written, restated };
    },
  };
}

/** The month with the refund is delivered twice: at first without the refund, and before support was charged. */
const CAME_LATER = new Set<LineItemType>(['Refund', 'Fee']);

/** One delivery of a month: a file, and the manifest that names it. */
async function deliver(
  lines: readonly BilledLine[],
  month: Month,
  folder: string,
  directory: string,
  seed: number,
): Promise<Omit<WrittenMonth, 'month' | 'restated'>> {
  const name = `${REPORT}-00001.csv.gz`;
  const file = join(directory, folder, name);
  await mkdir(join(directory, folder), { recursive: true });
  await writeFile(file, await compress(curHeader + lines.map((line) => curLine(line.cells)).join('')));
  await writeFile(join(directory, folder, `${REPORT}-Manifest.json`), manifest(month, seed, [`${folder}/${name}`]));
  const total = lines.reduce((sum, line) => sum + line.charge.cost, 0n);
  return { files: [file], rows: lines.length, total: fixedText(total), currency: 'USD' };
}

function assemblyId(seed: number, delivery: string): string {
  return randomText(seed, `assembly|${delivery}`, 32, '0123456789abcdef');
}

/** The manifest tells a reader which files make up the month. */
function manifest(month: Month, seed: number, reportKeys: string[]): string {
  const account = awsIdentifiers(seed).accountId('management');
  return `${JSON.stringify(
    {
      assemblyId: assemblyId(seed, month.text),
      account,
      columns: curColumns.map((column) => {
        const slash = column.indexOf('/');
        return { category: column.slice(0, slash), name: column.slice(slash + 1) };
      }),
      charset: 'UTF-8',
      compression: 'GZIP',
      contentType: 'text/csv',
      reportId: randomText(seed, 'report', 64, '0123456789abcdef'),
      reportName: REPORT,
      billingPeriod: {
        start: `${compactDay(month.first)}T000000.000Z`,
        end: `${compactDay(month.end)}T000000.000Z`,
      },
      bucket: 'larkmoor-billing',
      reportKeys,
      additionalArtifactKeys: [],
    },
    undefined,
    2,
  )}\n`;
}

function compactDay(day: number): string {
  return dayText(day).replaceAll('-', '');
}
