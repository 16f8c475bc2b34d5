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
    const owner = await signUp();
    const org = await newOrg(owner);
    const [{ members }, theirs] = [metadata.forOrg(org), metadata.forOrg(await newOrg()).members];
    const { id } = await join(org, 'viewer');
    const refused = expect.objectContaining({ code: 'not_found' });
    await expect(theirs.changeRole(id, 'owner', owner.id)).rejects.toEqual(refused);
    await expect(theirs.remove(id, owner.id)).rejects.toEqual(refused);
    await members.changeRole(id, 'admin', owner.id);
    expect(await people.membership(id, org)).toMatchObject({ role: 'admin' });
    await members.remove(id, owner.id);
    await expect(members.remove(id, owner.id)).rejects.toEqual(refused);
    expect(await people.memberships(id)).toEqual([]);
  });

  it('change as the role of the actor allows it at that moment', async () => {
    const owner = await signUp();
    const org = await newOrg(owner);
    const { members } = metadata.forOrg(org);
    const [admin, analyst, viewer] = [await join(org, 'admin'), await join(org, 'analyst'), await join(org, 'viewer')];
    const stranger = await signUp();
    for (const [actor, member, role] of [
      [admin, owner, 'viewer'],
      [admin, owner, null],
      [admin, viewer, 'owner'],
      [admin, admin, 'owner'],
      [analyst, viewer, 'analyst'],
      [analyst, viewer, null],
      [viewer, viewer, 'owner'],
      [stranger, viewer, null],
    ] as const) {
      const change =
        role === null ? members.remove(member.id, actor.id) : members.changeRole(member.id, role, actor.id);
      await expect(change).rejects.toMatchObject({ code: 'forbidden' });
    }
    await members.changeRole(viewer.id, 'admin', admin.id);
    await members.remove(analyst.id, viewer.id);
    await members.changeRole(viewer.id, 'viewer', owner.id);
    await expect(members.remove(admin.id, viewer.id)).rejects.toMatchObject({ code: 'forbidden' });
    await members.remove(viewer.id, viewer.id);
    expect(await members.list()).toHaveLength(2);
  });

  it('are never without an owner, also when two owners leave at once', async () => {
    const [one, two] = await Promise.all([signUp(), signUp()]);
    const org = await newOrg(one);
    await join(org, 'owner', two);
    const { members } = metadata.forOrg(org);
    const results = await Promise.allSettled([
      members.remove(one.id, one.id),
      members.changeRole(two.id, 'viewer', two.id),
    ]);
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

    await metadata.forOrg(org).members.remove(person.id, person.id);
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
    const later = async () =>
      service.from('invitations').update({ created_at: '2026-01-01T00:00:00Z' }).eq('org_slug', org);
    await later();
    const revoked = await invite(org, person.email, 'viewer');
    await later();
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

  it('end with the role of whoever sent them: changed, left, or deleted with the account', async () => {
    const owner = await signUp();
    const org = await newOrg(owner);
    const { members, invitations } = metadata.forOrg(org);
    const [changed, left, deleted, steady] = [
      await join(org, 'admin'),
      await join(org, 'admin'),
      await join(org, 'admin'),
      await join(org, 'admin'),
    ];
    const sent = [];
    for (const { id } of [changed, left, deleted, steady]) {
      sent.push(await invite(org, `${crypto.randomUUID()}@example.com`, 'admin', soon(), id));
    }
    await members.changeRole(changed.id, 'viewer', owner.id);
    await members.remove(left.id, owner.id);
    await people.deleteAccount(deleted.id);
    await members.changeRole(steady.id, 'admin', owner.id);
    const open = (await invitations.list()).filter(({ revokedAt }) => revokedAt === null);
    expect(open.map(({ id }) => id)).toEqual([sent[3]!.id]);
  });

  it('are at most 20 in an hour and one to an address in five minutes, taken back or not', async () => {
    const org = await newOrg();
    const { invitations } = metadata.forOrg(org);
    const first = await invite(org, 'ann@example.com', 'viewer');
    await invitations.revoke(first.id);
    const again = await invite(org, 'Ann@example.com', 'viewer').catch((error) => error);
    expect(again).toMatchObject({ code: 'rate_limited', retryAfterSeconds: expect.any(Number) });
    expect(again.retryAfterSeconds).toBeGreaterThan(200);
    expect(again.retryAfterSeconds).toBeLessThanOrEqual(300);
    await invite(await newOrg(), 'ann@example.com', 'viewer');

    await since(first.id, 6);
    await invite(org, 'ann@example.com', 'viewer');
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, () => invite(org, `${crypto.randomUUID()}@example.com`, 'viewer')),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(18);
    const late = await invite(org, 'bob@example.com', 'viewer').catch((error) => error);
    expect(late).toMatchObject({ code: 'rate_limited' });
    expect(late.retryAfterSeconds).toBeGreaterThan(3000);
    await since(first.id, 61);
    await invite(org, 'bob@example.com', 'viewer');
  });

  it('and members together are not more than the plan has seats, also when many are sent at once', async () => {
    const org = await newOrg(await signUp());
    const send = (email: string) => invite(org, email, 'viewer', soon(), null, 3);
    const results = await Promise.allSettled(Array.from({ length: 4 }, (_, index) => send(`p${index}@example.com`)));
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused.map(({ reason }) => reason.code)).toEqual(['plan_limit_reached', 'plan_limit_reached']);
    const open = await metadata.forOrg(org).invitations.list();
    expect(open).toHaveLength(2);
    for (const { id } of open) await since(id, 6);
    await send(open[0]!.email);
    await expect(send('new@example.com')).rejects.toMatchObject({ code: 'plan_limit_reached' });
  });

  it('that were closed 90 days ago are forgotten with the next one', async () => {
    const org = await newOrg();
    const { invitations } = metadata.forOrg(org);
    const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
    const [old, recent] = [await invite(org, 'a@example.com', 'viewer'), await invite(org, 'b@example.com', 'viewer')];
    const expired = await invite(org, 'c@example.com', 'viewer', ago(91));
    await service
      .from('invitations')
      .update({ revoked_at: ago(91) })
      .eq('id', old.id);
    await service
      .from('invitations')
      .update({ accepted_at: ago(89) })
      .eq('id', recent.id);
    const next = await invite(org, 'd@example.com', 'viewer');
    const kept = (await invitations.list()).map(({ id }) => id);
    expect(kept.toSorted()).toEqual([recent.id, next.id].toSorted());
    expect(kept).not.toContain(expired.id);
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
    await Promise.allSettled([people.deleteAccount(one.id), metadata.forOrg(org).members.remove(two.id, two.id)]);
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

/** As if the invitation had been created some minutes ago. */
async function since(id: string, minutes: number): Promise<void> {
  const created_at = new Date(Date.now() - minutes * 60_000).toISOString();
  expect((await service.from('invitations').update({ created_at }).eq('id', id)).error).toBeNull();
}

async function invite(
  org: OrgSlug,
  email: string,
  role: Role,
  expiresAt = soon(),
  invitedBy: string | null = null,
  most: number | null = null,
) {
  const tokenHash = crypto.randomUUID();
  const invitation = await metadata
    .forOrg(org)
    .invitations.create({ email, role, tokenHash, invitedBy, expiresAt, most });
  return { ...invitation, tokenHash };
}
