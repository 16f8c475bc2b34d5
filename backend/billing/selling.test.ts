import { expect, it } from 'vitest';
import { customerOf, seconds, subscribe } from './testing/fixtures.ts';
import { openInstallation } from './testing/installation.ts';

const { edge, billing, organisation, buyer } = await openInstallation();
const returnUrl = 'https://app.example.com/settings/plan';
const email = 'ada@example.com';

const calledWith = (call: string, org: string) =>
  edge.calls.filter((each) => each.call === call && Object.values(each.form).includes(org)).map(({ form }) => form);

it('sends the organisation to a checkout that names it, its plan and the way back', async () => {
  const org = await organisation();
  const { url } = await billing.checkout({ org, plan: 'team', email, returnUrl });
  expect(url).toMatch(/^https:\/\/checkout\.stripe\.example\.com\/cs_/);
  expect(calledWith('POST /v1/checkout/sessions', org)).toEqual([
    expect.objectContaining({
      mode: 'subscription',
      customer: customerOf(edge, org).id,
      client_reference_id: org,
      'metadata[org]': org,
      'subscription_data[metadata][org]': org,
      'line_items[0][price]': 'price_team',
      'subscription_data[trial_period_days]': '14',
      'subscription_data[trial_settings][end_behavior][missing_payment_method]': 'cancel',
      success_url: `${returnUrl}?checkout=completed`,
      cancel_url: `${returnUrl}?checkout=cancelled`,
    }),
  ]);
  expect(customerOf(edge, org).email).toBe(email);
});

it('makes one customer, whoever buys at once', async () => {
  const org = await organisation();
  await Promise.all(
    ['ada', 'ben', 'cem'].map((name) =>
      billing.checkout({ org, plan: 'team', email: `${name}@example.com`, returnUrl }),
    ),
  );
  const customers = [...edge.customers.values()].filter((customer) => customer.metadata.org === org);
  expect(customers).toHaveLength(1);
  expect((await billing.account(org)).stripeCustomerId).toBe(customers[0]!.id);
});

it('makes no second customer when it was killed before the first was written down', async () => {
  const org = await organisation();
  edge.before = (call) => {
    if (call.startsWith('POST /v1/customers/')) throw new Error('killed');
  };
  await expect(billing.checkout({ org, plan: 'team', email, returnUrl })).rejects.toMatchObject({
    code: 'billing_unavailable',
  });
  edge.before = () => {};
  await billing.checkout({ org, plan: 'team', email, returnUrl });
  expect([...edge.customers.values()].filter((customer) => customer.metadata.org === org)).toHaveLength(1);
});

it('makes a new customer when the old one was deleted in Stripe', async () => {
  const { org, customer } = await buyer();
  edge.customers.get(customer)!.deleted = true;
  await billing.checkout({ org, plan: 'team', email, returnUrl });
  expect((await billing.account(org)).stripeCustomerId).not.toBe(customer);
});

it('closes the checkouts that are open, so that one plan is paid once', async () => {
  const { org, customer } = await buyer();
  await billing.checkout({ org, plan: 'business', email, returnUrl });
  const states = [...edge.checkouts.values()].filter((each) => each.customer === customer).map(({ status }) => status);
  expect(states).toEqual(['expired', 'open']);
});

it('sells no second plan, even when the webhook of the first one is lost', async () => {
  const { org, customer } = await buyer();
  subscribe(edge, customer);
  await expect(billing.checkout({ org, plan: 'business', email, returnUrl })).rejects.toMatchObject({
    code: 'conflict',
  });
  expect(await billing.account(org)).toMatchObject({ plan: 'team', status: 'active' });
});

it('gives one trial', async () => {
  const { org, customer } = await buyer();
  subscribe(edge, customer, { status: 'canceled', trial_end: seconds('2026-10-01T00:00:00Z') });
  await billing.checkout({ org, plan: 'team', email, returnUrl });
  const last = calledWith('POST /v1/checkout/sessions', org).at(-1)!;
  expect(last).not.toHaveProperty('subscription_data[trial_period_days]');
  expect(last.payment_method_collection).toBe('always');
});

it.each(['free', 'agreed', 'gold'])('does not sell "%s", and says what is for sale', async (plan) => {
  const org = await organisation();
  await expect(billing.checkout({ org, plan, email, returnUrl })).rejects.toMatchObject({
    code: 'request_invalid',
    detail: expect.stringContaining('team, business'),
  });
});

