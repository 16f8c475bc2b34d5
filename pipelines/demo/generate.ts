import { CloudActError } from '@cloudact/core/errors';
import { awsCurWriter } from './aws/cur-writer.ts';
import type { WrittenMonth } from './bill-writer.ts';
import { unwritable } from './bill-writer.ts';
import { addMonths, parseDay, parseMonth } from './calendar.ts';
import { storyOf } from './story.ts';
import { usageModel } from './usage.ts';

export interface DemoBillOptions {
  /** Files are written below it; it is created when missing. */
  directory: string;
  /** Another seed is another company with the same story. Default 1. */
  seed?: number;
  /** The last month, `YYYY-MM`; every event of the story is dated back from it. */
  endMonth: string;
  /** The last day that has been metered, `YYYY-MM-DD`, in `endMonth` or later: a month that still runs ends there. */
  today: string;
  /** How many months, the last one included. Default 13. */
  months?: number;
  onProgress?: (progress: { done: number; total: number; month: string }) => void;
}

export interface DemoBills {
  provider: 'aws';
  /** The integration under which these files are meant to be loaded. */
  integrationId: string;
  /** Oldest first. */
  months: WrittenMonth[];
}

/**
 * Writes the demo company's bills. The same seed, last month and day give the same bytes, and a shorter history is
 * the tail of a longer one. Throws `usage_invalid` for a month or day that cannot be, `output_unwritable` when the
 * folder cannot be written.
 */
export async function generateDemoBills(options: DemoBillOptions): Promise<DemoBills> {
  const { directory, seed = 1, months = 13 } = options;
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
  const story = storyOf(endMonth);
  const writer = awsCurWriter({ seed, story, usageOn: usageModel(seed, story), today });
  const written: WrittenMonth[] = [];
  for (let index = months - 1; index >= 0; index -= 1) {
    const month = addMonths(endMonth, -index).text;
    try {
      written.push(await writer.writeMonth(month, directory));
    } catch (cause) {
      throw unwritable(cause, directory);
    }
    options.onProgress?.({ done: written.length, total: months, month });
  }
  return { provider: 'aws', integrationId: 'aws-demo', months: written };
}
