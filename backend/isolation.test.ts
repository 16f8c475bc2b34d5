import { scopes as allScopes, createApiKey, type GuardedRouteAuth } from '@cloudact/core/identity';
import { importJWK, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issuer, openTestBackend, rootKey, signingKey } from './testing/backend.ts';
import { loadCharges } from './testing/charges.ts';

/** Stands in every text of organisation A that an answer could show, and in its slug. */
const canary = 'canary7f3a';
const backend = await openTestBackend();
const { app, deps } = backend;
const a = await backend.organisation(`${canary}_inc`);
const b = await backend.organisation('bystander_inc');
afterAll(() => backend.close());

beforeAll(async () => {
  const texts = {
    ServiceName: canary,
    SubAccountId: canary,
    RegionId: canary,
    ResourceId: canary,
    BillingAccountId: canary,
  };
  const charge = { day: '2026-10-01', cost: '7777.77', tags: { [canary]: canary }, ...texts };
  const { cost: _, ...own } = charge;
  const kind = { x_Model: canary, SkuMeter: canary, ConsumedUnit: canary, x_UnpricedReason: canary };
  await loadCharges(backend.warehouse, a.org, [charge], {
    integrationId: canary,
    unpriced: [{ ...own, ...kind, quantity: '8888.88' }],
  });
  await loadCharges(backend.warehouse, b.org, [{ day: '2026-10-01', cost: '1' }], {
    integrationId: 'bystander',
    unpriced: [{ day: '2026-10-01', quantity: '1' }],
  });
});

const now = () => Math.floor(backend.clock.time.getTime() / 1000);
async function token(changes: { audience?: string; issuedAt?: number; type?: string }): Promise<string> {
  const issuedAt = changes.issuedAt ?? now();
  return new SignJWT({ org: a.org, scp: ['costs:read'], flt: [] })
    .setProtectedHeader({ alg: 'ES256', typ: changes.type ?? 'cloudact-widget+jwt', kid: signingKey.kid })
    .setIssuer(issuer)
    .setAudience(changes.audience ?? 'cloudact-widgets')
    .setSubject('test')
    .setJti('test')
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + 600)
    .sign(await importJWK(signingKey, 'ES256'));
}
const mint = async (org: typeof a.org, filters: string[] = []) =>
  (await deps.identity.widgetTokens.mint({ org, scopes: ['costs:read'], filters })).token;

/** Credentials that open no route at all. */
const neverGood: [string, () => Promise<string | undefined> | string | undefined][] = [
  ['no credential', () => undefined],
  ['an empty credential', () => 'Bearer '],
  ['garbage', () => 'Bearer garbage'],
  ['binary garbage', () => 'Bearer \u00ff\u00fe'],
  ['basic authentication', () => `Basic ${Buffer.from(`${a.org}:${a.key}`).toString('base64')}`],
  ['two credentials', () => `Bearer ${a.key}, Bearer ${b.key}`],
  ['a key that was never issued', () => `Bearer ${createApiKey()}`],
  ['a key with a typo', () => `Bearer ${a.key.slice(0, -1)}${a.key.endsWith('0') ? '1' : '0'}`],
  ['a root key with a typo', () => `Bearer ${rootKey}x`],
  ['an expired token', async () => `Bearer ${await token({ issuedAt: now() - 700 })}`],
  ['a token for another audience', async () => `Bearer ${await token({ audience: 'authenticated' })}`],
  ['a token of another type', async () => `Bearer ${await token({ type: 'JWT' })}`],
  ['a token whose filters cannot be read', async () => `Bearer ${await mint(a.org, ['Nonsense:x'])}`],
];

/** Credentials that are good, but not for every route. */
const principals: { name: string; kind: string; scopes: readonly string[]; credential: () => Promise<string> }[] = [
  { name: 'the root key', kind: 'root', scopes: [], credential: async () => rootKey },
  {
    name: 'the key of B',
    kind: 'api_key',
    scopes: allScopes,
    credential: async () => b.key,
  },
  { name: 'a widget token of B', kind: 'widget', scopes: ['costs:read'], credential: () => mint(b.org) },
  ...allScopes.map((scope) => ({
    name: `a key of B with only ${scope}`,
    kind: 'api_key',
    scopes: [scope],
    credential: async () => (await deps.identity.apiKeys.issue({ org: b.org, name: scope, scopes: [scope] })).key,
  })),
];

const routes = app.routeRegistry.filter(
  (route): route is typeof route & { auth: GuardedRouteAuth } => route.auth !== 'public',
);

