import { CloudActError } from '@cloudact/core/errors';
import { seatsOf, takeOff } from './advance.ts';
import { type Day, dayOf, dayText } from './calendar.ts';
import { amountsOff, type Fraction } from './discounts.ts';
import { divideDown, QUANTITY_PLACES, unitsOf } from './exact.ts';
import { byDays, describe, type InvoiceLine, type LineContext, pricedLine, prorated, WHOLE } from './lines.ts';
import type { PlanVersion, Subscription } from './plan.ts';
import { minimumPart, type PricePart, priceParts } from './prices.ts';
import type { BillingPeriod } from './schedule.ts';
import type { Timeline } from './timeline.ts';

/**
 * The lines of a billing period that is paid when it is over: one for each price and each stretch of days in which
 * price and, where the plan prorates, seats stayed the same. `period` ends where it really ended; `agreed` is false where that
 * was a cancellation or a change of cadence, which is always counted by days.
 */
export function arrearsLines(
  context: LineContext,
  timeline: Timeline,
  period: BillingPeriod,
  billsOn: Day,
  agreed: boolean,
): InvoiceLine[] {
  const stretches = cut(
    period,
    timeline.versionsWithin(period.start, period.end).map(({ day }) => day),
  ).flatMap((stretch) => {
    const version = timeline.versionAt(stretch.start);
    const changes = version.proration === 'daily' && version.model !== 'usage_with_minimum' && version.model !== 'flat';
    return cut(
      stretch,
      changes ? timeline.seatChangesWithin(stretch.start, stretch.end).map(({ day }) => day) : [],
    ).map((part) => ({ ...part, version }));
  });
  const lines = stretches.flatMap(({ version, start, end }) => {
    const days = end - start;
    const share =
      agreed && stretches.length === 1 ? prorated(version, days, context.whole) : byDays(days, context.whole);
    return stretchLines(context, timeline, version, { start, end }, share, billsOn);
  });
  return takeOff(lines, amountsOff(timeline.versionAt(period.start), period.start, context.places));
}

function stretchLines(
  context: LineContext,
  timeline: Timeline,
  version: PlanVersion,
  stretch: BillingPeriod,
  share: Fraction,
  billsOn: Day,
): InvoiceLine[] {
  const { start: from, end: to } = stretch;
  const line = (part: PricePart, of: Fraction, weighting: InvoiceLine['weighting'], seats?: InvoiceLine['seats']) =>
    pricedLine(context, part, of, {
      kind: 'charge',
      version,
      description: describe(context.subscription, version, part.name),
      billsOn,
      from,
      to,
      weighting,
      ...(seats && { seats }),
    });
  if (version.model === 'usage_with_minimum') {
    const parts = priceParts(version, usedWithin(context.subscription, stretch));
    const lines = parts.map((part) => (part.counts ? line(part, WHOLE, 'usage') : line(part, share, 'days')));
    const least = (unitsOf(version.minimum_charge ?? '0', 12) * share.part * 1_000_000n) / share.whole;
    const reached = lines.reduce((sum, { contractedCost }) => sum + contractedCost, 0n);
    return least > reached ? [...lines, line(minimumPart(least - reached), WHOLE, 'days')] : lines;
  }
  if (share.part === 0n) return [];
  const seats = seatsBilled(timeline, version, stretch);
  const parts = priceParts(version, seats);
  const held = seatsOf(parts, seats, { ...version, proration: 'none' });
  return parts.map((part, index) => line(part, share, part.counts ? 'seats' : 'days', held[index]));
}

/** Without proration the seats of the first day are billed; with full periods the most that there were. */
function seatsBilled(timeline: Timeline, version: PlanVersion, { start, end }: BillingPeriod): bigint {
  const first = timeline.seatsOn(start);
  if (version.proration !== 'full_period') return first;
  const all = [first, ...timeline.seatChangesWithin(start, end).map(({ quantity }) => quantity)];
  return all.toSorted((left, right) => (left < right ? 1 : -1))[0]!;
}

/** Throws `settings_invalid` where nothing says what was used: that is not the same as nothing. */
function usedWithin({ id, usage = [] }: Subscription, { start, end }: BillingPeriod): bigint {
  const within = usage.filter(({ from, to }) => dayOf(from) < end && dayOf(to) > start);
  const beyond = within.find(({ from, to }) => dayOf(from) < start || dayOf(to) > end);
  if (within.length === 0 || beyond) {
    const period = `the billing period from ${dayText(start)} until ${dayText(end)}`;
    throw new CloudActError('settings_invalid', {
      detail: beyond
        ? `The use of the subscription ${id} from ${beyond.from} to ${beyond.to} lies in more than ${period}. Split it there.`
        : `The subscription ${id} has no use in ${period}. Enter it; where there was none, enter the quantity 0.`,
      faults: [
        {
          column: 'usage',
          value: id,
          reason: beyond ? 'crosses the end of a billing period' : `is missing for ${period}`,
        },
      ],
    });
  }
  return within.reduce((sum, { quantity }) => sum + unitsOf(quantity, QUANTITY_PLACES), 0n);
}

/** What was used on each day of a stretch, with 18 decimal places: an entry falls evenly on its days. */
export function usedByDay({ usage = [] }: Subscription, { start, end }: BillingPeriod): bigint[] {
  const days = Array.from({ length: end - start }, () => 0n);
  for (const entry of usage) {
    const [from, to] = [dayOf(entry.from), dayOf(entry.to)];
    if (from < start || to > end) continue;
    const [quantity, length] = [unitsOf(entry.quantity, 18), BigInt(to - from)];
    for (let day = from; day < to; day++) {
      const index = BigInt(day - from);
      days[day - start]! += divideDown(quantity * (index + 1n), length) - divideDown(quantity * index, length);
    }
  }
  return days;
}

function cut({ start, end }: BillingPeriod, at: readonly Day[]): BillingPeriod[] {
  const bounds = [start, ...at, end];
  return bounds.slice(1).map((bound, index) => ({ start: bounds[index]!, end: bound }));
}
