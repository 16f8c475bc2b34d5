import type { BillingAccount } from '@cloudact/core/metadata';
import type { OrgSlug } from '@cloudact/core/org';

/** What an organisation may have. Null is no limit. */
export interface Entitlements {
  readonly plan: string;
  readonly integrations: number | null;
  /** Members and open invitations together. */
  readonly seats: number | null;
  readonly retentionMonths: number | null;
}

/** A plan of the configuration. */
export interface Plan extends Omit<Entitlements, 'plan'> {
  readonly id: string;
  readonly name: string;
  /** Per month, decimal text, with its currency; null for one that costs nothing or is agreed upon. */
  readonly price: { readonly amount: string; readonly currency: string } | null;
  /** Of Stripe; null for one that cannot be bought. */
  readonly stripePriceId: string | null;
  readonly trialDays: number;
}

/**
 * What organisations pay for. With Stripe, checkout and portal are Stripe's pages and webhooks bring the state here;
 * without, there is one plan, `self_hosted`, without limits, and everything that would sell throws `billing_off`.
 */
export interface Billing {
  readonly isOn: boolean;
  readonly plans: readonly Plan[];
  /** The plan that an organisation starts with. */
  readonly initialPlan: string;
  /**
   * Sets up what an organisation starts with. Doing it again changes nothing. Throws `request_invalid` for a plan that is
   * not there or has to be bought. A plan without price other than `initialPlan` is one that was agreed upon: who may
   * give it is for the caller to know.
   */
  begin(org: OrgSlug, plan: string): Promise<BillingAccount>;
  account(org: OrgSlug): Promise<BillingAccount>;
  /** By the state of the account at this moment: trial, grace after a failed payment, cancelled. */
  entitlements(org: OrgSlug): Promise<Entitlements>;
  /** Throws `plan_limit_reached`, with the plan, the limit and what to do, unless one more fits. */
  requireRoom(org: OrgSlug, limit: 'integrations' | 'seats', used: number): Promise<void>;
  /**
   * Where to send the person. Throws `billing_off`, `billing_unavailable`, `request_invalid` for a plan that cannot be
   * bought, `conflict` where a plan is paid for already: that is changed in the portal.
   */
  checkout(input: { org: OrgSlug; plan: string; email: string; returnUrl: string }): Promise<{ url: string }>;
  /** Throws `billing_off`, `billing_unavailable`, `conflict` while nothing was ever bought. */
  portal(input: { org: OrgSlug; returnUrl: string }): Promise<{ url: string }>;
  /**
   * Takes in one webhook: verifies the signature over the raw body, refetches what it is about, and stores that. The same
   * event again, or an older one later, changes nothing. Throws `credential_invalid` for a wrong signature,
   * `request_invalid` for signed bytes that are no event, and `billing_unavailable` or `unavailable` when the event has to
   * be delivered again.
   */
  takeIn(rawBody: Buffer, signature: string | undefined): Promise<{ problems: readonly BillingProblem[] }>;
  /** Compares every organisation with Stripe and mends what differs. One that fails is a problem, and does not stop the rest. */
  reconcile(options?: { signal?: AbortSignal }): Promise<Reconciliation>;
  /**
   * Ends what is paid for, for an organisation that leaves. Doing it again changes nothing. Throws `billing_unavailable`,
   * and `conflict` where Stripe was switched off while the organisation was paying.
   */
  end(org: OrgSlug): Promise<void>;
}

/** What the operator should look at. Names no person and holds no secret. */
export interface BillingProblem {
  /** Null for what belongs to no organisation that we know. */
  readonly org: OrgSlug | null;
  readonly problem: string;
}

export interface Reconciliation {
  readonly checked: number;
  readonly mended: number;
  readonly problems: readonly BillingProblem[];
}
