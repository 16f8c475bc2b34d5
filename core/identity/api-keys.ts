import { createHmac, randomUUID } from 'node:crypto';
import { CloudActError } from '../errors.ts';
import type { OrgSlug } from '../org.ts';
import type { ControlWarehouse } from '../warehouse/port.ts';
import { createApiKey, parseApiKey } from './api-key.ts';
import {
  expireApiKey,
  findApiKey,
  findApiKeyById,
  insertApiKey,
  listApiKeys,
  revokeApiKey,
  revokeApiKeys,
  statement,
  touchApiKey,
} from './api-key-queries.ts';
import { type ApiKeyRecord, readRow } from './api-key-record.ts';
import { checkPeppers, type PepperRing } from './pepper-ring.ts';
import type { ApiKeyPrincipal } from './principal.ts';
import { apiKeyScopes, type Scope } from './scopes.ts';

/** API keys of organisations, kept as keyed hashes in the control dataset. */
export interface ApiKeys {
  /**
   * Makes a key and stores its hash. `key` exists in this answer only. `expiresAt`: ISO 8601, UTC. What a key (`issuer`)
   * makes does not outlive it. Throws `request_invalid` for scopes that no key may carry, `conflict` when the
   * organisation has 100 keys in force, and `credential_invalid` when the issuer was revoked meanwhile.
   */
  issue(grant: {
    org: OrgSlug;
    name: string;
    scopes: readonly Scope[];
    expiresAt?: string | undefined;
    issuer?: KeyIssuer | undefined;
  }): Promise<{ key: string; record: ApiKeyRecord }>;
  /**
   * Issues the successor of a key: same name and scopes, and, where the key was to expire, a life of the same length. The
   * key itself ends `overlapSeconds` from now (default one day), or when it would have ended anyway. That holds as a
   * revocation does. Throws `not_found`, `conflict` for a key that is revoked, expired, or has a successor in force, and
   * what `issue` throws.
   */
  rotate(
    org: OrgSlug,
    keyId: string,
    options?: { overlapSeconds?: number | undefined; issuer?: KeyIssuer | undefined },
  ): Promise<{ key: string; record: ApiKeyRecord }>;
  /**
   * Throws `credential_expired` for an expired key, `credential_invalid` for anything else that is not a key in force.
   * A revocation reaches other processes within 30 seconds, this one at once. `fresh` reads the key anew: for what makes
   * other credentials, which a key that was revoked elsewhere must not.
   */
  verify(text: string, options?: { fresh?: boolean }): Promise<ApiKeyPrincipal>;
  /** Revokes one key of the organisation. Doing it again, or for a key that is not there, changes nothing. */
  revoke(org: OrgSlug, keyId: string): Promise<void>;
  /** Revokes all keys of the organisation, expired ones too. Returns how many there were to revoke. */
  revokeAll(org: OrgSlug): Promise<number>;
  find(org: OrgSlug, keyId: string): Promise<ApiKeyRecord | undefined>;
  /** All keys of the organisation, revoked and expired ones too, oldest first. */
  list(org: OrgSlug): Promise<ApiKeyRecord[]>;
  /** Writes when keys were last used; called now and then, and before the process ends. */
  flushLastUsed(): Promise<void>;
}

/** The key that asks for another one. */
type KeyIssuer = Pick<ApiKeyPrincipal, 'keyId' | 'expiresAt'>;

