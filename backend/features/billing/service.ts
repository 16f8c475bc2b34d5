import type { OrgSlug } from '@cloudact/core/org';
import type { Static } from 'typebox';
import type { Plan } from '../../billing/port.ts';
import type { BackendDependencies } from '../../dependencies.ts';
import type { billingSchema } from './schemas.ts';

/** How an organisation stands at this moment. */
export async function accountOf(
  org: OrgSlug,
  { billing, metadata, now }: Pick<BackendDependencies, 'billing' | 'metadata' | 'now'>,
): Promise<Static<typeof billingSchema>> {
  const records = metadata.forOrg(org);
  const [account, entitlements, integrations, members, invitations] = await Promise.all([
    billing.account(org),
    billing.entitlements(org),
    records.integrations.count(),
    records.members.list(),
    records.invitations.list(),
  ]);
  const open = invitations.filter(
    ({ acceptedAt, revokedAt, expiresAt }) => acceptedAt === null && revokedAt === null && new Date(expiresAt) > now(),
  );
  return {
    is_on: billing.isOn,
    plan: entitlements.plan,
    booked_plan: account.plan,
    status: account.status,
    limits: {
      integrations: { most: entitlements.integrations, used: integrations },
      seats: { most: entitlements.seats, used: members.length + open.length },
      retention_months: entitlements.retentionMonths,
    },
    trial_ends_at: account.status === 'trialing' ? account.trialEndsAt : null,
    grace_ends_at: account.graceEndsAt,
    current_period_ends_at: account.currentPeriodEndsAt,
    cancels_at_period_end: account.cancelsAtPeriodEnd,
  };
}

/** A plan as people see it: without what it is called at Stripe. */
export function shownPlan({ id, name, price, stripePriceId, trialDays, ...limits }: Plan) {
  return {
    id,
    name,
    price,
    is_for_sale: stripePriceId !== null,
    trial_days: trialDays,
    limits: {
      integrations: limits.integrations,
      seats: limits.seats,
      retention_months: limits.retentionMonths,
    },
  };
}
