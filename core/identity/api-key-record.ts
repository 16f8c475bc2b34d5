import { type OrgSlug, parseOrgSlug } from '../org.ts';
import type { ApiKeyRow } from './api-key-queries.ts';
import { apiKeyScopes, type Scope } from './scopes.ts';

/** What may be shown of a key. Times are ISO 8601, UTC. */
export interface ApiKeyRecord {
  id: string;
  org: OrgSlug;
  name: string;
  /** First characters of the key, to recognise it by. */
  prefix: string;
  last4: string;
  scopes: readonly Scope[];
  createdAt: string;
  expiresAt: string | null;
  revokedAt: string | null;
  lastUsedAt: string | null;
  rotatedFrom: string | null;
}

export function readRow(row: ApiKeyRow): ApiKeyRecord {
  return {
    id: row.id,
    org: parseOrgSlug(row.org_slug),
    name: row.name,
    prefix: row.prefix,
    last4: row.last4,
    // A scope that this version does not know, or gives to no key, grants nothing.
    scopes: apiKeyScopes.filter((scope) => (JSON.parse(row.scopes) as unknown[]).includes(scope)),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    lastUsedAt: row.last_used_at,
    rotatedFrom: row.rotated_from,
  };
}
