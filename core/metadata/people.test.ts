import { describe, expect, it } from 'vitest';
import type { Role } from '../identity/roles.ts';
import type { OrgSlug } from '../org.ts';
import { metadata, newOrg, newSlug, service, signUp, type User } from './testing/supabase.ts';

const { people } = metadata;
const soon = () => new Date(Date.now() + 60_000).toISOString();

describe('members', () => {
  it('are known by organisation and by person', async () => {
    const owner = await signUp();
    const [first, second] = [await newOrg(owner), await newOrg(owner)];
    const viewer = await join(first, 'viewer');
    expect(await people.memberships(owner.id)).toHaveLength(2);
    expect(await people.memberships(viewer.id)).toEqual([
      { ...(await people.membership(viewer.id, first)), name: 'Acme', state: 'onboarding' },
    ]);
    expect(await people.membership(viewer.id, second)).toBeUndefined();
    expect(await people.membership(owner.id, newSlug())).toBeUndefined();
    expect(await metadata.forOrg(first).members.list()).toMatchObject([{ role: 'owner' }, { role: 'viewer' }]);
  });

  it('get another role and leave; one who is not there is not found, in another organisation neither', async () => {
    const org = await newOrg(await signUp());
    const [{ members }, theirs] = [metadata.forOrg(org), metadata.forOrg(await newOrg()).members];
    const { id } = await join(org, 'viewer');
    const refused = expect.objectContaining({ code: 'not_found' });
    await expect(theirs.changeRole(id, 'owner')).rejects.toEqual(refused);
    await expect(theirs.remove(id)).rejects.toEqual(refused);
    await members.changeRole(id, 'admin');
    expect(await people.membership(id, org)).toMatchObject({ role: 'admin' });
    await members.remove(id);
    await expect(members.remove(id)).rejects.toEqual(refused);
    expect(await people.memberships(id)).toEqual([]);
  });

  it('are never without an owner, also when two owners leave at once', async () => {
    const [one, two] = await Promise.all([signUp(), signUp()]);
    const org = await newOrg(one);
    await join(org, 'owner', two);
    const { members } = metadata.forOrg(org);
    const results = await Promise.allSettled([members.remove(one.id), members.changeRole(two.id, 'viewer')]);
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused.map(({ reason }) => reason)).toMatchObject([
      { code: 'last_owner', detail: expect.stringContaining(org) },
    ]);
    expect((await members.list()).filter(({ role }) => role === 'owner')).toHaveLength(1);
  });
});

