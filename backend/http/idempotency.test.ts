import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { CloudActError } from '@cloudact/core/errors';
import type { Principal } from '@cloudact/core/identity';
import { parseOrgSlug } from '@cloudact/core/org';
import { createClient } from '@supabase/supabase-js';
import { afterAll, beforeEach, expect, it, vi } from 'vitest';
import { testSupabase } from '../../scripts/test-supabase.ts';
import { openPlumbing } from './testing.ts';

const { app, credential } = await openPlumbing();
const config = { auth: { principals: ['api_key', 'user'], scopes: [] }, audit: 'thing.create' } as const;
/** What the handler did, and what it is told to answer. */
let work: unknown[] = [];
let answer: () => Promise<unknown> = async () => ({});
beforeEach(() => {
  work = [];
});

app.post('/things/:name', { config }, async (request, reply) => {
  work.push(request.body);
  const body = await answer();
  return reply.code(201).header('location', '/things/1').send(body);
});
app.post('/empty', { config }, async (_request, reply) => {
  work.push(null);
  return reply.code(204).send();
});
app.post('/streamed', { config }, async (_request, reply) => {
  work.push(null);
  return reply.type('application/x-ndjson').send(Readable.from(['{"step":1}\n', '{"step":2}\n']));
});
app.post('/slow', { config, handlerTimeout: 20 }, async () => {
  work.push(null);
  return answer();
});
app.get('/things', { config: { auth: config.auth } }, async () => ({ read: work.push('read') }));
await app.ready();
afterAll(() => app.close());

const org = parseOrgSlug(`idem_${randomUUID().slice(0, 8)}`);
const apiKey = (): Principal => ({ kind: 'api_key', org, scopes: [], keyId: `key_${randomUUID()}`, expiresAt: null });
const bearer = credential(apiKey());

function post(key: string | undefined, options: { url?: string; body?: object; as?: string } = {}) {
  const { url = '/things/a', body = { size: 1 }, as = bearer } = options;
  const headers = { authorization: `Bearer ${as}`, ...(key !== undefined && { 'idempotency-key': key }) };
  return app.inject({ method: 'POST', url, headers, payload: body });
}

it('the same request again is answered alike and done once', async () => {
  answer = async () => ({ secret: `ca_live_${randomUUID()}`, text: 'Grüße' });
  const key = randomUUID();
  const [first, again] = [await post(key), await post(key)];
  expect(work).toHaveLength(1);
  expect([again.statusCode, again.body, again.headers.location]).toEqual([201, first.body, '/things/1']);
  expect(again.headers['content-type']).toBe(first.headers['content-type']);
  expect(again.headers).toMatchObject({ 'idempotent-replayed': 'true', 'cache-control': 'no-store' });
  expect(first.headers['idempotent-replayed']).toBeUndefined();
});

it('an answer without a body is answered alike', async () => {
  const key = randomUUID();
  const [first, again] = [await post(key, { url: '/empty' }), await post(key, { url: '/empty' })];
  expect([first.statusCode, again.statusCode, again.body]).toEqual([204, 204, '']);
  expect(work).toHaveLength(1);
});

it('twenty equal requests at once do the work once', async () => {
  answer = async () => {
    await delay(200);
    return { made: randomUUID() };
  };
  const key = randomUUID();
  const answers = await Promise.all(Array.from({ length: 20 }, () => post(key)));
  expect(work).toHaveLength(1);
  const made = answers.filter(({ statusCode }) => statusCode === 201);
  expect(made.length).toBeGreaterThan(0);
  expect(new Set(made.map(({ body }) => body)).size).toBe(1);
  for (const refused of answers.filter(({ statusCode }) => statusCode !== 201)) {
    expect(refused.json()).toMatchObject({ status: 409, code: 'idempotency_key_in_flight' });
    expect(refused.headers['retry-after']).toBe('1');
  }
  expect((await post(key)).body).toBe(made[0]!.body);
});

it('another request with the key is refused and not done', async () => {
  answer = async () => ({});
  const key = randomUUID();
  await post(key);
  for (const other of [{ body: { size: 2 } }, { url: '/things/b' }, { url: '/empty' }, { url: '/things/a?dry=1' }]) {
    expect((await post(key, other)).json()).toMatchObject({ status: 422, code: 'idempotency_key_reused' });
  }
  expect(work).toHaveLength(1);
});

it('keys of different principals never meet', async () => {
  answer = async () => ({ made: randomUUID() });
  const key = randomUUID();
  const person = { userId: randomUUID(), email: 'a@example.com' };
  const callers = [apiKey(), { kind: 'user', ...person } as const].map(credential);
  const bodies = [await post(key), ...(await Promise.all(callers.map((as) => post(key, { as }))))].map(
    ({ body }) => body,
  );
  expect(new Set(bodies).size).toBe(3);
  expect(work).toHaveLength(3);
});

