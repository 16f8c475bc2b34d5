import { addMonths, type Day, dayText } from './calendar.ts';
import { amountsOff } from './discounts.ts';
import { unitsOf } from './exact.ts';
import { pricedLine, WHOLE } from './lines.ts';
import { minorUnitPlaces } from './minor-units.ts';
import { cadenceMonths, type PlanVersion, type Subscription } from './plan.ts';
import { priceParts } from './prices.ts';
import { type Timeline, termAt } from './timeline.ts';

/** A deal of a year or more. `cost` is in minor units of the currency, `seats` has 6 decimal places. */
export interface Commitment {
  readonly id: string;
  readonly version: PlanVersion;
  readonly start: Day;
  readonly end: Day;
  readonly cost: bigint;
  /** Null for a plan that counts no seats. */
  readonly seats: bigint | null;
}

/** Terms shorter than this are no commitment worth a row: they end before a year is over. */
const LEAST_MONTHS = 12;

/** The terms of a year or more that began on or before a day: what each commits to, at the price of its first day. */
export function commitmentsOf(subscription: Subscription, timeline: Timeline, through: Day): Commitment[] {
  const found: Commitment[] = [];
  let start = timeline.paidFrom;
  for (;;) {
    const stop = Math.min(timeline.cancelled?.day ?? start + 1, timeline.agreedEnd(start) ?? start + 1);
    if (start > through || start >= stop) return found;
    const version = timeline.versionAt(start);
    const months = version.term_months ?? cadenceMonths(version);
    const { end: next } = termAt(version, timeline.paidFrom, start);
    const end = Math.min(next, timeline.agreedEnd(start) ?? next);
    const cost = months >= LEAST_MONTHS ? termNet(subscription, timeline, version, start, months) : 0n;
    if (cost > 0n) {
      const counts = version.model === 'per_seat' || version.model === 'tiered';
      found.push({
        id: `${subscription.id}/${dayText(start)}`,
        version,
        start,
        end,
        cost,
        seats: counts ? timeline.seatsOn(start) : null,
      });
    }
    start = end;
  }
}

/** What the billing periods of a term cost with the price and the seats of its first day; of use, their minimum. */
function termNet(
  subscription: Subscription,
  timeline: Timeline,
  version: PlanVersion,
  start: Day,
  months: number,
): bigint {
  const places = minorUnitPlaces(subscription.currency);
  const cadence = cadenceMonths(version);
  const periods = Array.from({ length: Math.ceil(months / cadence) }, (_, index) => ({
    start: addMonths(start, index * cadence),
    end: addMonths(start, (index + 1) * cadence),
  }));
  if (version.model === 'usage_with_minimum') {
    return (BigInt(periods.length) * unitsOf(version.minimum_charge ?? '0', 12)) / 10n ** BigInt(12 - places);
  }
  const parts = priceParts(version, timeline.seatsOn(start));
  return periods.reduce((sum, whole) => {
    const net = parts
      .map(
        (part) =>
          pricedLine({ subscription, places, whole }, part, WHOLE, {
            kind: 'charge',
            version,
            description: part.name,
            billsOn: whole.start,
            from: whole.start,
            to: whole.end,
            weighting: 'days',
          }).net,
      )
      .reduce((all, one) => all + one, 0n);
    const due = net - amountsOff(version, whole.start, places);
    return due > 0n ? sum + due : sum;
  }, 0n);
}
