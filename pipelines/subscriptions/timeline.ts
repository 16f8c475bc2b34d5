import { type Day, dayOf } from './calendar.ts';
import { QUANTITY_PLACES, unitsOf } from './exact.ts';
import { cadenceMonths, type PlanVersion, type Subscription } from './plan.ts';
import { ONE } from './prices.ts';
import { type BillingPeriod, periodAt } from './schedule.ts';

/** A change at a day, and the day on which its bill is issued: later where it became known later. */
export interface Change {
  readonly day: Day;
  readonly billsOn: Day;
}

/** What a subscription's document says about days. */
export interface Timeline {
  /** The first day, trial included, and the first that is paid. */
  readonly starts: Day;
  readonly paidFrom: Day;
  readonly cancelled: (Change & { refund: 'none' | 'daily' | 'full' }) | undefined;
  versionAt(day: Day): PlanVersion;
  /** Versions that begin between two days (neither is meant) and do not wait for the renewal. */
  versionsWithin(from: Day, to: Day): (Change & { version: PlanVersion })[];
  /** Seats in use, with 6 decimal places; 1 where the plan tells none. */
  seatsOn(day: Day): bigint;
  seatChangesWithin(from: Day, to: Day): (Change & { quantity: bigint })[];
  /** The first day of a billing period that is not paid because the subscription ends as agreed; undefined: it goes on. */
  agreedEnd(periodStart: Day): Day | undefined;
}

export function timelineOf(subscription: Subscription): Timeline {
  const starts = dayOf(subscription.starts_on);
  const paidFrom = subscription.trial_until ? dayOf(subscription.trial_until) : starts;
  const versions = subscription.versions.map((version) => ({
    ...change(version.effective_from, version.recorded_on),
    version,
  }));
  const seats = (subscription.quantity_changes ?? []).map(({ date, recorded_on: recorded, quantity }) => ({
    ...change(date, recorded),
    quantity: unitsOf(quantity, QUANTITY_PLACES),
  }));
  const { cancellation } = subscription;
  const cancelled = cancellation && {
    ...change(cancellation.on, cancellation.recorded_on),
    refund: cancellation.refund,
  };
  const versionAt = (day: Day) => lastUntil(versions, day)?.version ?? subscription.versions[0]!;
  return {
    starts,
    paidFrom,
    cancelled,
    versionAt,
    versionsWithin: (from, to) =>
      versions.filter(({ day, version }) => day > from && day < to && version.on_change !== 'at_renewal'),
    seatsOn: (day) => lastUntil(seats, day)?.quantity ?? ONE,
    seatChangesWithin: (from, to) => seats.filter(({ day }) => day > from && day < to),
    agreedEnd(periodStart) {
      const version = versionAt(periodStart);
      const ends = subscription.ends_on === undefined ? [] : [dayOf(subscription.ends_on)];
      if (version.auto_renew === false) ends.push(termAt(version, paidFrom, paidFrom).end);
      return ends.length > 0 ? Math.min(...ends) : undefined;
    },
  };
}

/** The term that a day is in, counted from the first day that is paid. */
export function termAt(version: PlanVersion, paidFrom: Day, day: Day): BillingPeriod {
  return periodAt(paidFrom, version.term_months ?? cadenceMonths(version), day);
}

function change(day: string, recorded: string | undefined): Change {
  return { day: dayOf(day), billsOn: dayOf(recorded ?? day) };
}

function lastUntil<Dated extends Change>(changes: readonly Dated[], day: Day): Dated | undefined {
  return changes.findLast((one) => one.day <= day);
}
