import { CloudActError } from '../errors.ts';
import type { Role } from '../identity/roles.ts';
import type { OrgSlug } from '../org.ts';
import { ask, askAll, type Client, isoTime, isoTimeOrNull } from './client.ts';
import type { Invitation, InvitationRecords } from './port.ts';

export function invitationRecords(client: Client, org: OrgSlug): InvitationRecords {
  return {
    async create({ email, role, tokenHash, invitedBy, expiresAt, most = null }) {
      const row = await ask<InvitationRow>(
        'The invitation could not be created',
        client
          .rpc('create_invitation', {
            slug: org,
            email,
            role,
            token_hash: tokenHash,
            invited_by: invitedBy,
            expires_at: expiresAt,
            most,
          })
          .single(),
      );
      return invitation(row);
    },

    async list() {
      const rows = await askAll<InvitationRow>('The invitations could not be read', 'id', () =>
        client.from('invitations').select(COLUMNS, { count: 'exact' }).eq('org_slug', org),
      );
      return rows.map(invitation).sort((a, b) => b.createdAt.localeCompare(a.createdAt));
    },

    async discard(id) {
      await ask(
        'The invitation could not be deleted',
        client.from('invitations').delete().eq('org_slug', org).eq('id', id).is('accepted_at', null),
      );
    },

    async revoke(id) {
      const own = () => client.from('invitations');
      const revoked = await ask<unknown[]>(
        'The invitation could not be taken back',
        own()
          .update({ revoked_at: new Date().toISOString() })
          .eq('org_slug', org)
          .eq('id', id)
          .is('revoked_at', null)
          .is('accepted_at', null)
          .select('id'),
      );
      if (revoked.length > 0) return;
      const there = await ask<unknown[]>(
        'The invitation could not be read',
        own().select('id').eq('org_slug', org).eq('id', id).is('accepted_at', null),
      );
      if (there.length === 0) throw new CloudActError('not_found', { detail: 'There is no such open invitation.' });
    },
  };
}

/** Never the hash of the secret. */
const COLUMNS = 'id,email,role,created_at,expires_at,accepted_at,revoked_at';

interface InvitationRow {
  id: string;
  email: string;
  role: Role;
  created_at: string;
  expires_at: string;
  accepted_at: string | null;
  revoked_at: string | null;
}

function invitation(row: InvitationRow): Invitation {
  return {
    id: row.id,
    email: row.email,
    role: row.role,
    createdAt: isoTime(row.created_at),
    expiresAt: isoTime(row.expires_at),
    acceptedAt: isoTimeOrNull(row.accepted_at),
    revokedAt: isoTimeOrNull(row.revoked_at),
  };
}
