import type { Day } from './calendar.ts';
import { discounted, type Fraction } from './discounts.ts';
import { AMOUNT_PLACES, divideRounded } from './exact.ts';
import type { PlanVersion, Subscription } from './plan.ts';
import { ONE, type PricePart } from './prices.ts';
import type { BillingPeriod } from './schedule.ts';

/**
 * One line of an invoice as the plan computes it. Money: `net` in whole minor units of the currency, costs and unit
 * prices with 18 decimal places, quantities with 6.
 */
export interface InvoiceLine {
  readonly kind: 'charge' | 'trial' | 'seats_added' | 'seats_removed' | 'credit';
  readonly version: PlanVersion;
  /** Name of the price, unique in the version. */
  readonly price: string;
  readonly description: string;
  /** The day on which the plan bills it. */
  readonly billsOn: Day;
  /** The service that it pays for, half open. */
  readonly from: Day;
  readonly to: Day;
  readonly net: bigint;
  readonly listCost: bigint;
  readonly contractedCost: bigint;
  readonly pricing: { quantity: bigint; unit: string; listUnitPrice: bigint; contractedUnitPrice: bigint };
  /** The seats in use that are this line's: those after the first `offset`, at most `count` of them. */
  readonly seats?: { offset: bigint; count: bigint | undefined };
  /** How cost falls on days: evenly, by the seats in use, or by what was used. */
  readonly weighting: 'days' | 'seats' | 'usage';
  /** The day on which a credited line was given up: from then on nothing is used under it. */
  released?: Day;
  /** Of a credit, and of seats removed: the day on which was billed what it gives back. */
  readonly credits?: Day;
}

/** What all lines of one billing period have in common. */
export interface LineContext {
  readonly subscription: Subscription;
  /** Decimal places of the currency's minor unit. */
  readonly places: number;
  /** The billing period before anything cut it short. */
  readonly whole: BillingPeriod;
}

export const WHOLE: Fraction = { part: 1n, whole: 1n };

/** Days as a share of a whole billing period, as the plan prorates. */
export function prorated({ proration }: PlanVersion, days: number, whole: BillingPeriod): Fraction {
  const all = whole.end - whole.start;
  if (days === all || proration === 'full_period') return WHOLE;
  return proration === 'daily' ? byDays(days, whole) : { part: 0n, whole: 1n };
}

export function byDays(days: number, whole: BillingPeriod): Fraction {
  const all = whole.end - whole.start;
  return days === all ? WHOLE : { part: BigInt(days), whole: BigInt(all) };
}

/** The line of one price for a share of its billing period, discounts taken off, rounded once to the minor unit. */
export function pricedLine(
  context: LineContext,
  part: PricePart,
  share: Fraction,
  line: Pick<
    InvoiceLine,
    'kind' | 'version' | 'description' | 'billsOn' | 'from' | 'to' | 'weighting' | 'seats' | 'credits'
  >,
): InvoiceLine {
  const left = discounted(line.version, line.from, context.whole);
  const minor = minorUnit(context.places);
  const net = divideRounded(part.cost * share.part * left.part, share.whole * left.whole * minor);
  const isWhole = share.part === share.whole;
  const costs = isWhole
    ? { contractedCost: part.cost, listCost: part.listCost }
    : {
        contractedCost: divideRounded(part.cost * share.part, share.whole * minor) * minor,
        listCost: divideRounded(part.listCost * share.part, share.whole * minor) * minor,
      };
  const { quantity, unit, unitPrice, listUnitPrice } = part;
  return {
    ...line,
    price: part.name,
    net,
    ...costs,
    pricing: isWhole
      ? { quantity, unit, listUnitPrice, contractedUnitPrice: unitPrice }
      : countPricing(costs.listCost, costs.contractedCost),
  };
}

/** A price for one, so that price and quantity give the amount exactly. Both costs have the same sign, or are zero. */
export function countPricing(listCost: bigint, contractedCost: bigint): InvoiceLine['pricing'] {
  const sign = listCost < 0n || contractedCost < 0n ? -1n : 1n;
  return {
    quantity: sign * ONE,
    unit: 'Count',
    listUnitPrice: sign * listCost,
    contractedUnitPrice: sign * contractedCost,
  };
}

/** One minor unit of the currency as an amount with 18 decimal places. */
export function minorUnit(places: number): bigint {
  return 10n ** BigInt(AMOUNT_PLACES - places);
}

/**
 * Gives a line back from a day on: `all` of it, or the share of its days that are left. What was used until then keeps
 * its cost; the credit falls on the days that are left.
 */
export function creditLine(
  line: InvoiceLine,
  { day, billsOn, all, places }: { day: Day; billsOn: Day; all: boolean; places: number },
): InvoiceLine {
  const from = Math.max(day, line.from);
  const share = all ? WHOLE : { part: BigInt(line.to - from), whole: BigInt(line.to - line.from) };
  const minor = minorUnit(places);
  const back = (amount: bigint, unit: bigint) => -divideRounded(amount * share.part, share.whole * unit) * unit;
  const [listCost, contractedCost] = [back(line.listCost, minor), back(line.contractedCost, minor)];
  return {
    kind: 'credit',
    version: line.version,
    price: `${line.price} credit`,
    description: `Credit: ${line.description}`,
    billsOn,
    from,
    to: line.to,
    net: back(line.net, 1n),
    listCost,
    contractedCost,
    pricing: countPricing(listCost, contractedCost),
    weighting: 'days',
    credits: line.billsOn,
  };
}

/** `Slack Business+, Seat`: what stands on the invoice. */
export function describe({ product }: Subscription, version: PlanVersion, what: string): string {
  return `${product}${version.name ? ` ${version.name}` : ''}, ${what}`;
}
