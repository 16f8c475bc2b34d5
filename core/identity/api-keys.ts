import { createHmac, randomUUID } from 'node:crypto';
import { CloudActError } from '../errors.ts';
import { type OrgSlug, parseOrgSlug } from '../org.ts';
import type { ControlWarehouse } from '../warehouse/port.ts';
import { createApiKey, parseApiKey } from './api-key.ts';
import {
  type ApiKeyRow,
  findApiKey,
  insertApiKey,
  listApiKeys,
  revokeApiKey,
  statement,
  touchApiKey,
} from './api-key-queries.ts';
import { type ApiKeyPrincipal, isScope, type Scope } from './principal.ts';

/** API keys of organisations, kept as keyed hashes in the control dataset. */
export interface ApiKeys {
  /** Makes a key and stores its hash. `key` exists in this answer only. `expiresAt`: ISO 8601, UTC. */
  issue(grant: {
    org: OrgSlug;
    name: string;
    scopes: readonly Scope[];
    expiresAt?: string;
    rotatedFrom?: string;
  }): Promise<{ key: string; record: ApiKeyRecord }>;
  /**
   * Throws `credential_expired` for an expired key, `credential_invalid` for anything else that is not a key in force.
   * A revocation reaches other processes within 30 seconds, this one at once.
   */
  verify(text: string): Promise<ApiKeyPrincipal>;
  /** Revokes one key of the organisation. Doing it again, or for a key that is not there, changes nothing. */
  revoke(org: OrgSlug, keyId: string): Promise<void>;
  /** All keys of the organisation, revoked and expired ones too, oldest first. */
  list(org: OrgSlug): Promise<ApiKeyRecord[]>;
  /** Writes when keys were last used; called now and then, and before the process ends. */
  flushLastUsed(): Promise<void>;
}

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

/** Secrets of the keyed hash by version. New keys use `current`; older versions stay as long as keys use them. */
export interface PepperRing {
  current: number;
  peppers: Readonly<Record<number, string>>;
}

/** Throws `configuration_invalid` when a pepper is shorter than 32 bytes or the current one is missing. */
export function openApiKeys(options: { control: ControlWarehouse; peppers: PepperRing; now: () => Date }): ApiKeys {
  const { control, now } = options;
  const { current, peppers } = checkPeppers(options.peppers);
  const versions = Object.keys(peppers).map(Number);
  const lookUps = new Map<string, { record: ApiKeyRecord | undefined; until: number }>();
  const lastUsed = new Map<string, string>();
  let revocations = 0;

  const hash = (key: string, version: number) => createHmac('sha256', peppers[version]!).update(key).digest('hex');

  async function find(key: string): Promise<ApiKeyRecord | undefined> {
    const cacheKey = hash(key, current);
    const cached = lookUps.get(cacheKey);
    if (cached !== undefined && now().getTime() < cached.until) return cached.record;
    const revocationsBefore = revocations;
    const rows = await control.rows(findApiKey, { key_hmacs: versions.map((version) => hash(key, version)) });
    const record = rows[0] === undefined ? undefined : readRow(rows[0]);
    // What was read while a key was revoked may be the state before, and nothing would take it out again.
    if (revocations !== revocationsBefore) return record;
    if (lookUps.size >= CACHE_ENTRIES) lookUps.clear();
    lookUps.set(cacheKey, { record, until: now().getTime() + CACHE_MILLISECONDS });
    return record;
  }

  return {
    async issue({ org, name, scopes, expiresAt, rotatedFrom }) {
      const key = createApiKey();
      const record: ApiKeyRecord = {
        id: `key_${randomUUID()}`,
        org,
        name,
        prefix: key.slice(0, 12),
        last4: key.slice(-4),
        scopes: [...scopes],
        createdAt: now().toISOString(),
        expiresAt: expiresAt ?? null,
        revokedAt: null,
        lastUsedAt: null,
        rotatedFrom: rotatedFrom ?? null,
      };
      await control.write([
        statement(insertApiKey, {
          id: record.id,
          org,
          name,
          prefix: record.prefix,
          last4: record.last4,
          key_hmac: hash(key, current),
          pepper_version: current,
          scopes: JSON.stringify(record.scopes),
          created_at: record.createdAt,
          expires_at: record.expiresAt,
          rotated_from: record.rotatedFrom,
        }),
      ]);
      return { key, record };
    },

    async verify(text) {
      const key = parseApiKey(text);
      const record = key === undefined ? undefined : await find(key);
      if (record === undefined || record.revokedAt !== null) {
        throw new CloudActError('credential_invalid', {
          detail: 'The API key is not valid: it is mistyped, revoked or unknown. Check it, or use another key.',
        });
      }
      if (record.expiresAt !== null && now() >= new Date(record.expiresAt)) {
        throw new CloudActError('credential_expired', {
          detail: `The API key ending in ${record.last4} expired at ${record.expiresAt}. Use its successor.`,
        });
      }
      lastUsed.set(record.id, now().toISOString());
      return { kind: 'api_key', org: record.org, scopes: record.scopes, keyId: record.id };
    },

    async revoke(org, keyId) {
      await control.write([statement(revokeApiKey, { org, id: keyId, revoked_at: now().toISOString() })]);
      revocations++;
      for (const [cacheKey, { record }] of lookUps) if (record?.id === keyId) lookUps.delete(cacheKey);
    },

    async list(org) {
      return (await control.rows(listApiKeys, { org })).map(readRow);
    },

    async flushLastUsed() {
      const used = [...lastUsed];
      if (used.length === 0) return;
      await control.write(used.map(([id, at]) => statement(touchApiKey, { id, last_used_at: at })));
      for (const [id, at] of used) if (lastUsed.get(id) === at) lastUsed.delete(id);
    },
  };
}

const CACHE_MILLISECONDS = 30_000;
/** Guessed keys are remembered as unknown, so the memory for them needs a bound. */
const CACHE_ENTRIES = 10_000;

function checkPeppers(ring: PepperRing): PepperRing {
  for (const [version, pepper] of Object.entries(ring.peppers)) {
    if (Buffer.byteLength(pepper) < 32) {
      throw new CloudActError('configuration_invalid', {
        detail: `API key pepper ${version} must be at least 32 bytes.`,
      });
    }
  }
  if (ring.peppers[ring.current] === undefined) {
    throw new CloudActError('configuration_invalid', {
      detail: `The current API key pepper, version ${ring.current}, is not in the ring.`,
    });
  }
  return ring;
}

function readRow(row: ApiKeyRow): ApiKeyRecord {
  return {
    id: row.id,
    org: parseOrgSlug(row.org_slug),
    name: row.name,
    prefix: row.prefix,
    last4: row.last4,
    // A scope that this version does not know grants nothing.
    scopes: (JSON.parse(row.scopes) as unknown[]).filter(isScope),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    lastUsedAt: row.last_used_at,
    rotatedFrom: row.rotated_from,
  };
}
