import { describe, expect, it } from 'vitest';
import type { OrgSlug } from '../org.ts';
import type { AuditEntry } from './port.ts';
import { anonymous, metadata, newOrg, newSlug, service } from './testing/supabase.ts';

describe('the audit log', () => {
  it('has an attempt before its outcome, and the outcome once', async () => {
    const org = await newOrg();
    const attempted = entry(org);
    await metadata.audit.attempt(attempted);
    expect(await events(org)).toMatchObject([{ ...attempted, outcome: 'attempted', status: null, code: null }]);
    await metadata.audit.complete(attempted.id, { outcome: 'succeeded', status: 201, code: null, target: 'key_1' });
    const settled = await events(org);
    expect(settled).toMatchObject([{ id: attempted.id, outcome: 'succeeded', status: 201, target: 'key_1' }]);
    await metadata.audit.complete(attempted.id, { outcome: 'failed', status: 500, code: 'internal' });
    expect(await events(org)).toEqual(settled);
  });

  it.each(['attempted', 'succeeded', 'refused', 'failed'])(
    'keeps what was %s from change and deletion',
    async (outcome) => {
      const org = await newOrg();
      const { id } = entry(org);
      const row = { id, org_slug: org, actor_kind: 'user', action: 'key.revoke', outcome, request_id: 'r' };
      await service.from('audit_events').insert(row);
      const before = await stored(org);
      const own = () => service.from('audit_events');
      const changes = [
        own().update({ action: 'nothing.happened' }).eq('id', id),
        own().update({ actor_id: 'somebody else', outcome: 'succeeded' }).eq('id', id),
        own().update({ at: '2020-01-01T00:00:00Z', outcome: 'succeeded' }).eq('id', id),
        own().update({ org_slug: newSlug(), outcome: 'succeeded' }).eq('id', id),
        own().upsert({ ...row, actor_kind: 'root' }),
        own().delete().eq('id', id),
        own().delete().eq('org_slug', org),
      ];
      for (const { error } of await Promise.all(changes)) expect(error?.message).toContain('audit_is_append_only');
      expect(await stored(org)).toEqual(before);
    },
  );

  it('takes the same entries twice and keeps them once', async () => {
    const org = await newOrg();
    const entries = [1, 2, 3].map(() => ({ ...entry(org), ...REFUSED }));
    await metadata.audit.record(entries);
    await metadata.audit.record(entries);
    await metadata.audit.record([]);
    const kept = await events(org);
    expect(kept.map(({ id }) => id).sort()).toEqual(entries.map(({ id }) => id).sort());
    expect(new Set(kept.map(({ at }) => at))).toEqual(new Set([REFUSED.at]));
  });

  it('gives an entry without an organisation to the one that it turned out to be about, while that is there', async () => {
    const [org, other] = [await newOrg(), await newOrg()];
    const done = { outcome: 'succeeded', status: 200, code: null } as const;
    const [about, foreign, aboutNobody] = [entry(null), entry(other), entry(null)];
    for (const each of [about, foreign, aboutNobody]) await metadata.audit.attempt(each);
    await metadata.audit.complete(about.id, { ...done, org });
    await expect(metadata.audit.complete(foreign.id, { ...done, org })).rejects.toThrow();
    await metadata.audit.complete(aboutNobody.id, { ...done, org: newSlug() });
    expect(await events(org)).toMatchObject([{ id: about.id, outcome: 'succeeded' }]);
    expect(await events(other)).toMatchObject([{ id: foreign.id, outcome: 'attempted' }]);
    const { data } = await service.from('audit_events').select('org_slug,outcome').eq('id', aboutNobody.id);
    expect(data).toEqual([{ org_slug: null, outcome: 'succeeded' }]);
  });

  it('loses what is older than its retention to the one transaction that ends it, and nothing else', async () => {
    const org = await newOrg();
    const [old, young] = [entry(org), entry(org)];
    const at = '2001-01-01T00:00:00.000Z';
    await metadata.audit.record([
      { ...old, ...REFUSED, at },
      { ...young, ...REFUSED, at: new Date().toISOString() },
    ]);
    const prune = (retention: string) => service.rpc('prune_audit_events', { older_than: retention });
    for (const short of ['29 days', '-1 days', '0'])
      expect((await prune(short)).error?.message, short).toBe('retention_too_short');
    expect(await stored(org)).toHaveLength(2);
    expect((await prune('20 years')).data).toBeGreaterThanOrEqual(1);
    expect(await stored(org)).toMatchObject([{ id: young.id }]);
    const { error } = await service.from('audit_events').delete().eq('id', young.id);
    expect(error?.message).toContain('audit_is_append_only');
    const { data } = await anonymous.rpc('prune_audit_events', { older_than: '20 years' });
    expect(data).toBeNull();
  });

  it('pages from the newest to the oldest, each event once, also where many are of one moment', async () => {
    const [org, other] = [await newOrg(), await newOrg()];
    const entries = Array.from({ length: 7 }, () => ({ ...entry(org), ...REFUSED }));
    await metadata.audit.record(entries);
    await metadata.audit.record([{ ...entry(other), ...REFUSED }]);
    const records = metadata.forOrg(org);
    const seen: string[] = [];
    for (let before: string | undefined; ; before = seen.at(-1)) {
      const page = await records.auditEvents({ limit: 3, ...(before !== undefined && { before }) });
      if (page.length === 0) break;
      seen.push(...page.map(({ id }) => id));
    }
    expect(seen.toSorted()).toEqual(entries.map(({ id }) => id).sort());
    const [theirs] = await events(other);
    expect(await records.auditEvents({ limit: 3, before: theirs!.id })).toEqual([]);
  });

  it('goes with the organisation and with nothing else', async () => {
    const [org, stays] = [await newOrg(), await newOrg()];
    await metadata.audit.record([org, stays].map((slug) => ({ ...entry(slug), ...REFUSED })));
    await metadata.offboarding.begin({ org, requestedBy: null, withExport: false });
    await metadata.offboarding.finish(org, {});
    expect(await stored(org)).toEqual([]);
    expect(await stored(stays)).toHaveLength(1);
  });
});

const REFUSED = { at: '2026-11-24T01:02:03.456Z', outcome: 'refused', status: 403, code: 'forbidden' } as const;

function entry(org: OrgSlug | null): AuditEntry {
  return {
    id: crypto.randomUUID(),
    org,
    actor: { kind: 'user', id: 'user-1' },
    action: 'api_key.create',
    target: null,
    requestId: 'request-1',
    address: '192.0.2.1',
    userAgent: 'curl/8',
  };
}

const events = (org: OrgSlug) => metadata.forOrg(org).auditEvents({ limit: 100 });

async function stored(org: OrgSlug) {
  return (await service.from('audit_events').select().eq('org_slug', org)).data;
}
