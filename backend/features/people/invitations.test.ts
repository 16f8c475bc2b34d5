import { createHash } from 'node:crypto';
import { CloudActError } from '@cloudact/core/errors';
import type { OrgSlug } from '@cloudact/core/org';
import { afterAll, expect, it } from 'vitest';
import { testSupabase } from '../../../scripts/test-supabase.ts';
import { openTestBackend } from '../../testing/backend.ts';
import { randomSlug, type TestPerson } from '../../testing/tenants.ts';

const backend = await openTestBackend();
const { deps } = backend;
afterAll(() => backend.close());

const WEEK = 7 * 24 * 60 * 60 * 1000;

async function tenant() {
  const { org } = await backend.organisation(randomSlug());
  return { org, owner: await backend.member(org, 'owner') };
}
const invite = ({ token }: TestPerson, org: OrgSlug, email: string, role = 'viewer', api = backend) =>
  api.request('POST', '/v1/invitations', { credential: token, org, body: { email, role } });
const accept = ({ token: credential }: TestPerson, token: string) =>
  backend.request('POST', '/v1/invitations/accept', { credential, body: { token } });
const list = async ({ token }: TestPerson, org: OrgSlug) =>
  (await backend.request('GET', '/v1/invitations', { credential: token, org })).json().invitations;
