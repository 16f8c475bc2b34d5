import type { Role } from '../identity/roles.ts';
import type { OrgSlug } from '../org.ts';
import { ask, askAll, type Client, isoTime } from './client.ts';
import type { MemberRecords, Membership, Organisation, PeopleRecords } from './port.ts';
import { inNameOf } from './refusals.ts';

export function peopleRecords(client: Client): PeopleRecords {
  return {
    async memberships(userId) {
      const rows = await askAll<MembershipRow & { organisations: Pick<Organisation, 'name' | 'state'> }>(
        'The memberships could not be read',
        'org_slug',
        () =>
          client
            .from('memberships')
            .select(`${COLUMNS},organisations(name,state)`, { count: 'exact' })
            .eq('user_id', userId),
      );
      return rows.map((row) => ({ ...membership(row), name: row.organisations.name, state: row.organisations.state }));
    },

    async membership(userId, org) {
      const row = await ask<MembershipRow | null>(
        'The membership could not be read',
        client.from('memberships').select(COLUMNS).eq('org_slug', org).eq('user_id', userId).maybeSingle(),
      );
      return row === null ? undefined : membership(row);
    },

    async acceptInvitation({ tokenHash, userId, email }) {
      const accepted = ask<MembershipRow>(
        'The invitation could not be accepted',
        client.rpc('accept_invitation', { token_hash: tokenHash, user_id: userId, email }).single(),
      );
      return membership(await inNameOf(accepted));
    },

    async deleteAccount(userId) {
      await ask('The account could not be deleted', client.rpc('delete_account', { account_id: userId }));
    },
  };
}

export function memberRecords(client: Client, org: OrgSlug): MemberRecords {
  const change = (what: string, userId: string, role: Role | null, actor: string) =>
    ask<void>(what, client.rpc('change_membership', { slug: org, actor_id: actor, member_id: userId, new_role: role }));
  return {
    async list() {
      const rows = await askAll<MembershipRow>('The members could not be read', 'user_id', () =>
        client.from('memberships').select(COLUMNS, { count: 'exact' }).eq('org_slug', org),
      );
      return rows.map(membership).sort((a, b) => a.since.localeCompare(b.since));
    },
    changeRole: (userId, role, actor) => change('The role could not be changed', userId, role, actor),
    remove: (userId, actor) => change('The membership could not be ended', userId, null, actor),
  };
}

const COLUMNS = 'org_slug,user_id,role,email,created_at';

interface MembershipRow {
  org_slug: OrgSlug;
  user_id: string;
  role: Role;
  email: string | null;
  created_at: string;
}

function membership(row: MembershipRow): Membership {
  return { org: row.org_slug, userId: row.user_id, role: row.role, email: row.email, since: isoTime(row.created_at) };
}
