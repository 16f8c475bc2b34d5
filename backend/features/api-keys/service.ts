import { CloudActError } from '@cloudact/core/errors';
import type { ApiKeyPrincipal, ApiKeyRecord, OrgPrincipal, Scope } from '@cloudact/core/identity';
import type { BackendDependencies } from '../../dependencies.ts';
import { checkHeld } from '../../http/held-scopes.ts';

interface IssuedKey {
  key: string;
  record: ApiKeyRecord;
}

/**
 * What a principal does with the keys of its own organisation. A key that is not there, or is another organisation's,
 * is `not_found` in the same words; what the principal may not do it passes on to no key (`forbidden`).
 */
export interface ApiKeyService {
  list(principal: OrgPrincipal): Promise<readonly ApiKeyRecord[]>;
  /**
   * `expiresAt`: ISO 8601. Throws `request_invalid` for a time that has passed, `conflict` when there are too many keys.
   */
  issue(
    principal: OrgPrincipal,
    grant: { name: string; scopes: readonly Scope[]; expiresAt: string | undefined },
  ): Promise<IssuedKey>;
  /** Throws `conflict` for a key that is not in force, or has a successor. */
  rotate(principal: OrgPrincipal, keyId: string, overlapSeconds: number | undefined): Promise<IssuedKey>;
  /** Takes back the widget tokens that the key minted, too. */
  revoke(principal: OrgPrincipal, keyId: string): Promise<void>;
}

export function openApiKeyService({
  identity: { apiKeys, revocations },
  now,
}: Pick<BackendDependencies, 'identity' | 'now'>): ApiKeyService {
  async function find(principal: OrgPrincipal, keyId: string): Promise<ApiKeyRecord> {
    const record = await apiKeys.find(principal.org, keyId);
    if (record === undefined) {
      throw new CloudActError('not_found', {
        detail: 'There is no API key with this id. GET /v1/api-keys lists those that there are.',
      });
    }
    return record;
  }

  return {
    list: ({ org }) => apiKeys.list(org),

    async issue(principal, { name, scopes, expiresAt }) {
      checkHeld(principal, scopes, 'API keys');
      if (expiresAt !== undefined && !isStorableTime(expiresAt)) {
        throw new CloudActError('request_invalid', {
          detail: 'expires_at is no time that can be kept. Give one up to the year 9999, without a leap second.',
          faults: [{ column: 'expires_at', reason: 'must be a time up to the year 9999' }],
        });
      }
      if (expiresAt !== undefined && new Date(expiresAt) <= now()) {
        throw new CloudActError('request_invalid', {
          detail: 'expires_at has passed. Give a time that is still to come, or leave it out.',
          faults: [{ column: 'expires_at', reason: 'must be in the future' }],
        });
      }
      return apiKeys.issue({
        org: principal.org,
        name,
        scopes,
        expiresAt: expiresAt === undefined ? undefined : new Date(expiresAt).toISOString(),
        issuer: issuerOf(principal),
      });
    },

    async rotate(principal, keyId, overlapSeconds) {
      const record = await find(principal, keyId);
      // Whoever gets the successor in hand can do what the key can do.
      checkHeld(principal, record.scopes, 'API keys');
      return apiKeys.rotate(principal.org, keyId, { overlapSeconds, issuer: issuerOf(principal) });
    },

    async revoke(principal, keyId) {
      await find(principal, keyId);
      await apiKeys.revoke(principal.org, keyId);
      await revocations.revokeMintedBy(principal.org, `key:${keyId}`);
    },
  };
}

/** Keys that people make are their organisation's; those that keys make end with them. */
function issuerOf(principal: OrgPrincipal): ApiKeyPrincipal | undefined {
  return principal.kind === 'api_key' ? principal : undefined;
}

/** The format `date-time` takes leap seconds, which are no `Date`, and times whose offset puts them into the year 10000. */
function isStorableTime(text: string): boolean {
  return Date.parse(text) < Date.UTC(10_000, 0);
}
