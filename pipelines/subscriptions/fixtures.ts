import { type Day, dayOf, dayText } from './calendar.ts';
import { dayShares } from './days.ts';
import { textOf } from './exact.ts';
import { invoiceLines } from './invoices.ts';
import { minorUnitPlaces } from './minor-units.ts';
import type { PlanVersion, Subscription } from './plan.ts';
import { readPlans } from './read-plans.ts';
import { timelineOf } from './timeline.ts';

/** A monthly plan of one seat at 10, in dollars, from January 1, 2026. */
export function version(changes: Partial<PlanVersion> = {}): PlanVersion {
  return {
    effective_from: '2026-01-01',
    model: 'per_seat',
    unit_price: '10',
    cadence: 'month',
    billing: 'advance',
    proration: 'daily',
    ...changes,
  };
}

export function subscription(changes: Partial<Subscription> = {}): Subscription {
  return {
    id: 'orchard',
    vendor: 'Orchard',
    product: 'Orchard Desk',
    service_category: 'Business Applications',
    service_subcategory: 'Productivity and Collaboration',
    currency: 'USD',
    starts_on: '2026-01-01',
    versions: [version()],
    quantity_changes: [{ date: '2026-01-01', quantity: '1' }],
    ...changes,
  };
}

/** What a checked subscription bills through a day: `[day, kind, from, to, net]`. */
export function billed(of: Subscription, through: string): string[][] {
  readPlans({ subscriptions: [of] });
  const places = minorUnitPlaces(of.currency);
  return invoiceLines(of, dayOf(through)).map(({ billsOn, kind, from, to, net }) => [
    dayText(billsOn),
    kind,
    dayText(from),
    dayText(to),
    textOf(net, places),
  ]);
}

/** The cost of each day, all lines together, as decimal text. */
export function costByDay(of: Subscription, through: string): Map<string, string> {
  const places = minorUnitPlaces(of.currency) + 4;
  const days = new Map<Day, bigint>();
  for (const line of invoiceLines(of, dayOf(through))) {
    for (const { day, net } of dayShares(line, of, timelineOf(of))) days.set(day, (days.get(day) ?? 0n) + net);
  }
  return new Map([...days].sort(([a], [b]) => a - b).map(([day, net]) => [dayText(day), textOf(net, places)]));
}