/** As if the invitations had been sent some minutes ago. */
async function later(org: OrgSlug): Promise<void> {
  const { url, serviceRoleKey } = await testSupabase();
  const answer = await fetch(`${url}/rest/v1/invitations?org_slug=eq.${org}`, {
    method: 'PATCH',
    headers: {
      apikey: serviceRoleKey,
      authorization: `Bearer ${serviceRoleKey}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ created_at: new Date(Date.now() - 6 * 60_000).toISOString() }),
  });
  expect(answer.status).toBeLessThan(300);
}
const tokenOf = (mail = backend.mails.at(-1)!) => /#token=(\S+)/.exec(mail.text)![1]!;

it('an invitation leads by mail to a membership with its role', async () => {
  const { org, owner } = await tenant();
  await deps.metadata.forOrg(org).update({ name: 'Acme Inc.' });
  const person = await backend.person();
  const invited = await invite(owner, org, person.email.toUpperCase(), 'analyst');
  expect(invited.statusCode, invited.body).toBe(201);
  expect(invited.json()).toMatchObject({ email: person.email, role: 'analyst', state: 'open' });

  const mail = backend.mails.at(-1)!;
  expect(mail).toMatchObject({ to: person.email, subject: 'Invitation to Acme Inc. on CloudAct' });
  expect(mail.text).toContain(`${deps.appOrigin}/invitations/accept#token=`);
  expect(mail.text).toContain(owner.email);
  const accepted = await accept(person, tokenOf());
  expect([accepted.statusCode, accepted.json()]).toEqual([200, { slug: org, role: 'analyst' }]);
  expect((await accept(person, tokenOf())).json()).toEqual(accepted.json());
  expect(await list(owner, org)).toMatchObject([{ state: 'accepted' }]);
  const own = await backend.request('GET', '/v1/org', { credential: person.token, org });
  expect(own.json()).toMatchObject({ slug: org, role: 'analyst' });
});

it('its secret is in the mail alone: no answer, no table and no audit entry has it', async () => {
  const { org, owner } = await tenant();
  const invited = await invite(owner, org, 'ann@example.com');
  const token = tokenOf();
  expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  const events = await deps.metadata.forOrg(org).auditEvents({ limit: 100 });
  expect(events).toMatchObject([{ action: 'invitation.create', target: invited.json().id }]);
  const seen = JSON.stringify([invited.body, await list(owner, org), events]);
  expect(seen).not.toContain(token);
  expect(seen).not.toContain(createHash('sha256').update(token).digest('hex'));
});

it('the answer is the same whether or not the address has an account', async () => {
  const { org, owner } = await tenant();
  const person = await backend.person();
  const answers = [await invite(owner, org, person.email), await invite(owner, org, 'nobody@example.com')];
  const [known, unknown] = answers.map((answer) => {
    const { id: _i, email: _e, created_at: _c, expires_at: _x, ...rest } = answer.json();
    return [answer.statusCode, rest];
  });
  expect(known).toEqual(unknown);
});

it('it holds seven days, for its own address, and until it is taken back', async () => {
  const { org, owner } = await tenant();
  const [person, other] = [await backend.person(), await backend.person()];
  const invited = await invite(owner, org, person.email);
  const { id, created_at, expires_at } = invited.json();
  expect(Math.abs(Date.parse(expires_at) - Date.parse(created_at) - WEEK)).toBeLessThan(60_000);

  const withOther = await accept(other, tokenOf());
  const unknown = await accept(other, 'A'.repeat(43));
  await backend.request('DELETE', `/v1/invitations/${id}`, { credential: owner.token, org });
  const revoked = await accept(person, tokenOf());
  const problems = [withOther, unknown, revoked].map((answer) => {
    const { instance: _, ...problem } = answer.json();
    return problem;
  });
  expect(problems[0]).toMatchObject({ status: 404, code: 'invitation_invalid' });
  expect(problems[1]).toEqual(problems[0]);
  expect(problems[2]).toEqual(problems[0]);
  expect(await list(owner, org)).toMatchObject([{ id, state: 'revoked' }]);
  expect(await deps.metadata.people.memberships(person.userId)).toEqual([]);
});

it('is shown as expired after seven days', async () => {
  const { org, owner } = await tenant();
  await invite(owner, org, 'ann@example.com');
  const service = await deps.metadata.forOrg(org).invitations.list();
  expect(Date.parse(service[0]!.expiresAt)).toBeGreaterThan(backend.clock.time.getTime() + WEEK - 60_000);
  const past = new Date(backend.clock.time.getTime() - 1000).toISOString();
  const expired = { email: 'bob@example.com', role: 'viewer', tokenHash: randomSlug(), invitedBy: null } as const;
  await deps.metadata.forOrg(org).invitations.create({ ...expired, expiresAt: past });
  expect(await list(owner, org)).toMatchObject([{ state: 'expired' }, { state: 'open' }]);
});

it('another one to the same address takes the first back', async () => {
  const { org, owner } = await tenant();
  const person = await backend.person();
  await invite(owner, org, person.email, 'viewer');
  const first = tokenOf();
  await later(org);
  await invite(owner, org, person.email, 'admin');
  expect((await accept(person, first)).json()).toMatchObject({ status: 404, code: 'invitation_invalid' });
  expect((await accept(person, tokenOf())).json()).toMatchObject({ role: 'admin' });
});

it('somebody who is a member already is not invited', async () => {
  const { org, owner } = await tenant();
  const member = await backend.member(org, 'viewer');
  const sent = backend.mails.length;
  expect((await invite(owner, org, member.email, 'owner')).json()).toMatchObject({ status: 409, code: 'conflict' });
  expect(backend.mails).toHaveLength(sent);
});

it('when the mail cannot be sent nothing is open, and an open invitation stays', async () => {
  const { org, owner } = await tenant();
  await invite(owner, org, 'ann@example.com');
  await later(org);
  const broken = await openTestBackend({
    mailer: { send: () => Promise.reject(new Error('smtp.secret.example refused')) },
  });
  try {
    const failed = await invite(owner, org, 'ann@example.com', 'admin', broken);
    expect(failed.json()).toMatchObject({ status: 503, code: 'unavailable' });
    expect(failed.body).not.toContain('smtp.secret');
    expect(await list(owner, org)).toMatchObject([{ role: 'viewer', state: 'open' }]);
  } finally {
    await broken.close();
  }
});

it('members and open invitations together count as seats, and the refusal is the one of the plan', async () => {
  const billing: typeof deps.billing = {
    ...deps.billing,
    entitlements: async (org) => ({ ...(await deps.billing.entitlements(org)), seats: 3 }),
    requireRoom: async (_org, limit, used) => {
      throw new CloudActError('plan_limit_reached', { detail: `The plan has no room: ${used} ${limit}.` });
    },
  };
  const limited = await openTestBackend({ billing });
  try {
    const { org, owner } = await tenant();
    await backend.member(org, 'viewer');
    expect((await invite(owner, org, 'ann@example.com', 'viewer', limited)).statusCode).toBe(201);
    const sent = limited.mails.length;
    const refused = await invite(owner, org, 'bob@example.com', 'viewer', limited);
    expect(refused.json()).toMatchObject({ status: 402, detail: 'The plan has no room: 3 seats.' });
    expect(limited.mails).toHaveLength(sent);
    await later(org);
    expect((await invite(owner, org, 'ann@example.com', 'viewer', limited)).statusCode).toBe(201);
  } finally {
    await limited.close();
  }
});

it('a second one to the same address within five minutes is refused, told when to come back, and not mailed', async () => {
  const { org, owner } = await tenant();
  await invite(owner, org, 'ann@example.com');
  const sent = backend.mails.length;
  const refused = await invite(owner, org, 'ann@example.com');
  expect(refused.json()).toMatchObject({ status: 429, code: 'rate_limited' });
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(200);
  expect(backend.mails).toHaveLength(sent);
  expect(await list(owner, org)).toMatchObject([{ state: 'open' }]);
});

it('an invitation of another organisation is answered like one that is not there', async () => {
  const [mine, theirs] = [await tenant(), await tenant()];
  const { id } = (await invite(theirs.owner, theirs.org, 'ann@example.com')).json();
  const take = async (one: string) => {
    const path = `/v1/invitations/${one}`;
    const answer = await backend.request('DELETE', path, { credential: mine.owner.token, org: mine.org });
    const { instance: _, ...problem } = answer.json();
    return problem;
  };
  const refused = await take(id);
  expect(refused).toMatchObject({ status: 404, code: 'not_found' });
  expect(refused).toEqual(await take('00000000-0000-4000-8000-000000000000'));
  expect(await list(theirs.owner, theirs.org)).toMatchObject([{ id, state: 'open' }]);
  expect(await list(mine.owner, mine.org)).toEqual([]);
});

it.each([
  ['no address', { role: 'viewer' }],
  ['what is no address', { email: 'ann', role: 'viewer' }],
  ['an address with a second line', { email: 'ann@example.com\nBcc: bob@example.com', role: 'viewer' }],
  ['a role that there is not', { email: 'ann@example.com', role: 'root' }],
])('%s is refused, and nothing is mailed', async (_title, body) => {
  const { org, owner } = await tenant();
  const sent = backend.mails.length;
  const refused = await backend.request('POST', '/v1/invitations', { credential: owner.token, org, body });
  expect(refused.json()).toMatchObject({ status: 400, code: 'request_invalid' });
  expect(backend.mails).toHaveLength(sent);
});
