import { randomUUID } from 'node:crypto';
import type { OrgSlug } from '@cloudact/core/org';
import { createClient } from '@supabase/supabase-js';
import { afterAll, expect, it, vi } from 'vitest';
import { testSupabase } from '../../scripts/test-supabase.ts';
import { openTestBackend, rootKey } from '../testing/backend.ts';
import { randomSlug } from '../testing/tenants.ts';

const backend = await openTestBackend();
const { deps } = backend;
afterAll(() => backend.close());

const { url, serviceRoleKey } = await testSupabase();
const service = createClient(url, serviceRoleKey);

const events = (org: OrgSlug) => deps.metadata.forOrg(org).auditEvents({ limit: 100 });
const asRoot = (method: 'POST' | 'DELETE', path: string, body: object) =>
  backend.request(method, path, { credential: rootKey, body });
const issue = (org: string) =>
  asRoot('POST', `/v1/admin/orgs/${org}/api-keys`, { name: 'Portal', scopes: ['costs:read'] });

it('the organisation sees that the operator issued a key of it, or tried to delete it', async () => {
  const { org } = await backend.organisation(randomSlug());
  expect((await issue(org)).statusCode).toBe(201);
  const refused = await asRoot('DELETE', `/v1/admin/orgs/${org}`, { confirm: 'no', export: false });
  expect(refused.statusCode).toBe(400);
  const actor = { kind: 'root', id: 'root' };
  expect(await events(org)).toEqual([
    expect.objectContaining({ actor, action: 'org.delete', outcome: 'refused', code: 'request_invalid' }),
    expect.objectContaining({ actor, action: 'api_key.create', outcome: 'succeeded' }),
  ]);
});

it('what the operator does to an organisation that is not there, or not any more, is in no organisation’s log', async () => {
  const { org } = await backend.organisation(randomSlug());
  const nobodys = randomSlug();
  await issue(nobodys);
  await asRoot('DELETE', `/v1/admin/orgs/${org}`, { confirm: org, export: false });
  const { data } = await service.from('audit_events').select('org_slug,action,outcome').in('target', [org, nobodys]);
  expect(data).toEqual(
    expect.arrayContaining([
      { org_slug: null, action: 'api_key.create', outcome: 'refused' },
      { org_slug: null, action: 'org.delete', outcome: 'succeeded' },
    ]),
  );
  expect(data).toHaveLength(2);
});

it('the organisation sees that an invitation was accepted', async () => {
  const { org } = await backend.organisation(randomSlug());
  const person = await backend.person();
  const tokenHash = 'a'.repeat(64);
  const accept = vi
    .spyOn(deps.metadata.people, 'acceptInvitation')
    .mockImplementationOnce((given) => deps.metadata.people.acceptInvitation({ ...given, tokenHash }));
  const expiresAt = new Date(Date.now() + 60_000).toISOString();
  const invited = { email: person.email, role: 'viewer', tokenHash, invitedBy: null, expiresAt } as const;
  await deps.metadata.forOrg(org).invitations.create(invited);
  const answer = await backend.request('POST', '/v1/invitations/accept', {
    credential: person.token,
    body: { token: 'A'.repeat(43) },
  });
  accept.mockRestore();
  expect(answer.statusCode, answer.body).toBe(200);
  expect(await events(org)).toMatchObject([
    { actor: { kind: 'user', id: person.userId }, action: 'invitation.accept', target: org, outcome: 'succeeded' },
  ]);
});

it('every organisation of a person sees that the account was deleted', async () => {
  const person = await backend.person();
  const orgs = [(await backend.organisation(randomSlug())).org, (await backend.organisation(randomSlug())).org];
  for (const org of orgs) {
    const { error } = await service
      .from('memberships')
      .insert({ org_slug: org, user_id: person.userId, role: 'viewer', email: person.email });
    expect(error).toBeNull();
  }
  const body = { confirm: person.email };
  const answer = await backend.request('DELETE', '/v1/me', { credential: person.token, body });
  expect(answer.statusCode, answer.body).toBe(204);
  const actor = { kind: 'user', id: person.userId };
  for (const org of orgs) {
    expect(await events(org), org).toMatchObject([
      { actor, action: 'account.delete', target: person.userId, outcome: 'succeeded', status: 204 },
    ]);
  }
});

it('who looks for organisations of others is written down by name, when it happened', async () => {
  const { org } = await backend.organisation(randomSlug());
  const { token, userId } = await backend.person();
  const before = new Date().toISOString();
  await backend.request('GET', '/v1/org', { credential: token, org });
  const after = new Date().toISOString();
  const found = () => service.from('audit_events').select().eq('actor_id', userId);
  await vi.waitFor(async () => expect((await found()).data).toHaveLength(1), { timeout: 5_000 });
  const [event] = (await found()).data!;
  expect(event).toMatchObject({ actor_kind: 'user', action: 'access.refuse', org_slug: null, code: 'not_found' });
  const at = new Date(event.at).toISOString();
  expect([before, at, after]).toEqual([before, at, after].toSorted());
});

it('refusals of strangers become one entry, however many there are', async () => {
  const own = await openTestBackend();
  const remoteAddress = `2001:db8::${randomUUID().slice(0, 4)}:${randomUUID().slice(0, 4)}`;
  for (let count = 0; count < 40; count++) await own.app.inject({ url: '/v1/costs', remoteAddress });
  await own.close();
  const { data } = await service.from('audit_events').select('target,actor_kind').eq('address', remoteAddress);
  expect(data).toEqual([{ target: 'GET /v1/costs and 39 more', actor_kind: 'unknown' }]);
});
