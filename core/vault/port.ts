import type { OrgSlug } from '../org.ts';

/** What a sealed value belongs to. All of it is authenticated: a value moved elsewhere does not open. */
export interface SecretPlace {
  readonly org: OrgSlug;
  readonly integrationId: string;
  /** Id of the connector, for example `aws-s3`. */
  readonly provider: string;
  /** What `hostHash` gives for the settings that decide which server the secrets go to. */
  readonly host: string | null;
  readonly field: string;
}

/**
 * Seals credentials and never opens one. An organisation has a data key: a pair whose public half seals (HPKE, RFC 9180:
 * X25519, HKDF-SHA256, AES-256-GCM) and whose private half is kept wrapped, for the pipeline service to open with.
 * The API holds this and nothing more, so that whoever takes it over reads no credential.
 */
export interface SealingVault {
  /** Makes the organisation's data key, or leaves the one that is there. */
  createDataKey(org: OrgSlug): Promise<void>;
  /**
   * Keeps the credentials of one integration, sealed, in place of those that it had, in one transaction.
   * Throws `vault_unavailable` when the organisation has no data key.
   */
  seal(integration: Omit<SecretPlace, 'field'>, fields: Readonly<Record<string, string>>): Promise<void>;
  /** Which fields are sealed, and when; never what is in them. */
  describe(org: OrgSlug, integrationId: string): Promise<readonly SealedField[]>;
  /** Deletes the credentials of one integration. Doing it again changes nothing. */
  forget(org: OrgSlug, integrationId: string): Promise<void>;
  /** Deletes all data keys and credentials of the organisation. Returns how many there were. Doing it again changes nothing. */
  destroy(org: OrgSlug): Promise<{ dataKeys: number; credentials: number }>;
}

export interface SealedField {
  readonly field: string;
  /** ISO 8601, UTC. */
  readonly sealedAt: string;
}

/** For the pipeline service alone. */
export interface OpeningVault {
  /**
   * The credentials of one integration by field name. They are for this call's work: nobody keeps them.
   * Throws `vault_sealed` when a value does not open (moved, damaged, sealed for another server, or its data key is
   * destroyed).
   */
  open(integration: Omit<SecretPlace, 'field'>): Promise<Readonly<Record<string, string>>>;
  /**
   * Wraps every data key with the newest wrapping key. Killed at any point, the next call goes on. `onProgress`: done, of all.
   * Throws `vault_sealed` at its end when data keys did not unwrap; they stay as they are.
   */
  rotateWrappingKey(options?: RotationOptions): Promise<RotationReport>;
  /**
   * Gives one organisation, or every, a new data key, and seals all credentials anew. Killed at any point, the next call
   * goes on. Throws `vault_sealed` at its end when credentials did not open; they stay as they are, with their data key,
   * and a next call begins no new rotation before they were entered again or deleted.
   */
  rotateDataKeys(options?: RotationOptions & { org?: OrgSlug }): Promise<RotationReport>;
  /** Names of the wrapping keys that data keys are wrapped with; all others can go. */
  wrappingKeysInUse(): Promise<readonly string[]>;
}

export interface RotationOptions {
  onProgress?: (done: number, all: number) => void;
  signal?: AbortSignal;
}

export interface RotationReport {
  dataKeys: number;
  credentials: number;
}

/** Wraps data keys: the local keyring, or Cloud KMS. `context` is authenticated and is not secret. */
export interface KeyWrapper {
  /** Wraps with the newest wrapping key. Throws `vault_unavailable`. */
  wrap(key: Uint8Array, context: Readonly<Record<string, string>>): Promise<WrappedKey>;
}

export interface KeyUnwrapper {
  /** Throws `vault_sealed` when it does not unwrap, `vault_unavailable` when the keyring or KMS does not answer. */
  unwrap(wrapped: WrappedKey, context: Readonly<Record<string, string>>): Promise<Uint8Array>;
  /** Whether the newest wrapping key wrapped it. */
  isNewest(wrapped: WrappedKey): Promise<boolean>;
}

export interface WrappedKey {
  /** Which wrapping key, for example `local:2` or a KMS key version's name. */
  readonly wrappingKey: string;
  /** Base64. */
  readonly wrapped: string;
}
