import { type Role, roles } from '@cloudact/core/identity';
import { afterAll, expect, it } from 'vitest';
import { openTestBackend } from '../../testing/backend.ts';
import { randomSlug, type TestPerson } from '../../testing/tenants.ts';

const backend = await openTestBackend();
afterAll(() => backend.close());

const { org } = await backend.organisation(randomSlug());
const people = {} as Record<Role, TestPerson>;
for (const role of roles) people[role] = await backend.member(org, role);

/** Which roles each role may give, and take from others. */
const given: Readonly<Record<Role, readonly Role[]>> = {
  owner: roles,
  admin: ['admin', 'analyst', 'viewer'],
  analyst: [],
  viewer: [],
};
const cases = roles.flatMap((own) => roles.map((role) => ({ own, role, may: given[own].includes(role) })));
const ask = (own: Role, method: 'PATCH' | 'DELETE' | 'POST', path: string, body?: object) =>
  backend.request(method, path, { credential: people[own].token, org, ...(body !== undefined && { body }) });
const roleOf = async (userId: string) => (await backend.deps.metadata.people.membership(userId, org))?.role;

it.each(cases)('$own gives the role $role: $may', async ({ own, role, may }) => {
  const { userId } = await backend.member(org, 'viewer');
  const answer = await ask(own, 'PATCH', `/v1/members/${userId}`, { role });
  expect(answer.statusCode).toBe(may ? 200 : 403);
  if (own === 'admin' && !may) expect(answer.json().detail).toContain('neither give nor take');
  expect(await roleOf(userId)).toBe(may ? role : 'viewer');
});

it.each(cases)('$own takes the role $role from somebody: $may', async ({ own, role, may }) => {
  const { userId } = await backend.member(org, role);
  const answer = await ask(own, 'PATCH', `/v1/members/${userId}`, { role: 'viewer' });
  expect(answer.statusCode).toBe(may ? 200 : 403);
  if (own === 'admin' && !may) expect(answer.json().detail).toContain('neither give nor take');
  expect(await roleOf(userId)).toBe(may ? 'viewer' : role);
});

it.each(cases)('$own ends the membership of another $role: $may', async ({ own, role, may }) => {
  const { userId } = await backend.member(org, role);
  const answer = await ask(own, 'DELETE', `/v1/members/${userId}`);
  expect(answer.statusCode).toBe(may ? 204 : 403);
  if (own === 'admin' && !may) expect(answer.json().detail).toContain('neither give nor take');
  expect(await roleOf(userId)).toBe(may ? undefined : role);
});

it.each(cases)('$own invites somebody as $role: $may', async ({ own, role, may }) => {
  const sent = backend.mails.length;
  const answer = await ask(own, 'POST', '/v1/invitations', { email: `${own}.${role}@example.com`, role });
  expect(answer.statusCode).toBe(may ? 201 : 403);
  expect(backend.mails.length - sent).toBe(may ? 1 : 0);
});

it.each(roles)('%s may leave', async (role) => {
  const { userId, token } = await backend.member(org, role);
  const body = { confirm: org };
  const answer = await backend.request('DELETE', '/v1/members/me', { credential: token, org, body });
  expect([answer.statusCode, await roleOf(userId)]).toEqual([204, undefined]);
});
