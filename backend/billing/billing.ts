import { CloudActError } from '@cloudact/core/errors';
import type { BillingAccount, Metadata } from '@cloudact/core/metadata';
import type { OrgSlug } from '@cloudact/core/org';
import { entitlementsAt, planOf, requireRoomIn } from './entitlements.ts';
import { type PlanCatalogue, selfHosted } from './plans.ts';
import type { Billing, BillingProblem, Plan, Reconciliation } from './port.ts';
import { firstAccount, openSelling } from './selling.ts';
import { openStripe, type StripeOptions } from './stripe-client.ts';
import { type Synchroniser, synchronise } from './synchronise.ts';
import { openWebhooks } from './webhooks.ts';

interface BillingOptions {
  readonly metadata: Metadata;
  /** As `readPlans` returns them; not looked at without Stripe. */
  readonly plans: readonly Plan[];
  /** Null switches billing off: no client of Stripe is made, and nothing has limits. */
  readonly stripe: StripeOptions | null;
  readonly now: () => Date;
}

/** What organisations pay for: through Stripe, or, without it, nothing. Throws `configuration_invalid` for Stripe without plans. */
export function openBilling({ metadata, plans, stripe, now }: BillingOptions): Billing {
  if (stripe === null) return withoutStripe(metadata, now);
  const catalogue = catalogueOf(plans);
  const synchroniser = { metadata, stripe: openStripe(stripe), catalogue, now };
  return {
    isOn: true,
    ...standing(metadata, catalogue, now, (plan) => startingAccount(catalogue, plan)),
    ...openSelling(synchroniser),
    ...openWebhooks(synchroniser, stripe.webhookSecret),
    reconcile: (options) => reconcile(synchroniser, options),
  };
}

function catalogueOf([first, ...rest]: readonly Plan[]): PlanCatalogue {
  if (first !== undefined) return [first, ...rest];
  throw new CloudActError('configuration_invalid', {
    detail: 'Stripe is on, and there are no plans. Name a file of them in CLOUDACT_PLANS_FILE.',
  });
}

function withoutStripe(metadata: Metadata, now: () => Date): Billing {
  const start = { plan: selfHosted[0].id, status: 'self_hosted' } as const;
  const refuse = async () => {
    throw new CloudActError('billing_off', {
      detail: 'This installation sells nothing, and nothing in it has limits. Set STRIPE_SECRET_KEY to change that.',
    });
  };
  return {
    isOn: false,
    ...standing(metadata, selfHosted, now, () => start),
    checkout: refuse,
    portal: refuse,
    takeIn: refuse,
    reconcile: async () => ({ checked: 0, mended: 0, problems: [] }),
    async end(org) {
      const account = await metadata.forOrg(org).billing.find();
      if (account?.stripeSubscriptionId == null || account.status === 'cancelled') return;
      throw new CloudActError('conflict', {
        detail: `The organisation still has the subscription ${account.stripeSubscriptionId} of a time with Stripe, which would go on charging. Set STRIPE_SECRET_KEY and try again.`,
      });
    },
  };
}

type Standing = Pick<Billing, 'plans' | 'initialPlan' | 'begin' | 'account' | 'entitlements' | 'requireRoom'>;
type Start = Pick<BillingAccount, 'plan' | 'status'>;

/** How an organisation stands, and what that lets it have. */
function standing(
  metadata: Metadata,
  catalogue: PlanCatalogue,
  now: () => Date,
  start: (plan: string) => Start,
): Standing {
  const find = (org: OrgSlug) => metadata.forOrg(org).billing.find();
  const entitlements = async (org: OrgSlug) => entitlementsAt(await find(org), catalogue, now());
  return {
    plans: catalogue,
    initialPlan: catalogue[0].id,
    begin: async (org, plan) => (await find(org)) ?? metadata.forOrg(org).billing.put(start(plan)),
    account: async (org) => (await find(org)) ?? { ...nothing, ...start(catalogue[0].id) },
    entitlements,
    requireRoom: async (org, limit, used) => requireRoomIn(await entitlements(org), catalogue, limit, used),
  };
}

const nothing: Omit<BillingAccount, keyof Start> = {
  stripeCustomerId: null,
  stripeSubscriptionId: null,
  trialEndsAt: null,
  currentPeriodEndsAt: null,
  graceEndsAt: null,
  cancelsAtPeriodEnd: false,
  synchronisedAt: null,
};

function startingAccount(catalogue: PlanCatalogue, id: string): Start {
  if (id === catalogue[0].id) return firstAccount(id);
  const plan = planOf(catalogue, id);
  if (plan === undefined || plan.stripePriceId !== null) {
    throw new CloudActError('request_invalid', {
      detail:
        plan === undefined
          ? `There is no plan "${id}".`
          : `The plan "${id}" has to be bought: begin with "${catalogue[0].id}", then choose it in the billing settings.`,
      faults: [{ column: 'plan', reason: 'cannot be begun with' }],
    });
  }
  return { plan: id, status: 'active' };
}

async function reconcile(
  synchroniser: Synchroniser,
  { signal }: { signal?: AbortSignal } = {},
): Promise<Reconciliation> {
  let checked = 0;
  let mended = 0;
  const problems: BillingProblem[] = [];
  for (const { org } of await synchroniser.metadata.billedOrganisations()) {
    signal?.throwIfAborted();
    checked++;
    try {
      const found = await synchronise(org, synchroniser);
      if (found.mended) mended++;
      problems.push(...found.problems);
    } catch (error) {
      if (!(error instanceof CloudActError)) throw error;
      problems.push({ org, problem: error.detail });
    }
  }
  return { checked, mended, problems };
}
