import { join } from 'node:path';
import { CloudActError } from '@cloudact/core/errors';
import { awsCurWriter } from './aws/cur-writer.ts';
import { azureExportWriter } from './azure/export-writer.ts';
import type { DemoBillWriter, DemoContext, WrittenMonth } from './bill-writer.ts';
import { unwritable } from './bill-writer.ts';
import { addMonths, parseDay, parseMonth } from './calendar.ts';
import { gcpExportWriter } from './gcp/export-writer.ts';
import { ociCostReportWriter } from './oci/cost-report-writer.ts';
import { storyOf } from './story.ts';

export interface DemoBillOptions {
  /** Files are written below it, in a folder for each provider; they are created when missing. */
  directory: string;
  /** Another seed is another company with the same story. Default 1. */
  seed?: number;
  /** The last month, `YYYY-MM`; every event of the story is dated back from it. */
  endMonth: string;
  /** The last day that has been metered, `YYYY-MM-DD`, in `endMonth` or later: a month that still runs ends there. */
  today: string;
  /** How many months, the last one included. Default 13. */
  months?: number;
  /** Which providers' bills. Default: all. */
  providers?: readonly string[];
  onProgress?: (progress: { done: number; total: number; provider: string; month: string }) => void;
}

export interface DemoBills {
  /** `aws`, `azure`, `gcp` or `oci`. */
  provider: string;
  /** The integration under which these files are meant to be loaded. */
  integrationId: string;
  /** Oldest first. */
  months: WrittenMonth[];
}

/** Whose bills the demo company gets, with what they need to know. */
const writers: readonly ((context: DemoContext) => DemoBillWriter)[] = [
  awsCurWriter,
  azureExportWriter,
  gcpExportWriter,
  ociCostReportWriter,
];

/**
 * Writes the demo company's bills, one entry per provider. The same seed, last month and day give the same bytes, and a
 * shorter history is the tail of a longer one. Throws `usage_invalid` for a month or day that cannot be,
 * `output_unwritable` when the folder cannot be written.
 */
export async function generateDemoBills(options: DemoBillOptions): Promise<DemoBills[]> {
  const { directory } = options;
  const { context, months } = demoMonths(options);
  const chosen = writers
    .map((writer) => writer(context))
    .filter(({ provider }) => options.providers?.includes(provider) ?? true);
  const bills: DemoBills[] = [];
  let done = 0;
  for (const writer of chosen) {
    const written: WrittenMonth[] = [];
    for (const month of months) {
      try {
        written.push(await writer.writeMonth(month, join(directory, writer.provider)));
      } catch (cause) {
        throw unwritable(cause, directory);
      }
      done += 1;
      options.onProgress?.({ done, total: months.length * chosen.length, provider: writer.provider, month });
    }
    bills.push({ provider: writer.provider, integrationId: writer.integrationId, months: written });
  }
  return bills;
}

/** What writers need to know, and the months they write, oldest first. Throws `usage_invalid`. */
export function demoMonths({
  seed = 1,
  months = 13,
  ...options
}: Pick<DemoBillOptions, 'seed' | 'endMonth' | 'today' | 'months'>): { context: DemoContext; months: string[] } {
  const endMonth = parseMonth(options.endMonth);
  const today = parseDay(options.today);
  if (today < endMonth.first) {
    throw new CloudActError('usage_invalid', {
      detail: `The demo cannot end in ${options.endMonth}, which has not begun on ${options.today}. Choose an earlier month.`,
    });
  }
  if (!Number.isInteger(months) || months < 1 || months > 60) {
    throw new CloudActError('usage_invalid', { detail: `The demo can have 1 to 60 months, not ${months}.` });
  }
  return {
    context: { seed, story: storyOf(endMonth), today },
    months: Array.from({ length: months }, (_, index) => addMonths(endMonth, index - months + 1).text),
  };
}
