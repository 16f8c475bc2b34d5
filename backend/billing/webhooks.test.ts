import type { BillingAccount } from '@cloudact/core/metadata';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { failPayment, type SignedEvent, seconds, signed, subscribe } from './testing/fixtures.ts';
import { openInstallation } from './testing/installation.ts';

const { edge, billing, metadata, clock, supabase, organisation, buyer } = await openInstallation();

const event = (type: string, object: object, more: { id?: string; at?: Date; secret?: string } = {}) =>
  signed(edge, { type, object, at: clock.time, ...more });
const takeIn = ({ body, signature }: SignedEvent) => billing.takeIn(body, signature);
const withoutTime = ({ synchronisedAt, ...account }: BillingAccount) => account;

it('writes what Stripe says, not what the event says', async () => {
  const { org, customer } = await buyer();
  const subscription = subscribe(edge, customer, { price: 'price_business' });
  const stale = { ...subscription, status: 'canceled' };
  await expect(takeIn(event('customer.subscription.updated', stale))).resolves.toEqual({ problems: [] });
  expect(await billing.account(org)).toMatchObject({
    plan: 'business',
    status: 'active',
    stripeSubscriptionId: subscription.id,
    currentPeriodEndsAt: '2026-12-01T00:00:00.000Z',
    synchronisedAt: clock.time.toISOString(),
  });
});

it('ends in the same account, whatever the order and the duplicates of a life’s events', async () => {
  const { org, customer } = await buyer();
  const subscription = subscribe(edge, customer, { status: 'past_due' });
  failPayment(edge, subscription, '2026-11-19T08:00:00Z');
  const life = [
    event('customer.created', { id: customer, object: 'customer' }),
    event('checkout.session.completed', { id: 'cs_1', object: 'checkout.session', customer }),
    event('customer.subscription.created', { ...subscription, status: 'trialing' }),
    event('invoice.paid', { id: 'in_1', object: 'invoice', customer: { id: customer } }),
    event('customer.subscription.updated', { ...subscription, status: 'active' }),
    event('invoice.payment_failed', { id: 'in_2', object: 'invoice', customer }),
    event('customer.subscription.updated', subscription),
  ];
  for (const each of life) await takeIn(each);
  const expected = withoutTime(await billing.account(org));
  expect(expected).toMatchObject({ plan: 'team', status: 'past_due', graceEndsAt: '2026-11-26T08:00:00.000Z' });

  const indexes = life.map((_, index) => index);
  const orders = fc.array(fc.constantFrom(...indexes), { minLength: 1, maxLength: 9 });
  await fc.assert(
    fc.asyncProperty(orders, async (order) => {
      await metadata.forOrg(org).billing.put({ plan: 'free', status: 'free', graceEndsAt: null });
      const renamed = order.map((index) => {
        const { type, data } = JSON.parse(life[index]!.body.toString());
        return event(type, data.object);
      });
      // Each twice: what is known changes nothing.
      for (const each of [...renamed, ...renamed]) await takeIn(each);
      expect(withoutTime(await billing.account(org))).toEqual(expected);
    }),
    { numRuns: 12 },
  );
});

it('asks Stripe nothing for an event that was worked off', async () => {
  const { customer } = await buyer();
  const once = event('customer.updated', { id: customer, object: 'customer' });
  await takeIn(once);
  const asked = edge.calls.length;
  await takeIn(once);
  expect(edge.calls).toHaveLength(asked);
});

it('never leaves an older answer of Stripe in place of a newer one', async () => {
  const { org, customer } = await buyer();
  const subscription = subscribe(edge, customer, { status: 'trialing' });
  const status = (now: string) => Object.assign(subscription, { status: now });
  // The first event is answered with "trialing" and held up, while a second one comes and finds "active".
  const answers = [
    async () => {
      status('active');
      await takeIn(event('customer.subscription.updated', subscription));
      status('trialing');
    },
  ];
  edge.before = async () => {
    const held = answers.shift();
    if (held === undefined) status('active');
    else await held();
  };
  await takeIn(event('customer.subscription.created', subscription));
  edge.before = () => {};
  expect(await billing.account(org)).toMatchObject({ status: 'active' });
});

