import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { CloudActError } from '@cloudact/core/errors';
import type { Principal } from '@cloudact/core/identity';
import type { AuditEvent, Metadata } from '@cloudact/core/metadata';
import { parseOrgSlug } from '@cloudact/core/org';
import { createClient } from '@supabase/supabase-js';
import { afterAll, beforeEach, expect, it, vi } from 'vitest';
import { testSupabase } from '../../scripts/test-supabase.ts';
import { openPlumbing, type Plumbing } from './testing.ts';

const org = parseOrgSlug(`audit_${randomUUID().slice(0, 8)}`);
const auth = { principals: ['api_key', 'root'], scopes: ['keys:write'] } as const;
/** What the handler finds in the audit log while it works, and what it ends with. */
let duringWork: readonly AuditEvent[] | undefined;
let end: () => unknown = () => ({});
beforeEach(() => {
  duringWork = undefined;
  end = () => ({});
});

const plumbing = await opened();
const { metadata, credential } = plumbing;
afterAll(() => plumbing.app.close());

async function opened(change?: (real: Metadata) => Metadata): Promise<Plumbing> {
  const made = await openPlumbing(change && { metadata: change });
  made.app.delete('/things/:id', { config: { auth, audit: 'thing.delete' } }, async (request) => {
    duringWork = await events();
    request.auditTarget = (request.params as { id: string }).id;
    return end();
  });
  made.app.post('/streamed', { config: { auth, audit: 'thing.create' } }, async (request, reply) => {
    const steps = Readable.from(
      (async function* () {
        yield '{"step":1}\n';
        duringWork = await events();
        request.problemCode = end() as 'unavailable' | null;
      })(),
    );
    return reply.type('application/x-ndjson').send(steps);
  });
  made.app.post('/tokens', { config: { auth, audit: { action: 'token.mint', mode: 'batched' } } }, async () => end());
  await made.app.ready();
  return made;
}

const events = () => metadata.forOrg(org).auditEvents({ limit: 100 });
async function newest(): Promise<AuditEvent> {
  return (await events())[0]!;
}
/** The events of one request, also of those that belong to no organisation. */
async function eventsOf(requestId: string): Promise<Record<string, unknown>[]> {
  const { url, serviceRoleKey } = await testSupabase();
  const { data } = await createClient(url, serviceRoleKey).from('audit_events').select().eq('request_id', requestId);
  return data ?? [];
}

const keyId = `key_${randomUUID()}`;
const writer = credential({ kind: 'api_key', org, scopes: ['keys:write'], keyId, expiresAt: null });
function ask(method: 'DELETE' | 'POST', url: string, as: string | undefined, { app } = plumbing) {
  const headers = { 'user-agent': 'a test', ...(as !== undefined && { authorization: `Bearer ${as}` }) };
  return app.inject({ method, url, headers, remoteAddress: '192.0.2.7' });
}
const requestId = (answer: { json(): { instance: string } }) => answer.json().instance.replace('urn:uuid:', '');

it('a change is written down before it is done, and its outcome before it is answered', async () => {
  expect((await ask('DELETE', '/things/t1?note=private', writer)).statusCode).toBe(200);
  expect(duringWork?.[0]).toMatchObject({ action: 'thing.delete', outcome: 'attempted', status: null, target: null });
  expect(await newest()).toMatchObject({
    id: duringWork![0]!.id,
    org,
    actor: { kind: 'api_key', id: keyId },
    action: 'thing.delete',
    target: 't1',
    outcome: 'succeeded',
    status: 200,
    code: null,
    address: '192.0.2.7',
    userAgent: 'a test',
  });
  expect(JSON.stringify(await newest())).not.toContain('private');
});

it.each([
  ['conflict', 'refused', 409],
  ['forbidden', 'refused', 403],
  ['unavailable', 'failed', 503],
] as const)('a handler that ends with %s is written down as %s, once', async (code, outcome, status) => {
  end = () => {
    throw new CloudActError(code, { detail: 'Secret inner words.' });
  };
  const answer = await ask('DELETE', '/things/t2', writer);
  const written = await eventsOf(requestId(answer));
  expect(written).toEqual([expect.objectContaining({ action: 'thing.delete', target: 't2', outcome, status, code })]);
  expect(JSON.stringify(written)).not.toContain('inner words');
});

