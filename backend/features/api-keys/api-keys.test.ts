import { openApiKeys } from '@cloudact/core/identity';
import { afterAll, expect, it } from 'vitest';
import { type Answer, openTestBackend } from '../../testing/backend.ts';
import { randomSlug } from '../../testing/tenants.ts';

const backend = await openTestBackend();
const { org, key } = await backend.organisation(randomSlug('keys'));
const neighbour = await backend.organisation(randomSlug('neighbour'));
const owner = await backend.member(org, 'owner');
afterAll(() => backend.close());

const create = (body: object, credential = key) => backend.request('POST', '/v1/api-keys', { credential, body });
const rotate = (id: string, body: object = {}, credential = key) =>
  backend.request('POST', `/v1/api-keys/${id}/rotate`, { credential, body });
const revoke = (id: string, credential = key) => backend.request('DELETE', `/v1/api-keys/${id}`, { credential });
const list = async (credential = key): Promise<{ id: string; [name: string]: unknown }[]> =>
  (await backend.get('/v1/api-keys', credential)).json().api_keys;
const status = async (credential: string) => (await backend.get('/v1/api-keys', credential)).statusCode;

async function made(scopes: string[] = ['keys:read']): Promise<{ id: string; key: string }> {
  return (await create({ name: 'Made', scopes })).json().api_key;
}
function later(seconds: number): void {
  backend.clock.time = new Date(backend.clock.time.getTime() + seconds * 1000);
}

it('a key is shown once, works, and is listed without what it is', async () => {
  const created = await create({ name: 'Portal', scopes: ['costs:read', 'keys:read'] });
  expect(created.statusCode).toBe(201);
  expect(created.headers['cache-control']).toBe('no-store');
  const { key: shown, ...record } = created.json().api_key;
  expect(record).toMatchObject({
    name: 'Portal',
    scopes: ['costs:read', 'keys:read'],
    prefix: shown.slice(0, 12),
    last4: shown.slice(-4),
    expires_at: null,
    revoked_at: null,
    last_used_at: null,
    rotated_from: null,
  });
  const listed = await backend.get('/v1/api-keys', shown);
  expect(listed.json().api_keys.find(({ id }: { id: string }) => id === record.id)).toMatchObject({ name: 'Portal' });
  expect(listed.body).not.toContain(shown);
  expect(listed.body).not.toContain('hmac');
});

it('a signed-in owner manages keys; a viewer does not see them', async () => {
  const asOwner = { credential: owner.token, org };
  const body = { name: 'By hand', scopes: ['costs:read'] };
  const created = await backend.request('POST', '/v1/api-keys', { ...asOwner, body });
  expect(created.statusCode).toBe(201);
  expect((await backend.request('GET', '/v1/api-keys', asOwner)).body).toContain(created.json().api_key.id);
  const viewer = { credential: (await backend.member(org, 'viewer')).token, org };
  expect((await backend.request('GET', '/v1/api-keys', viewer)).statusCode).toBe(403);
  expect((await backend.request('POST', '/v1/api-keys', { ...viewer, body })).statusCode).toBe(403);
});

it.each(['2026-12-31T23:59:60Z', '9999-12-31T23:59:59-23:59'])(
  'a time that cannot be kept, %s, is refused, not failed on',
  async (expires_at) => {
    const refused = await create({ name: 'Made', scopes: ['keys:read'], expires_at });
    expect(refused.json()).toMatchObject({
      status: 400,
      code: 'request_invalid',
      errors: [{ pointer: '#/expires_at' }],
    });
  },
);

it('nobody gives a key more than it has itself, by issuing it or by replacing a wider one', async () => {
  const wide = await made(['costs:read', 'keys:write']);
  const { key: narrow } = await made(['keys:write']);
  expect((await create({ name: 'Wider', scopes: ['costs:read'] }, narrow)).json()).toMatchObject({ code: 'forbidden' });
  expect((await rotate(wide.id, {}, narrow)).json()).toMatchObject({ code: 'forbidden' });
  // Who may change keys may see them, and so may pass that on.
  expect((await create({ name: 'Reader', scopes: ['keys:read'] }, narrow)).statusCode).toBe(201);
});

it.each([
  ['a scope that needs a person', { name: 'x', scopes: ['members:write'] }],
  ['no scopes', { name: 'x', scopes: [] }],
  ['an unknown member', { name: 'x', scopes: ['costs:read'], org: 'other' }],
  ['a time that has passed', { name: 'x', scopes: ['costs:read'], expires_at: '2020-01-01T00:00:00Z' }],
  ['a time that is none', { name: 'x', scopes: ['costs:read'], expires_at: 'tomorrow' }],
])('%s is refused', async (_name, body) => {
  expect((await create(body)).json()).toMatchObject({ status: 400, code: 'request_invalid' });
});

