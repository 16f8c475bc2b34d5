import type { ControlWarehouse } from '../warehouse/port.ts';
import { publicKeySeal, readDataKeys, withPrivateKey } from './data-keys.ts';
import type { KeyUnwrapper, KeyWrapper, OpeningVault } from './port.ts';
import { allDataKeys, credentialsOfIntegration } from './queries.ts';
import { rotateDataKeys } from './rotate-data-keys.ts';
import { rotateWrappingKey } from './rotate-wrapping-key.ts';
import { notOpened, openText } from './sealed-text.ts';

export interface OpeningVaultOptions {
  control: ControlWarehouse;
  wrapper: KeyWrapper;
  unwrapper: KeyUnwrapper;
  /** Secret of the configuration, at least 32 bytes, that tells our public keys from planted ones. */
  authenticationKey: string;
  now: () => Date;
}

/**
 * The vault of the pipeline service, which opens credentials and rotates keys.
 * Throws `configuration_invalid` when the authentication key is shorter than 32 bytes.
 */
export function openVault(options: OpeningVaultOptions): OpeningVault {
  const { control, unwrapper } = options;
  const tools = { ...options, seal: publicKeySeal(options.authenticationKey) };
  return {
    async open(integration) {
      const { org, integrationId } = integration;
      const rows = await control.rows(credentialsOfIntegration, { org, integration_id: integrationId });
      if (rows.length === 0) return {};
      const keys = await readDataKeys(control, tools.seal, org);
      const opened: [string, string][] = [];
      for (const id of new Set(rows.map((row) => row.data_key_id))) {
        const own = rows.filter((row) => row.data_key_id === id);
        const key = keys.find((one) => one.id === id);
        if (key === undefined) throw notOpened({ ...integration, field: own[0]!.field });
        await withPrivateKey(key, unwrapper, async (privateKey) => {
          for (const { field, sealed } of own) {
            opened.push([field, await openText(privateKey, { ...integration, field }, sealed)]);
          }
        });
      }
      return Object.fromEntries(opened);
    },
    rotateWrappingKey: (rotation) => rotateWrappingKey(tools, rotation),
    rotateDataKeys: (rotation) => rotateDataKeys(tools, rotation),
    async wrappingKeysInUse() {
      const rows = await control.rows(allDataKeys, {});
      return [...new Set(rows.map((row) => row.wrapping_key))].sort();
    },
  };
}
