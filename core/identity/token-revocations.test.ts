import { supabaseMetadata } from '@cloudact/core/metadata';
import { type OrgSlug, parseOrgSlug } from '@cloudact/core/org';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testSupabase } from '../../scripts/test-supabase.ts';
import type { WidgetPrincipal } from './principal.ts';
import { openTokenRevocations } from './token-revocations.ts';

const metadata = supabaseMetadata(await testSupabase());
const slug = () => parseOrgSlug(`org_${crypto.randomUUID().slice(0, 8)}`);
const other = slug();
let org: OrgSlug;
let time: Date;
const now = () => time;
const later = (seconds: number) => {
  time = new Date(time.getTime() + seconds * 1000);
};

async function create(created: OrgSlug): Promise<OrgSlug> {
  await metadata.onboarding.begin({ slug: created, name: created, plan: 'self_hosted', owner: null });
  return created;
}

beforeAll(() => create(other));
beforeEach(async () => {
  org = await create(slug());
  time = new Date();
});

function token(changes: Partial<WidgetPrincipal> = {}): WidgetPrincipal {
  return {
    kind: 'widget',
    org,
    scopes: ['costs:read'],
    filters: [],
    widgets: [],
    origins: [],
    markUp: null,
    displayCurrency: null,
    subject: 'customer-7',
    mintedBy: 'key:one',
    jti: 'one',
    issuedAt: Math.floor(time.getTime() / 1000),
    ...changes,
  };
}

const takenBack = { code: 'credential_invalid' };

