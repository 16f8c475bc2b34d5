import { describe, expect, it } from 'vitest';
import { testSupabase } from '../../scripts/test-supabase.ts';
import { parseOrgSlug } from '../org.ts';
import { supabaseOrganisationDirectory } from './index.ts';

const supabase = await testSupabase();
const directory = supabaseOrganisationDirectory(supabase);

describe('organisation directory in Supabase', () => {
  it('finds the organisation that was created', async () => {
    const slug = newSlug();
    const created = await directory.create({ slug, name: 'Ånström & Søn “Ltd” 株式会社' });
    expect(created).toEqual({ slug, name: 'Ånström & Søn “Ltd” 株式会社', createdAt: expect.any(String) });
    expect(new Date(created.createdAt).toISOString()).toBe(created.createdAt);
    expect(Math.abs(Date.parse(created.createdAt) - Date.now())).toBeLessThan(60_000);
    expect(await directory.find(slug)).toEqual(created);
  });

  it('finds nothing under a slug that nobody has', async () => {
    expect(await directory.find(newSlug())).toBeUndefined();
  });

  it('returns the same organisation when it is created again, also at the same time', async () => {
    const slug = newSlug();
    const all = await Promise.all(Array.from({ length: 5 }, () => directory.create({ slug, name: 'Acme' })));
    const again = await directory.create({ slug, name: 'Acme' });
    expect(new Set([...all, again].map((one) => JSON.stringify(one))).size).toBe(1);
  });

  it('refuses a slug that belongs to another name, and leaves that name', async () => {
    const slug = newSlug();
    await directory.create({ slug, name: 'Acme' });
    await expect(directory.create({ slug, name: 'acme' })).rejects.toMatchObject({ code: 'org_exists', status: 409 });
    expect(await directory.find(slug)).toMatchObject({ name: 'Acme' });
  });

  it.each(['', '   ', 'x'.repeat(201)])('refuses the unusable name %j before it asks Supabase', async (name) => {
    const slug = newSlug();
    await expect(directory.create({ slug, name })).rejects.toMatchObject({ code: 'request_invalid' });
    expect(await directory.find(slug)).toBeUndefined();
  });

  it('answers a ping', async () => {
    await expect(directory.ping()).resolves.toBeUndefined();
  });
});

describe('a Supabase that cannot be used', () => {
  const secret = 'sb_secret_that_must_not_be_shown';

  it.each([
    ['does not listen', { url: 'http://127.0.0.1:9', serviceRoleKey: secret }, /no answer/],
    ['has another key', { url: supabase.url, serviceRoleKey: secret }, /key was refused/],
    ['gets the publishable key', { url: supabase.url, serviceRoleKey: supabase.anonKey }, /key was refused/, 'create'],
    ['fails', { ...answering(500, { message: 'boom' }), serviceRoleKey: secret }, /status 500/],
    ['is a page', { ...answering(502, '<html>Bad Gateway</html>'), serviceRoleKey: secret }, /status 502/],
    [
      'has no tables',
      { ...answering(404, { code: 'PGRST205', message: 'Could not find the table' }), serviceRoleKey: secret },
      /migrations/,
    ],
  ] as const)('is unavailable when it %s, and the error holds no key', async (_, options, detail, only?: 'create') => {
    const other = supabaseOrganisationDirectory(options);
    const slug = newSlug();
    const calls = only
      ? [other.create({ slug, name: 'Acme' })]
      : [other.ping(), other.find(slug), other.create({ slug, name: 'Acme' })];
    for (const result of await Promise.allSettled(calls)) {
      const { reason } = result as PromiseRejectedResult;
      expect(reason).toMatchObject({ code: 'unavailable', detail: expect.stringMatching(detail) });
      expect(`${reason.message} ${JSON.stringify(reason.cause)}`).not.toContain(options.serviceRoleKey);
    }
  });

  it.each([
    ['', secret],
    ['ftp://example.com', secret],
    ['https://', secret],
    ['https://example.supabase.co', ''],
  ])('is refused at once with the URL %j and the key %j', (url, serviceRoleKey) => {
    expect(() => supabaseOrganisationDirectory({ url, serviceRoleKey })).toThrow(
      expect.objectContaining({ code: 'configuration_invalid' }),
    );
  });
});

function newSlug() {
  return parseOrgSlug(`org_${crypto.randomUUID().replaceAll('-', '').slice(0, 20)}`);
}

/** A provider's HTTP edge that gives one answer. */
function answering(status: number, body: unknown) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { url: 'https://example.supabase.co', fetch: async () => new Response(text, { status }) };
}
