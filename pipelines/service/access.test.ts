import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ApiKeyPrincipal, generateSigningKey, openServiceTokens } from '@cloudact/core/identity';
import { parseOrgSlug } from '@cloudact/core/org';
import { openDuckDBWarehouse } from '@cloudact/core/warehouse/duckdb';
import Fastify from 'fastify';
import { afterAll, describe, expect, test } from 'vitest';
import { registerAccess } from './access.ts';
import { buildPipelineService } from './app.ts';

const key: ApiKeyPrincipal = {
  kind: 'api_key',
  org: parseOrgSlug('acme'),
  scopes: ['runs:read'],
  keyId: 'one',
  expiresAt: null,
};
const services = await openServiceTokens({
  issuer: 'https://api.example.com',
  keys: [await generateSigningKey()],
  now: () => new Date(),
});
const identity = { apiKeys: { verify: async () => key }, services };
const headers = { authorization: 'Bearer ca_live_one' };
const directory = await mkdtemp(join(tmpdir(), 'pipeline-access-'));
const warehouse = await openDuckDBWarehouse({ directory });
const app = await buildPipelineService({
  warehouse,
  identity,
  inboxDirectory: (org) => `/nowhere/${org}`,
  logger: false,
  requestsPerMinute: 3,
});
afterAll(async () => {
  await app.close();
  await warehouse.close();
  await rm(directory, { recursive: true });
});

test('a route that does not say who may call it stops the start', () => {
  const unguarded = Fastify();
  registerAccess(unguarded, { identity });
  expect(() => unguarded.get('/v1/secret', async () => 'secret')).toThrow(
    'GET /v1/secret does not declare config.auth',
  );
});

describe('requests of one address in a minute are bounded', () => {
  async function statuses(count: number, url: string, remoteAddress: string, more = {}): Promise<number[]> {
    const all: number[] = [];
    for (let index = 0; index < count; index++) {
      all.push((await app.inject({ url, remoteAddress, headers: { ...headers, ...more } })).statusCode);
    }
    return all;
  }

  test('for routes and for unknown paths, and other addresses are not affected', async () => {
    expect(await statuses(4, '/v1/runs', '192.0.2.1')).toEqual([200, 200, 200, 429]);
    expect(await statuses(4, '/v1/guess', '192.0.2.2')).toEqual([404, 404, 404, 429]);
  });

  test('whatever X-Forwarded-For says, without a trusted proxy', async () => {
    await statuses(3, '/v1/runs', '192.0.2.3');
    expect(await statuses(1, '/v1/runs', '192.0.2.3', { 'x-forwarded-for': '198.51.100.1' })).toEqual([429]);
  });

  test('and the refusal is a problem that tells how long to wait', async () => {
    await statuses(3, '/v1/runs', '192.0.2.4');
    const refused = await app.inject({ url: '/v1/runs', remoteAddress: '192.0.2.4', headers });
    expect(refused.json()).toMatchObject({ status: 429, code: 'rate_limited' });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  });

  test('what our own services ask counts for the organisation that they ask for', async () => {
    const connectors = '/internal/connectors';
    for (const org of ['acme', 'globex'].map(parseOrgSlug)) {
      const token = await services.mint({ service: 'api', audience: 'pipelines', org });
      const authorization = { authorization: `Bearer ${token}` };
      expect(await statuses(2, connectors, '192.0.2.6', authorization)).toEqual([200, 200]);
      expect(await statuses(2, connectors, '192.0.2.7', authorization)).toEqual([200, 429]);
    }
    expect(await statuses(4, connectors, '192.0.2.6')).toEqual([403, 403, 403, 429]);
  });

  test('health checks are never refused', async () => {
    expect(new Set(await statuses(10, '/health/live', '192.0.2.5'))).toEqual(new Set([200]));
  });
});
