import { afterAll, expect, it } from 'vitest';
import { openTestBackend } from '../../testing/backend.ts';
import { randomSlug } from '../../testing/tenants.ts';

const backend = await openTestBackend();
afterAll(() => backend.close());

const { org, key } = await backend.organisation(randomSlug());
const owner = await backend.member(org, 'owner');
const change = (credential: string, body: object) => backend.request('PATCH', '/v1/org', { credential, org, body });

it('members and API keys see their organisation, members with their role', async () => {
  const viewer = await backend.member(org, 'viewer');
  const seen = await backend.request('GET', '/v1/org', { credential: viewer.token, org });
  expect(seen.json()).toMatchObject({ slug: org, state: 'active', role: 'viewer', allowed_origins: [] });
  expect((await backend.get('/v1/org', key)).json()).toMatchObject({ slug: org, role: null });
});

it('an organisation of others is answered like one that is not there', async () => {
  const stranger = await backend.person();
  const others = await backend.request('GET', '/v1/org', { credential: stranger.token, org });
  const nobodys = await backend.request('GET', '/v1/org', { credential: stranger.token, org: randomSlug() });
  const { instance: _a, ...first } = others.json();
  const { instance: _b, ...second } = nobodys.json();
  expect(first).toMatchObject({ status: 404, code: 'not_found' });
  expect(first).toEqual(second);
});

it('an owner changes the name and the origins, each without the other', async () => {
  const origins = ['https://portal.example.com', 'https://portal.example.com:8443', 'http://localhost:3000'];
  expect((await change(owner.token, { allowed_origins: origins })).json()).toMatchObject({ allowed_origins: origins });
  const renamed = await change(owner.token, { name: 'Renamed' });
  expect(renamed.json()).toMatchObject({ name: 'Renamed', allowed_origins: origins, role: 'owner' });
});

it.each([
  ['http://portal.example.com', 'must begin with https://'],
  ['https://portal.example.com/', 'must be written https://portal.example.com'],
  ['https://PORTAL.example.com', 'must be written https://portal.example.com'],
  ['https://portal.example.com:443', 'must be written https://portal.example.com'],
  ['https://user:secret@portal.example.com', 'must be written https://portal.example.com'],
  ['https://*.example.com', 'must name one host'],
  ['*', 'is not an origin'],
  ['null', 'is not an origin'],
  ['javascript:alert(1)', 'must begin with https://'],
])('%s is not allowed as an origin', async (origin, message) => {
  const refused = await change(owner.token, { allowed_origins: ['https://fine.example.com', origin] });
  expect(refused.json()).toMatchObject({ status: 400, code: 'request_invalid' });
  expect(refused.json().errors).toEqual([{ pointer: '#/allowed_origins/1', message }]);
});

it('a change of nothing, of the slug, or to a blank name is refused', async () => {
  for (const body of [{}, { slug: 'other_inc' }, { name: '  ' }, { state: 'active' }]) {
    expect((await change(owner.token, body)).json()).toMatchObject({ status: 400, code: 'request_invalid' });
  }
});

it('only owners change or delete the organisation', async () => {
  const admin = await backend.member(org, 'admin');
  const deletion = { credential: admin.token, org, body: { confirm: org, export: false } };
  expect((await change(admin.token, { name: 'Mine' })).json()).toMatchObject({ status: 403, code: 'forbidden' });
  expect((await change(key, { name: 'Mine' })).json()).toMatchObject({ status: 403, code: 'forbidden' });
  expect((await backend.request('DELETE', '/v1/org', deletion)).json()).toMatchObject({
    status: 403,
    code: 'forbidden',
  });
  const byKey = await backend.request('DELETE', '/v1/org', { ...deletion, credential: key });
  expect(byKey.json()).toMatchObject({ status: 403, code: 'forbidden' });
  expect((await backend.get('/v1/org', key)).json()).toMatchObject({ state: 'active' });
});
