import { supabaseMetadata } from '@cloudact/core/metadata';
import { parseOrgSlug } from '@cloudact/core/org';
import { expect, it } from 'vitest';
import { testSupabase } from '../../scripts/test-supabase.ts';
import { openBilling } from './billing.ts';

const metadata = supabaseMetadata(await testSupabase());
const now = () => new Date();
const billing = openBilling({ metadata, plans: [], stripe: null, now });
const org = parseOrgSlug(`org_${crypto.randomUUID().slice(0, 8)}`);
await metadata.onboarding.begin({ slug: org, name: 'Acme', plan: billing.initialPlan, owner: null });

it('has no limits without Stripe, whatever the account was before', async () => {
  await expect(billing.begin(org, 'team')).resolves.toMatchObject({ plan: 'self_hosted', status: 'self_hosted' });
  await metadata.forOrg(org).billing.put({ plan: 'free', status: 'cancelled' });
  await expect(billing.requireRoom(org, 'seats', 1_000_000)).resolves.toBeUndefined();
  await expect(billing.entitlements(org)).resolves.toEqual({
    plan: 'self_hosted',
    integrations: null,
    seats: null,
    retentionMonths: null,
  });
});

it('sells nothing and believes no webhook without Stripe', async () => {
  const returnUrl = 'https://app.example.com';
  const refused = expect.objectContaining({ code: 'billing_off' });
  await expect(billing.checkout({ org, plan: 'team', email: 'a@example.com', returnUrl })).rejects.toEqual(refused);
  await expect(billing.portal({ org, returnUrl })).rejects.toEqual(refused);
  await expect(billing.takeIn(Buffer.from('{}'), 't=1,v1=0')).rejects.toEqual(refused);
});

it('has nothing to end and nothing to compare without Stripe', async () => {
  await expect(billing.end(org)).resolves.toBeUndefined();
  await expect(billing.reconcile()).resolves.toEqual({ checked: 0, mended: 0, problems: [] });
});

it('lets nobody leave who would be charged on', async () => {
  const { billing: account } = metadata.forOrg(org);
  const stripeSubscriptionId = `sub_${org}`;
  await account.put({ status: 'active', stripeSubscriptionId });
  await expect(billing.end(org)).rejects.toMatchObject({
    code: 'conflict',
    detail: expect.stringContaining(stripeSubscriptionId),
  });
  await account.put({ status: 'cancelled' });
  await expect(billing.end(org)).resolves.toBeUndefined();
});

it('does not start with Stripe and without plans', () => {
  const stripe = { secretKey: 'sk_test_x', webhookSecret: 'whsec_x' };
  expect(() => openBilling({ metadata, plans: [], stripe, now })).toThrow(
    expect.objectContaining({ code: 'configuration_invalid' }),
  );
});