it('an unexpected error is written down as internal', async () => {
  end = () => {
    throw new Error('boom');
  };
  await ask('DELETE', '/things/t3', writer);
  expect(await newest()).toMatchObject({ outcome: 'failed', status: 500, code: 'internal' });
});

it('a streamed answer is written down when it ends, with what it ended with', async () => {
  end = () => null;
  await ask('POST', '/streamed', writer);
  expect(duringWork?.[0]).toMatchObject({ action: 'thing.create', outcome: 'attempted' });
  await vi.waitFor(async () => expect(await newest()).toMatchObject({ outcome: 'succeeded', status: 200 }));
  end = () => 'unavailable';
  await ask('POST', '/streamed', writer);
  await vi.waitFor(async () =>
    expect(await newest()).toMatchObject({ outcome: 'failed', status: 503, code: 'unavailable' }),
  );
});

it('nothing is done when it cannot be written down', async () => {
  const away = await opened((real) => ({
    ...real,
    audit: { ...real.audit, attempt: () => Promise.reject(new CloudActError('unavailable', { detail: 'Away.' })) },
  }));
  const bearer = away.credential({ kind: 'api_key', org, scopes: ['keys:write'], keyId, expiresAt: null });
  const answer = await ask('DELETE', '/things/t4', bearer, away);
  expect(answer.json()).toMatchObject({ status: 503, code: 'unavailable' });
  expect(duringWork).toBeUndefined();
  await away.app.close();
});

it('work that is done is answered even when its outcome cannot be written: it stays attempted', async () => {
  const away = await opened((real) => ({
    ...real,
    audit: { ...real.audit, complete: () => Promise.reject(new CloudActError('unavailable', { detail: 'Away.' })) },
  }));
  const bearer = away.credential({ kind: 'api_key', org, scopes: ['keys:write'], keyId, expiresAt: null });
  expect((await ask('DELETE', '/things/t5', bearer, away)).statusCode).toBe(200);
  expect(await newest()).toMatchObject({ action: 'thing.delete', outcome: 'attempted' });
  await away.app.close();
});

it('what is batched is written down soon, and at the latest when the process ends', async () => {
  const app = await opened();
  const bearer = app.credential({ kind: 'api_key', org, scopes: ['keys:write'], keyId, expiresAt: null });
  for (let count = 0; count < 3; count++) await ask('POST', '/tokens', bearer, app);
  await app.app.close();
  const minted = (await events()).filter(({ action }) => action === 'token.mint');
  expect(minted).toHaveLength(3);
  expect(minted[0]).toMatchObject({ outcome: 'succeeded', status: 200, actor: { kind: 'api_key', id: keyId } });
});

it('refused credentials and missing rights are written down, with the organisation only where it is proven', async () => {
  const app = await opened();
  const lacking = app.credential({ kind: 'api_key', org, scopes: ['costs:read'], keyId, expiresAt: null });
  const wrongKind: Principal = { kind: 'user', userId: randomUUID(), email: 'erika@example.com' };
  const answers = [
    await ask('DELETE', '/things/t6', 'ca_live_canary', app),
    await ask('DELETE', '/things/t6', lacking, app),
    await ask('DELETE', '/things/t6', app.credential(wrongKind), app),
  ];
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([401, 403, 403]);
  await app.app.close();
  const written = await Promise.all(answers.map((answer) => eventsOf(requestId(answer))));
  const refusal = { action: 'access.refuse', target: 'DELETE /things/:id', outcome: 'refused' };
  expect(written).toEqual([
    [expect.objectContaining({ ...refusal, org_slug: null, actor_kind: 'unknown', actor_id: null, status: 401 })],
    [expect.objectContaining({ ...refusal, org_slug: org, actor_kind: 'api_key', actor_id: keyId, status: 403 })],
    [expect.objectContaining({ ...refusal, org_slug: null, actor_kind: 'user', actor_id: wrongKind.userId })],
  ]);
  expect(JSON.stringify(written)).not.toMatch(/canary|erika/);
  expect(duringWork).toBeUndefined();
});
