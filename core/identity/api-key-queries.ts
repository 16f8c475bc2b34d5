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
  },
  sql: (_dialect, p) => `
INSERT INTO api_keys (id, org_slug, name, prefix, last4, key_hmac, pepper_version, scopes, created_at, expires_at, rotated_from)
VALUES (${p.id}, ${p.org}, ${p.name}, ${p.prefix}, ${p.last4}, ${p.key_hmac}, ${p.pepper_version}, ${p.scopes}, ${p.created_at}, ${p.expires_at}, ${p.rotated_from})`,
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
