import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { statement } from '../identity/api-key-queries.ts';
import { parseOrgSlug } from '../org.ts';
import { openDuckDBWarehouse } from '../warehouse/duckdb/index.ts';
import { defineQuery } from '../warehouse/query.ts';
import { openLocalKeyring } from './local-keyring.ts';
import { openVault } from './opening.ts';
import { allDataKeys, credentialsOfOrg } from './queries.ts';
import { openSealingVault } from './sealing.ts';

export const acme = parseOrgSlug('acme_inc');
export const globex = parseOrgSlug('globex');
export const authenticationKey = 'an authentication key of 32 bytes or more';
export const bill = { org: acme, integrationId: 'int_1', provider: 'aws-s3', host: null };

/** Both vaults over a real warehouse and a real key file in a folder of their own. */
export async function openVaults(folder?: string) {
  const directory = folder ?? (await mkdtemp(join(tmpdir(), 'vault-test-')));
  const warehouse = await openDuckDBWarehouse({ directory: join(directory, 'warehouse') });
  const { control } = warehouse;
  const keyFile = join(directory, 'keys.json');
  const keyring = await openLocalKeyring(keyFile);
  const options = { control, wrapper: keyring, authenticationKey, now: () => new Date() };
  return {
    directory,
    keyFile,
    keyring,
    control,
    sealing: openSealingVault(options),
    opening: openVault({ ...options, unwrapper: keyring }),
    dataKeys: () => control.rows(allDataKeys, {}),
    credentials: (org = acme) => control.rows(credentialsOfOrg, { org }),
    /** What somebody with the database in his hands can do. */
    async tamper(sql: string) {
      const query = defineQuery<Record<string, never>, never>({ name: 'tamper', params: {}, sql: () => sql });
      return control.write([statement(query, {})]);
    },
    close: () => warehouse.close(),
    async remove() {
      await warehouse.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

export type Vaults = Awaited<ReturnType<typeof openVaults>>;
