import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import { afterAll, expect, it } from 'vitest';
import { openTestBackend } from '../../testing/backend.ts';
import { randomSlug } from '../../testing/tenants.ts';

const backend = await openTestBackend();
const { org, key } = await backend.organisation(randomSlug('mint'));
afterAll(() => backend.close());

const october = { from: '2026-10-01', to: '2026-11-01' };
const mint = (body: object, credential = key) => backend.request('POST', '/v1/widget-tokens', { credential, body });

it('a minted token reads cost, and anybody can verify it with the public keys', async () => {
  const minted = await mint({ filters: ['SubAccountId:123'], subject: 'customer-7' });
  expect(minted.statusCode).toBe(200);
  expect(minted.headers['cache-control']).toBe('no-store');
  const { token, token_id, expires_at } = minted.json();
  const seconds = Math.floor(backend.clock.time.getTime() / 1000);
  expect(Date.parse(expires_at) / 1000).toBe(seconds + 600);
  expect((await backend.get('/v1/costs', token, october)).statusCode).toBe(200);

  const jwks = (await backend.app.inject('/.well-known/jwks.json')).json();
  const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), { currentDate: backend.clock.time });
  expect(payload).toMatchObject({ org, sub: 'customer-7', aud: 'cloudact-widgets', flt: ['SubAccountId:123'] });
  expect(payload.jti).toBe(token_id);
});

it('without a body member the token is for all cost of the organisation', async () => {
  expect(decodeJwt((await mint({})).json().token)).toMatchObject({ sub: `org:${org}`, scp: ['costs:read'], flt: [] });
});

it('a viewer’s session mints a token too, and no scope that a viewer lacks', async () => {
  const viewer = await backend.member(org, 'viewer');
  const asViewer = (body: object) =>
    backend.request('POST', '/v1/widget-tokens', { credential: viewer.token, org, body });
  const minted = await asViewer({ scopes: ['costs:read', 'budgets:read'] });
  expect((await backend.get('/v1/costs', minted.json().token, october)).statusCode).toBe(200);
  expect((await asViewer({ scopes: ['runs:write'] })).json()).toMatchObject({ status: 403, code: 'forbidden' });
});

it('a key mints no scope that it lacks', async () => {
  const { key: mintOnly } = await backend.organisation(randomSlug('mint_only'), { scopes: ['widgets:mint'] });
  expect((await mint({}, mintOnly)).json()).toMatchObject({ status: 403, code: 'forbidden' });
});

it.each([
  ['an unknown member', { filter: ['SubAccountId:1'] }, /"filter" is not known here/],
  ['filters that are no list', { filters: 'SubAccountId:1' }, /filters: must be array/],
  ['an unknown dimension', { filters: ['Account:1'] }, /one of .*SubAccountId/],
  ['a filter without a value', { filters: ['SubAccountId'] }, /dimension:value/],
  ['a scope that no page needs', { scopes: ['keys:write'] }, /one of costs:read/],
  ['a filter with an empty value', { filters: ['SubAccountId:'] }, /filters\/0 has no value/],
  ['a tag filter with an empty value', { filters: ['SubAccountId:1', 'tag:team:'] }, /filters\/1 has no value/],
  [
    'a scope that filters do not narrow',
    { filters: ['SubAccountId:1'], scopes: ['costs:read', 'runs:read'] },
    /no other scope than costs:read/,
  ],
  ['an element of somebody else', { widgets: ['x-chart'] }, /widgets\/0/],
  ['an origin with a path', { origins: ['https://portal.example.com/'] }, /origins\/0 must be an origin/],
  ['an origin that is none', { origins: ['null'] }, /origins\/0 must be an origin/],
  ['no factor', { mark_up: '0.0' }, /mark_up must be above 0/],
  ['a negative factor', { mark_up: '-1' }, /mark_up/],
  ['a factor beyond 100', { mark_up: '100.000000000000000001' }, /mark_up must be above 0 and at most 100/],
  ['a factor that is a number', { mark_up: 1.15 }, /mark_up: must be string/],
  ['an unknown currency', { display_currency: { currency: 'ABC', rates: {} } }, /not a currency of ISO 4217/],
  ['a rate of 0', { display_currency: { currency: 'EUR', rates: { USD: '0' } } }, /rates\/USD must be above 0/],
  ['a rate to itself', { display_currency: { currency: 'EUR', rates: { EUR: '2' } } }, /must be 1 or left out/],
  ['a rate that is no code', { display_currency: { currency: 'EUR', rates: { usd: '1' } } }, /display_currency/],
])('%s is refused, so that no token is wider than was meant', async (_name, body, detail) => {
  const refused = await mint(body);
  expect(refused.statusCode).toBe(400);
  expect(refused.json().detail).toMatch(detail);
});

it('a widget token cannot mint another one, nor take one back', async () => {
  const { token } = (await mint({})).json();
  expect((await mint({}, token)).statusCode).toBe(403);
  const taken = await backend.request('POST', '/v1/widget-tokens/revocations', {
    credential: token,
    body: { all: true },
  });
  expect(taken.statusCode).toBe(403);
});

it('an expired token is told apart from a wrong one, so that the page asks for a new one', async () => {
  const { token } = (await mint({})).json();
  const before = backend.clock.time;
  backend.clock.time = new Date(before.getTime() + 11 * 60_000);
  const late = await backend.get('/v1/costs', token, october);
  backend.clock.time = before;
  expect(late.json()).toMatchObject({ status: 401, code: 'credential_expired' });
});

it('a token tells the API who minted it, and the page not', async () => {
  const { token } = (await mint({})).json();
  const { keyId } = await backend.deps.identity.apiKeys.verify(key);
  expect(await backend.deps.identity.widgetTokens.verify(token)).toMatchObject({ mintedBy: `key:${keyId}` });
  expect(JSON.stringify(decodeJwt(token))).not.toContain(keyId);
});

it('minting is done anew each time: no answer is kept that would outlive its token', async () => {
  const again = async () =>
    (
      await backend.request('POST', '/v1/widget-tokens', {
        credential: key,
        body: {},
        headers: { 'idempotency-key': 'one' },
      })
    ).json().token_id;
  expect(await again()).not.toBe(await again());
});
