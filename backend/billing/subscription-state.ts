import type { BillingAccount } from '@cloudact/core/metadata';
import type Stripe from 'stripe';
import { graceEnd } from './entitlements.ts';
import type { PlanCatalogue } from './plans.ts';

/** What Stripe decides about an account. */
export type SubscriptionState = Pick<
  BillingAccount,
  | 'plan'
  | 'status'
  | 'stripeSubscriptionId'
  | 'trialEndsAt'
  | 'currentPeriodEndsAt'
  | 'graceEndsAt'
  | 'cancelsAtPeriodEnd'
>;

/**
 * The subscription that counts when a customer has had several: of those that have begun the one that gives most, then
 * the newest. Depends on nothing but the set, so that the order in which anything became known changes nothing.
 */
export function leading(subscriptions: readonly Stripe.Subscription[]): Stripe.Subscription | undefined {
  return subscriptions
    .filter(hasBegun)
    .toSorted(
      (left, right) => rank(left) - rank(right) || right.created - left.created || (left.id < right.id ? -1 : 1),
    )[0];
}

/** Is it tried, paid for, or owed for? */
export function isLive(subscription: Stripe.Subscription): boolean {
  return hasBegun(subscription) && subscription.status !== 'canceled';
}

/** Was it ever more than an order whose first payment has not come? */
export function hasBegun({ status }: Stripe.Subscription): boolean {
  return order.includes(status);
}

/** The plan whose price the subscription has; undefined for a price that is in no plan. */
export function planOfSubscription(subscription: Stripe.Subscription, catalogue: PlanCatalogue): string | undefined {
  const prices = subscription.items.data.map(({ price }) => price.id);
  return catalogue.find(({ stripePriceId }) => stripePriceId !== null && prices.includes(stripePriceId))?.id;
}

/**
 * The account as a subscription that has begun says it. `paidPlan`: the plan that it is for; `initialPlan`: the one that
 * holds without it. `openInvoices`: its invoices that wait for a payment, looked at only while one is late.
 */
export function stateOf(
  subscription: Stripe.Subscription,
  openInvoices: readonly Stripe.Invoice[],
  { paidPlan, initialPlan }: { paidPlan: string; initialPlan: string },
): SubscriptionState {
  const status = accountStatus(subscription);
  const paid = status !== 'cancelled';
  const periodEnds = subscription.items.data.map(({ current_period_end }) => current_period_end);
  return {
    plan: paid ? paidPlan : initialPlan,
    status,
    stripeSubscriptionId: subscription.id,
    trialEndsAt: subscription.trial_end === null ? null : instant(subscription.trial_end),
    currentPeriodEndsAt: paid && periodEnds.length > 0 ? instant(Math.max(...periodEnds)) : null,
    graceEndsAt: status === 'past_due' ? graceEndOf(subscription, openInvoices) : null,
    // The portal says "at the end of the period" by a date in newer accounts, by the flag in older ones.
    cancelsAtPeriodEnd: paid && (subscription.cancel_at_period_end || subscription.cancel_at !== null),
  };
}

/** Is a payment late, so that the grace has to be known? */
export function isLate({ status }: Stripe.Subscription): boolean {
  return status === 'past_due' || status === 'unpaid';
}

/** Of what has begun; what gives most comes first. */
const order: readonly string[] = ['active', 'trialing', 'past_due', 'unpaid', 'paused', 'canceled'];

function rank({ status }: Stripe.Subscription): number {
  return order.indexOf(status);
}

function accountStatus({ status }: Stripe.Subscription): BillingAccount['status'] {
  switch (status) {
    case 'active':
      return 'active';
    case 'trialing':
      return 'trialing';
    case 'canceled':
      return 'cancelled';
    // 'past_due', 'unpaid', and 'paused': a trial that ended without a way to pay is late from its end on.
    default:
      return 'past_due';
  }
}

/**
 * Stripe charges an invoice when it finalises it, so the oldest one that is still open after an attempt tells when
 * payments first failed. Taken from Stripe each time: a month that goes by unpaid does not begin the grace anew.
 */
function graceEndOf(subscription: Stripe.Subscription, openInvoices: readonly Stripe.Invoice[]): string {
  if (subscription.status === 'paused') return instant(subscription.trial_end ?? subscription.created);
  const failures = openInvoices
    .filter(({ attempt_count }) => attempt_count > 0)
    .map(({ status_transitions, created }) => status_transitions.finalized_at ?? created);
  const periodStarts = subscription.items.data.map(({ current_period_start }) => current_period_start);
  const first = Math.min(...(failures.length > 0 ? failures : periodStarts));
  return graceEnd(new Date(first * 1000)).toISOString();
}

/** Unix seconds as ISO 8601. */
function instant(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