/** Throws `configuration_invalid` when a pepper is shorter than 32 bytes or the current one is missing. */
export function openApiKeys(options: { control: ControlWarehouse; peppers: PepperRing; now: () => Date }): ApiKeys {
  const { control, now } = options;
  const { current, peppers } = checkPeppers(options.peppers);
  const versions = Object.keys(peppers).map(Number);
  const lookUps = new Map<string, { record: ApiKeyRecord | undefined; until: number }>();
  const lastUsed = new Map<string, string>();
  let endings = 0;

  const hash = (key: string, version: number) => createHmac('sha256', peppers[version]!).update(key).digest('hex');

  async function lookUp(key: string, fresh: boolean): Promise<ApiKeyRecord | undefined> {
    const cacheKey = hash(key, current);
    const cached = fresh ? undefined : lookUps.get(cacheKey);
    if (cached !== undefined && now().getTime() < cached.until) return cached.record;
    const endingsBefore = endings;
    const rows = await control.rows(findApiKey, { key_hmacs: versions.map((version) => hash(key, version)) });
    const record = rows[0] === undefined ? undefined : readRow(rows[0]);
    // What was read while a key was ended may be the state before, and nothing would take it out again.
    if (endings !== endingsBefore) return record;
    if (lookUps.size >= CACHE_ENTRIES) lookUps.clear();
    lookUps.set(cacheKey, { record, until: now().getTime() + CACHE_MILLISECONDS });
    return record;
  }

  /** Writes what ends keys, and forgets what was looked up of them. Returns how many keys each statement changed. */
  async function end(
    statements: Parameters<ControlWarehouse['write']>[0],
    isEnded: (record: ApiKeyRecord) => boolean,
  ): Promise<number[]> {
    const counts = await control.write(statements);
    endings++;
    for (const [cacheKey, { record }] of lookUps) if (record && isEnded(record)) lookUps.delete(cacheKey);
    return counts;
  }

  async function findById(org: OrgSlug, keyId: string): Promise<ApiKeyRecord | undefined> {
    const [row] = await control.rows(findApiKeyById, { org, id: keyId });
    return row === undefined ? undefined : readRow(row);
  }

  function make({
    issuer,
    ...grant
  }: Pick<ApiKeyRecord, 'org' | 'name' | 'scopes' | 'expiresAt' | 'rotatedFrom'> & { issuer: KeyIssuer | undefined }): {
    key: string;
    record: ApiKeyRecord;
    insertion: ReturnType<typeof statement>;
  } {
    const refused = grant.scopes.filter((scope) => !apiKeyScopes.includes(scope));
    if (refused.length > 0) {
      throw new CloudActError('request_invalid', {
        detail: `An API key cannot have the scope ${refused.join(', ')}: that needs a person. Leave it out.`,
      });
    }
    const key = createApiKey();
    const record: ApiKeyRecord = {
      ...grant,
      expiresAt: earlier(grant.expiresAt, issuer?.expiresAt ?? null),
      id: `key_${randomUUID()}`,
      prefix: key.slice(0, 12),
      last4: key.slice(-4),
      scopes: [...grant.scopes],
      createdAt: now().toISOString(),
      revokedAt: null,
      lastUsedAt: null,
    };
    const insertion = statement(insertApiKey, {
      id: record.id,
      org: record.org,
      name: record.name,
      prefix: record.prefix,
      last4: record.last4,
      key_hmac: hash(key, current),
      pepper_version: current,
      scopes: JSON.stringify(record.scopes),
      created_at: record.createdAt,
      expires_at: record.expiresAt,
      rotated_from: record.rotatedFrom,
      issuer: issuer?.keyId ?? null,
      limit: MAXIMUM_KEYS,
    });
    return { key, record, insertion };
  }

  /** Why a key did not come into being. */
  async function refusal({ org, rotatedFrom }: ApiKeyRecord, issuer: KeyIssuer | undefined): Promise<CloudActError> {
    const at = now().getTime();
    const inForce = (await list(org)).filter(
      ({ revokedAt, expiresAt }) => revokedAt === null && (expiresAt === null || Date.parse(expiresAt) > at),
    );
    const conflict = (detail: string) => new CloudActError('conflict', { detail });
    if (issuer !== undefined && !inForce.some(({ id }) => id === issuer.keyId)) return notValid();
    if (rotatedFrom !== null && !inForce.some(({ id }) => id === rotatedFrom)) {
      return conflict('The API key is revoked or expired, so it has no successor. Issue a new key.');
    }
    const successor = inForce.find((record) => record.rotatedFrom !== null && record.rotatedFrom === rotatedFrom);
    if (successor !== undefined) {
      return conflict(`The API key has a successor already, ${successor.id}. Use or rotate that, or revoke it first.`);
    }
    return conflict(
      `The organisation has ${inForce.length} API keys in force; ${MAXIMUM_KEYS} are the most. Revoke those that nobody uses.`,
    );
  }

  async function list(org: OrgSlug): Promise<ApiKeyRecord[]> {
    return (await control.rows(listApiKeys, { org })).map(readRow);
  }

  return {
    async issue({ expiresAt = null, issuer, ...grant }) {
      const { key, record, insertion } = make({ ...grant, issuer, expiresAt, rotatedFrom: null });
      const [inserted] = await control.write([insertion]);
      if (inserted === 0) throw await refusal(record, issuer);
      return { key, record };
    },

    async rotate(org, keyId, { overlapSeconds = DAY_SECONDS, issuer } = {}) {
      const at = now().getTime();
      const old = await findById(org, keyId);
      if (old === undefined) throw new CloudActError('not_found', { detail: 'There is no API key with this id.' });
      const oldEnd = old.expiresAt === null ? null : Date.parse(old.expiresAt);
      const { key, record, insertion } = make({
        org,
        name: old.name,
        scopes: old.scopes,
        expiresAt: oldEnd === null ? null : new Date(at + oldEnd - Date.parse(old.createdAt)).toISOString(),
        rotatedFrom: old.id,
        issuer,
      });
      const ending = statement(expireApiKey, {
        org,
        id: keyId,
        successor: record.id,
        expires_at: new Date(at + overlapSeconds * 1000).toISOString(),
      });
      const [inserted] = await end([insertion, ending], ({ id }) => id === keyId);
      if (inserted === 0) throw await refusal(record, issuer);
      return { key, record };
    },

    async verify(text, { fresh = false } = {}) {
      const key = parseApiKey(text);
      const record = key === undefined ? undefined : await lookUp(key, fresh);
      if (record === undefined || record.revokedAt !== null) throw notValid();
      if (record.expiresAt !== null && now() >= new Date(record.expiresAt)) {
        throw new CloudActError('credential_expired', {
          detail: `The API key ending in ${record.last4} expired at ${record.expiresAt}. Use its successor.`,
        });
      }
      lastUsed.set(record.id, now().toISOString());
      const { org, scopes, expiresAt } = record;
      return { kind: 'api_key', org, scopes, keyId: record.id, expiresAt };
    },

    async revoke(org, keyId) {
      const revocation = statement(revokeApiKey, { org, id: keyId, revoked_at: now().toISOString() });
      await end([revocation], ({ id }) => id === keyId);
    },

    async revokeAll(org) {
      const revocation = statement(revokeApiKeys, { org, revoked_at: now().toISOString() });
      const [revoked] = await end([revocation], (record) => record.org === org);
      return revoked!;
    },

    find: findById,

    list,

    async flushLastUsed() {
      const used = [...lastUsed];
      if (used.length === 0) return;
      await control.write(used.map(([id, at]) => statement(touchApiKey, { id, last_used_at: at })));
      for (const [id, at] of used) if (lastUsed.get(id) === at) lastUsed.delete(id);
    },
  };
}

const DAY_SECONDS = 24 * 60 * 60;
/** In force at one time in one organisation. A key that is being rotated does not count for its own successor. */
const MAXIMUM_KEYS = 100;
const CACHE_MILLISECONDS = 30_000;
/** Guessed keys are remembered as unknown, so the memory for them needs a bound. */
const CACHE_ENTRIES = 10_000;

/** Null is never. */
function earlier(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return Date.parse(one) <= Date.parse(other) ? one : other;
}

function notValid(): CloudActError {
  return new CloudActError('credential_invalid', {
    detail: 'The API key is not valid: it is mistyped, revoked or unknown. Check it, or use another key.',
  });
}
