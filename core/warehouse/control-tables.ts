/** One step of the control dataset's history. Steps are only ever added at the end. */
export interface ControlMigration {
  readonly id: number;
  readonly name: string;
  /** Statements in the common subset of SQL, over unqualified names. */
  readonly statements: readonly string[];
}

/**
 * The control dataset: API keys, pipeline runs, data keys and sealed credentials of all organisations; never cost data,
 * never a key or credential in the clear. Times are UTC. `scopes` and `source` are JSON text; keys, wrapped keys and
 * sealed values are base64.
 */
export const controlMigrations: readonly ControlMigration[] = [
  {
    id: 1,
    name: 'api keys and runs',
    statements: [
      `CREATE TABLE api_keys (
        id VARCHAR PRIMARY KEY,
        org_slug VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        prefix VARCHAR NOT NULL,
        last4 VARCHAR NOT NULL,
        key_hmac VARCHAR NOT NULL UNIQUE,
        pepper_version INTEGER NOT NULL,
        scopes VARCHAR NOT NULL,
        created_at TIMESTAMP NOT NULL,
        expires_at TIMESTAMP,
        revoked_at TIMESTAMP,
        last_used_at TIMESTAMP,
        rotated_from VARCHAR
      )`,
      `CREATE TABLE runs (
        id VARCHAR PRIMARY KEY,
        org_slug VARCHAR NOT NULL,
        integration_id VARCHAR NOT NULL,
        provider VARCHAR NOT NULL,
        state VARCHAR NOT NULL,
        progress DOUBLE,
        source VARCHAR,
        rows_read BIGINT,
        rows_written BIGINT,
        error_code VARCHAR,
        error_detail VARCHAR,
        created_at TIMESTAMP NOT NULL,
        started_at TIMESTAMP,
        finished_at TIMESTAMP
      )`,
    ],
  },
  {
    id: 2,
    name: 'vault',
    statements: [
      `CREATE TABLE data_keys (
        id VARCHAR PRIMARY KEY,
        org_slug VARCHAR NOT NULL,
        public_key VARCHAR NOT NULL,
        public_key_hmac VARCHAR NOT NULL,
        wrapped_private_key VARCHAR NOT NULL,
        wrapping_key VARCHAR NOT NULL,
        created_at TIMESTAMP NOT NULL,
        retired_at TIMESTAMP
      )`,
      `CREATE TABLE credentials (
        org_slug VARCHAR NOT NULL,
        integration_id VARCHAR NOT NULL,
        provider VARCHAR NOT NULL,
        field VARCHAR NOT NULL,
        data_key_id VARCHAR NOT NULL,
        host_hash VARCHAR,
        sealed VARCHAR NOT NULL,
        sealed_at TIMESTAMP NOT NULL,
        PRIMARY KEY (org_slug, integration_id, field)
      )`,
    ],
  },
];
