import { describe, expect, it } from 'vitest';
import { testSupabase } from '../../scripts/test-supabase.ts';
import { supabaseMetadata } from './index.ts';
import { metadata, newOrg, newSlug, service } from './testing/supabase.ts';

const supabase = await testSupabase();
const secret = 'sb_secret_that_must_not_be_shown';

describe('a Supabase that cannot be used', () => {
  it.each([
    ['does not listen', { url: 'http://127.0.0.1:9', serviceRoleKey: secret }, /no answer/],
    ['has another key', { url: supabase.url, serviceRoleKey: secret }, /key was refused/],
    ['gets the publishable key', { url: supabase.url, serviceRoleKey: supabase.anonKey }, /key was refused/, 'writes'],
    ['fails', { ...answering(500, { message: 'boom' }), serviceRoleKey: secret }, /status 500/],
    ['is a page', { ...answering(502, '<html>Bad Gateway</html>'), serviceRoleKey: secret }, /status 502/],
    [
      'has no tables',
      { ...answering(404, { code: 'PGRST205', message: 'Could not find the table' }), serviceRoleKey: secret },
      /migrations/,
    ],
  ] as const)('is unavailable when it %s, and no error holds the key', async (_, options, detail, only?: 'writes') => {
    const other = supabaseMetadata(options);
    const org = other.forOrg(newSlug());
    const writes = [
      other.onboarding.begin({ slug: newSlug(), name: 'Acme', plan: 'free', owner: null }),
      other.people.deleteAccount(crypto.randomUUID()),
      org.members.changeRole(crypto.randomUUID(), 'viewer', crypto.randomUUID()),
      org.integrations.create({ id: 'bills', connector: 'aws-s3', name: 'Bills', settings: {} }),
      other.stripeEvents.receive({ id: 'evt', type: 'x', createdAt: new Date().toISOString(), org: null }),
    ];
    const reads = [
      other.ping(),
      other.findOrganisation(newSlug()),
      other.people.memberships(crypto.randomUUID()),
      other.billedOrganisations(),
      org.integrations.count(),
      org.integrations.list(),
      org.billing.find(),
    ];
    for (const result of await Promise.allSettled(only === 'writes' ? writes : [...writes, ...reads])) {
      const { reason } = result as PromiseRejectedResult;
      expect(reason).toMatchObject({ code: 'unavailable', detail: expect.stringMatching(detail) });
      expect(`${reason.message} ${JSON.stringify(reason.cause)}`).not.toContain(options.serviceRoleKey);
    }
    await Promise.allSettled(reads);
  });

  it.each([
    ['', secret],
    ['ftp://example.com', secret],
    ['https://', secret],
    ['https://example.supabase.co', ''],
  ])('is refused at once with the URL %j and the key %j', (url, serviceRoleKey) => {
    expect(() => supabaseMetadata({ url, serviceRoleKey })).toThrow(
      expect.objectContaining({ code: 'configuration_invalid' }),
    );
  });
});

describe('lists', () => {
  it('are whole when they are longer than one answer may be', async () => {
    const slug = await newOrg();
    const rows = Array.from({ length: 1_203 }, (_, index) => ({
      org_slug: slug,
      id: `integration-${index}`,
      connector: 'aws-s3',
      name: 'Bills',
    }));
    expect((await service.from('integrations').insert(rows)).error).toBeNull();
    const capped = supabaseMetadata({ ...supabase, fetch: cappedAt(500) });
    for (const integrations of [metadata.forOrg(slug).integrations, capped.forOrg(slug).integrations]) {
      expect(new Set((await integrations.list()).map(({ id }) => id)).size).toBe(rows.length);
      expect(await integrations.count()).toBe(rows.length);
    }
  });
});

/** A provider's HTTP edge that gives one answer. */
function answering(status: number, body: unknown) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { url: 'https://example.supabase.co', fetch: async () => new Response(text, { status }) };
}

/** `max_rows` of a project: a limit on what is asked for. */
function cappedAt(rows: number): typeof fetch {
  return (input, init) => {
    const url = new URL(String(input));
    if (!url.searchParams.has('limit')) url.searchParams.set('limit', String(rows));
    return fetch(url, init);
  };
}
