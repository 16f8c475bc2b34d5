import { defineQuery, type Query, type QueryParams } from '../warehouse/query.ts';

/** One row of the control dataset's table `api_keys`, as text. The key itself is nowhere. */
export interface ApiKeyRow {
  id: string;
  org_slug: string;
  name: string;
  prefix: string;
  last4: string;
  /** JSON array of scopes. */
  scopes: string;
  created_at: string;
  expires_at: string | null;
  revoked_at: string | null;
  last_used_at: string | null;
  rotated_from: string | null;
}

/**
 * Inserts nothing when the organisation has `limit` keys in force, when the issuing key (null: no key issues it) is not
 * in force, or when the key that this one succeeds is not, or has a successor already that is. All of that is looked at
 * in the statement itself: what was read before it may have been revoked since.
 */
export const insertApiKey = defineQuery<
  {
    id: string;
    org: string;
    name: string;
    prefix: string;
    last4: string;
    key_hmac: string;
    pepper_version: number;
    scopes: string;
    created_at: string;
    expires_at: string | null;
    rotated_from: string | null;
    issuer: string | null;
    limit: number;
  },
  never
>({
  name: 'insert_api_key',
  params: {
    id: 'string',
    org: 'string',
    name: 'string',
    prefix: 'string',
    last4: 'string',
    key_hmac: 'string',
    pepper_version: 'integer',
    scopes: 'string',
    created_at: 'timestamp',
    expires_at: 'timestamp',
    rotated_from: 'string',
    issuer: 'string',
    limit: 'integer',
  },
  sql: (_dialect, p) => {
    const inForce = `FROM api_keys WHERE org_slug = ${p.org} AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ${p.created_at})`;
    return `
INSERT INTO api_keys (id, org_slug, name, prefix, last4, key_hmac, pepper_version, scopes, created_at, expires_at, rotated_from)
SELECT ${p.id}, ${p.org}, ${p.name}, ${p.prefix}, ${p.last4}, ${p.key_hmac}, ${p.pepper_version}, ${p.scopes}, ${p.created_at}, ${p.expires_at}, ${p.rotated_from}
FROM (SELECT 1 AS one) AS one_row
WHERE (${p.issuer} IS NULL OR EXISTS (SELECT 1 ${inForce} AND id = ${p.issuer}))
  AND (${p.rotated_from} IS NULL OR EXISTS (SELECT 1 ${inForce} AND id = ${p.rotated_from}))
  AND NOT EXISTS (SELECT 1 ${inForce} AND rotated_from = ${p.rotated_from})
  AND (SELECT COUNT(*) ${inForce} AND id IS DISTINCT FROM ${p.rotated_from}) < ${p.limit}`;
  },
});

/** One key by its keyed hashes, one for each pepper of the ring. */
export const findApiKey = defineQuery<{ key_hmacs: readonly string[] }, ApiKeyRow>({
  name: 'find_api_key',
  params: { key_hmacs: 'string[]' },
  sql: (dialect, p) => `
SELECT ${rowColumns(dialect)}
FROM api_keys
WHERE ${dialect.inList('key_hmac', p.key_hmacs)}`,
});

export const findApiKeyById = defineQuery<{ org: string; id: string }, ApiKeyRow>({
  name: 'find_api_key_by_id',
  params: { org: 'string', id: 'string' },
  sql: (dialect, p) => `
SELECT ${rowColumns(dialect)}
FROM api_keys
WHERE org_slug = ${p.org} AND id = ${p.id}`,
});

export const listApiKeys = defineQuery<{ org: string }, ApiKeyRow>({
  name: 'list_api_keys',
  params: { org: 'string' },
  sql: (dialect, p) => `
SELECT ${rowColumns(dialect)}
FROM api_keys
WHERE org_slug = ${p.org}
ORDER BY api_keys.created_at NULLS LAST, id NULLS LAST`,
});

export const revokeApiKey = defineQuery<{ org: string; id: string; revoked_at: string }, never>({
  name: 'revoke_api_key',
  params: { org: 'string', id: 'string', revoked_at: 'timestamp' },
  sql: (_dialect, p) => `
UPDATE api_keys SET revoked_at = ${p.revoked_at}
WHERE org_slug = ${p.org} AND id = ${p.id} AND revoked_at IS NULL`,
});

export const revokeApiKeys = defineQuery<{ org: string; revoked_at: string }, never>({
  name: 'revoke_api_keys',
  params: { org: 'string', revoked_at: 'timestamp' },
  sql: (_dialect, p) =>
    `UPDATE api_keys SET revoked_at = ${p.revoked_at} WHERE org_slug = ${p.org} AND revoked_at IS NULL`,
});

/** Ends a key no later than `expires_at`, if its successor came into being. */
export const expireApiKey = defineQuery<{ org: string; id: string; successor: string; expires_at: string }, never>({
  name: 'expire_api_key',
  params: { org: 'string', id: 'string', successor: 'string', expires_at: 'timestamp' },
  sql: (_dialect, p) => `
UPDATE api_keys SET expires_at = LEAST(COALESCE(expires_at, ${p.expires_at}), ${p.expires_at})
WHERE org_slug = ${p.org} AND id = ${p.id} AND EXISTS (SELECT 1 FROM api_keys AS made WHERE made.id = ${p.successor})`,
});

export const touchApiKey = defineQuery<{ id: string; last_used_at: string }, never>({
  name: 'touch_api_key',
  params: { id: 'string', last_used_at: 'timestamp' },
  sql: (_dialect, p) => `UPDATE api_keys SET last_used_at = ${p.last_used_at} WHERE id = ${p.id}`,
});

/** A query with its parameters, as `ControlWarehouse.write` takes it. */
export function statement<P extends QueryParams>(
  query: Query<P, never>,
  params: P,
): { query: Query<QueryParams, unknown>; params: QueryParams } {
  return { query: query as unknown as Query<QueryParams, unknown>, params };
}

function rowColumns(dialect: { timestampText(expression: string): string }): string {
  const texts = ['id', 'org_slug', 'name', 'prefix', 'last4', 'scopes', 'rotated_from'];
  const times = ['created_at', 'expires_at', 'revoked_at', 'last_used_at'];
  return [...texts, ...times.map((column) => `${dialect.timestampText(column)} AS ${column}`)].join(', ');
}