describe('a revocation', () => {
  it.each([
    ['one token', { kind: 'token', value: 'one' }, [{ jti: 'two' }, { subject: 'one', jti: 'three' }]],
    ['a subject', { kind: 'subject', value: 'customer-7' }, [{ subject: 'customer-8' }]],
    ['the organisation', { kind: 'org', value: '' }, []],
  ] as const)('of %s takes back just that', async (_name, revocation, untouched) => {
    const revocations = openTokenRevocations({ metadata, now });
    const before = token();
    await revocations.check(before);
    await revocations.revoke({ org, ...revocation });
    await expect(revocations.check(before)).rejects.toMatchObject(takenBack);
    for (const changes of untouched) await revocations.check(token(changes));
    await revocations.check(token({ org: other }));
    later(6);
    if (revocation.kind !== 'token') await revocations.check(token());
  });

  it('of one token holds whatever time the token says it was issued at', async () => {
    const revocations = openTokenRevocations({ metadata, now });
    await revocations.revoke({ org, kind: 'token', value: 'one' });
    const late = token({ issuedAt: Math.floor(time.getTime() / 1000) + 60 });
    await expect(revocations.check(late)).rejects.toMatchObject(takenBack);
    later(31);
    await expect(openTokenRevocations({ metadata, now }).check(late)).rejects.toMatchObject(takenBack);
  });

  it('of a subject or the organisation takes back what a clock five seconds ahead issued before it', async () => {
    const revocations = openTokenRevocations({ metadata, now });
    const ahead = token({ issuedAt: Math.floor(time.getTime() / 1000) + 5 });
    await revocations.revoke({ org, kind: 'subject', value: 'customer-7' });
    await expect(revocations.check(ahead)).rejects.toMatchObject(takenBack);
    await revocations.check({ ...ahead, subject: 'customer-8' });
    await revocations.revoke({ org, kind: 'org', value: '' });
    await expect(revocations.check({ ...ahead, subject: 'customer-8' })).rejects.toMatchObject(takenBack);
  });

  it('of what one key or member minted takes back just that, here and elsewhere', async () => {
    const revocations = openTokenRevocations({ metadata, now });
    const mintedBy = 'member:6f0c2a52-0000-4000-8000-000000000001';
    const before = token({ mintedBy });
    await revocations.revokeMintedBy(org, mintedBy);
    for (const each of [revocations, openTokenRevocations({ metadata, now })]) {
      await expect(each.check(before)).rejects.toMatchObject(takenBack);
      for (const other of ['key:one', null] as const) await each.check(token({ mintedBy: other }));
    }
    await revocations.check(token({ mintedBy, org: other }));
    later(6);
    await revocations.check(token({ mintedBy }));
  });

  it('beyond 1,000 in ten minutes is refused, but for all tokens, and those of a minter become all', async () => {
    const many = {
      ...metadata,
      revocations: async () =>
        Array.from({ length: 1000 }, (_, index) => ({
          org,
          kind: 'token' as const,
          value: `token-${index}`,
          revokedAt: time.toISOString(),
          expiresAt: new Date(time.getTime() + 610_000).toISOString(),
        })),
    };
    const revocations = openTokenRevocations({ metadata: many, now });
    const untouched = token({ mintedBy: null });
    await revocations.check(untouched);
    await expect(revocations.revoke({ org, kind: 'token', value: 'one' })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('all: true'),
    });
    await revocations.revoke({ org, kind: 'token', value: 'token-7' });
    await revocations.revoke({ org: other, kind: 'token', value: 'one' });
    await revocations.check(untouched);
    await revocations.revokeMintedBy(org, 'key:one');
    await expect(revocations.check(untouched)).rejects.toMatchObject(takenBack);
    await revocations.revoke({ org, kind: 'org', value: '' });
  });

  it('reaches another process within 30 seconds, and a process that starts at once', async () => {
    const [here, elsewhere] = [openTokenRevocations({ metadata, now }), openTokenRevocations({ metadata, now })];
    const issued = token();
    await elsewhere.check(issued);
    await here.revoke({ org, kind: 'token', value: 'one' });
    await expect(openTokenRevocations({ metadata, now }).check(issued)).rejects.toMatchObject(takenBack);
    later(30);
    await expect(elsewhere.check(issued)).rejects.toMatchObject(takenBack);
  });

  it('holds here although the list was being read meanwhile', async () => {
    const hasRead = Promise.withResolvers<void>();
    const isRevoked = Promise.withResolvers<void>();
    const slow = {
      ...metadata,
      async revocations() {
        const list = await metadata.revocations();
        hasRead.resolve();
        await isRevoked.promise;
        return list;
      },
    };
    const revocations = openTokenRevocations({ metadata: slow, now });
    const issued = token();
    const underWay = revocations.check(issued);
    await hasRead.promise;
    await revocations.revoke({ org, kind: 'token', value: 'one' });
    isRevoked.resolve();
    await expect(underWay).rejects.toMatchObject(takenBack);
  });

  it('that could not be written is no revocation', async () => {
    const nowhere = parseOrgSlug('nobody_inc');
    const revocations = openTokenRevocations({ metadata, now });
    await expect(revocations.revoke({ org: nowhere, kind: 'org', value: '' })).rejects.toThrow();
    await revocations.check(token({ org: nowhere }));
  });
});

describe('the list', () => {
  let reads: number;
  let isDown: boolean;
  const counted = {
    ...metadata,
    revocations() {
      reads++;
      return isDown ? Promise.reject(new Error('down')) : metadata.revocations();
    },
  };
  beforeEach(() => {
    reads = 0;
    isDown = false;
  });

  it('is read once for many requests, and again beside them after ten seconds', async () => {
    const revocations = openTokenRevocations({ metadata: counted, now });
    await Promise.all(Array.from({ length: 5 }, () => revocations.check(token())));
    later(9);
    await revocations.check(token());
    expect(reads).toBe(1);
    later(1);
    await Promise.all(Array.from({ length: 5 }, () => revocations.check(token())));
    expect(reads).toBe(2);
  });

  it('that cannot be read does no harm for 30 seconds; then nobody passes until it can', async () => {
    const revocations = openTokenRevocations({ metadata: counted, now });
    await revocations.check(token());
    isDown = true;
    later(29);
    await revocations.check(token());
    later(1);
    await expect(revocations.check(token())).rejects.toMatchObject({ code: 'unavailable' });
    isDown = false;
    await revocations.check(token());
  });

  it('lets nobody pass who comes before it was ever read', async () => {
    isDown = true;
    const revocations = openTokenRevocations({ metadata: counted, now });
    await expect(revocations.check(token())).rejects.toMatchObject({ code: 'unavailable' });
  });
});
