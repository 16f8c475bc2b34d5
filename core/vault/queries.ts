import { defineQuery } from '../warehouse/query.ts';

/** One row of the control dataset's table `data_keys`, as text. */
export interface DataKeyRow {
  id: string;
  org_slug: string;
  public_key: string;
  public_key_hmac: string;
  wrapped_private_key: string;
  wrapping_key: string;
  retired_at: string | null;
}

/** One row of the control dataset's table `credentials`, as text. */
export interface CredentialRow {
  org_slug: string;
  integration_id: string;
  provider: string;
  field: string;
  /** `SecretPlace.host`. */
  host_hash: string | null;
  data_key_id: string;
  sealed: string;
  sealed_at: string;
}

type Texts = { timestampText(expression: string): string };
const dataKeyColumns = (d: Texts) =>
  `id, org_slug, public_key, public_key_hmac, wrapped_private_key, wrapping_key, ${d.timestampText('retired_at')} AS retired_at`;
const credentialColumns = (d: Texts) =>
  `org_slug, integration_id, provider, field, host_hash, data_key_id, sealed, ${d.timestampText('sealed_at')} AS sealed_at`;

export const dataKeysOfOrg = defineQuery<{ org: string }, DataKeyRow>({
  name: 'data_keys_of_org',
  params: { org: 'string' },
  sql: (d, p) => `SELECT ${dataKeyColumns(d)} FROM data_keys WHERE org_slug = ${p.org}`,
});

export const allDataKeys = defineQuery<Record<string, never>, DataKeyRow>({
  name: 'all_data_keys',
  params: {},
  sql: (d) => `SELECT ${dataKeyColumns(d)} FROM data_keys ORDER BY org_slug, id`,
});

type NewDataKey = {
  id: string;
  org: string;
  public_key: string;
  public_key_hmac: string;
  wrapped_private_key: string;
  wrapping_key: string;
  created_at: string;
};
const newDataKeyParams = {
  id: 'string',
  org: 'string',
  public_key: 'string',
  public_key_hmac: 'string',
  wrapped_private_key: 'string',
  wrapping_key: 'string',
  created_at: 'timestamp',
} as const;
const newDataKeyValues = (p: { readonly [K in keyof NewDataKey]: string }) =>
  `${p.id}, ${p.org}, ${p.public_key}, ${p.public_key_hmac}, ${p.wrapped_private_key}, ${p.wrapping_key}, ${p.created_at}`;
const INTO_DATA_KEYS =
  'INSERT INTO data_keys (id, org_slug, public_key, public_key_hmac, wrapped_private_key, wrapping_key, created_at)';

export const insertDataKey = defineQuery<NewDataKey, never>({
  name: 'insert_data_key',
  params: newDataKeyParams,
  sql: (_, p) => `${INTO_DATA_KEYS} VALUES (${newDataKeyValues(p)})`,
});

/** Changes nothing when the organisation has been destroyed meanwhile. */
export const succeedDataKey = defineQuery<NewDataKey & { predecessor: string }, never>({
  name: 'succeed_data_key',
  params: { ...newDataKeyParams, predecessor: 'string' },
  sql: (_, p) =>
    `${INTO_DATA_KEYS} SELECT ${newDataKeyValues(p)} FROM data_keys WHERE id = ${p.predecessor} AND org_slug = ${p.org}`,
});

export const retireDataKey = defineQuery<{ org: string; id: string; retired_at: string }, never>({
  name: 'retire_data_key',
  params: { org: 'string', id: 'string', retired_at: 'timestamp' },
  sql: (_, p) =>
    `UPDATE data_keys SET retired_at = ${p.retired_at} WHERE org_slug = ${p.org} AND id = ${p.id} AND retired_at IS NULL`,
});

export const deleteUnusedDataKey = defineQuery<{ org: string; id: string }, never>({
  name: 'delete_unused_data_key',
  params: { org: 'string', id: 'string' },
  sql: (_, p) => `
DELETE FROM data_keys
WHERE org_slug = ${p.org} AND id = ${p.id} AND retired_at IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM credentials WHERE credentials.org_slug = ${p.org} AND data_key_id = ${p.id})`,
});

/** Only while it is wrapped as it was read. */
export const rewrapDataKey = defineQuery<
  { org: string; id: string; before: string; wrapped_private_key: string; wrapping_key: string },
  never
