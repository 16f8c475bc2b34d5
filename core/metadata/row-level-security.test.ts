import { createClient } from '@supabase/supabase-js';
import { beforeAll, describe, expect, it } from 'vitest';
import { testSupabase } from '../../scripts/test-supabase.ts';

// The same migrations, policies and client as against hosted Supabase.
const supabase = await testSupabase();
const service = client(supabase.serviceRoleKey);
const anonymous = client(supabase.anonKey);

const ours = `ours_${crypto.randomUUID().slice(0, 8)}`;
const theirs = `theirs_${crypto.randomUUID().slice(0, 8)}`;
const DENIED = '42501';

let stranger: User;
let member: User;
let other: User;

beforeAll(async () => {
  for (const slug of [ours, theirs]) {
    expect((await service.rpc('create_organisation', { slug, name: slug })).error).toBeNull();
  }
  [stranger, member, other] = (await Promise.all([signUp(), signUp(), signUp()])) as [User, User, User];
  const { error } = await service.from('memberships').insert([
    { org_slug: ours, user_id: member.id, role: 'owner' },
    { org_slug: theirs, user_id: other.id, role: 'viewer' },
  ]);
  expect(error).toBeNull();
});

describe('what people see', () => {
  it('without signing in: nothing', async () => {
    expect((await anonymous.from('organisations').select()).data ?? []).toEqual([]);
    expect((await anonymous.from('memberships').select()).data ?? []).toEqual([]);
    expect((await anonymous.rpc('is_member', { slug: ours })).error?.code).toBe(DENIED);
  });

  it('signed in without a membership: nothing', async () => {
    expect(await everything(stranger)).toEqual({ organisations: [], memberships: [] });
    expect((await stranger.client.rpc('is_member', { slug: ours })).data).toBe(false);
  });

  it('as a member: the own organisation and the own membership, no other', async () => {
    expect(await everything(member)).toEqual({
      organisations: [expect.objectContaining({ slug: ours })],
      memberships: [{ org_slug: ours, user_id: member.id, role: 'owner' }],
    });
    expect(await everything(other)).toEqual({
      organisations: [expect.objectContaining({ slug: theirs })],
      memberships: [{ org_slug: theirs, user_id: other.id, role: 'viewer' }],
    });
    expect((await member.client.rpc('is_member', { slug: ours })).data).toBe(true);
    expect((await member.client.rpc('is_member', { slug: theirs })).data).toBe(false);
  });

  it('as a member: not the colleagues', async () => {
    const colleague = await signUp();
    await service.from('memberships').insert({ org_slug: ours, user_id: colleague.id, role: 'analyst' });
    expect((await everything(colleague)).memberships).toHaveLength(1);
    expect((await everything(member)).memberships).toHaveLength(1);
  });

  it('filters do not lead out of the own organisation', async () => {
    const { data } = await member.client.from('organisations').select('slug, memberships(user_id)').neq('slug', ours);
    expect(data).toEqual([]);
    const { data: embedded } = await member.client.from('memberships').select('organisations(slug)');
    expect(embedded).toEqual([{ organisations: { slug: ours } }]);
  });

  it('after a membership ends: nothing, with the session that is still open', async () => {
    const leaver = await signUp();
    await service.from('memberships').insert({ org_slug: ours, user_id: leaver.id, role: 'admin' });
    expect((await everything(leaver)).organisations).toHaveLength(1);
    await service.from('memberships').delete().eq('user_id', leaver.id);
    expect(await everything(leaver)).toEqual({ organisations: [], memberships: [] });
  });
});

