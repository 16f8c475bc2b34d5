import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  generateSigningKey,
  openApiKeys,
  openRootKey,
  openServiceTokens,
  openTokenRevocations,
  openUserTokens,
  openWidgetTokens,
} from '@cloudact/core/identity';
import { supabaseMetadata } from '@cloudact/core/metadata';
import { openLocalKeyring, openSealingVault } from '@cloudact/core/vault';
import type { Warehouse } from '@cloudact/core/warehouse';
import { openDuckDBWarehouse } from '@cloudact/core/warehouse/duckdb';
import { type TestSupabase, testSupabase } from '../../scripts/test-supabase.ts';
import { buildApp } from '../app.ts';
import { openBilling } from '../billing/billing.ts';
import { selfHosted } from '../billing/plans.ts';
import type { BackendDependencies } from '../dependencies.ts';
import type { App } from '../http/app-type.ts';
import type { Mail } from '../mail/port.ts';
import manifest from '../package.json' with { type: 'json' };
import { type Requests, testRequests } from './requests.ts';
import { type Tenants, testTenants } from './tenants.ts';

export type { Answer, Query } from './requests.ts';

export const rootKey = 'root-key-of-the-tests-0123456789-abcdef';
export const issuer = 'https://api.example.com';
export const signingKey = await generateSigningKey();

const unused = 'unused-0123456789-0123456789-0123456789';
/** A Supabase project for what asks nothing of Supabase: nothing answers there. */
export const nowhere: TestSupabase = {
  url: 'http://127.0.0.1:9',
  anonKey: unused,
  serviceRoleKey: unused,
  jwtSecret: unused,
};

export interface TestBackend extends Requests, Tenants {
  app: App;
  deps: BackendDependencies;
  warehouse: Warehouse;
  /** What the API takes for the time: that at which the test opened it, until the test moves it. */
  clock: { time: Date };
  /** What was sent, oldest first. */
  mails: readonly Mail[];
  close(): Promise<void>;
}

/** The API as production builds it, over DuckDB in a new directory and the test run's Supabase Lite, or `project`. */
export async function openTestBackend(
  changes: Partial<BackendDependencies> = {},
  project?: TestSupabase,
): Promise<TestBackend> {
  const clock = { time: new Date() };
  const now = () => clock.time;
  const directory = await mkdtemp(join(tmpdir(), 'cloudact-backend-'));
  const warehouse = changes.warehouse ?? (await openDuckDBWarehouse({ directory }));
  const supabase = project ?? (await testSupabase());
  const metadata = changes.metadata ?? supabaseMetadata(supabase);
  const mails: Mail[] = [];
  const deps: BackendDependencies = {
    warehouse,
    metadata,
    identity: {
      apiKeys: openApiKeys({
        control: warehouse.control,
        peppers: { current: 1, peppers: { 1: secret('pepper') } },
        now,
      }),
      rootKey: openRootKey(rootKey),
      users: openUserTokens({
        issuer: `${supabase.url}/auth/v1`,
        keys: { sharedSecret: supabase.jwtSecret },
        now,
      }),
      widgetTokens: await openWidgetTokens({ issuer, keys: [signingKey], now }),
      services: await openServiceTokens({ issuer, keys: [signingKey], now }),
      revocations: openTokenRevocations({ metadata, now }),
    },
    vault: openSealingVault({
      control: warehouse.control,
      wrapper: await openLocalKeyring(join(directory, 'keyring.json')),
      authenticationKey: secret('vault'),
      now,
    }),
    billing: openBilling({ metadata, plans: selfHosted, stripe: null, now }),
    mailer: { send: async (mail) => void mails.push(mail) },
    pipelines: { connectors: async () => [], check: async () => [] },
    idempotencySecret: secret('idempotency'),
    appOrigin: 'https://app.example.com',
    exportDirectory: join(directory, 'exports'),
    logger: false,
    now,
    allowedOrigins: ['https://portal.example.com'],
    version: manifest.version,
    limits: {
      requestsPerMinute: 100_000,
      principalRequestsPerMinute: 100_000,
      organisationRequestsPerMinute: 100_000,
      adminRequestsPerMinute: 100_000,
    },
    ...changes,
  };
  const app = await buildApp(deps);

  return {
    app,
    deps,
    warehouse,
    clock,
    mails,
    ...testRequests(app),
    ...testTenants(deps, supabase),
    async close() {
      await app.close();
      await warehouse.close();
      await rm(directory, { recursive: true });
    },
  };
}

function secret(name: string): string {
  return `${name}-of-the-tests-0123456789-abcdef`.padEnd(32, '0');
}