>({
  name: 'rewrap_data_key',
  params: { org: 'string', id: 'string', before: 'string', wrapped_private_key: 'string', wrapping_key: 'string' },
  sql: (_, p) => `
UPDATE data_keys SET wrapped_private_key = ${p.wrapped_private_key}, wrapping_key = ${p.wrapping_key}
WHERE org_slug = ${p.org} AND id = ${p.id} AND wrapped_private_key = ${p.before}`,
});

export const deleteDataKeysOfOrg = defineQuery<{ org: string }, never>({
  name: 'delete_data_keys_of_org',
  params: { org: 'string' },
  sql: (_, p) => `DELETE FROM data_keys WHERE org_slug = ${p.org}`,
});

export const credentialsOfOrg = defineQuery<{ org: string }, CredentialRow>({
  name: 'credentials_of_org',
  params: { org: 'string' },
  sql: (d, p) =>
    `SELECT ${credentialColumns(d)} FROM credentials WHERE org_slug = ${p.org} ORDER BY integration_id, field`,
});

export const credentialsOfIntegration = defineQuery<{ org: string; integration_id: string }, CredentialRow>({
  name: 'credentials_of_integration',
  params: { org: 'string', integration_id: 'string' },
  sql: (d, p) => `
SELECT ${credentialColumns(d)} FROM credentials
WHERE org_slug = ${p.org} AND integration_id = ${p.integration_id} ORDER BY field`,
});

/** Credentials change with a data key only while it is in force: a rotation or a destruction may have come between. */
const inForce = (p: { org: string; data_key_id: string }) =>
  `data_keys.id = ${p.data_key_id} AND data_keys.org_slug = ${p.org} AND data_keys.retired_at IS NULL`;

export const clearCredentials = defineQuery<{ org: string; integration_id: string; data_key_id: string }, never>({
  name: 'clear_credentials',
  params: { org: 'string', integration_id: 'string', data_key_id: 'string' },
  sql: (_, p) => `
DELETE FROM credentials
WHERE org_slug = ${p.org} AND integration_id = ${p.integration_id}
  AND EXISTS (SELECT 1 FROM data_keys WHERE ${inForce(p)})`,
});

export const insertCredential = defineQuery<
  {
    org: string;
    integration_id: string;
    provider: string;
    field: string;
    host_hash: string | null;
    data_key_id: string;
    sealed: string;
    sealed_at: string;
  },
  never
>({
  name: 'insert_credential',
  params: {
    org: 'string',
    integration_id: 'string',
    provider: 'string',
    field: 'string',
    host_hash: 'string',
    data_key_id: 'string',
    sealed: 'string',
    sealed_at: 'timestamp',
  },
  sql: (_, p) => `
INSERT INTO credentials (org_slug, integration_id, provider, field, host_hash, data_key_id, sealed, sealed_at)
SELECT ${p.org}, ${p.integration_id}, ${p.provider}, ${p.field}, ${p.host_hash}, ${p.data_key_id}, ${p.sealed}, ${p.sealed_at}
FROM data_keys WHERE ${inForce(p)}`,
});

/** Only while it is sealed as it was read, and only with a data key that is in force. */
export const resealCredential = defineQuery<
  { org: string; integration_id: string; field: string; before: string; data_key_id: string; sealed: string },
  never
>({
  name: 'reseal_credential',
  params: {
    org: 'string',
    integration_id: 'string',
    field: 'string',
    before: 'string',
    data_key_id: 'string',
    sealed: 'string',
  },
  sql: (_, p) => `
UPDATE credentials SET sealed = ${p.sealed}, data_key_id = ${p.data_key_id}
WHERE org_slug = ${p.org} AND integration_id = ${p.integration_id} AND field = ${p.field} AND sealed = ${p.before}
  AND EXISTS (SELECT 1 FROM data_keys WHERE ${inForce(p)})`,
});

export const deleteCredentialsOfIntegration = defineQuery<{ org: string; integration_id: string }, never>({
  name: 'delete_credentials_of_integration',
  params: { org: 'string', integration_id: 'string' },
  sql: (_, p) => `DELETE FROM credentials WHERE org_slug = ${p.org} AND integration_id = ${p.integration_id}`,
});

export const deleteCredentialsOfOrg = defineQuery<{ org: string }, never>({
  name: 'delete_credentials_of_org',
  params: { org: 'string' },
  sql: (_, p) => `DELETE FROM credentials WHERE org_slug = ${p.org}`,
});
