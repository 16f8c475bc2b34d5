import type { BillingAccount } from '@cloudact/core/metadata';
import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { entitlementsAt, requireRoomIn } from './entitlements.ts';
import type { PlanCatalogue } from './plans.ts';
import { leading, stateOf } from './subscription-state.ts';
import { plans, seconds } from './testing/fixtures.ts';

const catalogue = plans as PlanCatalogue;
const at = new Date('2026-11-20T12:00:00Z');
const later = '2026-11-20T12:00:00.001Z';
const account = (changes: Partial<BillingAccount>): BillingAccount => ({
  plan: 'team',
  status: 'active',
  stripeCustomerId: null,
  stripeSubscriptionId: null,
  trialEndsAt: null,
  currentPeriodEndsAt: null,
  graceEndsAt: null,
  cancelsAtPeriodEnd: false,
  synchronisedAt: null,
  ...changes,
});

describe('what an account may have', () => {
  it.each<[string, Partial<BillingAccount>, string]>([
    ['a plan that is paid for holds', {}, 'team'],
    ['and until its end when it was cancelled for then', { cancelsAtPeriodEnd: true }, 'team'],
    ['one that ended does not', { status: 'cancelled' }, 'free'],
    ['a trial holds', { status: 'trialing', trialEndsAt: later }, 'team'],
    [
      'a trial holds while the news of its end are on the way',
      { status: 'trialing', trialEndsAt: '2026-11-19T00:00:00Z' },
      'team',
    ],
    ['a trial nobody tells about ends', { status: 'trialing', trialEndsAt: '2026-11-13T12:00:00Z' }, 'free'],
    ['the grace holds to its last moment', { status: 'past_due', graceEndsAt: later }, 'team'],
    ['and no longer', { status: 'past_due', graceEndsAt: at.toISOString() }, 'free'],
    ['a late payment without a grace gives nothing', { status: 'past_due' }, 'free'],
    ['an account of a time without Stripe has the first plan', { status: 'self_hosted', plan: 'self_hosted' }, 'free'],
  ])('%s', (_title, changes, plan) => {
    expect(entitlementsAt(account(changes), catalogue, at).plan).toBe(plan);
  });

  it('is the first plan where there is no account', () => {
    expect(entitlementsAt(undefined, catalogue, at)).toEqual({
      plan: 'free',
      integrations: 2,
      seats: 2,
      retentionMonths: 25,
    });
  });

  it('has no limits when a plan that is paid for has left the configuration', () => {
    expect(entitlementsAt(account({ plan: 'gone' }), catalogue, at)).toMatchObject({ plan: 'gone', seats: null });
  });
});

it('lets one more in while there is room, and says what to do when there is not', () => {
  const free = entitlementsAt(undefined, catalogue, at);
  expect(() => requireRoomIn(free, catalogue, 'seats', 1)).not.toThrow();
  for (const used of [2, 3]) {
    expect(() => requireRoomIn(free, catalogue, 'seats', used)).toThrow(
      expect.objectContaining({
        code: 'plan_limit_reached',
        detail: expect.stringMatching(`room for 2 seats, and ${used} are in use.*larger plan`),
      }),
    );
  }
  const unlimited = entitlementsAt(account({ plan: 'business' }), catalogue, at);
  expect(() => requireRoomIn(unlimited, catalogue, 'integrations', 1_000_000)).not.toThrow();
});

describe('the grace', () => {
  const subscription = (status: string) =>
    ({
      id: 'sub_1',
      status,
      created: seconds('2026-01-01T00:00:00Z'),
      trial_end: seconds('2026-11-15T00:00:00Z'),
      cancel_at: null,
      cancel_at_period_end: false,
      items: {
        data: [
          {
            price: { id: 'price_team' },
            current_period_start: seconds('2026-11-10T00:00:00Z'),
            current_period_end: seconds('2026-12-10T00:00:00Z'),
          },
        ],
      },
    }) as unknown as Stripe.Subscription;
  const invoice = (finalised: string | null, attempts: number) =>
    ({
      attempt_count: attempts,
      created: seconds('2026-11-01T00:00:00Z'),
      status_transitions: { finalized_at: finalised && seconds(finalised) },
    }) as unknown as Stripe.Invoice;
  const graceEnd = (status: string, ...invoices: Stripe.Invoice[]) =>
    stateOf(subscription(status), invoices, { paidPlan: 'team', initialPlan: 'free' }).graceEndsAt;

  it('begins with the first failure and not anew with the next month’s', () => {
    const ends = graceEnd('past_due', invoice('2026-11-10T01:00:00Z', 1), invoice('2026-10-10T01:00:00Z', 4));
    expect(ends).toBe('2026-10-17T01:00:00.000Z');
  });

  it('is not begun by an invoice that was never charged', () => {
    expect(graceEnd('past_due', invoice('2026-10-10T01:00:00Z', 0), invoice(null, 1))).toBe('2026-11-08T00:00:00.000Z');
  });

  it('begins with the period when Stripe names no invoice', () => {
    expect(graceEnd('unpaid')).toBe('2026-11-17T00:00:00.000Z');
  });

  it('is none after a trial that ended without a way to pay', () => {
    expect(graceEnd('paused')).toBe('2026-11-15T00:00:00.000Z');
  });

  it('is none while nothing is late', () => {
    expect(graceEnd('active', invoice('2026-11-10T01:00:00Z', 1))).toBeNull();
  });
});

it('lets the subscription count that gives most, in whatever order they come', () => {
  const each = ['incomplete', 'canceled', 'past_due', 'trialing', 'active'].map(
    (status, created) => ({ id: `sub_${created}`, status, created }) as Stripe.Subscription,
  );
  expect(leading(each)?.status).toBe('active');
  expect(leading(each.toReversed())?.status).toBe('active');
  expect(leading(each.slice(0, 3))?.status).toBe('past_due');
  expect(leading(each.slice(0, 1))).toBeUndefined();
});
