import { CloudActError } from '../errors.ts';
import type { OrgSlug } from '../org.ts';
import { ask, type Client, isoTime } from './client.ts';
import type { Metadata, Organisation, OrgMetadata, TokenRevocation } from './port.ts';

export function organisationRecords(
  client: Client,
): Pick<Metadata, 'findOrganisation' | 'allowedOrigins' | 'revocations' | 'ping'> {
  return {
    async findOrganisation(org) {
      const row = await ask<OrganisationRow | null>(
        'An organisation could not be read',
        client.from('organisations').select(COLUMNS).eq('slug', org).maybeSingle(),
      );
      return row === null ? undefined : organisation(row);
    },

    async allowedOrigins() {
      return new Set(
        await ask<string[]>(
          'The allowed origins could not be read',
          client.rpc('all_allowed_origins', {}, { get: true }),
        ),
      );
    },

    async revocations() {
      const rows = await ask<RevocationRow[]>(
        'The revoked tokens could not be read',
        client.rpc('revocations_in_force', {}, { get: true }),
      );
      return rows.map(revocation);
    },

    async ping() {
      await ask('Supabase could not be reached', client.from('organisations').select('slug').limit(1));
    },
  };
}

export function ownRecords(client: Client, org: OrgSlug): Pick<OrgMetadata, 'update' | 'revokeTokens'> {
  return {
    async update({ name, allowedOrigins }) {
      if (name !== undefined) requireOrganisationName(name);
      const changes = {
        ...(name !== undefined && { name }),
        ...(allowedOrigins !== undefined && { allowed_origins: allowedOrigins }),
      };
      const row = await ask<OrganisationRow | null>(
        'The organisation could not be changed',
        Object.keys(changes).length === 0
          ? client.from('organisations').select(COLUMNS).eq('slug', org).maybeSingle()
          : client.from('organisations').update(changes).eq('slug', org).select(COLUMNS).maybeSingle(),
      );
      if (row === null) throw new CloudActError('not_found', { detail: 'There is no such organisation.' });
      return organisation(row);
    },

    async revokeTokens({ kind, value, revokedAt, expiresAt }) {
      await ask(
        'The tokens could not be revoked',
        client.rpc('revoke_tokens', { slug: org, kind, value, revoked_at: revokedAt, expires_at: expiresAt }),
      );
    },
  };
}

/** Throws `request_invalid` for a name that the tables would refuse. */
export function requireName(name: string): void {
  const length = [...name].length;
  if (name.trim() === '' || length > NAME_LENGTH) {
    throw new CloudActError('request_invalid', {
      detail: `A name has 1 to ${NAME_LENGTH} characters; this one has ${length}.`,
      faults: [{ column: 'name', reason: `1 to ${NAME_LENGTH} characters` }],
    });
  }
}

/** Also for what would be more than a name in the mails that carry it: lines and links. Throws `request_invalid`. */
export function requireOrganisationName(name: string): void {
  requireName(name);
  if (!/\p{Cc}/u.test(name) && !name.includes('://')) return;
  throw new CloudActError('request_invalid', {
    detail: 'The name of an organisation is one line without control characters, and holds no address (://).',
    faults: [{ column: 'name', reason: 'one line, no control characters, no ://' }],
  });
}

const COLUMNS = 'slug,name,state,allowed_origins,created_at';
/** The same limit as the checks on the columns `name`. */
const NAME_LENGTH = 200;

interface OrganisationRow {
  slug: OrgSlug;
  name: string;
  state: Organisation['state'];
  allowed_origins: string[];
  created_at: string;
}

function organisation(row: OrganisationRow): Organisation {
  return {
    slug: row.slug,
    name: row.name,
    state: row.state,
    allowedOrigins: row.allowed_origins,
    createdAt: isoTime(row.created_at),
  };
}

interface RevocationRow {
  org_slug: OrgSlug;
  kind: TokenRevocation['kind'];
  value: string;
  revoked_at: string;
  expires_at: string;
}

function revocation(row: RevocationRow): TokenRevocation {
  return {
    org: row.org_slug,
    kind: row.kind,
    value: row.value,
    revokedAt: isoTime(row.revoked_at),
    expiresAt: isoTime(row.expires_at),
  };
}