it('ends the same when it was killed after any step and the event comes again', async () => {
  const { org, customer } = await buyer();
  const subscription = subscribe(edge, customer, { status: 'past_due' });
  failPayment(edge, subscription, '2026-11-19T08:00:00Z');
  await takeIn(event('customer.subscription.updated', subscription));
  const expected = withoutTime(await billing.account(org));

  let survived = false;
  for (let step = 1; !survived; step++) {
    await metadata
      .forOrg(org)
      .billing.put({ plan: 'free', status: 'free', graceEndsAt: null, stripeSubscriptionId: null });
    const again = event('customer.subscription.updated', subscription);
    let left = step;
    const kill = () => {
      if (--left < 0) throw new Error('killed');
    };
    supabase.before = kill;
    edge.before = kill;
    survived = await takeIn(again).then(
      () => true,
      () => false,
    );
    supabase.before = () => {};
    edge.before = () => {};
    await takeIn(again);
    expect(withoutTime(await billing.account(org)), `killed after step ${step}`).toEqual(expected);
    expect(step).toBeLessThan(40);
  }
});

it('refuses what Stripe did not sign for these bytes, and stores nothing of it', async () => {
  const { org, customer } = await buyer();
  const subscription = subscribe(edge, customer);
  const before = await billing.account(org);
  const good = event('customer.subscription.created', subscription);
  const tampered = Buffer.from(good.body.toString().replace('active', 'paused'));
  const old = event('customer.subscription.created', subscription, { at: new Date(clock.time.getTime() - 301_000) });
  const foreign = event('customer.subscription.created', subscription, { secret: 'whsec_of_somebody_else' });
  const refused = [
    { ...good, body: tampered },
    { ...good, body: Buffer.concat([good.body, Buffer.from(' ')]) },
    { ...good, body: Buffer.alloc(0) },
    old,
    foreign,
    { ...good, signature: '' },
    { ...good, signature: 't=1,v1=00' },
  ];
  for (const each of refused) {
    await expect(takeIn(each)).rejects.toMatchObject({ code: 'credential_invalid' });
  }
  await expect(billing.takeIn(good.body, undefined)).rejects.toMatchObject({ code: 'credential_invalid' });
  expect(await billing.account(org)).toEqual(before);
  const { id } = JSON.parse(good.body.toString());
  const unknown = { id, type: 'customer.subscription.created', createdAt: clock.time.toISOString(), org };
  await expect(metadata.stripeEvents.receive(unknown)).resolves.toBe(true);
});

it('takes a signature that is just young enough', async () => {
  const { customer } = await buyer();
  const object = { id: customer, object: 'customer' };
  await expect(
    takeIn(event('customer.updated', object, { at: new Date(clock.time.getTime() - 299_000) })),
  ).resolves.toEqual({ problems: [] });
});

it('acknowledges a customer whom nobody has, and says so', async () => {
  const { problems } = await takeIn(event('customer.created', { id: 'cus_stranger', object: 'customer' }));
  expect(problems).toEqual([{ org: null, problem: expect.stringContaining('cus_stranger') }]);
});

it('leaves events alone that are about no account', async () => {
  const asked = edge.calls.length;
  await expect(takeIn(event('price.updated', { id: 'price_team', object: 'price' }))).resolves.toEqual({
    problems: [],
  });
  expect(edge.calls).toHaveLength(asked);
});

it('keeps the old plan when the price is in no plan, and says so', async () => {
  const { org, customer } = await buyer();
  const subscription = subscribe(edge, customer);
  await takeIn(event('customer.subscription.created', subscription));
  subscription.items.data[0]!.price.id = 'price_of_another_product';
  const { problems } = await takeIn(event('customer.subscription.updated', subscription));
  expect(problems).toEqual([{ org, problem: expect.stringContaining('a price that no plan has') }]);
  expect(await billing.account(org)).toMatchObject({ plan: 'team', status: 'active' });
});

it('gives a plan that was agreed upon no end because somebody looked at the checkout', async () => {
  const org = await organisation();
  await metadata.forOrg(org).billing.put({ plan: 'agreed', status: 'active' });
  await billing.checkout({ org, plan: 'team', email: 'ada@example.com', returnUrl: 'https://app.example.com/plan' });
  const { stripeCustomerId } = await billing.account(org);
  subscribe(edge, stripeCustomerId!, { status: 'incomplete', created: seconds(clock.time) });
  await takeIn(event('customer.updated', { id: stripeCustomerId!, object: 'customer' }));
  expect(await billing.account(org)).toMatchObject({ plan: 'agreed', status: 'active' });
});

it('asks for the event again while Stripe does not answer', async () => {
  const { customer } = await buyer();
  edge.before = () => {
    throw new Error('unplugged');
  };
  const lost = event('customer.updated', { id: customer, object: 'customer' });
  await expect(takeIn(lost)).rejects.toMatchObject({ code: 'billing_unavailable' });
  edge.before = () => {};
  await expect(takeIn(lost)).resolves.toEqual({ problems: [] });
});