describe('invitations', () => {
  it('make the person a member, once, with the role', async () => {
    const org = await newOrg();
    const person = await signUp();
    const invited = await invite(org, person.email.toUpperCase(), 'analyst');
    const accept = () =>
      people.acceptInvitation({ tokenHash: invited.tokenHash, userId: person.id, email: person.email });
    const joined = await accept();
    expect(joined).toMatchObject({ org, userId: person.id, role: 'analyst', email: person.email });
    expect(await accept()).toEqual(joined);
    expect(await metadata.forOrg(org).invitations.list()).toMatchObject([{ acceptedAt: expect.any(String) }]);

    await metadata.forOrg(org).members.remove(person.id);
    await expect(accept()).rejects.toMatchObject({ code: 'invitation_invalid', status: 404 });
  });

  it('change nothing for somebody who is a member already, with or without a known address', async () => {
    const org = await newOrg();
    const person = await signUp();
    await service.from('memberships').insert({ org_slug: org, user_id: person.id, role: 'viewer' });
    const { tokenHash } = await invite(org, person.email, 'admin');
    const joined = await people.acceptInvitation({ tokenHash, userId: person.id, email: person.email });
    expect(joined).toMatchObject({ role: 'viewer' });
  });

  it('are answered alike when they are unknown, for another address, expired, taken back, or of one who leaves', async () => {
    const [person, other] = await Promise.all([signUp(), signUp()]);
    const [org, leaving] = [await newOrg(), await newOrg()];
    const own = await invite(org, person.email, 'viewer');
    const revoked = await invite(org, person.email, 'viewer');
    const { invitations } = metadata.forOrg(org);
    await invitations.revoke(revoked.id);
    await invitations.revoke(revoked.id);
    const expired = await invite(org, person.email, 'viewer', new Date(Date.now() - 1000).toISOString());
    const ofLeaving = await invite(leaving, person.email, 'viewer');
    await metadata.offboarding.begin({ org: leaving, requestedBy: null, withExport: false });
    const attempts = [
      { tokenHash: 'unknown', userId: person.id, email: person.email },
      { tokenHash: own.tokenHash, userId: other.id, email: other.email },
      ...[revoked, expired, ofLeaving].map(({ tokenHash }) => ({ tokenHash, userId: person.id, email: person.email })),
    ];
    const results = await Promise.allSettled(attempts.map((attempt) => people.acceptInvitation(attempt)));
    const answers = results.map((result) => (result.status === 'rejected' ? result.reason.message : result.status));
    expect(new Set(answers).size).toBe(1);
    expect(results[0]).toMatchObject({ reason: { code: 'invitation_invalid' } });
    expect([await people.memberships(person.id), await people.memberships(other.id)]).toEqual([[], []]);
  });

  it('of another organisation cannot be taken back, nor one that was accepted', async () => {
    const [org, other] = [await newOrg(), await newOrg()];
    const person = await signUp();
    const { id, tokenHash } = await invite(org, person.email, 'viewer');
    await expect(metadata.forOrg(other).invitations.revoke(id)).rejects.toMatchObject({ code: 'not_found' });
    await people.acceptInvitation({ tokenHash, userId: person.id, email: person.email });
    await expect(metadata.forOrg(org).invitations.revoke(id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('never show the hash of their secret', async () => {
    const org = await newOrg();
    const { tokenHash } = await invite(org, 'ann@example.com', 'viewer');
    expect(JSON.stringify(await metadata.forOrg(org).invitations.list())).not.toContain(tokenHash);
  });
});

describe('an account', () => {
  it('is deleted with its memberships and with its address in invitations that are done with', async () => {
    const person = await signUp();
    const org = await newOrg(await signUp());
    const { tokenHash } = await invite(org, person.email, 'viewer');
    await people.acceptInvitation({ tokenHash, userId: person.id, email: person.email });
    await people.deleteAccount(person.id);
    await people.deleteAccount(person.id);
    const records = metadata.forOrg(org);
    expect(JSON.stringify([await records.members.list(), await records.invitations.list()])).not.toContain(
      person.email,
    );
    expect((await person.client.auth.getUser()).data.user).toBeNull();
  });

  it('stays while an organisation would be left without an owner, and the error names each', async () => {
    const person = await signUp();
    const [first, second, shared] = [await newOrg(person), await newOrg(person), await newOrg(person)];
    await join(shared, 'owner');
    const refused = await people.deleteAccount(person.id).catch((error) => error);
    expect(refused).toMatchObject({ code: 'last_owner', detail: expect.stringContaining(first) });
    expect(refused.detail).toContain(second);
    expect(refused.detail).not.toContain(shared);
    expect(await people.memberships(person.id)).toHaveLength(3);
  });

  it('that is deleted while its last colleague leaves does not leave an organisation without an owner', async () => {
    const [one, two] = await Promise.all([signUp(), signUp()]);
    const org = await newOrg(one);
    await join(org, 'owner', two);
    await Promise.allSettled([people.deleteAccount(one.id), metadata.forOrg(org).members.remove(two.id)]);
    expect(await metadata.forOrg(org).members.list()).toHaveLength(1);
  });
});

async function join(org: OrgSlug, role: Role, person?: User): Promise<User> {
  const user = person ?? (await signUp());
  const { error } = await service
    .from('memberships')
    .insert({ org_slug: org, user_id: user.id, role, email: user.email });
  expect(error).toBeNull();
  return user;
}

async function invite(org: OrgSlug, email: string, role: Role, expiresAt = soon()) {
  const tokenHash = crypto.randomUUID();
  const invitation = await metadata
    .forOrg(org)
    .invitations.create({ email, role, tokenHash, invitedBy: null, expiresAt });
  return { ...invitation, tokenHash };
}