/** Asks for as much as the route could give. Bodies are such that a credential that is let in by mistake shows. */
async function ask(route: { method: string; url: string }, authorization: string | undefined) {
  const answers = [];
  for (const query of [
    'from=2026-01-01&to=2027-01-01&group_by=ServiceName&group_by=SubAccountId',
    `from=2026-01-01&to=2027-01-01&group_by=tag:${canary}&filter=SubAccountId:${canary}`,
    'from=2026-01-01&to=2027-01-01&group_by=x_IntegrationId&group_by=ResourceId',
    'from=2026-01-01&to=2027-01-01&date=BillingPeriodStart&granularity=month&group_by=ServiceName',
    '',
  ]) {
    answers.push(
      await app.inject({
        method: route.method as 'GET',
        url: `${route.url.replace(/:[^/]+/g, 'bystander_inc')}?${query}`,
        headers: { ...(authorization !== undefined && { authorization }) },
        ...(route.method === 'POST' && { payload: {} }),
      }),
    );
  }
  return answers;
}

it('there are routes to try, and none of them takes the organisation from its path', () => {
  expect(routes.length).toBeGreaterThan(3);
  for (const { url } of routes) if (!url.startsWith('/v1/admin/')) expect(url).not.toMatch(/:org|:slug|:tenant/i);
});

it('the routes of the operator take the root key and nothing else, and no other route takes it', () => {
  for (const { url, auth } of routes) {
    if (url.startsWith('/v1/admin/')) expect(auth.principals).toEqual(['root']);
    else expect(auth.principals).not.toContain('root');
  }
});

it('the canary is there for its own organisation', async () => {
  const own = await ask({ method: 'GET', url: '/v1/costs' }, `Bearer ${a.key}`);
  for (const answer of own.slice(0, 4)) {
    expect(answer.statusCode).toBe(200);
    const { groups, unpriced } = answer.json();
    expect(JSON.stringify(groups)).toContain(canary);
    expect(unpriced).toEqual([
      { service: canary, model: canary, meter: canary, unit: canary, reason: canary, quantity: '8888.88', rows: 1 },
    ]);
  }
});

describe.each(routes)('$method $url', (route) => {
  it.each(neverGood)('refuses %s', async (_name, credential) => {
    for (const answer of await ask(route, await credential())) {
      expect(answer.statusCode).toBe(401);
      expect(answer.body + JSON.stringify(answer.headers)).not.toContain(canary);
    }
  });

  it.each(principals)(
    'shows nothing of A to $name, and only what its scopes allow',
    async ({ kind, scopes, credential }) => {
      const { auth } = route;
      const isAllowed =
        (auth.principals as readonly string[]).includes(kind) && auth.scopes.every((scope) => scopes.includes(scope));
      for (const answer of await ask(route, `Bearer ${await credential()}`)) {
        if (!isAllowed) expect([401, 403, 404]).toContain(answer.statusCode);
        // The problem of a question may repeat its own words; everything else of A would be a leak.
        expect(answer.body.replaceAll(`tag:${canary}`, '').replaceAll(`SubAccountId:${canary}`, '')).not.toContain(
          canary,
        );
        expect(answer.body).not.toMatch(/7777\.77|8888\.88/);
        expect(JSON.stringify(answer.headers)).not.toContain(canary);
      }
    },
  );
});

describe('a widget token with filters', () => {
  const ownFilter = 'SubAccountId:mine';
  beforeAll(async () => {
    const both = [
      { day: '2026-10-01', cost: '10', SubAccountId: 'mine', ServiceName: 'Mine' },
      { day: '2026-10-01', cost: '90', SubAccountId: 'theirs', ServiceName: 'Theirs' },
    ];
    const unpriced = both.map(({ cost, ...usage }) => ({ ...usage, quantity: cost, x_Model: usage.ServiceName }));
    await loadCharges(backend.warehouse, b.org, both, { integrationId: 'shared', unpriced });
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
    const answer = await backend.get('/v1/costs', await mint(b.org, [ownFilter]), { ...range, ...query });
    expect(answer.statusCode).toBe(200);
    const { totals, rows, groups, periods, unpriced, unpriced_periods } = answer.json();
    for (const { cost } of [...totals, ...rows, ...groups]) expect(cost).toBe('10');
    for (const { quantity } of unpriced) expect(quantity).toBe('10');
    expect(JSON.stringify([rows, groups, unpriced, unpriced_periods])).not.toMatch(/theirs/i);
    expect(periods.map((period: { integration_id: string }) => period.integration_id)).toEqual(['shared']);
  });
});
