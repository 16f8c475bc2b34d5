import { generateSigningKey, openTokenRevocations, openWidgetTokens } from '@cloudact/core/identity';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { issuer, openTestBackend, signingKey, type TestBackend } from '../../testing/backend.ts';
import { randomSlug } from '../../testing/tenants.ts';

const here = await openTestBackend();
const { org, key } = await here.organisation(randomSlug('revoke'));
const neighbour = await here.organisation(randomSlug('neighbour'));
afterAll(() => here.close());

/** Another instance of the API: the same stores and keys, a memory of its own. */
let elsewhere: TestBackend;
beforeAll(async () => {
  const { metadata, identity, now } = here.deps;
  elsewhere = await openTestBackend({
    ...here.deps,
    identity: { ...identity, revocations: openTokenRevocations({ metadata, now }) },
  });
});
afterAll(() => elsewhere.close());

// A revocation holds for tokens of the next five seconds too: those of one test are not those of the next.
beforeEach(() => later(10));

function later(seconds: number): void {
  here.clock.time = new Date(here.clock.time.getTime() + seconds * 1000);
}

const october = { from: '2026-10-01', to: '2026-11-01' };
async function mint(body: object = {}, credential = key): Promise<{ token: string; token_id: string }> {
  return (await here.request('POST', '/v1/widget-tokens', { credential, body })).json();
}
const revoke = (body: object, credential = key) =>
  here.request('POST', '/v1/widget-tokens/revocations', { credential, body });
const read = async (token: string, backend = here) => (await backend.get('/v1/costs', token, october)).statusCode;

it('a token that was taken back is refused at once here, and within 30 seconds by another instance', async () => {
  const { token, token_id } = await mint();
  const { token: kept } = await mint();
  expect([await read(token), await read(token, elsewhere)]).toEqual([200, 200]);
  expect((await revoke({ token_id })).statusCode).toBe(204);
  expect(await read(token)).toBe(401);
  later(30);
  expect(await read(token, elsewhere)).toBe(401);
  expect([await read(kept), await read(kept, elsewhere)]).toEqual([200, 200]);
});

it('all tokens of a subject are taken back, and later ones are good', async () => {
  const { token: one } = await mint({ subject: 'customer-7' });
  const { token: other } = await mint({ subject: 'customer-8' });
  expect((await revoke({ subject: 'customer-7' })).statusCode).toBe(204);
  expect([await read(one), await read(other)]).toEqual([401, 200]);
  later(6);
  expect(await read((await mint({ subject: 'customer-7' })).token)).toBe(200);
});

it('all tokens of the organisation are taken back, and those of no other', async () => {
  const { token } = await mint({ subject: 'customer-9' });
  const { token: theirs, token_id } = await mint({ subject: 'customer-9' }, neighbour.key);
  expect((await revoke({ all: true })).statusCode).toBe(204);
  // What another organisation names is its own, even where the name is the same.
  await revoke({ subject: 'customer-9' });
  await revoke({ token_id });
  expect([await read(token), await read(theirs)]).toEqual([401, 200]);
});

it.each([
  ['nothing', {}],
  ['two things', { subject: 'a', all: true }],
  ['all: false', { all: false }],
  ['an unknown member', { org: 'other' }],
])('%s is refused', async (_name, body) => {
  expect((await revoke(body)).json()).toMatchObject({ status: 400, code: 'request_invalid' });
});

it('tokens that a key minted are taken back with the key, and no others', async () => {
  const issued = (
    await here.request('POST', '/v1/api-keys', {
      credential: key,
      body: { name: 'Portal', scopes: ['costs:read', 'widgets:mint'] },
    })
  ).json().api_key;
  const { token } = await mint({ subject: 'customer-7' }, issued.key);
  const { token: kept } = await mint({ subject: 'customer-7' });
  expect(await read(token)).toBe(200);
  expect((await here.request('DELETE', `/v1/api-keys/${issued.id}`, { credential: key })).statusCode).toBe(204);
  expect([await read(token), await read(kept)]).toEqual([401, 200]);
});

it.each(['role', 'removal', 'leaving', 'account'] as const)(
  'tokens that a member minted are taken back with another %s',
  async (change) => {
    const owner = await here.member(org, 'owner');
    const [person, other] = [await here.member(org, 'analyst'), await here.member(org, 'analyst')];
    const minted = async ({ token: credential }: { token: string }) =>
      (await here.request('POST', '/v1/widget-tokens', { credential, org, body: {} })).json().token;
    const [token, kept] = [await minted(person), await minted(other)];
    expect(await read(token)).toBe(200);
    const path = `/v1/members/${person.userId}`;
    const changed = await {
      role: () => here.request('PATCH', path, { credential: owner.token, org, body: { role: 'viewer' } }),
      removal: () => here.request('DELETE', path, { credential: owner.token, org }),
      leaving: () =>
        here.request('DELETE', '/v1/members/me', { credential: person.token, org, body: { confirm: org } }),
      account: () => here.request('DELETE', '/v1/me', { credential: person.token, body: { confirm: person.email } }),
    }[change]();
    expect(changed.statusCode).toBe(change === 'role' ? 200 : 204);
    expect([await read(token), await read(kept)]).toEqual([401, 200]);
  },
);

it('a token of an organisation that is leaving is refused, by an instance that heard nothing of it too', async () => {
  const leaving = await here.organisation(randomSlug('leaving'));
  const { token } = await mint({}, leaving.key);
  expect([await read(token), await read(token, elsewhere)]).toEqual([200, 200]);
  await here.deps.metadata.offboarding.begin({ org: leaving.org, requestedBy: null, withExport: false });
  later(30);
  const { token: late } = await here.deps.identity.widgetTokens.mint({
    org: leaving.org,
    scopes: ['costs:read'],
    filters: [],
  });
  for (const each of [here, elsewhere]) {
    expect((await each.get('/v1/costs', token, october)).json().code).toBe('credential_invalid');
    expect((await each.get('/v1/costs', late, october)).json().code).toBe('credential_invalid');
  }
});

it('after a new signing key was put in front, tokens of the old one are good until they expire', async () => {
  const { token } = await mint();
  const { identity, now } = here.deps;
  const rotated = await openTestBackend({
    ...here.deps,
    identity: {
      ...identity,
      widgetTokens: await openWidgetTokens({ issuer, keys: [await generateSigningKey(), signingKey], now }),
    },
  });
  expect(await read(token, rotated)).toBe(200);
  const { token: fresh } = (await rotated.request('POST', '/v1/widget-tokens', { credential: key, body: {} })).json();
  expect([await read(fresh, rotated), await read(fresh)]).toEqual([200, 401]);
  expect((await rotated.app.inject('/.well-known/jwks.json')).json().keys).toHaveLength(2);
  later(606);
  expect((await rotated.get('/v1/costs', token, october)).json().code).toBe('credential_expired');
  await rotated.close();
});
