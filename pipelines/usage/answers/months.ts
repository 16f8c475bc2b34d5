import type { DeliveredPeriod } from '../../providers/connector.ts';

interface MonthsOptions {
  now: Date;
  /** First day of usage to fetch, `YYYY-MM-DD`; no earlier than what the provider still tells. */
  from: string;
  /** So many days after a month's end the provider no longer changes it. */
  settledAfterDays: number;
  /** How often an unsettled month is read anew, in hours. */
  refreshHours: number;
  /** Names what is asked, for example the paths of the API. */
  parts: readonly string[];
  /** What else makes another delivery of the same month: the version of the shape of the lines, or filters. */
  shape: string;
  /**
   * First day that the provider still tells of, `YYYY-MM-DD`: what was loaded of earlier days of the month stays.
   */
  heldFrom?: string;
}

/**
 * An API of usage has no deliveries: every month since `from` is one. A settled month has the same token for ever; one
 * that can still change has another token every `refreshHours`, so that late data is read.
 */
export function usageMonths(options: MonthsOptions): DeliveredPeriod[] {
  const { now, from, settledAfterDays, refreshHours, parts, shape, heldFrom } = options;
  const months: DeliveredPeriod[] = [];
  const [year, month] = [Number(from.slice(0, 4)), Number(from.slice(5, 7)) - 1];
  for (let index = 0; ; index += 1) {
    const start = new Date(Date.UTC(year, month + index, 1));
    if (start > now) return months;
    const end = Date.UTC(year, month + index + 1, 1);
    const settled = now.getTime() >= end + settledAfterDays * DAY;
    const state = settled ? 'settled' : Math.floor(now.getTime() / (refreshHours * HOUR));
    const billingPeriod = start.toISOString().slice(0, 10);
    const partly = heldFrom !== undefined && heldFrom > billingPeriod;
    months.push({
      billingPeriod,
      changeToken: `${shape} ${state}`,
      deliveredAt: null,
      parts: parts.map((name) => ({ name, version: String(state), bytes: null })),
      ...(partly && { heldFrom }),
    });
  }
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
