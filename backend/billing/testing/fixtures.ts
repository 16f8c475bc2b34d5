import type { OrgSlug } from '@cloudact/core/org';
import Stripe from 'stripe';
import type { Plan } from '../port.ts';
import type { Customer, StripeEdge, Subscription } from './stripe-edge.ts';

const plan = (id: string, seats: number | null): Plan => ({
  id,
  name: id,
  price: { amount: '99.00', currency: 'USD' },
  stripePriceId: `price_${id}`,
  trialDays: 14,
  integrations: seats,
  seats,
  retentionMonths: 25,
});

export const plans: readonly Plan[] = [
  { ...plan('free', 2), price: null, stripePriceId: null, trialDays: 0 },
  plan('team', 10),
  plan('business', null),
  { ...plan('agreed', 500), price: null, stripePriceId: null },
];

/** Unix seconds. */
export function seconds(time: Date | string): number {
  return Math.floor(new Date(time).getTime() / 1000);
}

/** A subscription that the customer pays for, in Stripe. */
export function subscribe(
  edge: StripeEdge,
  customer: string,
  changes: Partial<Subscription> & { price?: string } = {},
) {
  const { price = 'price_team', ...rest } = changes;
  const subscription: Subscription = {
    id: `sub_${crypto.randomUUID().replaceAll('-', '')}`,
    object: 'subscription',
    customer,
    status: 'active',
    created: seconds('2026-11-01T00:00:00Z'),
    trial_end: null,
    cancel_at: null,
    cancel_at_period_end: false,
    items: {
      data: [
        {
          price: { id: price },
          current_period_start: seconds('2026-11-01T00:00:00Z'),
          current_period_end: seconds('2026-12-01T00:00:00Z'),
        },
      ],
    },
    ...rest,
  };
  edge.subscriptions.set(subscription.id, subscription);
  return subscription;
}

/** An invoice that is open after an attempt to charge it failed. */
export function failPayment(edge: StripeEdge, { id, customer }: Subscription, at: string): void {
  const invoice = `in_${crypto.randomUUID().replaceAll('-', '')}`;
  edge.invoices.set(invoice, {
    id: invoice,
    object: 'invoice',
    customer,
    subscription: id,
    status: 'open',
    attempt_count: 1,
    created: seconds(at) - 3600,
    status_transitions: { finalized_at: seconds(at) },
  });
}

/** The customer that the organisation has in Stripe. */
export function customerOf(edge: StripeEdge, org: OrgSlug): Customer {
  return [...edge.customers.values()].find(({ metadata }) => metadata.org === org)!;
}

export interface SignedEvent {
  readonly body: Buffer;
  readonly signature: string;
}

/** An event as Stripe sends it, signed by Stripe's own library. */
export function signed(
  edge: StripeEdge,
  {
    type,
    object,
    id = `evt_${crypto.randomUUID()}`,
    at = new Date(),
    secret = edge.options.webhookSecret,
  }: {
    type: string;
    object: object;
    id?: string;
    at?: Date;
    secret?: string;
  },
): SignedEvent {
  const payload = JSON.stringify({
    id,
    object: 'event',
    api_version: '2026-10-28.endive',
    created: seconds(at),
    type,
    data: { object },
  });
  const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp: seconds(at) });
  return { body: Buffer.from(payload), signature };
}
