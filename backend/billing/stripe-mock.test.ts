import { supabaseMetadata } from '@cloudact/core/metadata';
import { parseOrgSlug } from '@cloudact/core/org';
import { describe, expect, it } from 'vitest';
import { goJudge } from '../../scripts/judges.mjs';
import { testSupabase } from '../../scripts/test-supabase.ts';
import { openBilling } from './billing.ts';
import { plans } from './testing/fixtures.ts';
import { openStripeMock } from './testing/stripe-mock.ts';

const judge = await goJudge('stripe-mock');
const skipped = 'skipped' in judge ? ` (skipped: ${judge.skipped})` : '';

describe.skipIf(skipped !== '')(`every call, judged by Stripe’s specification${skipped}`, async () => {
  if ('skipped' in judge) return;
  const mock = await openStripeMock(judge.program);
  const metadata = supabaseMetadata(await testSupabase());
  const billing = openBilling({ metadata, plans, stripe: mock.options, now: () => new Date() });
  const returnUrl = 'https://app.example.com/settings/plan';
  const org = parseOrgSlug(`mock_${crypto.randomUUID().slice(0, 8)}`);
  await metadata.onboarding.begin({ slug: org, name: 'Acme', plan: 'free', owner: null });
  await billing.begin(org, 'free');

  it('opens a checkout with a trial for a new customer', async () => {
    mock.change = (call, sample) => {
      if (call === 'GET /v1/subscriptions') sample.data = [];
      if (call === 'POST /v1/checkout/sessions') sample.url = 'https://checkout.stripe.com/c/pay/sample';
      // The sample's id is the same for all; accounts of other runs may have it.
      if (call.startsWith('POST /v1/customers')) sample.id = `cus_${org}`;
    };
    await billing.checkout({ org, plan: 'team', email: 'ada@example.com', returnUrl });
    expect(mock.refusals).toEqual([]);
    expect(mock.judged).toEqual(
      expect.arrayContaining([
        'POST /v1/customers 200',
        'POST /v1/customers/:id 200',
        'GET /v1/checkout/sessions 200',
        'POST /v1/checkout/sessions/:id/expire 200',
        'POST /v1/checkout/sessions 200',
      ]),
    );
  });

  it('opens the portal', async () => {
    await billing.portal({ org, returnUrl });
    expect(mock.refusals).toEqual([]);
    expect(mock.judged).toContain('POST /v1/billing_portal/sessions 200');
  });

  it('reads subscriptions and open invoices, and cancels', async () => {
    mock.change = (call, sample) => {
      if (call !== 'GET /v1/subscriptions') return;
      for (const subscription of sample.data as Record<string, unknown>[]) subscription.status = 'past_due';
    };
    await billing.end(org);
    expect(mock.refusals).toEqual([]);
    expect(mock.judged).toEqual(
      expect.arrayContaining(['GET /v1/subscriptions 200', 'GET /v1/invoices 200', 'DELETE /v1/subscriptions/:id 200']),
    );
    expect(await billing.account(org)).toMatchObject({ status: 'past_due', graceEndsAt: expect.any(String) });
  });
});