it('a refusal is answered alike; a failure and a refusal of the moment leave the key free', async () => {
  const outcomes: [error: CloudActError, kept: boolean][] = [
    [new CloudActError('not_found', { detail: 'No such thing.' }), true],
    [new CloudActError('unavailable', { detail: 'Later.' }), false],
    [new CloudActError('rate_limited', { detail: 'Later.' }), false],
  ];
  for (const [error, kept] of outcomes) {
    work = [];
    const key = randomUUID();
    answer = async () => {
      throw error;
    };
    expect((await post(key)).statusCode).toBe(error.status);
    answer = async () => ({});
    expect((await post(key)).statusCode).toBe(kept ? error.status : 201);
    expect(work).toHaveLength(kept ? 1 : 2);
  }
});

it('a handler that nobody waits for any longer keeps its key: the same request is not done beside it', async () => {
  const finish = Promise.withResolvers<object>();
  answer = () => finish.promise;
  const key = randomUUID();
  expect((await post(key, { url: '/slow' })).json()).toMatchObject({ status: 503, code: 'unavailable' });
  expect((await post(key, { url: '/slow' })).json()).toMatchObject({ code: 'idempotency_key_in_flight' });
  finish.resolve({});
  expect(work).toHaveLength(1);
});

it('a streamed answer arrives whole, is not kept, and leaves the key free', async () => {
  const key = randomUUID();
  const first = await post(key, { url: '/streamed' });
  // The key is let go of once the stream has ended, which whoever reads it hears of first.
  const again = await vi.waitFor(async () => {
    const answered = await post(key, { url: '/streamed' });
    expect(answered.statusCode).not.toBe(409);
    return answered;
  });
  expect([first.body, again.body]).toEqual(['{"step":1}\n{"step":2}\n', '{"step":1}\n{"step":2}\n']);
  expect(again.statusCode).toBe(200);
  expect(work).toHaveLength(2);
});

it('a request that was cut off blocks its key until its lock runs out, and then the same request goes on', async () => {
  answer = async () => ({});
  const key = randomUUID();
  const { url, serviceRoleKey } = await testSupabase();
  const table = createClient(url, serviceRoleKey).from('idempotency_keys');
  await post(key);
  // As the process leaves it that was killed before it answered.
  await table.update({ status: null, sealed_answer: null, locked_until: new Date(Date.now() + 60_000) }).eq('key', key);
  expect((await post(key)).json()).toMatchObject({ code: 'idempotency_key_in_flight' });
  await table.update({ locked_until: new Date(0) }).eq('key', key);
  expect((await post(key, { body: { size: 2 } })).json()).toMatchObject({ code: 'idempotency_key_reused' });
  expect((await post(key)).statusCode).toBe(201);
  expect(work).toHaveLength(2);
});

it('what is kept is unreadable in the database', async () => {
  answer = async () => ({ key: 'ca_live_canary' });
  const key = randomUUID();
  await post(key, { body: { name: 'canary-name' } });
  const { url, serviceRoleKey } = await testSupabase();
  const { data } = await createClient(url, serviceRoleKey).from('idempotency_keys').select().eq('key', key).single();
  expect(data).toMatchObject({ status: 201, sealed_answer: expect.any(String), org_slug: org });
  expect(JSON.stringify(data) + Buffer.from(data.sealed_answer, 'base64url').toString('latin1')).not.toContain(
    'canary',
  );
});

it.each(['', 'ä', 'x'.repeat(256), 'tab\there'])('a key that is none is refused: %j', async (key) => {
  expect((await post(key)).json()).toMatchObject({ status: 400, code: 'request_invalid' });
  expect(work).toEqual([]);
});

it('reading takes no key, and without one every request is done', async () => {
  answer = async () => ({});
  const headers = { authorization: `Bearer ${bearer}`, 'idempotency-key': randomUUID() };
  for (const read of [1, 2]) expect((await app.inject({ url: '/things', headers })).json()).toEqual({ read });
  await post(undefined);
  await post(undefined);
  expect(work).toHaveLength(4);
});

it('a key that cannot be taken means that nothing is done', async () => {
  const away = await openPlumbing({
    metadata: (real) => ({
      ...real,
      idempotency: {
        ...real.idempotency,
        begin: () => Promise.reject(new CloudActError('unavailable', { detail: 'Supabase is away.' })),
      },
    }),
  });
  away.app.post('/things', { config }, async () => work.push('done'));
  const headers = { authorization: `Bearer ${away.credential(apiKey())}`, 'idempotency-key': randomUUID() };
  expect((await away.app.inject({ method: 'POST', url: '/things', headers })).statusCode).toBe(503);
  expect(work).toEqual([]);
  await away.app.close();
});
