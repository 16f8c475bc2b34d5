import { CloudActError } from '@cloudact/core/errors';
import type { BillingAccount } from '@cloudact/core/metadata';
import type { OrgSlug } from '@cloudact/core/org';
import type Stripe from 'stripe';
import { planOf } from './entitlements.ts';
import type { Billing, Plan } from './port.ts';
import { asking, isMissing } from './stripe-client.ts';
import { hasBegun, isLive } from './subscription-state.ts';
import { type Synchroniser, subscriptionsOf, synchronise } from './synchronise.ts';

/** Stripe's pages, where people buy, change and cancel; and the end of it all. */
export function openSelling(synchroniser: Synchroniser): Pick<Billing, 'checkout' | 'portal' | 'end'> {
  const { metadata, stripe, catalogue } = synchroniser;

  return {
    async checkout({ org, plan: id, email, returnUrl }) {
      const plan = planOf(catalogue, id);
      if (plan?.stripePriceId == null) throw notForSale(id, catalogue);
      const customer = await customerOf(org, email);
      const subscriptions = await subscriptionsOf(stripe, customer);
      if (subscriptions.some(isLive)) {
        await synchronise(org, synchroniser);
        throw new CloudActError('conflict', {
          detail: 'The organisation has a plan already. Change or cancel it in the billing portal.',
        });
      }
      const trial = plan.trialDays > 0 && !subscriptions.some(hasBegun);
      // Of several pages that are open, each could be paid.
      await closeCheckouts(customer);
      const session = await asking('The checkout could not be opened', () =>
        stripe.checkout.sessions.create({
          mode: 'subscription',
          customer,
          client_reference_id: org,
          metadata: { org, plan: id },
          line_items: [{ price: plan.stripePriceId!, quantity: 1 }],
          // A trial needs no card: without one at its end, the subscription ends with it.
          payment_method_collection: trial ? 'if_required' : 'always',
          subscription_data: {
            metadata: { org },
            ...(trial && {
              trial_period_days: plan.trialDays,
              trial_settings: { end_behavior: { missing_payment_method: 'cancel' } },
            }),
          },
          success_url: withOutcome(returnUrl, 'completed'),
          cancel_url: withOutcome(returnUrl, 'cancelled'),
        }),
      );
      return { url: pageOf(session) };
    },

    async portal({ org, returnUrl }) {
      const account = await metadata.forOrg(org).billing.find();
      const customer = account?.stripeCustomerId;
      if (customer == null) {
        throw new CloudActError('conflict', {
          detail: 'Nothing has been bought yet, so there is nothing to change. Choose a plan first.',
        });
      }
      const { url } = await asking('The billing portal could not be opened', () =>
        stripe.billingPortal.sessions.create({ customer, return_url: returnUrl }),
      );
      return { url };
    },

    async end(org) {
      const account = await metadata.forOrg(org).billing.find();
      const customer = account?.stripeCustomerId;
      if (customer == null) return;
      await closeCheckouts(customer);
      for (const subscription of await subscriptionsOf(stripe, customer)) {
        if (isLive(subscription) || subscription.status === 'incomplete') await cancel(subscription.id);
      }
      await synchronise(org, synchroniser);
    },
  };

  /** The organisation's one customer in Stripe, made when it is first needed or after it was deleted there. */
  async function customerOf(org: OrgSlug, email: string): Promise<string> {
    const records = metadata.forOrg(org).billing;
    const account = await records.find();
    const known = account?.stripeCustomerId ?? null;
    if (known !== null && (await isThere(known))) return known;
    const customer = await asking('The customer could not be created', async () => {
      // What is sent under the key is the same whoever asks, so that two at once get one customer.
      const { id } = await stripe.customers.create(
        { name: org, metadata: { org } },
        { idempotencyKey: `cloudact-customer-${org}-after-${known ?? 'none'}` },
      );
      await stripe.customers.update(id, { email });
      return id;
    });
    await records.put({
      ...(account === undefined && firstAccount(catalogue[0].id)),
      stripeCustomerId: customer,
    });
    return customer;
  }

  async function isThere(customer: string): Promise<boolean> {
    return asking('The customer could not be read', async () => !(await stripe.customers.retrieve(customer)).deleted);
  }

  async function closeCheckouts(customer: string): Promise<void> {
    await asking('Open checkouts could not be closed', async () => {
      const open = await stripe.checkout.sessions.list({ customer, status: 'open', limit: 100 });
      for (const { id } of open.data) await stripe.checkout.sessions.expire(id);
    });
  }

  async function cancel(subscription: string): Promise<void> {
    await asking('The subscription could not be cancelled', async () => {
      try {
        await stripe.subscriptions.cancel(subscription);
      } catch (error) {
        // It ended by itself in between.
        if (!isMissing(error)) throw error;
      }
    });
  }
}

/** Of an organisation that has bought nothing. */
export function firstAccount(plan: string): Pick<BillingAccount, 'plan' | 'status'> {
  return { plan, status: 'free' };
}

function notForSale(id: string, plans: readonly Plan[]): CloudActError {
  const sold = plans.filter(({ stripePriceId }) => stripePriceId !== null).map((plan) => plan.id);
  return new CloudActError('request_invalid', {
    detail: `There is no plan "${id}" to buy. Plans on sale: ${sold.join(', ') || 'none'}.`,
    faults: [{ column: 'plan', reason: `one of ${sold.join(', ')}` }],
  });
}

function withOutcome(returnUrl: string, outcome: 'completed' | 'cancelled'): string {
  const url = new URL(returnUrl);
  url.searchParams.set('checkout', outcome);
  return url.href;
}

function pageOf({ url }: Stripe.Checkout.Session): string {
  if (url === null)
    throw new CloudActError('billing_unavailable', { detail: 'Stripe opened a checkout without a page.' });
  return url;
}
