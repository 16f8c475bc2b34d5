import { afterAll, describe, expect, it } from 'vitest';
import { openBilling } from '../../billing/billing.ts';
import { plans, signed, subscribe } from '../../billing/testing/fixtures.ts';
import { openStripeEdge } from '../../billing/testing/stripe-edge.ts';
import { openTestBackend } from '../../testing/backend.ts';
import { randomSlug } from '../../testing/tenants.ts';

const edge = await openStripeEdge();
const { deps } = await open();
const selling = await open({
  billing: openBilling({ metadata: deps.metadata, plans, stripe: edge.options, now: deps.now }),
});
const selfHosted = await open();

async function open(changes: Parameters<typeof openTestBackend>[0] = {}) {
  const backend = await openTestBackend(changes);
  afterAll(() => backend.close());
  return backend;
}

async function owned({ organisation, member } = selling) {
  const { org, key } = await organisation(randomSlug('billing'));
  return { org, key, owner: (await member(org, 'owner')).token };
}

const post = (path: string, credential: string, org: string, body?: object, { request } = selling) =>
  request('POST', path, { credential, org, ...(body && { body }) });

describe('GET /v1/plans', () => {
  it('lists the plans to anybody, and nothing of how Stripe calls them', async () => {
    const answer = await selling.request('GET', '/v1/plans');
    expect(answer.json().plans.map(({ id, is_for_sale }: Record<string, unknown>) => [id, is_for_sale])).toEqual([
      ['free', false],
      ['team', true],
      ['business', true],
      ['agreed', false],
    ]);
    expect(answer.body).not.toContain('price_team');
  });

  it('is one plan without limits where nothing is sold', async () => {
    const answer = await selfHosted.request('GET', '/v1/plans');
    expect(answer.json().plans).toEqual([
      expect.objectContaining({
        id: 'self_hosted',
        price: null,
        limits: { integrations: null, seats: null, retention_months: null },
      }),
    ]);
  });
});

describe('GET /v1/billing', () => {
  it('tells the plan, its limits, and how much of them is used', async () => {
    const { org, key } = await owned();
    const { invitations, integrations } = deps.metadata.forOrg(org);
    const invite = (tokenHash: string, expiresAt: string) =>
      invitations.create({ email: `${tokenHash}@example.com`, role: 'viewer', tokenHash, invitedBy: null, expiresAt });
    await invite(crypto.randomUUID(), '2999-01-01T00:00:00Z');
    await invite(crypto.randomUUID(), '2020-01-01T00:00:00Z');
    await integrations.create({ id: 'aws', connector: 'aws', name: 'AWS', settings: {} });
    const answer = await selling.get('/v1/billing', key);
    expect(answer.json()).toEqual({
      is_on: true,
      plan: 'free',
      booked_plan: 'free',
      status: 'free',
      limits: {
        integrations: { most: 2, used: 1 },
        seats: { most: 2, used: 2 },
        retention_months: 25,
      },
      trial_ends_at: null,
      grace_ends_at: null,
      current_period_ends_at: null,
      cancels_at_period_end: false,
    });
  });

  it('shows what was booked and what holds once the grace is over', async () => {
    const { org, owner } = await owned();
    const { billing } = deps.metadata.forOrg(org);
    await billing.put({ plan: 'team', status: 'past_due', graceEndsAt: '2020-01-01T00:00:00Z' });
    const answer = await selling.request('GET', '/v1/billing', { credential: owner, org });
    expect(answer.json()).toMatchObject({ plan: 'free', booked_plan: 'team', limits: { seats: { most: 2 } } });
  });

  it('has no limits where nothing is sold', async () => {
    const { key } = await owned(selfHosted);
    const answer = await selfHosted.get('/v1/billing', key);
    expect(answer.json()).toMatchObject({
      is_on: false,
      plan: 'self_hosted',
      status: 'self_hosted',
      limits: { seats: { most: null, used: 1 } },
    });
  });
});

describe('selling', () => {
  it('leads an owner to a checkout that leads back to our own page alone', async () => {
    const { org, owner } = await owned();
    const answer = await post('/v1/billing/checkout', owner, org, { plan: 'team' });
    expect(answer.statusCode).toBe(200);
    expect(answer.json().url).toMatch(/^https:\/\/checkout\.stripe\.example\.com\//);
    const { form } = edge.calls.findLast(({ call }) => call === 'POST /v1/checkout/sessions')!;
    expect(form).toMatchObject({
      client_reference_id: org,
      success_url: 'https://app.example.com/settings/plan?checkout=completed',
    });
    const elsewhere = { plan: 'team', return_url: 'https://evil.example.com' };
    expect((await post('/v1/billing/checkout', owner, org, elsewhere)).statusCode).toBe(400);
    expect((await post('/v1/billing/portal', owner, org)).json().url).toContain('https://billing.stripe.example.com/');
  });

  it('is for those who may pay', async () => {
    const { org, key } = await owned();
    const admin = (await selling.member(org, 'admin')).token;
    for (const path of ['/v1/billing/checkout', '/v1/billing/portal']) {
      expect((await post(path, admin, org, { plan: 'team' })).json().code).toBe('forbidden');
      const withKey = await selling.request('POST', path, { credential: key, body: { plan: 'team' } });
      expect(withKey.json().code).toBe('forbidden');
    }
  });

  it('answers billing_off where nothing is sold', async () => {
    const { org, owner } = await owned(selfHosted);
    for (const path of ['/v1/billing/checkout', '/v1/billing/portal', '/v1/webhooks/stripe']) {
      const answer = await post(path, owner, org, { plan: 'team' }, selfHosted);
      expect([answer.statusCode, answer.json().code]).toEqual([404, 'billing_off']);
    }
  });
});

describe('POST /v1/webhooks/stripe', () => {
  const deliver = (body: Buffer, signature: string, type = 'application/json; charset=utf-8') =>
    selling.request('POST', '/v1/webhooks/stripe', {
      body,
      headers: { 'content-type': type, 'stripe-signature': signature },
    });

  it('takes in what Stripe signed, to the byte', async () => {
    const { org, owner, key } = await owned();
    await post('/v1/billing/checkout', owner, org, { plan: 'team' });
    const { stripeCustomerId } = await selling.deps.billing.account(org);
    const subscription = subscribe(edge, stripeCustomerId!);
    const { body, signature } = signed(edge, { type: 'customer.subscription.created', object: subscription });
    const spaced = Buffer.from(JSON.stringify(JSON.parse(body.toString()), null, 1));
    expect((await deliver(spaced, signature)).json().code).toBe('credential_invalid');
    expect((await selling.get('/v1/billing', key)).json().plan).toBe('free');
    const answer = await deliver(body, signature);
    expect([answer.statusCode, answer.body]).toEqual([204, '']);
    expect((await selling.get('/v1/billing', key)).json()).toMatchObject({ plan: 'team', status: 'active' });
  });

  it('refuses bodies without a signature, of another type, and beyond 256 KiB', async () => {
    expect((await deliver(Buffer.from('{}'), '')).statusCode).toBe(401);
    expect((await deliver(Buffer.from('a=b'), '', 'application/x-www-form-urlencoded')).statusCode).toBe(415);
    expect((await deliver(Buffer.alloc(256 * 1024 + 1, 32), '')).statusCode).toBe(413);
    expect((await deliver(Buffer.alloc(200 * 1024, 32), '')).statusCode).toBe(401);
  });
});
