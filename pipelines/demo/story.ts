import type { Day, Month } from './calendar.ts';
import { addMonths, weekday } from './calendar.ts';

/** What happens to the company, and when. Every date hangs on the last month, so that the demo is always recent. */
export interface Story {
  /** The day on which growth is 1. */
  readonly start: Day;
  /** Months in which promotional credits still pay a part of the bill. */
  readonly creditMonths: readonly string[];
  /** Database servers are reserved for a year from this day. */
  readonly reservationStart: Day;
  /** A one-year spend commitment for compute begins on this day. */
  readonly savingsPlanStart: Day;
  /** The day on which the product "scout" goes on sale. */
  readonly launch: Day;
  /** The one day on which a training job runs away. */
  readonly runaway: Day;
  /** The month in which the provider refunds a part of that day. */
  readonly refundMonth: string;
  /** From this day on assistants use a newer language model. */
  readonly modelLaunch: Day;
  /** The first of three days on which strangers use a key that leaked; it is gone on the fourth. */
  readonly leak: Day;
}

export function storyOf(endMonth: Month): Story {
  const before = (months: number): Month => addMonths(endMonth, -months);
  const runawayMonth = before(2);
  return {
    start: before(12).first,
    creditMonths: [12, 11, 10, 9].map((months) => before(months).text),
    reservationStart: before(10).first,
    savingsPlanStart: before(6).first + 11,
    launch: before(4).first + 8,
    runaway: firstWednesdayFrom(runawayMonth.first + 13),
    refundMonth: before(1).text,
    modelLaunch: before(4).first + 20,
    leak: before(1).first + 12,
  };
}

function firstWednesdayFrom(day: Day): Day {
  return day + ((3 - weekday(day) + 7) % 7);
}
