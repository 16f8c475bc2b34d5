import { type Metadata, supabaseMetadata } from '@cloudact/core/metadata';
import { type OrgSlug, parseOrgSlug } from '@cloudact/core/org';
import { testSupabase } from '../../../scripts/test-supabase.ts';
import { openBilling } from '../billing.ts';
import type { Billing } from '../port.ts';
import { plans } from './fixtures.ts';
import { openStripeEdge, type StripeEdge } from './stripe-edge.ts';

interface Installation {
  readonly edge: StripeEdge;
  readonly billing: Billing;
  readonly metadata: Metadata;
  readonly clock: { time: Date };
  /** Called before each request to Supabase; what it throws breaks the connection. */
  readonly supabase: { before: () => void };
  /** An organisation that has the first plan, or none yet. */
  organisation(options?: { begun: boolean }): Promise<OrgSlug>;
  /** An organisation that has been to the checkout, and its customer. */
  buyer(): Promise<{ org: OrgSlug; customer: string }>;
}

/** Billing over the test run's Supabase Lite, with Stripe's edge. */
export async function openInstallation(): Promise<Installation> {
  const edge = await openStripeEdge();
  const clock = { time: new Date('2026-11-20T12:00:00Z') };
  const supabase = { before: () => {} };
  const own = new Set<OrgSlug>();
  const shared = supabaseMetadata({
    ...(await testSupabase()),
    fetch: async (...request) => {
      supabase.before();
      return fetch(...request);
    },
  });
  const metadata: Metadata = {
    ...shared,
    // Other test files have organisations in the same Supabase, whose customers are at edges of their own.
    billedOrganisations: async () => (await shared.billedOrganisations()).filter(({ org }) => own.has(org)),
  };
  const billing = openBilling({ metadata, plans, stripe: edge.options, now: () => clock.time });
  const organisation = async ({ begun } = { begun: true }) => {
    const org = parseOrgSlug(`org_${crypto.randomUUID().replaceAll('-', '').slice(0, 20)}`);
    await metadata.onboarding.begin({ slug: org, name: 'Acme', plan: 'free', owner: null });
    own.add(org);
    if (begun) await billing.begin(org, 'free');
    return org;
  };
  return {
    edge,
    billing,
    metadata,
    clock,
    supabase,
    organisation,
    async buyer() {
      const org = await organisation();
      await billing.checkout({
        org,
        plan: 'team',
        email: 'ada@example.com',
        returnUrl: 'https://app.example.com/plan',
      });
      const { stripeCustomerId } = await billing.account(org);
      return { org, customer: stripeCustomerId! };
    },
  };
}
