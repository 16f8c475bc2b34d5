import { describe, expect, it } from 'vitest';
import { metadata, newOrg, newSlug, service } from './testing/supabase.ts';

describe('organisations in Supabase', () => {
  it('are found as they were created, and are active once their onboarding is finished', async () => {
    const slug = newSlug();
    const name = 'Ånström & Søn “Ltd” 株式会社';
    await metadata.onboarding.begin({ slug, name, plan: 'free', owner: null });
    const begun = await metadata.findOrganisation(slug);
    expect(begun).toEqual({ slug, name, state: 'onboarding', allowedOrigins: [], createdAt: expect.any(String) });
    expect(new Date(begun!.createdAt).toISOString()).toBe(begun!.createdAt);
    expect(Math.abs(Date.parse(begun!.createdAt) - Date.now())).toBeLessThan(60_000);
    await metadata.onboarding.stamp(slug, 'finished');
    expect(await metadata.findOrganisation(slug)).toEqual({ ...begun, state: 'active' });
  });

  it('are not found under a slug that nobody has', async () => {
    expect(await metadata.findOrganisation(newSlug())).toBeUndefined();
  });

  it('change what is given and keep the rest', async () => {
    const slug = await newOrg();
    const org = metadata.forOrg(slug);
    expect(await org.update({ name: 'Acme Ltd' })).toMatchObject({ name: 'Acme Ltd', allowedOrigins: [] });
    const allowedOrigins = ['https://a.example', 'https://b.example:8443'];
    expect(await org.update({ allowedOrigins })).toMatchObject({ name: 'Acme Ltd', allowedOrigins });
    expect(await org.update({})).toEqual(await metadata.findOrganisation(slug));
  });

  it('that are not there cannot be changed', async () => {
    const org = metadata.forOrg(newSlug());
    await expect(org.update({ name: 'Ghost' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(org.update({})).rejects.toMatchObject({ code: 'not_found' });
    await expect(org.integrations.create(integration())).rejects.toMatchObject({ code: 'not_found' });
  });

  it.each(['Acme\nInc.', 'Acme\u0085', 'Log in at https://evil.example'])(
    'refuse the name %j, here and in the tables',
    async (name) => {
      const slug = await newOrg();
      const refused = expect.objectContaining({ code: 'request_invalid' });
      await expect(metadata.forOrg(slug).update({ name })).rejects.toEqual(refused);
      const begin = metadata.onboarding.begin({ slug: newSlug(), name, plan: 'free', owner: null });
      await expect(begin).rejects.toEqual(refused);
      expect((await service.from('organisations').update({ name }).eq('slug', slug)).error?.message).toContain(
        'organisations_name_plain',
      );
    },
  );

  it('have no more integrations than they may, also when many are created at once, and an id that is taken is told', async () => {
    const { integrations } = metadata.forOrg(await newOrg());
    const create = (id: string) => integrations.create({ ...integration(), id, most: 2 });
    const results = await Promise.allSettled(['a', 'b', 'c', 'd'].map(create));
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused.map(({ reason }) => reason.code)).toEqual(['plan_limit_reached', 'plan_limit_reached']);
    expect(await integrations.count()).toBe(2);
    const [first] = await integrations.list();
    await expect(create(first!.id)).rejects.toMatchObject({ code: 'conflict' });
  });

  it.each(['', '   ', 'x'.repeat(201)])('refuse the unusable name %j', async (name) => {
    const slug = await newOrg();
    const org = metadata.forOrg(slug);
    const refused = expect.objectContaining({ code: 'request_invalid' });
    await expect(metadata.onboarding.begin({ slug: newSlug(), name, plan: 'free', owner: null })).rejects.toEqual(
      refused,
    );
    await expect(org.update({ name })).rejects.toEqual(refused);
    await expect(org.integrations.create({ ...integration(), name })).rejects.toEqual(refused);
    expect(await metadata.findOrganisation(slug)).toMatchObject({ name: 'Acme' });
  });

  it('tell all origins that any of them allows, each once', async () => {
    const origin = `https://${crypto.randomUUID()}.example`;
    for (const slug of [await newOrg(), await newOrg()])
      await metadata.forOrg(slug).update({ allowedOrigins: [origin] });
    const all = [...(await metadata.allowedOrigins())];
    expect(all.filter((one) => one === origin)).toEqual([origin]);
  });

  it('answer a ping', async () => {
    await expect(metadata.ping()).resolves.toBeUndefined();
  });
});

describe('integrations of an organisation', () => {
  it('are listed, found, changed and removed; another organisation has none of them', async () => {
    const [ours, theirs] = [metadata.forOrg(await newOrg()), metadata.forOrg(await newOrg())];
    const created = await ours.integrations.create(integration());
    expect(created).toMatchObject({ ...integration(), state: 'draft', problem: null, checkedAt: null });
    const checkedAt = '2026-11-24T01:02:03.456Z';
    const broken = { state: 'broken', problem: 'Access denied', checkedAt } as const;
    const changed = await ours.integrations.update('bills', broken, created);
    expect(changed).toMatchObject({ ...integration(), state: 'broken', problem: 'Access denied', checkedAt });
    await expect(ours.integrations.update('bills', { name: 'Late' }, created)).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await ours.integrations.list()).toEqual([changed]);
    expect(await ours.integrations.find('bills')).toEqual(changed);
    expect(await ours.integrations.count()).toBe(1);

    expect(await theirs.integrations.list()).toEqual([]);
    expect(await theirs.integrations.find('bills')).toBeUndefined();
    expect(await theirs.integrations.count()).toBe(0);
    await expect(theirs.integrations.update('bills', { name: 'Stolen' }, changed)).rejects.toMatchObject({
      code: 'not_found',
    });
    await theirs.integrations.remove('bills');
    expect(await ours.integrations.find('bills')).toEqual(changed);

    await ours.integrations.remove('bills');
    await ours.integrations.remove('bills');
    expect(await ours.integrations.list()).toEqual([]);
  });

  it('refuse an id that is taken in the organisation, and allow it in another', async () => {
    const [ours, theirs] = [metadata.forOrg(await newOrg()), metadata.forOrg(await newOrg())];
    await ours.integrations.create(integration());
    await expect(ours.integrations.create({ ...integration(), name: 'Other' })).rejects.toMatchObject({
      code: 'conflict',
    });
    await theirs.integrations.create(integration());
    expect(await ours.integrations.list()).toMatchObject([{ name: 'Bills' }]);
  });
});

describe('revoked tokens', () => {
  it('are listed while they matter, and one is never given back', async () => {
    const slug = await newOrg();
    const org = metadata.forOrg(slug);
    const later = { kind: 'subject', value: 'customer-1', revokedAt: soon(0), expiresAt: soon(600) } as const;
    await org.revokeTokens(later);
    await org.revokeTokens({ ...later, revokedAt: soon(-60), expiresAt: soon(540) });
    await org.revokeTokens({ kind: 'org', value: '', revokedAt: soon(-900), expiresAt: soon(-1) });
    const own = (await metadata.revocations()).filter((one) => one.org === slug);
    expect(own).toEqual([{ org: slug, ...later }]);
  });

  it('are all there, also when they are more than one answer of Supabase holds', async () => {
    const slug = await newOrg();
    const count = 1_050;
    const rows = Array.from({ length: count }, (_, index) => ({
      org_slug: slug,
      kind: 'token',
      value: `token-${index}`,
      revoked_at: soon(0),
      expires_at: soon(600),
    }));
    expect((await service.from('token_revocations').insert(rows)).error).toBeNull();
    expect((await metadata.revocations()).filter((one) => one.org === slug)).toHaveLength(count);
  });
});

function soon(seconds: number): string {
  return new Date(EPOCH + seconds * 1000).toISOString();
}
const EPOCH = Date.now();

function integration() {
  return { id: 'bills', connector: 'aws-s3', name: 'Bills', settings: { bucket: 'bills', prefix: 'a/“b”' } };
}
