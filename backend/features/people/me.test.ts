import { randomUUID } from 'node:crypto';
import { afterAll, expect, it } from 'vitest';
import { openTestBackend, rootKey } from '../../testing/backend.ts';
import { randomSlug, type TestPerson } from '../../testing/tenants.ts';

const backend = await openTestBackend();
const { deps } = backend;
afterAll(() => backend.close());

const me = (credential: string) => backend.get('/v1/me', credential);
const deleteMe = ({ token, email }: TestPerson, confirm = email) =>
  backend.request('DELETE', '/v1/me', { credential: token, body: { confirm } });
const createOrg = (credential: string, slug = randomSlug()) =>
  backend.request('POST', '/v1/orgs', { credential, body: { slug, name: 'Acme' } });

it('a person sees who is signed in, with the role in each organisation and in no other', async () => {
  const person = await backend.person();
  const slug = randomSlug();
  await createOrg(person.token, slug);
  await backend.organisation(randomSlug());
  expect((await me(person.token)).json()).toEqual({
    id: person.userId,
    email: person.email,
    organisations: [{ slug, name: 'Acme', role: 'owner', state: 'active' }],
  });
});

it('a person without an organisation has an empty list', async () => {
  expect((await me((await backend.person()).token)).json()).toMatchObject({ organisations: [] });
});

it('is for people: the root key and API keys are refused', async () => {
  const { key } = await backend.organisation(randomSlug());
  for (const credential of [rootKey, key]) {
    expect((await me(credential)).json()).toMatchObject({ status: 403, code: 'forbidden' });
  }
});

it('a deleted account is gone with its memberships, and the colleagues stay', async () => {
  const { org } = await backend.organisation(randomSlug());
  const [owner, person] = [await backend.member(org, 'owner'), await backend.member(org, 'owner')];
  expect((await deleteMe(person)).statusCode).toBe(204);
  expect(await deps.metadata.forOrg(org).members.list()).toMatchObject([{ userId: owner.userId }]);
  const refused = await backend.request('GET', '/v1/org', { credential: person.token, org });
  expect(refused.json()).toMatchObject({ status: 404, code: 'not_found' });
});

it.each(['', 'somebody.else@example.com', 'yes'])(
  'an account is not deleted with the confirmation %j',
  async (confirm) => {
    const person = await backend.person();
    expect((await deleteMe(person, confirm)).json()).toMatchObject({ status: 400, code: 'request_invalid' });
    expect((await createOrg(person.token)).statusCode).toBe(201);
  },
);

it('an account is not deleted while an organisation would be left without an owner, which is named', async () => {
  const person = await backend.person();
  const slug = randomSlug();
  await createOrg(person.token, slug);
  const refused = await deleteMe(person);
  expect(refused.json()).toMatchObject({ status: 409, code: 'last_owner' });
  expect(refused.json().detail).toContain(slug);
  expect((await me(person.token)).json().organisations).toHaveLength(1);
});

it('the session of a deleted account creates and joins nothing while it lasts', async () => {
  const person = await backend.person();
  const { org } = await backend.organisation(randomSlug());
  const owner = await backend.member(org, 'owner');
  await backend.request('POST', '/v1/invitations', {
    credential: owner.token,
    org,
    body: { email: person.email, role: 'viewer' },
  });
  const token = /#token=(\S+)/.exec(backend.mails.at(-1)!.text)![1];
  await deleteMe(person);

  const slug = randomSlug();
  const accept = backend.request('POST', '/v1/invitations/accept', { credential: person.token, body: { token } });
  for (const refused of [await createOrg(person.token, slug), await accept]) {
    expect(refused.json()).toMatchObject({ status: 401, code: 'credential_invalid' });
    expect(refused.headers['www-authenticate']).toBeDefined();
  }
  expect((await createOrg((await backend.person(`${randomUUID()}@example.com`)).token, slug)).statusCode).toBe(201);
});
