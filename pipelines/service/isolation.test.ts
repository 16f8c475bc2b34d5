import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  apiKeyScopes as allScopes,
  createApiKey,
  type GuardedRouteAuth,
  generateSigningKey,
  openApiKeys,
  openServiceTokens,
  openWidgetTokens,
  type Scope,
  withIncluded,
} from '@cloudact/core/identity';
import { supabaseMetadata } from '@cloudact/core/metadata';
import { type OrgSlug, parseOrgSlug } from '@cloudact/core/org';
import { openDuckDBWarehouse } from '@cloudact/core/warehouse/duckdb';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { testSupabase } from '../../scripts/test-supabase.ts';
import { createRunStore } from '../runs/index.ts';
import { buildPipelineService } from './app.ts';

/** Stands in every text of A's run, in the name and the content of A's file, and in A's slug. */
const canary = 'canary7f3a';
const a = parseOrgSlug(`${canary}_inc`);
const b = parseOrgSlug('bystander_inc');
const file = `${canary}.csv`;
const runId = `run_${canary}`;

const clock = { time: new Date('2026-11-20T12:00:00Z') };
const now = () => clock.time;
const directory = await mkdtemp(join(tmpdir(), 'pipeline-isolation-'));
const inboxDirectory = (org: OrgSlug) => join(directory, 'inbox', org);
const warehouse = await openDuckDBWarehouse({ directory: join(directory, 'warehouse') });
const peppers = { current: 1, peppers: { 1: 'pepper-of-the-tests-0123456789-abcdef' } };
const apiKeys = openApiKeys({ control: warehouse.control, peppers, now });
const rootSecret = 'root-key-of-the-tests-0123456789-abcdef';
const issuer = 'https://api.example.com';
const signingKey = await generateSigningKey();
// The same key, so that it is the kind of token that is refused.
const widgetTokens = await openWidgetTokens({ issuer, keys: [signingKey], now });
const services = await openServiceTokens({ issuer, keys: [signingKey], now });
const metadata = supabaseMetadata(await testSupabase());
const app = await buildPipelineService({
  warehouse,
  metadata,
  vault: { open: () => Promise.reject(new Error(`the secrets of ${canary} were opened`)) },
  inboxDirectory,
  logger: false,
  requestsPerMinute: 100_000,
  identity: { apiKeys, services },
});
const store = createRunStore(warehouse.control);

const issued = new Map<string, Promise<{ key: string }>>();
/** Each key is issued once: an organisation has no room for one a test. */
async function keyOf(org: OrgSlug, scopes: readonly Scope[], expiresAt?: string): Promise<string> {
  const grant = { org, name: 'Test', scopes, expiresAt };
  const text = JSON.stringify(grant);
  const made = issued.get(text) ?? apiKeys.issue(grant);
  issued.set(text, made);
  return (await made).key;
}
const mint = async (org: OrgSlug) => (await widgetTokens.mint({ org, scopes: ['costs:read'], filters: [] })).token;

let keyOfA: string;
let before: unknown;
beforeAll(async () => {
  for (const org of [a, b]) {
    await warehouse.createDataset(org);
    await mkdir(inboxDirectory(org), { recursive: true });
  }
  await writeFile(join(inboxDirectory(a), file), canary);
  keyOfA = await keyOf(a, ['runs:read']);
  const source = { files: [file], from: 'auto' };
  await store.create({ id: runId, org: a, integrationId: canary, source });
  await metadata.onboarding.begin({ slug: a, name: canary, plan: 'self_hosted', owner: null });
  const integration = { id: runId, connector: 'aws-s3', name: canary, settings: { bucket: canary } };
  await metadata.forOrg(a).integrations.create(integration);
  before = await store.list(a);
});
afterEach(async () => {
  expect(await store.list(a)).toEqual(before);
});
afterAll(async () => {
  await app.close();
  await warehouse.close();
  await rm(directory, { recursive: true });
});

