import { type Fixed, fixed } from '../fixed-point.ts';
import type { Story } from '../story.ts';
import type { AzureIdentifiers } from './identifiers.ts';

/** What the subsidiary has committed to, and since when. */
export interface Commitment {
  readonly id: string;
  readonly orderId: string;
  /** Of the reservation itself, below its order. */
  readonly itemId: string;
  readonly name: string;
  readonly term: 'P1Y';
  readonly start: number;
}

export interface Reservation extends Commitment {
  readonly meter: 'machine-4x16';
  readonly instances: number;
  /** US dollars for one instance and hour. */
  readonly hourly: Fixed;
  /** US dollars for one instance and the whole term, paid when it is bought. */
  readonly upfront: Fixed;
}

export interface SavingsPlan extends Commitment {
  /** US dollars that are committed for a day. */
  readonly daily: Fixed;
  /** US dollars that are paid for a month. */
  readonly monthly: Fixed;
  /** Share of the pay-as-you-go price that covered machines cost, in hundredths. */
  readonly percent: bigint;
}

export function reservationOf(story: Story, ids: AzureIdentifiers): Reservation {
  const [orderId, itemId] = [ids.guid('reservation-order'), ids.guid('reservation')];
  return {
    id: `/providers/Microsoft.Capacity/reservationOrders/${orderId}/reservations/${itemId}`,
    orderId,
    itemId,
    name: 'VM_RI_D4s_v5_westeurope',
    term: 'P1Y',
    start: story.reservationStart,
    meter: 'machine-4x16',
    instances: 4,
    hourly: fixed('0.141'),
    upfront: fixed('1235.16'),
  };
}

export function savingsPlanOf(story: Story, ids: AzureIdentifiers): SavingsPlan {
  const [orderId, itemId] = [ids.guid('savings-plan-order'), ids.guid('savings-plan')];
  return {
    id: `/providers/Microsoft.BillingBenefits/savingsPlanOrders/${orderId}/savingsPlans/${itemId}`,
    orderId,
    itemId,
    name: 'Compute_SavingsPlan_Larkmoor_Europe',
    term: 'P1Y',
    start: story.savingsPlanStart,
    daily: fixed('21.6'),
    monthly: fixed('657'),
    percent: 76n,
  };
}