it('a key ends at the time that was given for it', async () => {
  const expires_at = new Date(backend.clock.time.getTime() + 60_000).toISOString().replace(/\.\d+Z/, 'Z');
  const { key: short } = (await create({ name: 'Short', scopes: ['keys:read'], expires_at })).json().api_key;
  expect(await status(short)).toBe(200);
  later(61);
  expect((await backend.get('/v1/api-keys', short)).json().code).toBe('credential_expired');
});

it('a successor works at once, and its predecessor until the overlap ends', async () => {
  const old = await made(['costs:read', 'keys:read']);
  const rotated = await rotate(old.id, { overlap_seconds: 120 });
  expect(rotated.statusCode).toBe(201);
  const successor = rotated.json().api_key;
  expect(successor).toMatchObject({ name: 'Made', scopes: ['costs:read', 'keys:read'], rotated_from: old.id });
  expect([await status(old.key), await status(successor.key)]).toEqual([200, 200]);
  later(121);
  expect([await status(old.key), await status(successor.key)]).toEqual([401, 200]);
  expect((await rotate(old.id)).json()).toMatchObject({ status: 409, code: 'conflict' });
  expect((await rotate(successor.id, { overlap_seconds: 604_801 })).statusCode).toBe(400);
});

it('the overlap is a day unless another one is asked for, and may be none', async () => {
  const [one, other] = [await made(), await made()];
  await rotate(one.id);
  await rotate(other.id, { overlap_seconds: 0 });
  expect([await status(one.key), await status(other.key)]).toEqual([200, 401]);
  later(24 * 60 * 60 + 1);
  expect(await status(one.key)).toBe(401);
});

it('a revoked key is refused at once, revoking it again changes nothing, and it stays in the list', async () => {
  const { id, key: revoked } = await made();
  expect(await status(revoked)).toBe(200);
  expect((await revoke(id)).statusCode).toBe(204);
  expect(await status(revoked)).toBe(401);
  const before = (await list()).find((record) => record.id === id);
  expect(before?.revoked_at).not.toBeNull();
  later(1);
  expect((await revoke(id)).statusCode).toBe(204);
  expect((await list()).find((record) => record.id === id)).toEqual(before);
});

it('a key may revoke itself', async () => {
  const { id, key: own } = await made(['keys:write']);
  expect((await revoke(id, own)).statusCode).toBe(204);
  expect(await status(own)).toBe(401);
});

it('a key of another organisation answers like one that is not there, and stays as it is', async () => {
  const [theirs] = await list(neighbour.key);
  const answer = async (id: string, method: 'DELETE' | 'POST') => {
    const { statusCode, body } = method === 'DELETE' ? await revoke(id) : await rotate(id);
    return [statusCode, body.replace(/urn:uuid:[\w-]+/, '')];
  };
  for (const method of ['DELETE', 'POST'] as const) {
    const unknown = await answer('key_00000000-0000-0000-0000-000000000000', method);
    expect(unknown[0]).toBe(404);
    expect(await answer(theirs!.id, method)).toEqual(unknown);
  }
  expect(await list(neighbour.key)).toMatchObject([{ id: theirs!.id, revoked_at: null, expires_at: null }]);
});

it('a key that was revoked by another instance makes no credential here, although it may still read', async () => {
  const { id, key: revoked } = await made(['keys:write', 'widgets:mint', 'costs:read']);
  expect(await status(revoked)).toBe(200);
  const elsewhere = openApiKeys({
    control: backend.warehouse.control,
    peppers: { current: 1, peppers: { 1: 'of-another-instance-'.repeat(2) } },
    now: backend.deps.now,
  });
  await elsewhere.revoke(org, id);
  expect(await status(revoked)).toBe(200);
  const mint = await backend.request('POST', '/v1/widget-tokens', { credential: revoked, body: {} });
  expect(mint.json()).toMatchObject({ code: 'credential_invalid' });
  expect(await status(revoked)).toBe(401);
});

it('what a key makes ends with it, and not at all where the key does not end', async () => {
  const expires_at = new Date(backend.clock.time.getTime() + 3_600_000).toISOString().replace(/\.\d+Z/, 'Z');
  const body = { name: 'Short', scopes: ['keys:write'] };
  const short = (await create({ ...body, expires_at })).json().api_key;
  const end = async (answer: Answer) => Date.parse(answer.json().api_key.expires_at);
  expect(await end(await create(body, short.key))).toBe(Date.parse(expires_at));
  const { id } = await made(['keys:write']);
  expect(await end(await rotate(id, {}, short.key))).toBe(Date.parse(expires_at));
  expect(await end(await rotate(short.id, {}, short.key))).toBe(Date.parse(expires_at));
  expect((await create(body)).json().api_key.expires_at).toBeNull();
});

it('a key is replaced once: a second replacement is told of the first', async () => {
  const { id } = await made();
  const successor = (await rotate(id)).json().api_key;
  const again = (await rotate(id)).json();
  expect(again).toMatchObject({ status: 409, code: 'conflict', detail: expect.stringContaining(successor.id) });
  expect((await rotate(successor.id)).statusCode).toBe(201);
});
