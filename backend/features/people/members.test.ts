import { randomUUID } from 'node:crypto';
import type { OrgSlug } from '@cloudact/core/org';
import { afterAll, expect, it } from 'vitest';
import { openTestBackend } from '../../testing/backend.ts';
import { randomSlug, type TestPerson } from '../../testing/tenants.ts';

const backend = await openTestBackend();
const { deps } = backend;
afterAll(() => backend.close());

async function tenant() {
  const { org, key } = await backend.organisation(randomSlug());
  return { org, key, owner: await backend.member(org, 'owner') };
}
const ask = ({ token }: TestPerson, org: OrgSlug, method: 'GET' | 'PATCH' | 'DELETE', path: string, body?: object) =>
  backend.request(method, path, { credential: token, org, ...(body !== undefined && { body }) });
const leave = (person: TestPerson, org: OrgSlug, confirm: string = org) =>
  ask(person, org, 'DELETE', '/v1/members/me', { confirm });
const roleOf = async ({ userId }: TestPerson, org: OrgSlug) =>
  (await deps.metadata.people.membership(userId, org))?.role;

it('members and API keys with the scope see who belongs to the organisation, and nobody of another', async () => {
  const { org, key, owner } = await tenant();
  const other = await tenant();
  const viewer = await backend.member(org, 'viewer');
  const members = [
    { user_id: owner.userId, email: owner.email, role: 'owner', since: expect.stringMatching(/Z$/) },
    { user_id: viewer.userId, email: viewer.email, role: 'viewer', since: expect.stringMatching(/Z$/) },
  ];
  expect((await ask(owner, org, 'GET', '/v1/members')).json()).toEqual({ members });
  expect((await backend.get('/v1/members', key)).json()).toEqual({ members });
  expect((await ask(viewer, org, 'GET', '/v1/members')).json()).toMatchObject({ status: 403 });
  expect((await ask(other.owner, other.org, 'GET', '/v1/members')).body).not.toContain(viewer.userId);
});

it('another role holds from the next request on, with the same session', async () => {
  const { org, owner } = await tenant();
  const person = await backend.member(org, 'viewer');
  const changed = await ask(owner, org, 'PATCH', `/v1/members/${person.userId}`, { role: 'admin' });
  expect(changed.json()).toMatchObject({ user_id: person.userId, email: person.email, role: 'admin' });
  expect((await ask(person, org, 'GET', '/v1/members')).statusCode).toBe(200);
  await ask(owner, org, 'PATCH', `/v1/members/${person.userId}`, { role: 'viewer' });
  expect((await ask(person, org, 'GET', '/v1/members')).statusCode).toBe(403);
});

it('whoever was removed finds no organisation any more, with the same session', async () => {
  const { org, owner } = await tenant();
  const person = await backend.member(org, 'admin');
  expect((await ask(owner, org, 'DELETE', `/v1/members/${person.userId}`)).statusCode).toBe(204);
  expect((await ask(person, org, 'GET', '/v1/org')).json()).toMatchObject({ status: 404, code: 'not_found' });
  expect((await ask(owner, org, 'DELETE', `/v1/members/${person.userId}`)).json()).toMatchObject({ status: 404 });
});

it('the last owner neither leaves nor becomes anything else', async () => {
  const { org, owner } = await tenant();
  await backend.member(org, 'admin');
  const path = `/v1/members/${owner.userId}`;
  for (const refused of [
    await leave(owner, org),
    await ask(owner, org, 'DELETE', path),
    await ask(owner, org, 'PATCH', path, { role: 'admin' }),
  ]) {
    expect(refused.json()).toMatchObject({ status: 409, code: 'last_owner' });
  }
  expect(await roleOf(owner, org)).toBe('owner');
});

it('of two owners who leave at once one stays', async () => {
  const { org, owner } = await tenant();
  const second = await backend.member(org, 'owner');
  const answers = await Promise.all([leave(owner, org), leave(second, org)]);
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([204, 409]);
});

it('leaving asks for the slug once more, and without it nothing happens', async () => {
  const { org } = await tenant();
  const person = await backend.member(org, 'viewer');
  expect((await leave(person, org, 'yes')).json()).toMatchObject({ status: 400, code: 'request_invalid' });
  expect(await roleOf(person, org)).toBe('viewer');
  expect((await leave(person, org)).statusCode).toBe(204);
  expect((await leave(person, org)).json()).toMatchObject({ status: 404, code: 'not_found' });
});

it('a member of another organisation is answered like one that is not there', async () => {
  const [mine, theirs] = [await tenant(), await tenant()];
  for (const [method, body] of [
    ['DELETE', undefined],
    ['PATCH', { role: 'viewer' }],
  ] as const) {
    const answers = [];
    for (const id of [theirs.owner.userId, randomUUID()]) {
      const { instance: _, ...problem } = (await ask(mine.owner, mine.org, method, `/v1/members/${id}`, body)).json();
      answers.push(problem);
    }
    expect(answers[0]).toMatchObject({ status: 404, code: 'not_found' });
    expect(answers[0]).toEqual(answers[1]);
  }
  expect(await roleOf(theirs.owner, theirs.org)).toBe('owner');
});

it.each([
  ['a role that there is not', { role: 'root' }],
  ['no role', {}],
  ['an unknown member', { role: 'viewer', org: 'other_inc' }],
])('%s is refused', async (_title, body) => {
  const { org, owner } = await tenant();
  const person = await backend.member(org, 'analyst');
  const refused = await ask(owner, org, 'PATCH', `/v1/members/${person.userId}`, body);
  expect(refused.json()).toMatchObject({ status: 400, code: 'request_invalid' });
  expect(await roleOf(person, org)).toBe('analyst');
});
