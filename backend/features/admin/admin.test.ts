import { scopes } from '@cloudact/core/identity';
import { parseOrgSlug } from '@cloudact/core/org';
import { afterAll, expect, it } from 'vitest';
import { openTestBackend, rootKey } from '../../testing/backend.ts';

const backend = await openTestBackend();
const { app, deps, warehouse } = backend;
afterAll(() => backend.close());

const post = (url: string, payload?: object) =>
  app.inject({
    method: 'POST',
    url,
    headers: { authorization: `Bearer ${rootKey}` },
    ...(payload !== undefined && { payload }),
  });
const createOrg = (slug: string, name = 'Acme Inc.') => post('/v1/admin/orgs', { slug, name });

it('bootstrap tells the state, and doing it again changes nothing', async () => {
  const first = await post('/v1/admin/bootstrap');
  expect(first.statusCode).toBe(200);
  expect(first.json()).toMatchObject({ state: 'ready' });
  expect((await post('/v1/admin/bootstrap')).json()).toEqual(first.json());
});

it('onboarding makes organisation, dataset and a first key that works', async () => {
  const created = await createOrg('acme_inc');
  expect(created.statusCode).toBe(201);
  expect(created.headers['cache-control']).toBe('no-store');
  const { org, api_key } = created.json();
  expect(org).toMatchObject({ slug: 'acme_inc', name: 'Acme Inc.', dataset: 'acme_inc_prod' });
  expect(api_key.scopes).toEqual([...scopes]);
  expect(await warehouse.hasDataset(parseOrgSlug('acme_inc'))).toBe(true);
  const read = await backend.get('/v1/costs', api_key.key, { from: '2026-10-01', to: '2026-11-01' });
  expect(read.statusCode).toBe(200);
});

it('an organisation that is complete is not made again, and its key is not shown again', async () => {
  await createOrg('complete_inc');
  const again = await createOrg('complete_inc');
  expect(again.json()).toMatchObject({ status: 409, code: 'org_exists' });
  expect(again.body).not.toContain('ca_live_');
});

it('a slug of somebody else is refused', async () => {
  await createOrg('taken_inc', 'Taken');
  expect((await createOrg('taken_inc', 'Another')).json()).toMatchObject({ status: 409, code: 'org_exists' });
});

it.each([
  [
    'after the directory',
    async (slug: ReturnType<typeof parseOrgSlug>) => deps.organisations.create({ slug, name: 'Acme Inc.' }),
  ],
  [
    'after the dataset',
    async (slug: ReturnType<typeof parseOrgSlug>) => {
      await deps.organisations.create({ slug, name: 'Acme Inc.' });
      await warehouse.createDataset(slug);
    },
  ],
])('onboarding that stopped %s is completed by asking again', async (name, begin) => {
  const slug = parseOrgSlug(name.replaceAll(' ', '_'));
  await begin(slug);
  expect((await createOrg(slug)).statusCode).toBe(201);
  expect((await createOrg(slug)).statusCode).toBe(409);
});

it('two requests at the same time make one key', async () => {
  const answers = await Promise.all([createOrg('twice_inc'), createOrg('twice_inc')]);
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409]);
  expect(await deps.identity.apiKeys.list(parseOrgSlug('twice_inc'))).toHaveLength(1);
});

const issueKey = (slug: string, payload: object = { name: 'Portal', scopes }) =>
  post(`/v1/admin/orgs/${slug}/api-keys`, payload);

it('a first key that was lost on its way is followed by another one, and both work', async () => {
  const first = (await createOrg('lost_inc')).json().api_key;
  const issued = await issueKey('lost_inc');
  expect(issued.statusCode).toBe(201);
  expect(issued.headers['cache-control']).toBe('no-store');
  const { api_key } = issued.json();
  expect(api_key).toMatchObject({ name: 'Portal', scopes: [...scopes] });
  for (const { key } of [first, api_key]) {
    expect(await deps.identity.apiKeys.verify(key)).toMatchObject({ org: 'lost_inc', scopes: [...scopes] });
  }
});

it('a key gets the scopes that are asked for and no others', async () => {
  await createOrg('scopes_inc');
  const { api_key } = (await issueKey('scopes_inc', { name: 'Pipelines', scopes: ['runs:write'] })).json();
  expect(api_key.scopes).toEqual(['runs:write']);
  const read = await backend.get('/v1/costs', api_key.key, { from: '2026-10-01', to: '2026-11-01' });
  expect(read.json()).toMatchObject({ status: 403, code: 'forbidden' });
});

it.each([
  ['an organisation that is not there', 'nobody_inc', { name: 'A', scopes }, 404, 'not_found'],
  ['a slug that is none', 'A-B', { name: 'A', scopes }, 400, 'org_slug_invalid'],
  ['no name', 'acme_inc', { scopes }, 400, 'request_invalid'],
  ['an unknown scope', 'acme_inc', { name: 'A', scopes: ['everything'] }, 400, 'request_invalid'],
  ['scopes that are left out', 'acme_inc', { name: 'A' }, 400, 'request_invalid'],
  ['no scope at all', 'acme_inc', { name: 'A', scopes: [] }, 400, 'request_invalid'],
  ['an unknown member', 'acme_inc', { name: 'A', scopes, scope: ['costs:read'] }, 400, 'request_invalid'],
])('no key is issued for %s', async (_name, slug, payload, status, code) => {
  const refused = await issueKey(slug, payload);
  expect(refused.json()).toMatchObject({ status, code });
  expect(refused.body).not.toContain('ca_live_');
});

it('an organisation whose onboarding stopped half-way gets its key from its onboarding', async () => {
  const slug = parseOrgSlug('half_way_inc');
  await deps.organisations.create({ slug, name: 'Acme Inc.' });
  expect((await issueKey(slug)).json()).toMatchObject({ status: 404, code: 'dataset_not_found' });
  expect((await createOrg(slug)).statusCode).toBe(201);
});