it('leads to the portal once something was bought', async () => {
  const org = await organisation();
  await expect(billing.portal({ org, returnUrl })).rejects.toMatchObject({ code: 'conflict' });
  const bought = await buyer();
  const { url } = await billing.portal({ org: bought.org, returnUrl });
  expect(url).toContain(bought.customer);
});

it('begins with the free plan or an agreed one, once, and never with one that is sold', async () => {
  const org = await organisation({ begun: false });
  for (const plan of ['team', 'gold']) {
    await expect(billing.begin(org, plan)).rejects.toMatchObject({ code: 'request_invalid' });
  }
  await expect(billing.begin(org, 'agreed')).resolves.toMatchObject({ plan: 'agreed', status: 'active' });
  await expect(billing.begin(org, 'free')).resolves.toMatchObject({ plan: 'agreed', status: 'active' });
  await expect(billing.account(await organisation())).resolves.toMatchObject({ plan: 'free', status: 'free' });
});

it('ends what is paid for and what could still be paid, again and again', async () => {
  const { org, customer } = await buyer();
  const subscription = subscribe(edge, customer);
  await billing.end(org);
  await billing.end(org);
  expect(subscription.status).toBe('canceled');
  expect([...edge.checkouts.values()].filter((each) => each.customer === customer)).toEqual([
    expect.objectContaining({ status: 'expired' }),
  ]);
  expect(await billing.account(org)).toMatchObject({ plan: 'free', status: 'cancelled' });
  await expect(billing.end(await organisation())).resolves.toBeUndefined();
});

it('ends all the same when it was killed after any step', async () => {
  let survived = false;
  for (let step = 0; !survived; step++) {
    const { org, customer } = await buyer();
    const subscription = subscribe(edge, customer);
    let left = step;
    edge.before = () => {
      if (--left < 0) throw new Error('killed');
    };
    survived = await billing.end(org).then(
      () => true,
      () => false,
    );
    edge.before = () => {};
    await billing.end(org);
    expect(subscription.status, `killed after step ${step}`).toBe('canceled');
    expect(await billing.account(org)).toMatchObject({ plan: 'free', status: 'cancelled' });
    expect(step).toBeLessThan(20);
  }
});

it('mends in reconciliation what no webhook told, and names what it cannot', async () => {
  const { org, customer } = await buyer();
  const subscription = subscribe(edge, customer, { cancel_at: seconds('2026-12-01T00:00:00Z') });
  subscribe(edge, customer, { status: 'past_due' });
  const first = await billing.reconcile();
  expect(first.mended).toBeGreaterThanOrEqual(1);
  expect(first.problems).toContainEqual({ org, problem: expect.stringContaining('several subscriptions') });
  expect(await billing.account(org)).toMatchObject({
    status: 'active',
    stripeSubscriptionId: subscription.id,
    cancelsAtPeriodEnd: true,
  });
  await expect(billing.reconcile()).resolves.toMatchObject({ checked: first.checked, mended: 0 });

  edge.subscriptions.clear();
  await billing.reconcile();
  expect(await billing.account(org)).toMatchObject({ plan: 'free', status: 'cancelled' });
});

it('goes on reconciling after an organisation that fails, and stops when it is told to', async () => {
  const { org } = await buyer();
  edge.before = () => {
    throw new Error('unplugged');
  };
  const { checked, problems } = await billing.reconcile();
  edge.before = () => {};
  expect(problems).toHaveLength(checked);
  expect(problems).toContainEqual({ org, problem: expect.stringContaining('Stripe did not answer') });
  await expect(billing.reconcile({ signal: AbortSignal.abort() })).rejects.toThrow('aborted');
});

it('takes nothing from anybody when the key is of another Stripe account', async () => {
  const { org, customer } = await buyer();
  subscribe(edge, customer);
  await billing.reconcile();
  edge.customers.delete(customer);
  const { problems } = await billing.reconcile();
  expect(problems).toContainEqual({ org, problem: expect.stringContaining(customer) });
  expect(await billing.account(org)).toMatchObject({ plan: 'team', status: 'active' });
});

it('ends the plan of a customer who was deleted in Stripe', async () => {
  const { org, customer } = await buyer();
  subscribe(edge, customer);
  await billing.reconcile();
  edge.customers.get(customer)!.deleted = true;
  await billing.reconcile();
  expect(await billing.account(org)).toMatchObject({ plan: 'free', status: 'cancelled' });
});
