import {
  apiKeyScopes,
  type GuardedRouteAuth,
  isGuarded,
  type RegisteredRoute,
  roleScopes,
  roles,
  type Scope,
  widgetScopes,
  withIncluded,
} from '@cloudact/core/identity';
import { afterAll, describe, expect, it } from 'vitest';
import { openTestBackend, rootKey } from './testing/backend.ts';
import { forgedCredentials } from './testing/forged-credentials.ts';
import { fillTenant, tenantState } from './testing/full-tenant.ts';
import { randomSlug } from './testing/tenants.ts';

/** Stands in every text of organisation A that an answer could show, and in its slug. */
const canary = 'canary7f3a';
const backend = await openTestBackend();
const { app, deps } = backend;
const a = { ...(await backend.organisation(randomSlug(canary))), owner: await backend.person(`${canary}@example.com`) };
const b = await backend.organisation(randomSlug());
const stranger = await backend.person();
const ofA = await fillTenant(backend, a, canary);
const viewer = await backend.member(a.org, 'viewer');

// What is asked, and by whom ----------------------------------------------------------------------------------------

const routes = app.routeRegistry.filter((route): route is RegisteredRoute & { auth: GuardedRouteAuth } =>
  isGuarded(route.auth),
);
const nobody = '00000000-0000-4000-8000-000000000000';

/** What stands for the parameter of a path: A's, and one that nobody has. */
const things: Record<string, [ofA: string, missing: string]> = {
  '/v1/admin/orgs/:slug': [b.org, 'nobody_inc'],
  '/v1/api-keys/:id': [ofA.key, `key_${nobody}`],
  '/v1/members/:user_id': [a.owner.userId, nobody],
  '/v1/invitations/:id': [ofA.invitation, nobody],
  '/v1/integrations/:id': [canary, 'nothing'],
};
const thingOf = (url: string) => Object.entries(things).find(([prefix]) => url.startsWith(prefix))?.[1];

/** Bodies that lead to A, or that get as far as the thing that the path names. Others get an empty one. */
const bodies: Record<string, object> = {
  'PATCH /v1/members/:user_id': { role: 'viewer' },
  'PATCH /v1/integrations/:id': { name: 'Mine' },
  'POST /v1/invitations/accept': { token: ofA.invitationSecret },
  'DELETE /v1/org': { confirm: a.org },
  // Who may mint is asked; what a token may carry is refused by the route itself.
  'POST /v1/widget-tokens': { scopes: [] },
};

const questions = [
  'from=2026-01-01&to=2027-01-01&group_by=ServiceName&group_by=SubAccountId',
  `from=2026-01-01&to=2027-01-01&group_by=tag:${canary}&filter=SubAccountId:${canary}`,
  'from=2026-01-01&to=2027-01-01&group_by=x_IntegrationId&group_by=ResourceId',
  'from=2026-01-01&to=2027-01-01&date=BillingPeriodStart&granularity=month&group_by=ServiceName',
];

interface Headers {
  authorization?: string;
  'cloudact-org'?: string;
}

/** Asks for as much as the route could give. */
async function ask({ method, url }: { method: string; url: string }, headers: Headers, thing = thingOf(url)?.[0]) {
  const path = url.replace(/:[^/]+/, thing ?? '');
  const queries = url === '/v1/costs' ? questions : [''];
  const payload = bodies[`${method} ${url}`] ?? {};
  const hasBody = method !== 'GET' && method !== 'HEAD';
  return Promise.all(
    queries.map((query) =>
      app.inject({
        method: method as 'GET',
        url: `${path}?${query}`,
        headers: { ...headers },
        ...(hasBody && { payload }),
      }),
    ),
  );
}

/** A good credential, and what it is good for. `scopes` of a session are those in the organisation that it names. */
interface Caller {
  name: string;
  kind: 'root' | 'api_key' | 'widget' | 'service' | 'session';
  headers: Headers;
  scopes: readonly Scope[];
  isStranger?: true;
}

const { identity } = deps;
const bearer = (credential: string, org?: string): Headers => ({
  authorization: `Bearer ${credential}`,
  ...(org !== undefined && { 'cloudact-org': org }),
});
const keyOfB = async (scopes: readonly Scope[]) =>
  (await identity.apiKeys.issue({ org: b.org, name: 'B', scopes })).key;

const callers: Caller[] = [
  { name: 'the root key', kind: 'root', headers: bearer(rootKey), scopes: [] },
  { name: 'the key of B', kind: 'api_key', headers: bearer(b.key), scopes: apiKeyScopes },
  { name: 'the key of B, with A in the header', kind: 'api_key', headers: bearer(b.key, a.org), scopes: apiKeyScopes },
  {
    name: 'a widget token of B',
    kind: 'widget',
    headers: bearer((await identity.widgetTokens.mint({ org: b.org, scopes: widgetScopes, filters: [] })).token),
    scopes: widgetScopes,
  },
  {
    name: 'a service that acts for B',
    kind: 'service',
    headers: bearer(await identity.services.mint({ service: 'scheduler', audience: 'api', org: b.org })),
    scopes: [],
  },
  {
    name: 'a stranger who names A',
    kind: 'session',
    headers: bearer(stranger.token, a.org),
    scopes: [],
    isStranger: true,
  },
  {
    name: 'a stranger who names B',
    kind: 'session',
    headers: bearer(stranger.token, b.org),
    scopes: [],
    isStranger: true,
  },
];
for (const role of roles) {
  const { token } = await backend.member(b.org, role);
  const scopes = roleScopes[role];
  callers.push(
    { name: `${role} of B`, kind: 'session', headers: bearer(token, b.org), scopes },
    { name: `${role} of B who names A`, kind: 'session', headers: bearer(token, a.org), scopes: [], isStranger: true },
  );
}
for (const scope of apiKeyScopes) {
  const headers = bearer(await keyOfB([scope]));
  callers.push({ name: `a key of B with only ${scope}`, kind: 'api_key', headers, scopes: [scope] });
}

