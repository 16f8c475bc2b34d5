import { apiKeyScopes } from '@cloudact/core/identity';
import { parseOrgSlug } from '@cloudact/core/org';
import { afterAll, expect, it } from 'vitest';
import { openTestBackend, rootKey } from '../../testing/backend.ts';
import { randomSlug } from '../../testing/tenants.ts';

const backend = await openTestBackend();
const { deps, warehouse } = backend;
afterAll(() => backend.close());

const post = (url: string, body?: object) =>
  backend.request('POST', url, { credential: rootKey, ...(body !== undefined && { body }) });
const createOrg = (slug: string, name = 'Acme Inc.') => post('/v1/admin/orgs', { slug, name });
const newSlug = () => parseOrgSlug(randomSlug());

it('bootstrap tells the state, and doing it again changes nothing', async () => {
  const first = await post('/v1/admin/bootstrap');
  expect(first.statusCode).toBe(200);
  expect(first.json()).toMatchObject({ state: 'ready' });
  expect((await post('/v1/admin/bootstrap')).json()).toEqual(first.json());
});

it('onboarding makes organisation, dataset and a first key that works, and no member', async () => {
  const slug = newSlug();
  const created = await createOrg(slug);
  expect(created.statusCode, created.body).toBe(201);
  expect(created.headers['cache-control']).toBe('no-store');
  const { org, api_key } = created.json();
  expect(org).toMatchObject({ slug, name: 'Acme Inc.', dataset: `${slug}_prod` });
  expect(api_key.scopes).toEqual([...apiKeyScopes]);
  expect(await warehouse.hasDataset(slug)).toBe(true);
  const read = await backend.get('/v1/costs', api_key.key, { from: '2026-10-01', to: '2026-11-01' });
  expect(read.statusCode).toBe(200);
  expect(await deps.metadata.forOrg(slug).members.list()).toEqual([]);
});

it('an organisation that is complete is not made again, and its key is not shown again', async () => {
  const slug = newSlug();
  await createOrg(slug);
  const again = await createOrg(slug);
  expect(again.json()).toMatchObject({ status: 409, code: 'org_exists' });
  expect(again.json().detail).toContain(`/v1/admin/orgs/${slug}/api-keys`);
  expect(again.body).not.toContain('ca_live_');
});

it('a slug of somebody else is refused', async () => {
  const slug = newSlug();
  await createOrg(slug, 'Taken');
  expect((await createOrg(slug, 'Another')).json()).toMatchObject({ status: 409, code: 'org_exists' });
});

it('what a person has begun to create is not the operator’s to complete', async () => {
  const slug = newSlug();
  const { userId, email } = await backend.person();
  await deps.metadata.onboarding.begin({ slug, name: 'Acme Inc.', plan: 'self_hosted', owner: { userId, email } });
  expect((await createOrg(slug)).json()).toMatchObject({ status: 409, code: 'org_exists' });
});

it('whoever is to own it is invited by mail, and becomes the owner', async () => {
  const slug = newSlug();
  const person = await backend.person();
  const body = { slug, name: 'Acme Inc.', owner_email: person.email.toUpperCase() };
  const created = await post('/v1/admin/orgs', body);
  expect(created.statusCode, created.body).toBe(201);
  expect(Object.keys(created.json())).toEqual(['org', 'api_key']);
  const mail = backend.mails.at(-1)!;
  expect(mail).toMatchObject({ to: person.email, subject: 'Invitation to Acme Inc. on CloudAct' });
  const token = /#token=(\S+)/.exec(mail.text)![1];
  const accepted = await backend.request('POST', '/v1/invitations/accept', {
    credential: person.token,
    body: { token },
  });
  expect(accepted.json()).toEqual({ slug, role: 'owner' });
});

it('when the invitation cannot be mailed, the same request completes it and shows a key that works', async () => {
  let isDown = true;
  const send = async () => {
    if (isDown) throw new Error('no mail server');
  };
  const broken = await openTestBackend({ mailer: { send } });
  try {
    const slug = newSlug();
    const body = { slug, name: 'Acme Inc.', owner_email: 'ann@example.com' };
    const create = () => broken.request('POST', '/v1/admin/orgs', { credential: rootKey, body });
    const failed = await create();
    expect(failed.json()).toMatchObject({ status: 503, code: 'unavailable' });
    isDown = false;
    const completed = await create();
    expect(completed.statusCode, completed.body).toBe(201);
    expect(await broken.deps.identity.apiKeys.verify(completed.json().api_key.key)).toMatchObject({ org: slug });
    const open = (await deps.metadata.forOrg(slug).invitations.list()).filter(({ revokedAt }) => revokedAt === null);
    expect(open).toMatchObject([{ email: 'ann@example.com', role: 'owner' }]);
  } finally {
    await broken.close();
  }
});

