import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import { afterAll, expect, it } from 'vitest';
import { openTestBackend } from '../../testing/backend.ts';

const backend = await openTestBackend();
const { org, key } = await backend.organisation('acme_inc');
afterAll(() => backend.close());

const mint = (payload: object, credential = key) =>
  backend.app.inject({
    method: 'POST',
    url: '/v1/widget-tokens',
    payload,
    headers: { authorization: `Bearer ${credential}` },
  });

it('a minted token reads cost, and anybody can verify it with the public keys', async () => {
  const minted = await mint({ filters: ['SubAccountId:123'], subject: 'customer-7' });
  expect(minted.statusCode).toBe(200);
  expect(minted.headers['cache-control']).toBe('no-store');
  const { token, expires_at } = minted.json();
  expect(expires_at).toBe('2026-11-20T12:10:00.000Z');
  const read = await backend.get('/v1/costs', token, { from: '2026-10-01', to: '2026-11-01' });
  expect(read.statusCode).toBe(200);

  const jwks = (await backend.app.inject('/.well-known/jwks.json')).json();
  const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), { currentDate: backend.clock.time });
  expect(payload).toMatchObject({ org, sub: 'customer-7', aud: 'cloudact-widgets', flt: ['SubAccountId:123'] });
});

it('without a body member the token is for all cost of the organisation', async () => {
  expect(decodeJwt((await mint({})).json().token)).toMatchObject({ sub: 'org:acme_inc', scp: ['costs:read'], flt: [] });
});

it.each([
  ['an unknown member', { filter: ['SubAccountId:1'] }, /"filter" is not known here/],
  ['filters that are no list', { filters: 'SubAccountId:1' }, /filters: must be array/],
  ['an unknown dimension', { filters: ['Account:1'] }, /one of .*SubAccountId/],
  ['a filter without a value', { filters: ['SubAccountId'] }, /dimension:value/],
  ['another scope', { scopes: ['keys:write'] }, /one of costs:read/],
])('%s is refused, so that no token is wider than was meant', async (_name, payload, detail) => {
  const refused = await mint(payload);
  expect(refused.statusCode).toBe(400);
  expect(refused.json().detail).toMatch(detail);
});

it('a key mints no scope that it lacks', async () => {
  const { key: mintOnly } = await backend.organisation('mint_only_inc', { scopes: ['widgets:mint'] });
  expect((await mint({}, mintOnly)).json()).toMatchObject({ status: 403, code: 'forbidden' });
});

it('a widget token cannot mint another one', async () => {
  const { token } = (await mint({})).json();
  expect((await mint({}, token)).statusCode).toBe(403);
});

it('an expired token is told apart from a wrong one, so that the page asks for a new one', async () => {
  const { token } = (await mint({})).json();
  const before = backend.clock.time;
  backend.clock.time = new Date(before.getTime() + 11 * 60_000);
  const late = await backend.get('/v1/costs', token, { from: '2026-10-01', to: '2026-11-01' });
  backend.clock.time = before;
  expect(late.json()).toMatchObject({ status: 401, code: 'credential_expired' });
});
