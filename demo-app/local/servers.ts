import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openBilling, pipelineServiceClient, startBackend } from '@cloudact/backend';
import {
  type ApiKeys,
  openApiKeys,
  openRootKey,
  openServiceTokens,
  openTokenRevocations,
  openUserTokens,
  openWidgetTokens,
} from '@cloudact/core/identity';
import { supabaseMetadata } from '@cloudact/core/metadata';
import { openLocalKeyring, openSealingVault } from '@cloudact/core/vault';
import { openVault } from '@cloudact/core/vault/opening';
import type { Warehouse } from '@cloudact/core/warehouse';
import { openDuckDBWarehouse } from '@cloudact/core/warehouse/duckdb';
import { startPipelineService } from '@cloudact/pipelines/service';
import { captureMails } from './captured-mail.ts';
import { type Mailbox, openMailbox } from './mailbox.ts';
import type { LocalSecrets } from './secrets.ts';
import type { Settings } from './settings.ts';
import { type SupabaseLite, startSupabaseLite } from './supabase-lite.ts';

export interface Servers {
  apiOrigin: string;
  pipelinesOrigin: string;
  supabase: SupabaseLite;
  mailbox: Mailbox;
  /** Holds one folder an organisation, with the files that its runs may read. */
  inboxDirectory: string;
  apiKeys: ApiKeys;
  warehouse: Warehouse;
  stop(): Promise<void>;
}

/**
 * Starts everything that one process serves: the warehouse it owns, the API, the pipeline service, and the mailbox;
 * Supabase Lite beside them.
 */
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
    const mailbox = await openMailbox(settings.mailboxPort);
    opened.push(() => mailbox.stop());
    const webOrigin = `http://localhost:${settings.webPort}`;
    const supabase = await startSupabaseLite({
      directory: join(settings.dataDirectory, 'supabase'),
      siteUrl: webOrigin,
      confirmEmails: true,
      onLog: captureMails(mailbox.deliver),
      onFailure,
    });
    opened.push(() => supabase.stop());

    const now = () => new Date();
    const { control } = warehouse;
    const metadata = supabaseMetadata(supabase);
    const keyring = await openLocalKeyring(join(settings.dataDirectory, 'vault-keys.json'));
    const vaultOptions = { control, wrapper: keyring, authenticationKey: secrets.vaultAuthenticationKey, now };
    const apiKeys = openApiKeys({ control, peppers: { current: 1, peppers: { 1: secrets.apiKeyPepper } }, now });
    const issuer = `http://127.0.0.1:${settings.apiPort}`;
    const services = await openServiceTokens({ issuer, keys: [secrets.serviceSigningKey], now });

    const pipelines = await startPipelineService({
      port: settings.pipelinesPort,
      warehouse,
      metadata,
      vault: openVault({ ...vaultOptions, unwrapper: keyring }),
      identity: { apiKeys, services },
      // Whoever has this machine may ask what it can reach.
      providers: { privateNetwork: true },
      inboxDirectory: (org) => join(inboxDirectory, org),
      logger: false,
    });
    opened.push(() => pipelines.stop());
    const backend = await startBackend({
      port: settings.apiPort,
      warehouse,
      metadata,
      identity: {
        apiKeys,
        rootKey: openRootKey(secrets.rootKey),
        users: openUserTokens({
          issuer: `${supabase.url}/auth/v1`,
          keys: { sharedSecret: supabase.jwtSecret },
          now,
        }),
        widgetTokens: await openWidgetTokens({ issuer, keys: [secrets.widgetSigningKey], now }),
        services,
        revocations: openTokenRevocations({ metadata, now }),
      },
      vault: openSealingVault(vaultOptions),
      billing: openBilling({ metadata, plans: [], stripe: null, now }),
      mailer: { send: async (mail) => mailbox.deliver(mail) },
      pipelines: pipelineServiceClient({
        origin: pipelines.url,
        token: (org) => services.mint({ service: 'api', audience: 'pipelines', org }),
      }),
      idempotencySecret: secrets.idempotencySecret,
      appOrigin: webOrigin,
      exportDirectory: join(settings.dataDirectory, 'exports'),
      logger: false,
      now,
      allowedOrigins: [webOrigin, `http://127.0.0.1:${settings.webPort}`, ...settings.allowedOrigins],
      version: '0.1.0',
    });
    opened.push(() => backend.stop());
    return {
      apiOrigin: backend.url,
      pipelinesOrigin: pipelines.url,
      supabase,
      mailbox,
      inboxDirectory,
      apiKeys,
      warehouse,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
