import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  generateSigningKey,
  openApiKeys,
  openRootKey,
  openWidgetTokens,
  type Scope,
  scopes,
} from '@cloudact/core/identity';
import { type OrgSlug, parseOrgSlug } from '@cloudact/core/org';
import type { Warehouse } from '@cloudact/core/warehouse';
import { openDuckDBWarehouse } from '@cloudact/core/warehouse/duckdb';
import type { LightMyRequestResponse } from 'fastify';
import { buildApp } from '../app.ts';
import type { BackendDependencies } from '../dependencies.ts';
import type { App } from '../http/app-type.ts';
import manifest from '../package.json' with { type: 'json' };
import { testOrganisations } from './organisations.ts';

export const rootKey = 'root-key-of-the-tests-0123456789-abcdef';
export const issuer = 'https://api.example.com';
export const signingKey = await generateSigningKey();

export interface TestBackend {
  app: App;
  deps: BackendDependencies;
  warehouse: Warehouse;
  clock: { time: Date };
  /** An organisation with a dataset and a key. */
  organisation(slug: string, options?: { scopes?: readonly Scope[] }): Promise<{ org: OrgSlug; key: string }>;
  /** Asks with the credential; `get('/v1/costs', key, { from, to, group_by: [...] })`. */
  get(path: string, credential: string, query?: Query, headers?: Record<string, string>): Promise<Answer>;
  close(): Promise<void>;
}
export type Answer = LightMyRequestResponse;
export type Query = Record<string, string | number | readonly string[]>;

/** The API as production builds it, over DuckDB in a new directory. */
export async function openTestBackend(changes: Partial<BackendDependencies> = {}): Promise<TestBackend> {
  const clock = { time: new Date('2026-11-20T12:00:00Z') };
  const now = () => clock.time;
  const directory = await mkdtemp(join(tmpdir(), 'cloudact-backend-'));
  const warehouse = await openDuckDBWarehouse({ directory });
  const pepper = 'pepper-of-the-tests-0123456789-abcdef';
  const deps: BackendDependencies = {
    warehouse,
    organisations: changes.organisations ?? (await testOrganisations()),
    identity: {
      apiKeys: openApiKeys({ control: warehouse.control, peppers: { current: 1, peppers: { 1: pepper } }, now }),
      rootKey: openRootKey(rootKey),
      widgetTokens: await openWidgetTokens({ issuer, keys: [signingKey], now }),
    },
    logger: false,
    now,
    allowedOrigins: ['https://portal.example.com'],
    version: manifest.version,
    limits: { requestsPerMinute: 100_000, adminRequestsPerMinute: 100_000 },
    ...changes,
  };
  const app = await buildApp(deps);

  return {
    app,
    deps,
    warehouse,
    clock,

    async organisation(slug, { scopes: granted = scopes } = {}) {
      const org = parseOrgSlug(slug);
      await warehouse.createDataset(org);
      const { key } = await deps.identity.apiKeys.issue({ org, name: 'Test', scopes: granted });
      return { org, key };
    },

    get(path, credential, query = {}, headers = {}) {
      const search = new URLSearchParams(
        Object.entries(query).flatMap(([name, value]) =>
          [value].flat().map((item) => [name, String(item)] as [string, string]),
        ),
      );
      return app.inject({
        method: 'GET',
        url: `${path}?${search}`,
        headers: { authorization: `Bearer ${credential}`, ...headers },
      });
    },

    async close() {
      await app.close();
      await warehouse.close();
      await rm(directory, { recursive: true });
    },
  };
}
