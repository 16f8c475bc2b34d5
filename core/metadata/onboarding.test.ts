import { describe, expect, it } from 'vitest';
import type { OrgSlug } from '../org.ts';
import { metadata, newOrg, newSlug, service, signUp } from './testing/supabase.ts';

const { onboarding, offboarding } = metadata;

describe('an onboarding', () => {
  it('makes the person the owner, and the same call again tells how far it is', async () => {
    const owner = await signUp();
    const input = { slug: newSlug(), name: 'Acme', plan: 'free', owner: { userId: owner.id, email: owner.email } };
    const begun = await onboarding.begin(input);
    expect(begun).toEqual({
      org: input.slug,
      plan: 'free',
      done: { dataset: null, data_key: null, api_key: null, plan: null, finished: null },
    });
    const stamped = await onboarding.stamp(input.slug, 'dataset');
    expect(stamped.done).toMatchObject({ dataset: expect.stringMatching(/Z$/), data_key: null });
    expect(await onboarding.stamp(input.slug, 'dataset')).toEqual(stamped);
    expect(await onboarding.begin(input)).toEqual(stamped);
    expect(await metadata.forOrg(input.slug).members.list()).toMatchObject([
      { userId: owner.id, role: 'owner', email: owner.email },
    ]);
  });

  it('at the same time is one', async () => {
    const slug = newSlug();
    const begin = () => onboarding.begin({ slug, name: 'Acme', plan: 'free', owner: null });
    const all = await Promise.all(Array.from({ length: 5 }, begin));
    expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1);
  });

  it('is refused for a slug that belongs to another name or owner, and changes nothing', async () => {
    const [owner, other] = await Promise.all([signUp(), signUp()]);
    const slug = await newOrg(owner);
    const taking = { slug, name: 'Acme', plan: 'free', owner: { userId: other.id, email: other.email } };
    const own = { userId: owner.id, email: owner.email };
    for (const input of [taking, { ...taking, owner: null }, { ...taking, owner: own, name: 'acme' }]) {
      await expect(onboarding.begin(input)).rejects.toMatchObject({ code: 'org_exists', status: 409 });
    }
    expect(await metadata.forOrg(slug).members.list()).toMatchObject([{ userId: owner.id }]);
    expect(await metadata.findOrganisation(slug)).toMatchObject({ name: 'Acme' });
  });

  it('is refused to a person who owns 20 organisations, also when they are asked for at once', async () => {
    const owner = await signUp();
    const results = await Promise.allSettled(Array.from({ length: 22 }, () => newOrg(owner)));
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused.map(({ reason }) => reason.code)).toEqual(['org_limit_reached', 'org_limit_reached']);
    expect(await metadata.people.memberships(owner.id)).toHaveLength(20);
  });

  it('of a person who is gone does not go on for the operator once it has members; the operator’s own does', async () => {
    const begin = (slug: OrgSlug) => onboarding.begin({ slug, name: 'Acme', plan: 'free', owner: null });
    const [founder, colleague] = [await signUp(), await signUp()];
    const org = await newOrg(founder);
    const member = { org_slug: org, user_id: colleague.id, role: 'owner' };
    expect((await service.from('memberships').insert(member)).error).toBeNull();
    await metadata.people.deleteAccount(founder.id);
    await expect(begin(org)).rejects.toMatchObject({ code: 'org_exists' });
    const operators = await newOrg();
    expect(await begin(operators)).toMatchObject({ org: operators });
  });

  it('is refused for a person who is gone, and for an unusable slug', async () => {
    const owner = { userId: crypto.randomUUID(), email: 'gone@example.com' };
    const slug = newSlug();
    await expect(onboarding.begin({ slug, name: 'Acme', plan: 'free', owner })).rejects.toMatchObject({
      code: 'credential_invalid',
    });
    expect(await metadata.findOrganisation(slug)).toBeUndefined();
    for (const bad of ['Acme', 'ab', '1acme', 'acme-inc', 'acme;drop', 'a'.repeat(41), 'acme\n']) {
      const begin = onboarding.begin({ slug: bad as typeof slug, name: 'Acme', plan: 'free', owner: null });
      await expect(begin).rejects.toMatchObject({ code: 'request_invalid' });
    }
  });

  it('of an organisation that is not there has no steps', async () => {
    await expect(onboarding.stamp(newSlug(), 'dataset')).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('an offboarding', () => {
  it('goes step by step, tells how far it is, and ends with a certificate that stays', async () => {
    const owner = await signUp();
    const org = await newOrg(owner);
    const begun = await offboarding.begin({ org, requestedBy: owner.id, withExport: true });
    expect(begun).toMatchObject({ org, withExport: true, counts: {}, done: { keys_revoked: null, exported: null } });
    expect(await metadata.findOrganisation(org)).toMatchObject({ state: 'leaving' });

    await offboarding.stamp(org, 'keys_revoked', { keys: 2 });
    const stamped = await offboarding.stamp(org, 'exported', { bytes: '12345678901234567890', files: 3 });
    expect(await offboarding.stamp(org, 'exported', { files: 99 })).toEqual(stamped);
    expect(stamped.counts).toEqual({ keys: 2, bytes: '12345678901234567890', files: 3 });
    expect(await offboarding.begin({ org, requestedBy: null, withExport: false })).toEqual(stamped);
    expect(await offboarding.find(org)).toEqual(stamped);

    const certificate = { deleted: { rows: 12 }, at: '2026-11-24T00:00:00Z' };
    expect(await offboarding.finish(org, certificate)).toEqual(certificate);
    expect(await offboarding.finish(org, { deleted: 'again' })).toEqual(certificate);
    expect(await offboarding.certificate(org)).toEqual(certificate);
    expect(await offboarding.find(org)).toBeUndefined();
    expect(await metadata.findOrganisation(org)).toBeUndefined();
  });

  it('leaves no row of the organisation in any table, and the owner with the other organisations', async () => {
    const owner = await signUp();
    const [org, stays] = [await newOrg(owner), await newOrg(owner)];
    const records = metadata.forOrg(org);
    await records.integrations.create({ id: 'bills', connector: 'aws-s3', name: 'Bills', settings: {} });
    await records.billing.put({ plan: 'free', status: 'free' });
    const entry = { actor: { kind: 'user', id: owner.id }, action: 'test.write', target: null, address: null };
    const about = { ...entry, requestId: 'r', userAgent: null, outcome: 'succeeded', status: 200, code: null } as const;
    await metadata.audit.record([{ ...about, id: crypto.randomUUID(), org, at: new Date().toISOString() }]);
    const key = { principal: `user:${owner.id}`, key: 'k', fingerprint: 'f', lockSeconds: 60, keepSeconds: 600 };
    await metadata.idempotency.begin({ ...key, org });
    await offboarding.begin({ org, requestedBy: owner.id, withExport: false });
    await offboarding.finish(org, {});

    for (const table of ['memberships', 'integrations', 'billing_accounts', 'audit_events', 'idempotency_keys']) {
      expect((await service.from(table).select().eq('org_slug', org)).data, table).toEqual([]);
    }
    expect(await metadata.people.memberships(owner.id)).toMatchObject([{ org: stays }]);
  });

  it('retires the slug for good', async () => {
    const org = await newOrg();
    await offboarding.begin({ org, requestedBy: null, withExport: false });
    const again = { slug: org, name: 'Acme', plan: 'free', owner: null };
    await expect(onboarding.begin(again)).rejects.toMatchObject({ code: 'org_exists' });
    await offboarding.finish(org, {});
    await expect(onboarding.begin(again)).rejects.toMatchObject({ code: 'org_exists' });
    expect(await metadata.findOrganisation(org)).toBeUndefined();
  });

  it('of an organisation that is not there, or that has not begun to leave, is refused', async () => {
    const [nobody, stays] = [newSlug(), await newOrg()];
    const refused = expect.objectContaining({ code: 'not_found' });
    await expect(offboarding.begin({ org: nobody, requestedBy: null, withExport: true })).rejects.toEqual(refused);
    await expect(offboarding.stamp(nobody, 'exported', {})).rejects.toEqual(refused);
    for (const org of [nobody, stays]) await expect(offboarding.finish(org, {})).rejects.toEqual(refused);
    expect(await offboarding.certificate(nobody)).toBeUndefined();
    expect(await metadata.findOrganisation(stays)).toBeDefined();
  });
});
