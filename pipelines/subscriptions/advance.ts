import type { Day } from './calendar.ts';
import { amountsOff } from './discounts.ts';
import { byDays, creditLine, describe, type InvoiceLine, type LineContext, pricedLine, prorated } from './lines.ts';
import { cadenceMonths, type PlanVersion } from './plan.ts';
import { ONE, type PricePart, periodCost, priceParts } from './prices.ts';
import type { BillingPeriod } from './schedule.ts';
import type { Change, Timeline } from './timeline.ts';

/**
 * The lines of a billing period that is paid in advance: the price of the seats of its first day; each seat added later
 * as a line of its own, for the days that are left; what a change of price or a cancellation gives back. `period` ends
 * where it was agreed to end.
 */
export function advanceLines(context: LineContext, timeline: Timeline, period: BillingPeriod): InvoiceLine[] {
  const version = timeline.versionAt(period.start);
  const days = period.end - period.start;
  const lines = baseLines(
    context,
    version,
    timeline.seatsOn(period.start),
    period.start,
    period,
    prorated(version, days, context.whole),
  );
  const off = takeOff(lines, amountsOff(version, period.start, context.places));
  return withChanges(context, timeline, period, off);
}

function withChanges(
  context: LineContext,
  timeline: Timeline,
  period: BillingPeriod,
  base: InvoiceLine[],
): InvoiceLine[] {
  let [lines, version] = [base, timeline.versionAt(period.start)];
  let paid = timeline.seatsOn(period.start);
  const { cancelled } = timeline;
  const stop = Math.min(period.end, cancelled?.day ?? period.end);
  for (const event of eventsWithin(timeline, period.start, stop)) {
    if ('version' in event) {
      const all = event.version.on_change === 'credit_invoiced';
      lines = [...lines, ...giveBack(context, lines, event, all)];
      // Another cadence begins a billing period of its own.
      if (cadenceMonths(event.version) !== cadenceMonths(version) || event.version.billing !== version.billing)
        return lines;
      version = event.version;
      paid = timeline.seatsOn(event.day);
      const share = byDays(period.end - event.day, context.whole);
      lines.push(...baseLines(context, version, paid, event.billsOn, { start: event.day, end: period.end }, share));
    } else if (countsSeats(version) && (event.quantity > paid || version.seat_credit === 'daily')) {
      if (event.quantity === paid) continue;
      const line = seatLine(context, version, { from: paid, to: event.quantity }, event, period.end);
      if (!line) continue;
      lines.push(line);
      paid = event.quantity;
    }
  }
  if (cancelled && cancelled.refund !== 'none' && cancelled.day > period.start && cancelled.day < period.end) {
    lines.push(...giveBack(context, lines, cancelled, cancelled.refund === 'full'));
  }
  return lines;
}

function baseLines(
  context: LineContext,
  version: PlanVersion,
  seats: bigint,
  billsOn: Day,
  { start, end }: BillingPeriod,
  share: { part: bigint; whole: bigint },
): InvoiceLine[] {
  if (share.part === 0n) return [];
  const parts = priceParts(version, seats);
  const held = seatsOf(parts, seats, version);
  return parts.map((part, index) =>
    pricedLine(context, part, share, {
      kind: 'charge',
      version,
      description: describe(context.subscription, version, part.name),
      billsOn,
      from: start,
      to: end,
      weighting: 'days',
      ...(held[index] && { seats: held[index] }),
    }),
  );
}

/**
 * Which seats in use are whose: each counted price has its own, the first those that are included as well. Where
 * added seats are not billed before the renewal, the last has them.
 */
export function seatsOf(parts: readonly PricePart[], seats: bigint, version: PlanVersion): InvoiceLine['seats'][] {
  const counted = parts.filter(({ counts }) => counts);
  const bearers = counted.length > 0 ? counted : parts.slice(0, 1);
  const priced = counted.reduce((sum, { quantity }) => sum + quantity, 0n);
  let [offset, rest] = [0n, seats > priced ? seats - priced : 0n];
  return parts.map((part) => {
    if (!bearers.includes(part)) return undefined;
    const count = (part.counts ? part.quantity : 0n) + rest;
    const own = { offset, count: part === bearers.at(-1) && version.proration === 'none' ? undefined : count };
    [offset, rest] = [offset + count, 0n];
    return own;
  });
}

/** More seats, or fewer, for the days that are left. Nothing where the plan bills them with the renewal. */
function seatLine(
  context: LineContext,
  version: PlanVersion,
  { from, to }: { from: bigint; to: bigint },
  { day, billsOn }: Change,
  end: Day,
): InvoiceLine | undefined {
  const share = to < from ? byDays(end - day, context.whole) : prorated(version, end - day, context.whole);
  if (share.part === 0n) return undefined;
  const [before, after] = [periodCost(version, from), periodCost(version, to)];
  const [cost, listCost] = [after.cost - before.cost, after.listCost - before.listCost];
  const sign = cost < 0n || listCost < 0n ? -1n : 1n;
  return pricedLine(
    context,
    {
      name: to > from ? 'Added' : 'Removed',
      counts: true,
      quantity: sign * ONE,
      unit: 'Count',
      unitPrice: sign * cost,
      listUnitPrice: sign * listCost,
      cost,
      listCost,
    },
    share,
    {
      kind: to > from ? 'seats_added' : 'seats_removed',
      version,
      description: describe(context.subscription, version, to > from ? 'seats added' : 'seats removed'),
      billsOn,
      from: day,
      to: end,
      weighting: 'days',
      ...(to > from ? { seats: { offset: from, count: to - from } } : { credits: context.whole.start }),
    },
  );
}

/** Credits for what is still running; `all` gives back what was invoiced of it, not only the days that are left. */
function giveBack(
  context: LineContext,
  lines: readonly InvoiceLine[],
  { day, billsOn }: Change,
  all: boolean,
): InvoiceLine[] {
  return lines
    .filter(({ kind, to, released }) => kind !== 'credit' && released === undefined && to > day)
    .map((line) => {
      line.released = day;
      return creditLine(line, { day, billsOn, all, places: context.places });
    });
}

/** Takes an amount off lines, one after the other, none below zero. */
export function takeOff(lines: readonly InvoiceLine[], amount: bigint): InvoiceLine[] {
  let left = amount;
  return lines.map((line) => {
    if (line.net <= 0n) return line;
    const [net, rest] = line.net > left ? [line.net - left, 0n] : [0n, left - line.net];
    left = rest;
    return { ...line, net };
  });
}

function countsSeats({ model }: PlanVersion): boolean {
  return model === 'per_seat' || model === 'tiered';
}

/** In the order of their days; a version before the seats of its day, which its price is for. */
function eventsWithin(timeline: Timeline, from: Day, to: Day) {
  return [...timeline.versionsWithin(from, to), ...timeline.seatChangesWithin(from, to)].sort(
    (left, right) => left.day - right.day || Number('quantity' in left) - Number('quantity' in right),
  );
}
