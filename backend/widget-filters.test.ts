import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestBackend } from './testing/backend.ts';
import { loadCharges } from './testing/charges.ts';
import { randomSlug } from './testing/tenants.ts';

const backend = await openTestBackend();
const { org } = await backend.organisation(randomSlug());
afterAll(() => backend.close());

describe('a widget token with filters', () => {
  const ownFilter = 'SubAccountId:mine';
  beforeAll(async () => {
    const both = [
      { day: '2026-10-01', cost: '10', SubAccountId: 'mine', ServiceName: 'Mine' },
      { day: '2026-10-01', cost: '90', SubAccountId: 'theirs', ServiceName: 'Theirs' },
    ];
    const unpriced = both.map(({ cost, ...usage }) => ({ ...usage, quantity: cost, x_Model: usage.ServiceName }));
    await loadCharges(backend.warehouse, org, both, { integrationId: 'shared', unpriced });
  });
  const range = { from: '2026-10-01', to: '2026-11-01' };

  it.each([
    ['nothing more', {}],
    ['another value of the same dimension', { filter: 'SubAccountId:theirs' }],
    ['both values', { filter: ['SubAccountId:mine', 'SubAccountId:theirs'] }],
    ['no value', { filter: ['SubAccountId:', 'SubAccountId:mine'] }],
    ['another dimension', { filter: 'ServiceName:Theirs' }],
    ['all groups in one', { group_by: 'SubAccountId', top: 1 }],
    ['bills', { date: 'BillingPeriodStart', granularity: 'month', group_by: 'SubAccountId' }],
    ['dimensions that are not in the roll-up', { group_by: ['ResourceId', 'tag:team'] }],
  ])('stays in its slice when it asks for %s', async (_name, query) => {
    const { token } = await backend.deps.identity.widgetTokens.mint({
      org,
      scopes: ['costs:read'],
      filters: [ownFilter],
    });
    const answer = await backend.get('/v1/costs', token, { ...range, ...query });
    expect(answer.statusCode).toBe(200);
    const { totals, rows, groups, periods, unpriced, unpriced_periods } = answer.json();
    for (const { cost } of [...totals, ...rows, ...groups]) expect(cost).toBe('10');
    for (const { quantity } of unpriced) expect(quantity).toBe('10');
    expect(JSON.stringify([rows, groups, unpriced, unpriced_periods])).not.toMatch(/theirs/i);
    expect(periods.map((period: { integration_id: string }) => period.integration_id)).toEqual(['shared']);
  });
});
