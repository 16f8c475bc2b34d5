import { amortise, SHARE_PLACES } from './amortise.ts';
import { usedByDay } from './arrears.ts';
import type { Day } from './calendar.ts';
import { zeroDays } from './discounts.ts';
import { QUANTITY_PLACES } from './exact.ts';
import type { InvoiceLine } from './lines.ts';
import type { Subscription } from './plan.ts';
import type { Timeline } from './timeline.ts';

/** What one day bears of an invoice line. */
export interface DayShare {
  readonly day: Day;
  /** In units of 10⁻⁴ of the currency's minor unit. */
  readonly net: bigint;
  /** With 18 decimal places. */
  readonly listCost: bigint;
  readonly contractedCost: bigint;
  /** Seat-days, or what was used; with 18 decimal places. */
  readonly consumed: bigint;
}

/** An invoice line on its days. Net, list and contracted cost of all days add up to those of the line. */
export function dayShares(line: InvoiceLine, subscription: Subscription, timeline: Timeline): DayShare[] {
  const { from, to } = line;
  const days = Array.from({ length: to - from }, (_, index) => from + index);
  const used = line.weighting === 'usage' ? usedByDay(subscription, { start: from, end: to }) : [];
  const consumed = line.weighting === 'usage' ? used : days.map((day) => seatDays(line, timeline, day));
  const weights = days.map((day, index) => {
    if (line.weighting === 'usage') return used[index]!;
    return line.weighting === 'seats' ? timeline.seatsOn(day) : 1n;
  });
  const free = zeroDays(line.version);
  const isFree = (day: Day) => free.some(({ start, end }) => day >= start && day < end);
  const paid = weights.map((weight, index) => (isFree(days[index]!) ? 0n : weight));
  // Days that are all free would leave nothing to bear what is still charged.
  const net = amortise(line.net * 10n ** BigInt(SHARE_PLACES), paid.some((weight) => weight > 0n) ? paid : weights);
  const listCost = amortise(line.listCost, weights);
  const contractedCost = amortise(line.contractedCost, weights);
  return days.map((day, index) => ({
    day,
    net: net[index]!,
    listCost: listCost[index]!,
    contractedCost: contractedCost[index]!,
    consumed: consumed[index]!,
  }));
}

function seatDays({ seats, released }: InvoiceLine, timeline: Timeline, day: Day): bigint {
  if (!seats || (released !== undefined && day >= released)) return 0n;
  const beyond = timeline.seatsOn(day) - seats.offset;
  if (beyond <= 0n) return 0n;
  const own = seats.count !== undefined && seats.count < beyond ? seats.count : beyond;
  return own * 10n ** BigInt(18 - QUANTITY_PLACES);
}
