import { addMonths, type Day, dayOf } from './calendar.ts';
import { QUANTITY_PLACES, unitsOf } from './exact.ts';
import { cadenceMonths, type Discount, type PlanVersion } from './plan.ts';
import type { BillingPeriod } from './schedule.ts';

/** A share of something: `part` of `whole`, both whole numbers. */
export interface Fraction {
  readonly part: bigint;
  readonly whole: bigint;
}

const HUNDRED = 100n * 10n ** BigInt(QUANTITY_PLACES);

/**
 * What percentages and free months leave of a charge whose service begins on a day, in the whole billing period that it
 * is in. Percentages apply one after the other.
 */
export function discounted(version: PlanVersion, day: Day, whole: BillingPeriod): Fraction {
  let [part, of] = [1n, 1n];
  for (const discount of version.discounts ?? []) {
    if (discount.type === 'percent' && holdsOn(discount, day)) {
      part *= HUNDRED - unitsOf(discount.percent!, QUANTITY_PLACES);
      of *= HUNDRED;
    } else if (discount.type === 'free_months') {
      const months = cadenceMonths(version);
      const free = freeMonths(discount, version);
      const count = Array.from({ length: months }, (_, month) => addMonths(whole.start, month)).filter(
        (start) => start >= free.start && start < free.end,
      ).length;
      part *= BigInt(months - count);
      of *= BigInt(months);
    }
  }
  return { part, whole: of };
}

/** Amounts off a billing period that begins on a day, in units of `places` decimals. */
export function amountsOff(version: PlanVersion, day: Day, places: number): bigint {
  return (version.discounts ?? [])
    .filter((discount) => discount.type === 'amount' && holdsOn(discount, day))
    .reduce((sum, { amount }) => sum + unitsOf(trimmed(amount!), places), 0n);
}

/** The free months that are to be seen as days without cost. */
export function zeroDays(version: PlanVersion): BillingPeriod[] {
  return (version.discounts ?? [])
    .filter(({ type, treatment }) => type === 'free_months' && treatment === 'zero')
    .map((discount) => freeMonths(discount, version));
}

function freeMonths(discount: Discount, version: PlanVersion): BillingPeriod {
  const start = dayOf(discount.from ?? version.effective_from);
  return { start, end: addMonths(start, discount.months!) };
}

function holdsOn({ from, to }: Discount, day: Day): boolean {
  return (from === undefined || dayOf(from) <= day) && (to === undefined || day < dayOf(to));
}

/** Without zeros at the end, which a currency with fewer places cannot hold. */
function trimmed(amount: string): string {
  return amount.includes('.') ? amount.replace(/\.?0+$/, '') : amount;
}
