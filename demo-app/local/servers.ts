import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startBackend } from '@cloudact/backend';
import { type ApiKeys, bearerToken, openApiKeys, openRootKey, openWidgetTokens } from '@cloudact/core/identity';
import { supabaseOrganisationDirectory } from '@cloudact/core/metadata';
import type { Warehouse } from '@cloudact/core/warehouse';
import { openDuckDBWarehouse } from '@cloudact/core/warehouse/duckdb';
import { startPipelineService } from '@cloudact/pipelines/service';
import type { LocalSecrets } from './secrets.ts';
import type { Settings } from './settings.ts';
import { startSupabaseLite } from './supabase-lite.ts';

export interface Servers {
  apiOrigin: string;
  pipelinesOrigin: string;
  /** Holds one folder an organisation, with the files that its runs may read. */
  inboxDirectory: string;
  apiKeys: ApiKeys;
  warehouse: Warehouse;
  stop(): Promise<void>;
}

/** Starts everything that one process serves: the warehouse it owns, the API, the pipeline service, Supabase Lite beside them. */
export async function startServers(
  settings: Settings,
  secrets: LocalSecrets,
  onFailure: (error: Error) => void,
): Promise<Servers> {
  const opened: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const close of opened.splice(0).reverse()) await close().catch(() => undefined);
  };
  try {
    const inboxDirectory = join(settings.dataDirectory, 'inbox');
    await mkdir(inboxDirectory, { recursive: true, mode: 0o700 });
    // DuckDB's lock on the warehouse also keeps a second process away from the metadata beside it.
    const warehouse = await openDuckDBWarehouse({
      directory: join(settings.dataDirectory, 'warehouse'),
      inboxDirectories: [inboxDirectory],
      memoryLimit: '2GB',
    });
    opened.push(() => warehouse.close());
    const supabase = await startSupabaseLite({ directory: join(settings.dataDirectory, 'supabase'), onFailure });
    opened.push(() => supabase.stop());

    const now = () => new Date();
    const apiKeys = openApiKeys({
      control: warehouse.control,
      peppers: { current: 1, peppers: { 1: secrets.apiKeyPepper } },
      now,
    });
    const webOrigins = ['localhost', '127.0.0.1'].map((host) => `http://${host}:${settings.webPort}`);
    const backend = await startBackend({
      port: settings.apiPort,
      warehouse,
      organisations: supabaseOrganisationDirectory({ url: supabase.url, serviceRoleKey: supabase.serviceRoleKey }),
      identity: {
        apiKeys,
        rootKey: openRootKey(secrets.rootKey),
        widgetTokens: await openWidgetTokens({
          issuer: `http://127.0.0.1:${settings.apiPort}`,
          keys: [secrets.widgetSigningKey],
          now,
        }),
      },
      logger: false,
      now,
      allowedOrigins: [...webOrigins, ...settings.allowedOrigins],
      version: '0.1.0',
    });
    opened.push(() => backend.stop());
    const pipelines = await startPipelineService({
      port: settings.pipelinesPort,
      warehouse,
      authenticate: async (authorization) => apiKeys.verify(bearerToken(authorization)),
      inboxDirectory: (org) => join(inboxDirectory, org),
      logger: false,
    });
    opened.push(() => pipelines.stop());
    return { apiOrigin: backend.url, pipelinesOrigin: pipelines.url, inboxDirectory, apiKeys, warehouse, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