const issueKey = (slug: string, payload: object = { name: 'Portal', scopes: apiKeyScopes }) =>
  post(`/v1/admin/orgs/${slug}/api-keys`, payload);

it('a first key that was lost on its way is followed by another one, and both work', async () => {
  const slug = newSlug();
  const first = (await createOrg(slug)).json().api_key;
  const issued = await issueKey(slug);
  expect(issued.statusCode).toBe(201);
  expect(issued.headers['cache-control']).toBe('no-store');
  const { api_key } = issued.json();
  expect(api_key).toMatchObject({ name: 'Portal', scopes: [...apiKeyScopes] });
  for (const { key } of [first, api_key]) {
    expect(await deps.identity.apiKeys.verify(key)).toMatchObject({ org: slug, scopes: [...apiKeyScopes] });
  }
});

it('a key gets the scopes that are asked for and no others', async () => {
  const slug = newSlug();
  await createOrg(slug);
  const { api_key } = (await issueKey(slug, { name: 'Pipelines', scopes: ['runs:write'] })).json();
  expect(api_key.scopes).toEqual(['runs:write']);
  const read = await backend.get('/v1/costs', api_key.key, { from: '2026-10-01', to: '2026-11-01' });
  expect(read.json()).toMatchObject({ status: 403, code: 'forbidden' });
});

it.each([
  ['an organisation that is not there', 'nobody_inc', { name: 'A', scopes: apiKeyScopes }, 404, 'not_found'],
  ['a slug that is none', 'A-B', { name: 'A', scopes: apiKeyScopes }, 400, 'org_slug_invalid'],
  ['no name', 'acme_inc', { scopes: apiKeyScopes }, 400, 'request_invalid'],
  ['an unknown scope', 'acme_inc', { name: 'A', scopes: ['everything'] }, 400, 'request_invalid'],
  ['a scope that needs a person', 'acme_inc', { name: 'A', scopes: ['org:write'] }, 400, 'request_invalid'],
  ['scopes that are left out', 'acme_inc', { name: 'A' }, 400, 'request_invalid'],
  ['no scope at all', 'acme_inc', { name: 'A', scopes: [] }, 400, 'request_invalid'],
  ['an unknown member', 'acme_inc', { name: 'A', scopes: apiKeyScopes, scope: [] }, 400, 'request_invalid'],
])('no key is issued for %s', async (_name, slug, payload, status, code) => {
  const refused = await issueKey(slug, payload);
  expect(refused.json()).toMatchObject({ status, code });
  expect(refused.body).not.toContain('ca_live_');
});

it('an organisation whose onboarding stopped half-way gets its key from its onboarding', async () => {
  const slug = newSlug();
  await deps.metadata.onboarding.begin({ slug, name: 'Acme Inc.', plan: 'self_hosted', owner: null });
  expect((await issueKey(slug)).json()).toMatchObject({ status: 409, code: 'conflict' });
  expect((await createOrg(slug)).statusCode).toBe(201);
});

it('nobody but the operator reaches these routes', async () => {
  const { org, key } = await backend.organisation(randomSlug());
  const owner = await backend.member(org, 'owner');
  for (const credential of [key, owner.token]) {
    for (const [method, path, body] of [
      ['POST', '/v1/admin/orgs', { slug: randomSlug(), name: 'A' }],
      ['POST', `/v1/admin/orgs/${org}/api-keys`, { name: 'A', scopes: ['costs:read'] }],
      ['DELETE', `/v1/admin/orgs/${org}`, { confirm: org, export: false }],
      ['GET', `/v1/admin/orgs/${org}/certificate`, undefined],
    ] as const) {
      const refused = await backend.request(method, path, { credential, org, ...(body && { body }) });
      expect(refused.json(), `${method} ${path}`).toMatchObject({ status: 403, code: 'forbidden' });
    }
  }
});
