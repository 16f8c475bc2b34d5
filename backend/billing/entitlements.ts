import { CloudActError } from '@cloudact/core/errors';
import type { BillingAccount } from '@cloudact/core/metadata';
import type { PlanCatalogue } from './plans.ts';
import type { Entitlements, Plan } from './port.ts';

/** How long a plan holds after the first failed payment, in days. */
const graceDays = 7;
const DAY_MILLISECONDS = 86_400_000;

/** The end of the grace that begins then. */
export function graceEnd(begin: Date): Date {
  return new Date(begin.getTime() + graceDays * DAY_MILLISECONDS);
}

/**
 * What an account may have at that time: its plan while it is tried or paid for and during the grace after a failed
 * payment, the first plan otherwise. A plan that was paid for and has left the configuration holds without limits:
 * the operator's slip is not the customer's loss, and reconciliation names it.
 */
export function entitlementsAt(account: BillingAccount | undefined, catalogue: PlanCatalogue, at: Date): Entitlements {
  if (account === undefined || !holds(account, at)) return entitlements(catalogue[0]);
  const plan = planOf(catalogue, account.plan);
  if (plan !== undefined) return entitlements(plan);
  return { plan: account.plan, integrations: null, seats: null, retentionMonths: null };
}

/** Throws `plan_limit_reached` unless one more fits. */
export function requireRoomIn(
  { plan, ...limits }: Entitlements,
  catalogue: PlanCatalogue,
  limit: 'integrations' | 'seats',
  used: number,
): void {
  const most = limits[limit];
  if (most === null || used < most) return;
  const name = planOf(catalogue, plan)?.name ?? plan;
  throw new CloudActError('plan_limit_reached', {
    detail: `The plan "${name}" has room for ${most} ${limit}, and ${used} are in use. Remove one, or choose a larger plan in the billing settings.`,
    faults: [{ column: limit, reason: `at most ${most}` }],
  });
}

export function planOf(catalogue: PlanCatalogue, id: string): Plan | undefined {
  return catalogue.find((plan) => plan.id === id);
}

function holds({ status, trialEndsAt, graceEndsAt }: BillingAccount, at: Date): boolean {
  switch (status) {
    case 'active':
      return true;
    case 'trialing':
      // Stripe tells of a trial's end after it: until the news is here, the trial goes on for as long as a grace.
      return trialEndsAt === null || at < graceEnd(new Date(trialEndsAt));
    case 'past_due':
      return graceEndsAt !== null && at < new Date(graceEndsAt);
    default:
      return false;
  }
}

function entitlements({ id, integrations, seats, retentionMonths }: Plan): Entitlements {
  return { plan: id, integrations, seats, retentionMonths };
}