/** The status with which the caller is refused, or undefined for one that is let in. */
function refusal(
  { principals, scopes: needed }: GuardedRouteAuth,
  { kind, scopes, isStranger }: Caller,
): number | undefined {
  if (kind === 'session' && principals.includes('user')) return undefined;
  if (kind === 'session' && isStranger && principals.includes('member')) return 404;
  if (!principals.includes(kind === 'session' ? 'member' : kind)) return 403;
  if (kind === 'root' || kind === 'service') return undefined;
  return needed.every((scope) => withIncluded(scopes).includes(scope)) ? undefined : 403;
}

// The questions may be repeated in their problems, and the things that B asked for in vain are in B's own audit log;
// everything else of A would be a leak.
const inVain = `"target":"${canary}","outcome":"refused"`;
const asked = new RegExp(`tag:${canary}|SubAccountId:${canary}|${inVain}`, 'g');
function expectNothingOfA({ body, headers }: { body: string; headers: object }): void {
  expect(body.replaceAll(asked, '')).not.toMatch(new RegExp(`${canary}|7777\\.77|8888\\.88`));
  expect(JSON.stringify(headers)).not.toContain(canary);
}
/** Without the request's id, and without the thing that the caller named itself. */
function told({ statusCode, body, headers }: { statusCode: number; body: string; headers: object }, thing = '') {
  return [statusCode, body.replace(/urn:uuid:[0-9a-f-]{36}/, '').replaceAll(thing, ''), Object.keys(headers)];
}

// The guarantees ----------------------------------------------------------------------------------------------------

const forged = await forgedCredentials(backend, a);
const before = await tenantState(backend, a.org);
afterAll(async () => {
  try {
    expect(await tenantState(backend, a.org)).toEqual(before);
  } finally {
    await backend.close();
  }
});
it('there are routes to try, and no path outside of the operator’s names an organisation', () => {
  expect(routes.length).toBeGreaterThan(20);
  for (const { url } of routes) if (!url.startsWith('/v1/admin/')) expect(url).not.toMatch(/:org|:slug|:tenant/i);
});

it('every parameter of a path stands for something of A', () => {
  for (const { url } of routes) if (url.includes(':')) expect([url, thingOf(url)]).not.toContain(undefined);
});

it('the routes of the operator take the root key and nothing else, and no other route takes it', () => {
  for (const { url, auth } of routes) {
    if (url.startsWith('/v1/admin/')) expect(auth.principals).toEqual(['root']);
    else expect(auth.principals).not.toContain('root');
  }
});

it('the canary is there for its own organisation', async () => {
  for (const headers of [bearer(a.key), bearer(a.owner.token, a.org)]) {
    for (const answer of await ask({ method: 'GET', url: '/v1/costs' }, headers)) {
      expect(answer.statusCode).toBe(200);
      const { groups, unpriced } = answer.json();
      expect(JSON.stringify(groups)).toContain(canary);
      expect(unpriced).toEqual([
        { service: canary, model: canary, meter: canary, unit: canary, reason: canary, quantity: '8888.88', rows: 1 },
      ]);
    }
    for (const url of ['/v1/org', '/v1/api-keys']) {
      expect((await ask({ method: 'GET', url }, headers))[0]!.body).toContain(canary);
    }
  }
});

describe.each(routes)('$method $url', (route) => {
  it('refuses whatever is no credential in force', async () => {
    for (const [name, authorization] of forged) {
      const headers = { 'cloudact-org': a.org, ...(authorization !== undefined && { authorization }) };
      for (const answer of await ask(route, headers)) {
        expect(answer.statusCode, name).toBe(401);
        expectNothingOfA(answer);
      }
    }
  });

  it('shows nothing of A to anybody of B, and lets in only whom it names, with their scopes', async () => {
    for (const caller of callers) {
      const status = refusal(route.auth, caller);
      for (const answer of await ask(route, caller.headers)) {
        if (status !== undefined) expect([caller.name, answer.statusCode]).toEqual([caller.name, status]);
        else expect([caller.name, answer.statusCode]).not.toEqual([caller.name, expect.toBeOneOf([401, 403, 500])]);
        expectNothingOfA(answer);
      }
    }
  });

  const thing = thingOf(route.url);
  if (thing !== undefined && !route.auth.principals.includes('root')) {
    it('answers for a thing of A as for one that is not there', async () => {
      for (const caller of callers) {
        const [own] = await ask(route, caller.headers, thing![0]);
        const [missing] = await ask(route, caller.headers, thing![1]);
        expect([caller.name, ...told(own!, thing![0])]).toEqual([caller.name, ...told(missing!, thing![1])]);
      }
    });
  }

  if (route.auth.principals.includes('member')) {
    it('answers somebody of B who names A as one who names an organisation that is not there', async () => {
      for (const { name, headers } of callers.filter(({ isStranger }) => isStranger)) {
        const [named] = await ask(route, headers);
        const [missing] = await ask(route, { ...headers, 'cloudact-org': 'nobody_at_all' });
        expect([name, ...told(named!)]).toEqual([name, ...told(missing!)]);
      }
    });
  }

  it('gives a viewer of A no more than viewers may do', async () => {
    const answers = await ask(route, bearer(viewer.token, a.org));
    const status = refusal(route.auth, { name: '', kind: 'session', headers: {}, scopes: roleScopes.viewer });
    for (const { statusCode } of answers) if (status !== undefined) expect(statusCode).toBe(status);
  });
});
