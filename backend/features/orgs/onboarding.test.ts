import { apiKeyScopes } from '@cloudact/core/identity';
import { parseOrgSlug } from '@cloudact/core/org';
import { afterAll, expect, it } from 'vitest';
import { openTestBackend, rootKey } from '../../testing/backend.ts';
import { randomSlug } from '../../testing/tenants.ts';

const backend = await openTestBackend();
const { deps, warehouse } = backend;
afterAll(() => backend.close());

const create = (credential: string, slug: string, body: object = {}, headers: Record<string, string> = {}) =>
  backend.request('POST', '/v1/orgs', { credential, body: { slug, name: 'Acme Inc.', ...body }, headers });

it('a person who creates an organisation owns it, with a dataset, a data key, a plan and a key that works', async () => {
  const owner = await backend.person();
  const slug = randomSlug();
  const created = await create(owner.token, slug);
  expect(created.statusCode, created.body).toBe(201);
  expect(created.headers['cache-control']).toBe('no-store');
  const { org, api_key } = created.json();
  expect(org).toMatchObject({ slug, name: 'Acme Inc.', plan: deps.billing.initialPlan, dataset: `${slug}_prod` });
  expect(api_key.scopes).toEqual([...apiKeyScopes]);
  const range = { from: '2026-10-01', to: '2026-11-01' };
  expect((await backend.get('/v1/costs', api_key.key, range)).statusCode).toBe(200);
  await deps.vault.seal({ org: parseOrgSlug(slug), integrationId: 'i', provider: 'p', host: null }, { token: 't' });
  const own = await backend.request('GET', '/v1/org', { credential: owner.token, org: slug });
  expect(own.json()).toMatchObject({ slug, state: 'active', role: 'owner', plan: deps.billing.initialPlan });
});

it('an organisation that is complete is not made again, and its key is not shown again', async () => {
  const owner = await backend.person();
  const slug = randomSlug();
  await create(owner.token, slug);
  const again = await create(owner.token, slug);
  expect(again.json()).toMatchObject({ status: 409, code: 'org_exists' });
  expect(again.json().detail).toContain('POST /v1/api-keys');
  expect(again.body).not.toContain('ca_live_');
});

it('the same request with an Idempotency-Key gets the lost key once more', async () => {
  const owner = await backend.person();
  const slug = randomSlug();
  const key = { 'idempotency-key': 'one-and-the-same' };
  const first = await create(owner.token, slug, {}, key);
  const again = await create(owner.token, slug, {}, key);
  expect(again.json()).toEqual(first.json());
});

it('a person creates at most five within an hour, since each takes a slug for good', async () => {
  const [eager, other] = [await backend.person(), await backend.person()];
  const taken = (await backend.organisation(randomSlug())).org;
  for (const slug of ['A-B', taken, taken, taken, taken, taken]) {
    expect((await create(eager.token, slug)).json().code).toBe(slug === taken ? 'org_exists' : 'org_slug_invalid');
  }
  const slug = randomSlug();
  const refused = await create(eager.token, slug);
  expect(refused.json()).toMatchObject({ status: 429, code: 'rate_limited' });
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(3000);
  expect((await create(other.token, slug)).statusCode).toBe(201);
  expect((await backend.get('/v1/me', eager.token)).statusCode).toBe(200);
});

it('a slug of somebody else is refused, without a word about whose it is', async () => {
  const slug = randomSlug();
  await create((await backend.person()).token, slug);
  const refused = await create((await backend.person()).token, slug);
  expect(refused.json()).toMatchObject({ status: 409, code: 'org_exists' });
  expect(refused.body).not.toMatch(/Acme|@/);
});

it.each([
  ['a slug that is none', { slug: 'A-B' }, 'org_slug_invalid'],
  ['a slug that datasets keep for themselves', { slug: 'control' }, 'org_slug_invalid'],
  ['an empty name', { name: '   ' }, 'request_invalid'],
  ['a plan that is not there', { plan: 'platinum' }, 'request_invalid'],
  ['an unknown member', { owner: 'me' }, 'request_invalid'],
])('%s is refused and makes nothing', async (_title, body, code) => {
  const owner = await backend.person();
  const slug = randomSlug();
  const refused = await create(owner.token, slug, body);
  expect(refused.json()).toMatchObject({ status: 400, code });
  expect(await warehouse.hasDataset(parseOrgSlug(slug))).toBe(false);
  expect(await deps.metadata.findOrganisation(parseOrgSlug(slug))).toBeUndefined();
});

it('two requests at the same time make one key', async () => {
  const owner = await backend.person();
  const slug = randomSlug();
  const answers = await Promise.all([create(owner.token, slug), create(owner.token, slug)]);
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409]);
  expect(await deps.identity.apiKeys.list(parseOrgSlug(slug))).toHaveLength(1);
});

it.each([
  ['an API key', async () => (await backend.organisation(randomSlug())).key],
  ['the root key', async () => rootKey],
])('%s creates no organisation of its own', async (_title, credential) => {
  expect((await create(await credential(), randomSlug())).json()).toMatchObject({ status: 403, code: 'forbidden' });
});

it('who asks for lines sees every step when it is done, and the answer last', async () => {
  const owner = await backend.person();
  const created = await create(owner.token, randomSlug(), {}, { accept: 'application/x-ndjson' });
  expect(created.statusCode).toBe(201);
  expect(created.headers['content-type']).toBe('application/x-ndjson');
  const lines = created.body
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.slice(0, -1).map(({ step }) => step)).toEqual(['dataset', 'data_key', 'api_key', 'plan']);
  for (const { at } of lines.slice(0, -1)) expect(at).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  expect(lines.at(-1).api_key.key).toMatch(/^ca_live_/);
});

it('a refusal before the first step is a problem, also for who asks for lines', async () => {
  const owner = await backend.person();
  const refused = await create(owner.token, 'A-B', {}, { accept: 'application/x-ndjson' });
  expect(refused.statusCode).toBe(400);
  expect(refused.headers['content-type']).toMatch(/^application\/problem\+json/);
});

it('a failure in the middle is the last line, and the same request completes the rest', async () => {
  const broken = await openTestBackend({
    billing: { ...deps.billing, begin: () => Promise.reject(new Error('secret host')) },
    metadata: deps.metadata,
  });
  try {
    const owner = await backend.person();
    const slug = randomSlug();
    const request = { credential: owner.token, body: { slug, name: 'A' }, headers: { accept: 'application/x-ndjson' } };
    const failed = await broken.request('POST', '/v1/orgs', request);
    const last = JSON.parse(failed.body.trimEnd().split('\n').at(-1)!);
    expect(last).toMatchObject({ status: 500, code: 'internal' });
    expect(failed.body).not.toMatch(/secret|ca_live_/);
    const completed = await create(owner.token, slug, { name: 'A' });
    expect(completed.statusCode, completed.body).toBe(201);
  } finally {
    await broken.close();
  }
});
