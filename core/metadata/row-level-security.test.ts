import type { SupabaseClient } from '@supabase/supabase-js';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Role, roles } from '../identity/roles.ts';
import { migratedSchema } from './testing/migrations.ts';
import { newRow, placeOf } from './testing/rows.ts';
import { anonymous, newSlug, service, signUp, type User } from './testing/supabase.ts';

const { tables, functions } = migratedSchema();
const DENIED = '42501';

interface Person {
  id: string | null;
  org: string | null;
  role: Role | null;
}
interface Asking extends Person {
  client: SupabaseClient;
}
type Row = Record<string, unknown>;

const everyone = ['nobody signed in', 'a stranger', ...roles, 'owner of another organisation'] as const;
type Who = (typeof everyone)[number];

/** Which rows a person sees. A table that is missing here fails. */
const sees: Readonly<Record<string, (row: Row, person: Person) => boolean>> = {
  organisations: (row, { org }) => row.slug === org,
  memberships: (row, person) => row.user_id === person.id || inOrg(row, person, 'owner', 'admin'),
  invitations: (row, person) => inOrg(row, person, 'owner', 'admin'),
  integrations: (row, person) => inOrg(row, person, 'owner', 'admin', 'analyst'),
  subscriptions: (row, person) => inOrg(row, person, ...roles),
  hierarchy_nodes: (row, person) => inOrg(row, person, ...roles),
  budgets: (row, person) => inOrg(row, person, ...roles),
  runs: (row, person) => inOrg(row, person, 'owner', 'admin', 'analyst'),
  billing_accounts: (row, person) => inOrg(row, person, 'owner', 'admin'),
  audit_events: (row, person) => inOrg(row, person, 'owner', 'admin'),
  retired_slugs: () => false,
  onboardings: () => false,
  offboardings: () => false,
  stripe_events: () => false,
  token_revocations: () => false,
  idempotency_keys: () => false,
};

function inOrg(row: Row, { org, role }: Person, ...allowed: Role[]): boolean {
  return row.org_slug === org && role !== null && allowed.includes(role);
}

const ours = newSlug();
const theirs = newSlug();
const ourMarker = `marker-${crypto.randomUUID()}`;
const theirMarker = `marker-${crypto.randomUUID()}`;
const asking = {} as Record<Who, Asking>;

beforeAll(async () => {
  const users = (await Promise.all(Array.from({ length: 6 }, signUp))) as [User, User, User, User, User, User];
  asking['nobody signed in'] = { client: anonymous, id: null, org: null, role: null };
  asking['a stranger'] = { ...users[0], org: null, role: null };
  for (const [index, role] of roles.entries()) asking[role] = { ...users[index + 1]!, org: ours, role };
  asking['owner of another organisation'] = { ...users[5], org: theirs, role: 'owner' };

  for (const table of tables) {
    const rows = fixtures(table);
    const { error } = await service.from(table).insert(rows);
    expect(error, table).toBeNull();
  }
});

/** One row for each organisation, and a membership for each member. */
function fixtures(table: string): Row[] {
  const row = newRow[table];
  expect(row, `testing/rows.ts has no row of ${table}`).toBeDefined();
  if (table === 'memberships') {
    return everyone
      .map((who) => asking[who])
      .filter(({ role }) => role !== null)
      .map(({ org, id, role }) => ({ ...row!({ org: org!, userId: id!, marker: markerOf(org!) }), role }));
  }
  return [ours, theirs].map((org) => row!({ org, userId: '', marker: markerOf(org) }));
}

function markerOf(org: string): string {
  return org === ours ? ourMarker : theirMarker;
}

describe.each(tables)('table %s', (table) => {
  it.each(everyone)('shows what it should, and nothing else, to: %s', async (who) => {
    expect(sees[table], `no expectation for ${table}`).toBeDefined();
    const person = asking[who];
    const { data } = await person.client.from(table).select();
    const expected = (await stored(table)).filter((row) => sees[table]!(row, person));
    expect(sorted(data ?? [])).toEqual(expected);
    if (person.org !== ours) expect(JSON.stringify(data)).not.toContain(ourMarker);
  });

  it.each(everyone)('takes no write of: %s', async (who) => {
    const person = asking[who];
    const { client } = person;
    const before = await stored(table);
    for (const org of [ours, theirs]) {
      const place = { org, userId: person.id ?? crypto.randomUUID(), marker: 'intruder' };
      const fresh = table === 'organisations' ? { ...place, org: newSlug() } : place;
      expect((await client.from(table).insert(newRow[table]!(fresh))).error?.code).toBe(DENIED);
      expect((await client.from(table).upsert(newRow[table]!(place))).error?.code).toBe(DENIED);
    }
    for (const row of before) expect((await client.from(table).upsert(row)).error?.code).toBe(DENIED);
    const { column, value } = placeOf(table, person.org ?? ours);
    const all = [ours, theirs].map((org) => placeOf(table, org).value);
    await client
      .from(table)
      .update({ [column]: value })
      .in(column, all);
    await client.from(table).delete().in(column, all);
    expect(await stored(table)).toEqual(before);
  });
});

