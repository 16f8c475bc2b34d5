import type { Day, Month } from '../calendar.ts';
import type { Fixed } from '../fixed-point.ts';
import { fixed, fixedText, times } from '../fixed-point.ts';
import type { Charge } from './charge.ts';
import { costCells, timestamp } from './charge.ts';
import type { CurCells } from './columns.ts';
import { rateCells, STANDARD_ONE_YEAR_NO_UPFRONT_TERM, UNIT_RATE } from './price-codes.ts';
import type { Price } from './price-list.ts';
import { normalisationFactor } from './usage-charge.ts';

/** Three database servers of one size, reserved for a year without paying in advance. */
const RESERVED_SERVERS = 3;
/** US dollars an hour and server, used or not. */
const HOURLY_FEE = fixed('0.297');
const TERM_DAYS = 365;

export interface Reservation {
  readonly arn: string;
  readonly start: Day;
  /** The reserved size, in its region. */
  readonly price: Price;
}

/**
 * One day under the reservation: use of the reserved size costs nothing on demand and carries its part of the fee as
 * effective cost. The servers of the company together never run more hours than are reserved.
 */
export function applyReservation(charges: readonly Charge[], day: Day, reservation: Reservation): Charge[] {
  if (!isInTerm(day, reservation)) return [...charges];
  return charges.map((charge) =>
    charge.type === 'Usage' && charge.metered?.price === reservation.price
      ? discountedCharge(charge, charge.metered.amount, reservation)
      : charge,
  );
}

/**
 * The fee for the reserved hours of the month up to `until` (excluded), with what of them was not used:
 * fee = Σ effective cost of discounted lines + unused part.
 */
export function reservationFee(
  discounted: readonly Charge[],
  month: Month,
  until: Day,
  reservation: Reservation,
): Charge | undefined {
  const from = Math.max(month.first, reservation.start);
  const to = Math.min(until, reservation.start + TERM_DAYS);
  if (from >= to) return undefined;
  const reserved = fixed(String(RESERVED_SERVERS * 24 * (to - from)));
  const used = discounted.reduce((sum, charge) => sum + charge.metered!.amount, 0n);
  const cost = times(HOURLY_FEE, reserved);
  const unused = reserved - used;
  const factor = normalisationFactor(reservation.price)!;
  const { cells } = reservation.price;
  return {
    type: 'RIFee',
    account: 'production',
    productCode: reservation.price.productCode,
    start: from,
    end: month.end,
    cost,
    cells: {
      ...cells,
      ...reservedCells(reservation),
      ...costCells(reserved, HOURLY_FEE, cost),
      'lineItem/NormalizationFactor': fixedText(factor),
      'lineItem/NormalizedUsageAmount': fixedText(times(factor, reserved)),
      'lineItem/LineItemDescription': `USD ${fixedText(HOURLY_FEE)} hourly fee per PostgreSQL, ${cells['product/instanceType']} instance`,
      'reservation/AmortizedUpfrontFeeForBillingPeriod': '0.0',
      'reservation/NumberOfReservations': String(RESERVED_SERVERS),
      'reservation/UnitsPerReservation': fixedText(reserved / BigInt(RESERVED_SERVERS)),
      'reservation/NormalizedUnitsPerReservation': fixedText(times(factor, reserved / BigInt(RESERVED_SERVERS))),
      'reservation/TotalReservedUnits': fixedText(reserved),
      'reservation/TotalReservedNormalizedUnits': fixedText(times(factor, reserved)),
      'reservation/UnusedAmortizedUpfrontFeeForBillingPeriod': '0.0',
      'reservation/UnusedNormalizedUnitQuantity': fixedText(times(factor, unused)),
      'reservation/UnusedQuantity': fixedText(unused),
      'reservation/UnusedRecurringFee': fixedText(times(HOURLY_FEE, unused)),
      'reservation/UpfrontValue': '0.0',
    },
  };
}

function isInTerm(day: Day, reservation: Reservation): boolean {
  return day >= reservation.start && day < reservation.start + TERM_DAYS;
}

function reservedCells(reservation: Reservation): CurCells {
  return {
    ...rateCells(reservation.price.sku, STANDARD_ONE_YEAR_NO_UPFRONT_TERM, UNIT_RATE),
    'pricing/LeaseContractLength': '1yr',
    'pricing/OfferingClass': 'standard',
    'pricing/PurchaseOption': 'No Upfront',
    'pricing/term': 'Reserved',
    'reservation/EndTime': timestamp(reservation.start + TERM_DAYS),
    'reservation/ModificationStatus': 'Original',
    'reservation/ReservationARN': reservation.arn,
    'reservation/StartTime': timestamp(reservation.start),
    'reservation/SubscriptionId': '4710926835',
  };
}

function discountedCharge(charge: Charge, amount: Fixed, reservation: Reservation): Charge {
  const effective = fixedText(times(HOURLY_FEE, amount));
  return {
    ...charge,
    type: 'DiscountedUsage',
    cost: 0n,
    cells: {
      ...charge.cells,
      ...reservedCells(reservation),
      ...costCells(amount, 0n, 0n),
      'lineItem/LineItemDescription': `PostgreSQL, ${charge.cells['product/instanceType']} reserved instance applied`,
      'reservation/AmortizedUpfrontCostForUsage': '0.0',
      'reservation/EffectiveCost': effective,
      'reservation/RecurringFeeForUsage': effective,
    },
  };
}
