import { join } from 'node:path';
import { pepperRing, signingKeys } from '@cloudact/core/config';
import { CloudActError } from '@cloudact/core/errors';
import { openApiKeys, openServiceTokens } from '@cloudact/core/identity';
import { supabaseMetadata } from '@cloudact/core/metadata';
import { cloudKms, openLocalKeyring } from '@cloudact/core/vault';
import { openVault } from '@cloudact/core/vault/opening';
import type { Warehouse } from '@cloudact/core/warehouse';
import { openDuckDBWarehouse } from '@cloudact/core/warehouse/duckdb';
import { describePipelineServiceConfig, type PipelineServiceConfig } from './config.ts';
import type { PipelineServiceDependencies } from './dependencies.ts';
import { type PipelineService, startPipelineService } from './server.ts';

/**
 * Opens what the configuration names and starts the pipeline service over it. Stopping it closes the stores too.
 * Throws what its stores throw, and `configuration_invalid` for what only they can tell.
 */
export async function startFromConfig(config: PipelineServiceConfig): Promise<Pick<PipelineService, 'url' | 'stop'>> {
  const warehouse = await openWarehouse(config);
  try {
    const deps = await openDependencies(config, warehouse);
    const { CLOUDACT_PIPELINES_PORT: port, CLOUDACT_HOST: host } = config;
    const service = await startPipelineService({ ...deps, port, host });
    service.app.log.info({ url: service.url, configuration: describePipelineServiceConfig(config) }, 'started');
    return {
      url: service.url,
      async stop() {
        await service.stop();
        await warehouse.close();
      },
    };
  } catch (error) {
    await warehouse.close();
    throw error;
  }
}

async function openWarehouse(config: PipelineServiceConfig): Promise<Warehouse> {
  if (config.CLOUDACT_WAREHOUSE === 'duckdb') {
    const { CLOUDACT_WAREHOUSE_DIR, CLOUDACT_INBOX_DIR } = config;
    return openDuckDBWarehouse({ directory: CLOUDACT_WAREHOUSE_DIR!, inboxDirectories: [CLOUDACT_INBOX_DIR] });
  }
  throw new CloudActError('configuration_invalid', {
    detail: 'CLOUDACT_WAREHOUSE is bigquery, which this version cannot open yet. Use duckdb.',
  });
}

async function openDependencies(
  config: PipelineServiceConfig,
  warehouse: Warehouse,
): Promise<PipelineServiceDependencies> {
  const now = () => new Date();
  const { control } = warehouse;
  const { CLOUDACT_VAULT_KMS_KEY, CLOUDACT_VAULT_KEY_FILE } = config;
  const keys =
    CLOUDACT_VAULT_KMS_KEY === undefined
      ? await openLocalKeyring(CLOUDACT_VAULT_KEY_FILE!)
      : cloudKms({ keyName: CLOUDACT_VAULT_KMS_KEY });
  return {
    warehouse,
    metadata: supabaseMetadata({ url: config.SUPABASE_URL, serviceRoleKey: config.SUPABASE_SERVICE_ROLE_KEY }),
    vault: openVault({
      control,
      wrapper: keys,
      unwrapper: keys,
      authenticationKey: config.CLOUDACT_VAULT_AUTHENTICATION_KEY,
      now,
    }),
    identity: {
      apiKeys: openApiKeys({ control, peppers: pepperRing(config.CLOUDACT_API_KEY_PEPPERS), now }),
      services: await openServiceTokens({
        issuer: config.CLOUDACT_API_ORIGIN,
        keys: signingKeys(config.CLOUDACT_SERVICE_SIGNING_KEYS),
        now,
      }),
    },
    inboxDirectory: (org) => join(config.CLOUDACT_INBOX_DIR, org),
    logger: { level: config.CLOUDACT_LOG_LEVEL },
    requestsPerMinute: config.CLOUDACT_REQUESTS_PER_MINUTE,
    trustedProxies: config.CLOUDACT_TRUSTED_PROXIES,
  };
}
