import { CloudActError } from '@cloudact/core/errors';
import type { ApiKeyRecord, OrgPrincipal, Scope } from '@cloudact/core/identity';
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
  /** `expiresAt`: ISO 8601. Throws `request_invalid` for a time that has passed. */
  issue(
    principal: OrgPrincipal,
    grant: { name: string; scopes: readonly Scope[]; expiresAt: string | undefined },
  ): Promise<IssuedKey>;
  /** Throws `conflict` for a key that is not in force. */
  rotate(principal: OrgPrincipal, keyId: string, overlapSeconds: number | undefined): Promise<IssuedKey>;
  revoke(principal: OrgPrincipal, keyId: string): Promise<void>;
}

export function openApiKeyService({
  identity: { apiKeys },
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
        ...(expiresAt !== undefined && { expiresAt: new Date(expiresAt).toISOString() }),
      });
    },

    async rotate(principal, keyId, overlapSeconds) {
      const record = await find(principal, keyId);
      // Whoever gets the successor in hand can do what the key can do.
      checkHeld(principal, record.scopes, 'API keys');
      if (record.revokedAt !== null || (record.expiresAt !== null && new Date(record.expiresAt) <= now())) {
        throw new CloudActError('conflict', {
          detail: 'The API key is revoked or expired, so nobody depends on it. Issue a new one with POST /v1/api-keys.',
        });
      }
      return apiKeys.rotate(principal.org, keyId, { overlapSeconds });
    },

    async revoke(principal, keyId) {
      await find(principal, keyId);
      await apiKeys.revoke(principal.org, keyId);
    },
  };
}
