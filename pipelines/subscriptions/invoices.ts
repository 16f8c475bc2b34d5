import { advanceLines } from './advance.ts';
import { arrearsLines } from './arrears.ts';
import { type Day, dayOf } from './calendar.ts';
import { byDays, describe, type InvoiceLine, type LineContext, pricedLine } from './lines.ts';
import { minorUnitPlaces } from './minor-units.ts';
import { cadenceMonths, type Subscription } from './plan.ts';
import { priceParts } from './prices.ts';
import { periodAt } from './schedule.ts';
import { type Timeline, timelineOf } from './timeline.ts';

/**
 * Every line that a subscription's plan bills on or before a day, in the order of its billing periods.
 *
 * Throws `settings_invalid` where what was used in a period that is billed is not told.
 */
export function invoiceLines(subscription: Subscription, through: Day): InvoiceLine[] {
  const timeline = timelineOf(subscription);
  const places = minorUnitPlaces(subscription.currency);
  const lines = trialLines(subscription, timeline, places);
  let anchor = subscription.anchor_on ? dayOf(subscription.anchor_on) : timeline.paidFrom;
  let [start, former] = [timeline.paidFrom, cadenceMonths(timeline.versionAt(timeline.paidFrom))];
  const last = timeline.cancelled?.day ?? Number.POSITIVE_INFINITY;
  while (start < Math.min(last, timeline.agreedEnd(start) ?? last) && start <= through) {
    const version = timeline.versionAt(start);
    const months = cadenceMonths(version);
    if (months !== former) [anchor, former] = [start, months];
    const whole = periodAt(anchor, months, start);
    const context: LineContext = { subscription, places, whole };
    const agreed = Math.min(whole.end, timeline.agreedEnd(start) ?? whole.end);
    const cut = timeline
      .versionsWithin(start, Math.min(agreed, last))
      .find((next) => cadenceMonths(next.version) !== months || next.version.billing !== version.billing);
    const end = cut?.day ?? agreed;
    if (version.billing === 'advance') lines.push(...advanceLines(context, timeline, { start, end: agreed }));
    else {
      const ended = Math.min(end, last);
      const billsOn =
        ended === last && timeline.cancelled ? timeline.cancelled.billsOn : Math.max(ended, cut?.billsOn ?? ended);
      if (billsOn > through) break;
      lines.push(...arrearsLines(context, timeline, { start, end: ended }, billsOn, ended === agreed));
    }
    start = end;
  }
  return lines.filter(({ billsOn }) => billsOn <= through);
}

/** A trial is billed at nothing; its list price is what it would cost. */
function trialLines(subscription: Subscription, timeline: Timeline, places: number): InvoiceLine[] {
  const { starts, paidFrom, cancelled } = timeline;
  const end = Math.min(paidFrom, cancelled?.day ?? paidFrom);
  if (end <= starts) return [];
  const version = timeline.versionAt(starts);
  const whole = periodAt(starts, cadenceMonths(version), starts);
  const seats = timeline.seatsOn(starts);
  return priceParts(version, seats)
    .slice(0, version.model === 'usage_with_minimum' ? 0 : undefined)
    .map((part, index) => {
      const line = pricedLine({ subscription, places, whole }, part, byDays(end - starts, whole), {
        kind: 'trial',
        version,
        description: describe(subscription, version, `${part.name} (trial)`),
        billsOn: starts,
        from: starts,
        to: end,
        weighting: 'days',
        ...(index === 0 && { seats: { offset: 0n, count: undefined } }),
      });
      return { ...line, price: `${part.name} trial`, net: 0n, contractedCost: 0n, pricing: trialPricing(line) };
    });
}

function trialPricing({ listCost }: InvoiceLine): InvoiceLine['pricing'] {
  return { quantity: 1_000_000n, unit: 'Count', listUnitPrice: listCost, contractedUnitPrice: 0n };
}
