import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { DemoBillWriter, DemoContext, WrittenMonth } from '../bill-writer.ts';
import { type Day, type Month, parseMonth } from '../calendar.ts';
import { fixedText } from '../fixed-point.ts';
import { usageModel } from '../usage.ts';
import { ociIdentifiers } from './identifiers.ts';
import { correctionOf, type OciLine, usageLines } from './lines.ts';
import { ociConsumption } from './workloads.ts';

const FOLDER = 'reports/cost-csv';
const compress = promisify(gzip);

/** One object of the bucket. */
interface Report {
  /** The day on which Oracle made it. */
  made: Day;
  lines: readonly OciLine[];
}

/**
 * Writes Oracle's cost reports: gzip CSV files in one folder for all months, with daily lines, one file a week. In the
 * third file of a month a line of the first is corrected. The month of the runaway day is restated: a report that was
 * made early in the next month takes back a part of what its database machine cost.
 */
export function ociCostReportWriter({ seed, story, today }: DemoContext): DemoBillWriter {
  const usageOn = usageModel(seed, story, ociConsumption());
  const identifiers = ociIdentifiers(seed);
  const linesOn = (day: Day) => usageLines(usageOn(day), day, seed, identifiers);

  function weeklyReports(month: Month): Report[] {
    const until = Math.min(month.end, today + 1);
    const reports: Report[] = [];
    for (let from = month.first; from < until; from += 7) {
      const days = Array.from({ length: Math.min(7, until - from) }, (_, index) => from + index);
      const corrections = reports.length === 2 ? clusterLines(linesOn(month.first + 2)) : [];
      reports.push({
        made: from + 7,
        lines: [...days.flatMap(linesOn), ...corrections.map((line) => correctionOf(line, [1n, 8n], seed))],
      });
    }
    return reports;
  }

  /** What was metered twice on ten days, taken back when the month was over. */
  function lateReport(month: Month): Report {
    const days = Array.from({ length: 10 }, (_, index) => month.first + 10 + index);
    const lines = days.flatMap((day) => clusterLines(linesOn(day)));
    return { made: month.end + 4, lines: lines.map((line) => correctionOf(line, [1n, 4n], seed)) };
  }

  return {
    provider: 'oci',
    integrationId: 'oci-demo',
    async writeMonth(monthText, directory) {
      const month = parseMonth(monthText);
      const weekly = weeklyReports(month);
      const late = story.runaway >= month.first && story.runaway < month.end && month.end + 4 <= today;
      const reports = late ? [...weekly, lateReport(month)] : weekly;
      await mkdir(join(directory, FOLDER), { recursive: true });
      for (const { made, lines } of reports) await writeFile(path(directory, made), await compress(csv(lines)));
      return {
        month: monthText,
        ...delivery(directory, reports),
        ...(late && { restated: delivery(directory, weekly) }),
      };
    },
  };
}

/** The lines of the database machine's processors. */
function clusterLines(lines: readonly OciLine[]): OciLine[] {
  return lines.filter(({ sku }) => sku.partNumber === 'B88592');
}

function delivery(directory: string, reports: readonly Report[]): Omit<WrittenMonth, 'month'> {
  const lines = reports.flatMap((report) => report.lines);
  return {
    files: reports.map(({ made }) => path(directory, made)),
    rows: lines.length,
    total: fixedText(lines.reduce((sum, { cost }) => sum + cost, 0n)),
    currency: 'USD',
  };
}

/** Oracle counts its reports up; a day has four. */
function path(directory: string, made: Day): string {
  return join(directory, FOLDER, `0001${String(made * 4).padStart(12, '0')}-00001.csv.gz`);
}

const COLUMNS = [
  'lineItem/referenceNo',
  'lineItem/tenantId',
  'lineItem/intervalUsageStart',
  'lineItem/intervalUsageEnd',
  'product/service',
  'product/compartmentId',
  'product/compartmentName',
  'product/region',
  'product/availabilityDomain',
  'product/resourceId',
  'usage/billedQuantity',
  'usage/billedQuantityOverage',
  'cost/subscriptionId',
  'cost/productSku',
  'product/Description',
  'cost/unitPrice',
  'cost/unitPriceOverage',
  'cost/myCost',
  'cost/myCostOverage',
  'cost/currencyCode',
  'cost/billingUnitReadable',
  'cost/skuUnitDescription',
  'cost/overageFlag',
  'lineItem/isCorrection',
  'lineItem/backreferenceNo',
  'cost/attributedCost',
  'usage/attributedUsage',
];

/** Behind the fixed columns, one for each tag that a line of this file has. */
function csv(lines: readonly OciLine[]): string {
  const tags = new Set(lines.flatMap(({ cells }) => Object.keys(cells).filter((name) => name.startsWith('tags/'))));
  const columns = [...COLUMNS, ...[...tags].sort()];
  const row = (cells: readonly string[]) =>
    `${cells.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\n`;
  return row(columns) + lines.map(({ cells }) => row(columns.map((name) => cells[name] ?? ''))).join('');
}
