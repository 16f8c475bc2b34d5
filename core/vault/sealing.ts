import { CloudActError } from '../errors.ts';
import { statement } from '../identity/api-key-queries.ts';
import type { OrgSlug } from '../org.ts';
import type { ControlWarehouse } from '../warehouse/port.ts';
import { type DataKey, keyInForce, makeDataKey, type PublicKeySeal, publicKeySeal, readDataKeys } from './data-keys.ts';
import type { KeyWrapper, SealingVault } from './port.ts';
import {
  clearCredentials,
  credentialsOfIntegration,
  deleteCredentialsOfIntegration,
  deleteCredentialsOfOrg,
  deleteDataKeysOfOrg,
  insertCredential,
  insertDataKey,
} from './queries.ts';
import { sealText } from './sealed-text.ts';

export interface SealingVaultOptions {
  control: ControlWarehouse;
  wrapper: KeyWrapper;
  /** Secret of the configuration, at least 32 bytes, that tells our public keys from planted ones. */
  authenticationKey: string;
  now: () => Date;
}

/** Throws `configuration_invalid` when the authentication key is shorter than 32 bytes. */
export function openSealingVault({ control, wrapper, authenticationKey, now }: SealingVaultOptions): SealingVault {
  const seal = publicKeySeal(authenticationKey);

  async function forget(org: OrgSlug, integrationId: string): Promise<void> {
    await control.write([statement(deleteCredentialsOfIntegration, { org, integration_id: integrationId })]);
  }

  return {
    async createDataKey(org) {
      const keys = await readDataKeys(control, seal, org);
      if (keyInForce(keys)) return;
      const made = await makeDataKey(org, keys, { wrapper, seal, now });
      try {
        await control.write([statement(insertDataKey, made)]);
      } catch (error) {
        if (!(error instanceof CloudActError) || error.code !== 'conflict') throw error;
        // Another process made it first; then that one is in force.
      }
    },

    async seal(integration, fields) {
      const { org, integrationId, provider, host } = integration;
      if (Object.keys(fields).length === 0) return forget(org, integrationId);
      // A rotation can retire the key between reading and writing, and then nothing is written.
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const key = await requireKeyInForce(control, seal, integration.org);
        const sealedAt = now().toISOString();
        const inserts = await Promise.all(
          Object.entries(fields).map(async ([field, value]) =>
            statement(insertCredential, {
              org,
              integration_id: integrationId,
              provider,
              field,
              host_hash: host,
              data_key_id: key.id,
              sealed: await sealText(key.publicKey, { ...integration, field }, value),
              sealed_at: sealedAt,
            }),
          ),
        );
        const clear = statement(clearCredentials, { org, integration_id: integrationId, data_key_id: key.id });
        const [, ...inserted] = await control.write([clear, ...inserts]);
        if (inserted.every((count) => count === 1)) return;
      }
      throw new CloudActError('vault_unavailable', {
        detail: `The data key of ${org} changed while the credentials were sealed. Try again.`,
      });
    },

    async describe(org, integrationId) {
      const rows = await control.rows(credentialsOfIntegration, { org, integration_id: integrationId });
      return rows.map(({ field, sealed_at }) => ({ field, sealedAt: sealed_at }));
    },

    forget,

    async destroy(org) {
      const [credentials = 0, dataKeys = 0] = await control.write([
        statement(deleteCredentialsOfOrg, { org }),
        statement(deleteDataKeysOfOrg, { org }),
      ]);
      return { dataKeys, credentials };
    },
  };
}

const ATTEMPTS = 5;

async function requireKeyInForce(control: ControlWarehouse, seal: PublicKeySeal, org: OrgSlug): Promise<DataKey> {
  const key = keyInForce(await readDataKeys(control, seal, org));
  if (key !== undefined) return key;
  throw new CloudActError('vault_unavailable', {
    detail: `There is no data key for ${org}, so nothing can be sealed. Onboard the organisation again, which makes one.`,
  });
}
