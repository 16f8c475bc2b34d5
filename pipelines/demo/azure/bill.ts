import type { DemoContext } from '../bill-writer.ts';
import type { Day, Month } from '../calendar.ts';
import { affordable, type Fixed, fixed, fixedFromNumber, roundTo, share, times } from '../fixed-point.ts';
import type { Usage } from '../usage.ts';
import { usageModel } from '../usage.ts';
import { type Commitment, type Reservation, reservationOf, type SavingsPlan, savingsPlanOf } from './commitments.ts';
import type { AzureIdentifiers } from './identifiers.ts';
import { type AzureOffer, azureOffers } from './offers.ts';
import { europeConsumption } from './workloads.ts';

/** One charge, before it is written into one or both datasets. */
export interface AzureCharge {
  readonly day: Day;
  readonly kind:
    | 'usage'
    | 'marketplace'
    | 'marketplace-fee'
    | 'refund'
    | 'covered'
    | 'unused'
    | 'reservation-purchase'
    | 'plan-purchase';
  readonly quantity: Fixed;
  /** What one unit costs in effect, and the cost: quantity times it. */
  readonly price: Fixed;
  readonly cost: Fixed;
  /** The negotiated price of one unit. */
  readonly contracted: Fixed;
  readonly usage?: Usage;
  readonly offer?: AzureOffer;
  readonly commitment?: Commitment;
}

/** The enterprise agreement takes 6 % off most prices. */
const NEGOTIATED = 94n;
const QUANTITY_PLACES = 4;
const PRICE_PLACES = 6;

/** The charges of a month, day by day, up to the last day that is metered. */
export function azureBill({ seed, story, today }: DemoContext, ids: AzureIdentifiers): (month: Month) => AzureCharge[] {
  const usageOn = usageModel(seed, story, europeConsumption());
  const reservation = reservationOf(story, ids);
  const plan = savingsPlanOf(story, ids);
  return (month) => {
    const charges: AzureCharge[] = [];
    for (let day = month.first; day < Math.min(month.end, today + 1); day += 1) {
      charges.push(...purchases(day, month, reservation, plan));
      if (month.text === story.refundMonth && day === month.first + 4) charges.push(refund(day));
      charges.push(...chargesOf(day, month, usageOn(day), reservation, plan));
    }
    return charges;
  };
}

function purchases(day: Day, month: Month, reservation: Reservation, plan: SavingsPlan): AzureCharge[] {
  const bought: AzureCharge[] = [];
  const add = (kind: AzureCharge['kind'], quantity: Fixed, price: Fixed, commitment?: Commitment) =>
    bought.push({
      day,
      kind,
      quantity,
      price,
      cost: times(quantity, price),
      contracted: price,
      ...(commitment && { commitment }),
    });
  if (day === reservation.start) {
    add('reservation-purchase', fixedFromNumber(reservation.instances, 0), reservation.upfront, reservation);
  }
  // A plan that begins on a day that not every month has would be paid on the last one; the story begins on the 12th.
  if (day >= plan.start && day - month.first === new Date(plan.start * 86_400_000).getUTCDate() - 1) {
    add('plan-purchase', fixed('1'), plan.monthly, plan);
  }
  if (day === month.first) add('marketplace-fee', fixed('1'), fixed('480'));
  return bought;
}

/** A month of the partner's subscription that was charged twice comes back in part. */
function refund(day: Day): AzureCharge {
  const price = fixed('216.5');
  return { day, kind: 'refund', quantity: fixed('-1'), price, cost: -price, contracted: price };
}

function chargesOf(
  day: Day,
  month: Month,
  used: readonly Usage[],
  reservation: Reservation,
  plan: SavingsPlan,
): AzureCharge[] {
  const charges: AzureCharge[] = [];
  let reserved = day >= reservation.start ? fixedFromNumber(reservation.instances * 24, 0) : 0n;
  let committed = day >= plan.start ? plan.daily : 0n;
  for (const usage of used) {
    const offer = azureOffers[usage.meter];
    if (!offer) throw new TypeError(`Azure has no offer for ${usage.meter}`);
    let left = fixedFromNumber(usage.quantity / blockOf(offer, month), QUANTITY_PLACES);
    if (left === 0n) continue;
    const contracted = roundTo(
      share(fixed(offer.price), usage.meter === 'partner-observability' ? 100n : NEGOTIATED, 100n),
      PRICE_PLACES,
    );
    const add = (kind: AzureCharge['kind'], quantity: Fixed, price: Fixed, commitment?: Commitment) => {
      if (quantity === 0n) return;
      charges.push({
        day,
        kind,
        quantity,
        price,
        cost: times(quantity, price),
        contracted,
        usage,
        offer,
        ...(commitment && { commitment }),
      });
      left -= quantity;
    };
    if (usage.meter === reservation.meter && usage.resource.region === 'eu-west') {
      const covered = lesser(left, reserved);
      reserved -= covered;
      add('covered', covered, reservation.hourly, reservation);
    }
    if (/^machine-\d/.test(usage.meter)) {
      const price = roundTo(share(fixed(offer.price), plan.percent, 100n), PRICE_PLACES);
      const most = affordable(committed, price, QUANTITY_PLACES);
      const covered = lesser(left, most);
      committed -= times(covered, price);
      add('covered', covered, price, plan);
    }
    add(usage.meter === 'partner-observability' ? 'marketplace' : 'usage', left, contracted);
  }
  if (reserved > 0n) charges.push(unused(day, reserved, reservation.hourly, reservation));
  if (committed > 0n) charges.push(unused(day, fixed('1'), committed, plan));
  return charges;
}

function unused(day: Day, quantity: Fixed, price: Fixed, commitment: Commitment): AzureCharge {
  return { day, kind: 'unused', quantity, price, cost: times(quantity, price), contracted: price, commitment };
}

function lesser(left: Fixed, right: Fixed): Fixed {
  return left < right ? left : right;
}

function blockOf({ block }: AzureOffer, { days }: Month): number {
  if (block === 'month') return days;
  return block === 'disk' ? 128 * days : block;
}
