import { CloudActError } from '@cloudact/core/errors';
import type { BillingAccount, Metadata } from '@cloudact/core/metadata';
import type { OrgSlug } from '@cloudact/core/org';
import type Stripe from 'stripe';
import { planOf } from './entitlements.ts';
import type { PlanCatalogue } from './plans.ts';
import type { BillingProblem } from './port.ts';
import { asking, isMissing } from './stripe-client.ts';
import { isLate, isLive, leading, planOfSubscription, type SubscriptionState, stateOf } from './subscription-state.ts';

interface Synchronised {
  readonly mended: boolean;
  readonly problems: readonly BillingProblem[];
}

/** Two that write at once agree on the second look; more than this is a fault. */
const MOST_LOOKS = 6;

/**
 * Makes the account what Stripe says at this moment. What is written is looked at again until Stripe and the account
 * agree: of several that write at once, the last one to write looks after it, so an older answer never stays.
 * An organisation that has bought nothing is left as it is.
 */
export async function synchronise(
  org: OrgSlug,
  { metadata, stripe, catalogue, now }: Synchroniser,
): Promise<Synchronised> {
  const records = metadata.forOrg(org).billing;
  for (let look = 0; look < MOST_LOOKS; look++) {
    const at = now().toISOString();
    const account = await records.find();
    if (account === undefined || account.stripeCustomerId === null) return { mended: false, problems: [] };
    const { state, problems } = await readState(org, account, { stripe, catalogue });
    if (state === undefined || agree(account, state)) {
      if (look === 0) await records.put({ synchronisedAt: at });
      return { mended: look > 0, problems };
    }
    await records.put({ ...state, synchronisedAt: at });
  }
  throw new CloudActError('unavailable', {
    detail: `The billing account of "${org}" changes faster than it can be written. Try again.`,
  });
}

export interface Synchroniser {
  readonly metadata: Metadata;
  readonly stripe: Stripe;
  readonly catalogue: PlanCatalogue;
  readonly now: () => Date;
}

/**
 * All subscriptions that a customer has or had; none of one who was deleted. Throws `billing_unavailable` for one whom
 * Stripe never had: a key of the wrong account must not end what people pay for in the right one.
 */
export async function subscriptionsOf(stripe: Stripe, customer: string): Promise<readonly Stripe.Subscription[]> {
  return asking(`The subscriptions of ${customer} could not be read`, async () => {
    try {
      return (await stripe.subscriptions.list({ customer, status: 'all', limit: 100 })).data;
    } catch (error) {
      if (isMissing(error) && (await stripe.customers.retrieve(customer)).deleted) return [];
      throw error;
    }
  });
}

async function readState(
  org: OrgSlug,
  account: BillingAccount,
  { stripe, catalogue }: Pick<Synchroniser, 'stripe' | 'catalogue'>,
): Promise<{ state: SubscriptionState | undefined; problems: readonly BillingProblem[] }> {
  const subscriptions = await subscriptionsOf(stripe, account.stripeCustomerId!);
  const subscription = leading(subscriptions);
  if (subscription === undefined) return { state: forgotten(account, catalogue), problems: [] };

  const paidPlan = planOfSubscription(subscription, catalogue);
  const openInvoices = isLate(subscription) ? await openInvoicesOf(stripe, subscription.id) : [];
  const state = stateOf(subscription, openInvoices, {
    paidPlan: paidPlan ?? account.plan,
    initialPlan: catalogue[0].id,
  });
  const problems = [
    ...(isLive(subscription) && paidPlan === undefined
      ? [`the subscription ${subscription.id} has a price that no plan has; the plan stays "${account.plan}"`]
      : []),
    ...(subscriptions.filter(isLive).length > 1
      ? [`the customer ${account.stripeCustomerId} pays for several subscriptions; ${subscription.id} counts`]
      : []),
    ...(planOf(catalogue, state.plan) === undefined ? [`the plan "${state.plan}" is not in the configuration`] : []),
  ];
  return { state, problems: problems.map((problem) => ({ org, problem })) };
}

function openInvoicesOf(stripe: Stripe, subscription: string): Promise<readonly Stripe.Invoice[]> {
  return asking(
    'The invoices could not be read',
    async () => (await stripe.invoices.list({ subscription, status: 'open', limit: 100 })).data,
  );
}

/** Without a subscription nothing was bought, or Stripe has deleted what was. */
function forgotten(account: BillingAccount, [{ id: initialPlan }]: PlanCatalogue): SubscriptionState | undefined {
  if (account.stripeSubscriptionId === null) return undefined;
  return {
    plan: initialPlan,
    status: 'cancelled',
    stripeSubscriptionId: null,
    trialEndsAt: account.trialEndsAt,
    currentPeriodEndsAt: null,
    graceEndsAt: null,
    cancelsAtPeriodEnd: false,
  };
}

function agree(account: BillingAccount, state: SubscriptionState): boolean {
  return (
    account.plan === state.plan &&
    account.status === state.status &&
    account.stripeSubscriptionId === state.stripeSubscriptionId &&
    account.cancelsAtPeriodEnd === state.cancelsAtPeriodEnd &&
    sameInstant(account.trialEndsAt, state.trialEndsAt) &&
    sameInstant(account.currentPeriodEndsAt, state.currentPeriodEndsAt) &&
    sameInstant(account.graceEndsAt, state.graceEndsAt)
  );
}

function sameInstant(left: string | null, right: string | null): boolean {
  return left === null || right === null ? left === right : Date.parse(left) === Date.parse(right);
}