/** Credentials that open no route at all. */
const neverGood: [string, () => Promise<string | undefined> | string | undefined][] = [
  ['no credential', () => undefined],
  ['an empty credential', () => 'Bearer '],
  ['garbage', () => 'Bearer garbage'],
  ['binary garbage', () => 'Bearer \u00ff\u00fe'],
  ['basic authentication', () => `Basic ${Buffer.from(`${a}:${keyOfA}`).toString('base64')}`],
  ['two credentials', async () => `Bearer ${keyOfA}, Bearer ${await keyOf(b, allScopes)}`],
  ['a key that was never issued', () => `Bearer ${createApiKey()}`],
  ['a key with a typo', () => `Bearer ${keyOfA.slice(0, -1)}${keyOfA.endsWith('0') ? '1' : '0'}`],
  ['the root key', () => `Bearer ${rootSecret}`],
  ['a widget token of A', async () => `Bearer ${await mint(a)}`],
  ['a widget token of B', async () => `Bearer ${await mint(b)}`],
  [
    'a token of a service that calls the API',
    async () => `Bearer ${await services.mint({ service: 'scheduler', audience: 'api', org: a })}`,
  ],
  ['an expired key', async () => `Bearer ${await keyOf(a, allScopes, '2026-11-20T11:59:59Z')}`],
  [
    'a revoked key',
    async () => {
      const { key, record } = await apiKeys.issue({ org: a, name: 'Revoked', scopes: allScopes });
      await apiKeys.revoke(a, record.id);
      return `Bearer ${key}`;
    },
  ],
  [
    'an expired token of a service',
    async () => {
      const { time } = clock;
      clock.time = new Date(time.getTime() - 3_600_000);
      const token = await services.mint({ service: 'api', audience: 'pipelines', org: a });
      clock.time = time;
      return `Bearer ${token}`;
    },
  ],
];

/** Credentials that are good, but not for every route. The scopes are those that they give, the included ones too. */
const principals: { name: string; kind: string; scopes: readonly Scope[]; credential: () => Promise<string> }[] = [
  {
    name: 'a service that acts for B',
    kind: 'service',
    scopes: [],
    credential: () => services.mint({ service: 'api', audience: 'pipelines', org: b }),
  },
  { name: 'a key of A without scopes', kind: 'api_key', scopes: [], credential: () => keyOf(a, []) },
  { name: 'a key of B with all scopes', kind: 'api_key', scopes: allScopes, credential: () => keyOf(b, allScopes) },
  ...allScopes.map((scope) => ({
    name: `a key of B with only ${scope}`,
    kind: 'api_key',
    scopes: withIncluded([scope]),
    credential: () => keyOf(b, [scope]),
  })),
];

const routes = app.routeRegistry.filter(
  (route): route is typeof route & { auth: GuardedRouteAuth } => route.auth !== 'public',
);

/** What the routes that take a body are asked for. */
const bodies: Record<string, object> = {
  '/v1/runs': { files: [file] },
  '/v1/replays': { format: 'openai-usage', billing_periods: ['2026-11-01'] },
  '/internal/integrations/:id/check': {},
};

/** Asks for A's run, A's file and A's integration, so that a credential that is let in by mistake shows. */
function ask({ method, url }: { method: string; url: string }, authorization: string | undefined) {
  return app.inject({
    method: method as 'GET',
    url: `${url.replace(/:[^/]+/g, runId)}`,
    headers: { ...(authorization !== undefined && { authorization }) },
    ...(method === 'POST' && { payload: { integration_id: 'own', ...bodies[url] } }),
  });
}

it('only health takes no credential, and no route takes the organisation from its path', () => {
  const open = app.routeRegistry.filter(({ auth }) => auth === 'public').map(({ url }) => url);
  expect(new Set(open)).toEqual(new Set(['/health/live', '/health/ready']));
  expect(routes.length).toBeGreaterThan(2);
  for (const { url } of routes) expect(url).not.toMatch(/:org|:slug|:tenant/i);
});

it('every route with a body is asked with one', () => {
  for (const { method, url } of routes) if (method === 'POST') expect(bodies[url]).toBeDefined();
});

it('the canary is there for its own organisation', async () => {
  for (const url of ['/v1/runs', '/v1/runs/:id']) {
    const own = await ask({ method: 'GET', url }, `Bearer ${keyOfA}`);
    expect([own.statusCode, own.body.includes(canary)]).toEqual([200, true]);
  }
});

describe.each(routes)('$method $url', (route) => {
  it.each(neverGood)('refuses %s', async (_name, credential) => {
    const answer = await ask(route, await credential());
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toContain('Bearer');
    expect(answer.body + JSON.stringify(answer.headers)).not.toContain(canary);
  });

  it.each(principals)(
    'shows nothing of A to $name, and only what its scopes allow',
    async ({ kind, scopes, credential }) => {
      const { auth } = route;
      const isAllowed =
        (auth.principals as readonly string[]).includes(kind) && auth.scopes.every((scope) => scopes.includes(scope));
      const answer = await ask(route, `Bearer ${await credential()}`);
      if (isAllowed) expect([200, 404]).toContain(answer.statusCode);
      else expect(answer.statusCode).toBe(403);
      // The problem of a request may repeat the file that it asked for; everything else of A would be a leak.
      expect(answer.body.replaceAll(file, '')).not.toContain(canary);
      expect(JSON.stringify(answer.headers)).not.toContain(canary);
      expect(await store.list(b)).toEqual([]);
    },
  );
});