describe('functions', () => {
  it('are all called here', () => {
    expect(functions.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['is_member', 'begin_onboarding', 'claim_run']),
    );
  });

  it.each(functions.filter(({ isTrigger }) => !isTrigger))(
    '$name is refused to everybody but the servers',
    async ({ name, args }) => {
      for (const who of everyone) {
        const { data, error } = await asking[who].client.rpc(name, args);
        if (['is_member', 'has_role'].includes(name) && who !== 'nobody signed in')
          expect([data, error]).toEqual([false, null]);
        else expect(error?.code, `${name} by ${who}`).toBe(DENIED);
      }
    },
  );

  it('is_member and has_role tell people about themselves alone', async () => {
    for (const who of everyone.filter((one) => one !== 'nobody signed in')) {
      const { client, org, role: own } = asking[who];
      for (const slug of [ours, theirs, newSlug()]) {
        expect((await client.rpc('is_member', { slug })).data).toBe(slug === org);
        for (const role of roles) {
          expect((await client.rpc('has_role', { slug, roles: [role] })).data).toBe(slug === org && role === own);
        }
      }
    }
  });
});

describe('another organisation stays out of sight', () => {
  const others = ['nobody signed in', 'a stranger', 'owner of another organisation'] as const;

  it.each(others)('with embedded rows, filters and counts, to: %s', async (who) => {
    const { client } = asking[who];
    for (const table of tables.filter((one) => placeOf(one, ours).column === 'org_slug')) {
      const answers = await Promise.all([
        client.from('organisations').select(`slug, ${table}(*)`),
        client.from(table).select('*, organisations(*)').eq('org_slug', ours),
        client.from(table).select('*, organisations!inner(*)').eq('organisations.slug', ours),
        client.from(table).select().or(`org_slug.eq.${ours},org_slug.neq.${theirs}`),
        client.from(table).select('*', { count: 'exact', head: true }).eq('org_slug', ours),
      ]);
      const text = JSON.stringify(answers.map(({ data }) => data));
      expect(text, table).not.toContain(ourMarker);
      expect(text, table).not.toContain(ours);
      expect(answers.at(-1)!.count ?? 0, table).toBe(0);
    }
  });

  it.each(['onboarding', 'leaving'])(
    'and the own one too while it is %s, but for its name and the own membership',
    async (state) => {
      const [owner, colleague] = [await signUp(), await signUp()];
      const org = newSlug();
      for (const table of ['organisations', ...tables.filter((one) => one !== 'organisations')]) {
        const rows =
          table === 'memberships'
            ? [owner, colleague].map(({ id }) => newRow[table]!({ org, userId: id, marker: 'm' }))
            : newRow[table]!({ org, userId: '', marker: 'm' });
        expect((await service.from(table).insert(rows)).error, table).toBeNull();
      }
      expect((await owner.client.from('memberships').select()).data).toHaveLength(2);
      await service.from('organisations').update({ state }).eq('slug', org);
      expect((await owner.client.from('organisations').select('slug')).data).toEqual([{ slug: org }]);
      expect((await owner.client.from('memberships').select('user_id')).data).toEqual([{ user_id: owner.id }]);
      for (const table of tables.filter((one) => !['organisations', 'memberships'].includes(one)))
        expect((await owner.client.from(table).select()).data ?? [], table).toEqual([]);
    },
  );

  it('after a membership ends, with the session that is still open', async () => {
    const leaver = await signUp();
    await service.from('memberships').insert({ org_slug: ours, user_id: leaver.id, role: 'admin' });
    expect((await leaver.client.from('audit_events').select()).data).toHaveLength(1);
    await service.from('memberships').delete().eq('user_id', leaver.id);
    for (const table of tables) expect((await leaver.client.from(table).select()).data ?? [], table).toEqual([]);
  });
});

/** All rows of the two organisations, as they are. */
async function stored(table: string): Promise<Row[]> {
  const { column } = placeOf(table, ours);
  const all = [ours, theirs].map((org) => placeOf(table, org).value);
  const { data, error } = await service.from(table).select().in(column, all);
  expect(error).toBeNull();
  return sorted(data!);
}

function sorted(rows: Row[]): Row[] {
  return rows.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
}