describe('what people may write', () => {
  it.each([
    ['a stranger', () => stranger],
    ['an owner', () => member],
  ])('%s cannot create an organisation', async (_, user) => {
    const slug = `evil_${crypto.randomUUID().slice(0, 8)}`;
    const { client } = user();
    const { error } = await client.rpc('create_organisation', { slug, name: 'Evil' });
    expect(error).toMatchObject({ code: DENIED, message: expect.stringContaining('function create_organisation') });
    expect((await client.from('organisations').insert({ slug, name: 'Evil' })).error?.code).toBe(DENIED);
    expect((await service.from('organisations').select().eq('slug', slug)).data).toEqual([]);
  });

  it('nobody without a session can create an organisation', async () => {
    const slug = `evil_${crypto.randomUUID().slice(0, 8)}`;
    expect((await anonymous.rpc('create_organisation', { slug, name: 'Evil' })).error).not.toBeNull();
    expect((await anonymous.from('organisations').insert({ slug, name: 'Evil' })).error).not.toBeNull();
    expect((await service.from('organisations').select().eq('slug', slug)).data).toEqual([]);
  });

  it('nobody can join an organisation or change a role', async () => {
    const before = await service.from('memberships').select().in('org_slug', [ours, theirs]).order('user_id');
    const joining = { org_slug: theirs, user_id: member.id, role: 'owner' };
    expect((await member.client.from('memberships').insert(joining)).error?.code).toBe(DENIED);
    expect((await member.client.from('memberships').upsert({ ...joining, org_slug: ours })).error?.code).toBe(DENIED);
    await member.client.from('memberships').update({ org_slug: theirs }).eq('user_id', member.id);
    await other.client.from('memberships').update({ role: 'owner' }).eq('user_id', other.id);
    const after = await service.from('memberships').select().in('org_slug', [ours, theirs]).order('user_id');
    expect(after.data).toEqual(before.data);
  });

  it('nobody can rename or delete an organisation or end a membership', async () => {
    await member.client.from('organisations').update({ name: 'Stolen' }).eq('slug', ours);
    await member.client.from('organisations').delete().eq('slug', ours);
    await member.client.from('memberships').delete().eq('user_id', member.id);
    expect((await service.from('organisations').select('name').eq('slug', ours)).data).toEqual([{ name: ours }]);
    expect(await everything(member)).toMatchObject({
      organisations: [{ slug: ours }],
      memberships: [{ role: 'owner' }],
    });
  });
});

describe('the tables', () => {
  it.each(['Acme', 'ab', '1acme', 'acme-inc', 'acme;drop', 'a'.repeat(41), 'acme\n'])(
    'refuse the slug %j, even from the service role',
    async (slug) => {
      expect((await service.from('organisations').insert({ slug, name: 'Acme' })).error).not.toBeNull();
      expect((await service.rpc('create_organisation', { slug, name: 'Acme' })).error).not.toBeNull();
    },
  );

  it('refuse a role that is none of the four', async () => {
    const row = { org_slug: ours, user_id: stranger.id, role: 'root' };
    expect((await service.from('memberships').insert(row)).error?.message).toContain('memberships_role_check');
  });

  it('let the service role write, and deleting an organisation ends its memberships', async () => {
    const slug = `gone_${crypto.randomUUID().slice(0, 8)}`;
    await service.rpc('create_organisation', { slug, name: 'Gone' });
    await service.from('memberships').insert({ org_slug: slug, user_id: stranger.id, role: 'viewer' });
    expect((await service.from('organisations').update({ name: 'Going' }).eq('slug', slug)).error).toBeNull();
    expect((await everything(stranger)).organisations).toEqual([expect.objectContaining({ slug, name: 'Going' })]);
    expect((await service.from('organisations').delete().eq('slug', slug)).error).toBeNull();
    expect(await everything(stranger)).toEqual({ organisations: [], memberships: [] });
  });
});

interface User {
  id: string;
  client: ReturnType<typeof client>;
}

function client(key: string) {
  return createClient(supabase.url, key, { auth: { persistSession: false, autoRefreshToken: false } });
}

async function signUp(): Promise<User> {
  const own = client(supabase.anonKey);
  const { data, error } = await own.auth.signUp({
    email: `${crypto.randomUUID()}@example.com`,
    password: crypto.randomUUID(),
  });
  expect(error).toBeNull();
  return { id: data.user!.id, client: own };
}

async function everything({ client }: User) {
  const [organisations, memberships] = await Promise.all([
    client.from('organisations').select(),
    client.from('memberships').select(),
  ]);
  expect([organisations.error, memberships.error]).toEqual([null, null]);
  return { organisations: organisations.data, memberships: memberships.data };
}
