import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Backend, openBilling, pipelineServiceClient, startBackend } from '@cloudact/backend';
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
import { parseOrgSlug } from '@cloudact/core/org';
import { openLocalKeyring, openSealingVault } from '@cloudact/core/vault';
import { openVault } from '@cloudact/core/vault/opening';
import { openDuckDBWarehouse } from '@cloudact/core/warehouse/duckdb';
import { type PipelineService, startPipelineService } from '@cloudact/pipelines/service';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { testSupabase } from '../../scripts/test-supabase.ts';

/** The API, the pipeline service and a provider, each listening on a port of its own. */
const adminKey = `sk-admin-${randomUUID()}`;
const org = parseOrgSlug(`org_${randomUUID().slice(0, 8)}`);
const secret = () => randomUUID() + randomUUID();
const now = () => new Date();
const directory = await mkdtemp(join(tmpdir(), 'cloudact-integrations-'));
const warehouse = await openDuckDBWarehouse({ directory: join(directory, 'warehouse') });
const log: string[] = [];
const logger = { level: 'trace', stream: { write: (line: string) => void log.push(line) } };

/** OpenAI as it answers an organisation without usage, to whoever has the key. */
const provider = createServer((request, response) => {
  const isKnown = request.headers.authorization === `Bearer ${adminKey}`;
  const page = { object: 'page', data: [], has_more: false, next_page: null };
  const refusal = { error: { message: `Incorrect key: ${request.headers.authorization}`, code: 'invalid_api_key' } };
  response.writeHead(isKnown ? 200 : 401, { 'content-type': 'application/json' });
  response.end(JSON.stringify(isKnown ? page : refusal));
});

let pipelines: PipelineService;
let api: Backend;
let key: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  // Who the service is at AWS is none of this machine's business.
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAOURSELVES');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'our-own-secret');
  const supabase = await testSupabase();
  const metadata = supabaseMetadata(supabase);
  const { control } = warehouse;
  const keyring = await openLocalKeyring(join(directory, 'keys.json'));
  const vaultOptions = { control, wrapper: keyring, authenticationKey: secret(), now };
  const vault = openSealingVault(vaultOptions);
  const apiKeys = openApiKeys({ control, peppers: { current: 1, peppers: { 1: secret() } }, now });
  const issuer = 'https://api.example.com';
  const services = await openServiceTokens({ issuer, keys: [await generateSigningKey()], now });
  pipelines = await startPipelineService({
    port: 0,
    warehouse,
    metadata,
    vault: openVault({ ...vaultOptions, unwrapper: keyring }),
    identity: { apiKeys, services },
    providers: { endpoint },
    inboxDirectory: (slug) => join(directory, slug),
    logger,
  });
  const billing = openBilling({ metadata, plans: [], stripe: null, now });
  api = await startBackend({
    port: 0,
    warehouse,
    metadata,
    identity: {
      apiKeys,
      rootKey: openRootKey(secret()),
      users: openUserTokens({ issuer: `${supabase.url}/auth/v1`, keys: { sharedSecret: supabase.jwtSecret }, now }),
      widgetTokens: await openWidgetTokens({ issuer, keys: [await generateSigningKey()], now }),
      services,
      revocations: openTokenRevocations({ metadata, now }),
    },
    vault,
    billing,
    mailer: { send: async () => undefined },
    pipelines: pipelineServiceClient({
      origin: pipelines.url,
      token: (slug) => services.mint({ service: 'api', audience: 'pipelines', org: slug }),
    }),
    idempotencySecret: secret(),
    appOrigin: 'https://app.example.com',
    exportDirectory: join(directory, 'exports'),
    logger,
    now,
    allowedOrigins: [],
    version: '0.0.0',
  });
  await metadata.onboarding.begin({ slug: org, name: org, plan: billing.initialPlan, owner: null });
  await vault.createDataKey(org);
  await billing.begin(org, billing.initialPlan);
  key = (await apiKeys.issue({ org, name: 'Test', scopes: ['integrations:write'] })).key;
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await api.stop();
  await pipelines.stop();
  provider.closeAllConnections();
  provider.close();
  await warehouse.close();
  await rm(directory, { recursive: true });
});

async function ask(method: string, path: string, body?: object) {
  const response = await fetch(new URL(path, api.url), {
    method,
    headers: { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  expect(text).not.toContain(adminKey);
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

const openai = (values: Record<string, string>) => ({
  id: 'openai',
  connector: 'openai-organization',
  name: 'OpenAI',
  values,
});

it('a key that was entered in the API is opened by the pipeline service, and reaches the provider and nobody else', async () => {
  expect(await ask('POST', '/v1/integrations', openai({ adminKey, organizationId: 'org-larkmoor' }))).toMatchObject({
    status: 201,
    body: { integration: { state: 'draft', secrets: { adminKey: { configured: true } } } },
  });
  expect(await ask('POST', '/v1/integrations/openai/check')).toMatchObject({
    status: 200,
    body: { integration: { state: 'active', problem: null }, findings: [{ ok: true }, { ok: true }, { ok: true }] },
  });

  const wrong = `sk-admin-${randomUUID()}`;
  expect(await ask('PATCH', '/v1/integrations/openai', { values: { adminKey: wrong } })).toMatchObject({
    status: 200,
    body: { integration: { state: 'draft' } },
  });
  const refused = await ask('POST', '/v1/integrations/openai/check');
  expect(refused).toMatchObject({ status: 200, body: { integration: { state: 'broken' } } });
  expect(refused.body.integration.problem).toContain('did not accept the key');
  expect(JSON.stringify(refused.body) + log.join('')).not.toContain(wrong);
  expect(log.join('')).not.toContain(adminKey);
  expect((await ask('DELETE', '/v1/integrations/openai')).status).toBe(204);
});

it('the findings say what a bill in S3 lacks, and its role is asked for with the external ID of the organisation', async () => {
  const values = {
    dataset: 'cur-2',
    bucket: 'larkmoor-billing',
    bucketRegion: 'eu-west-1',
    exportName: 'daily',
    roleArn: 'arn:aws:iam::123456789012:role/cloudact-billing',
  };
  const created = await ask('POST', '/v1/integrations', { id: 'aws', connector: 'aws-s3', name: 'AWS', values });
  expect(created).toMatchObject({
    status: 201,
    body: { integration: { settings: { ...values, externalId: `cloudact-${org}` } } },
  });
  const checked = await ask('POST', '/v1/integrations/aws/check');
  expect(checked).toMatchObject({ status: 200, body: { integration: { state: 'broken' } } });
  expect(checked.body.findings).toMatchObject([{ step: 'assume_role', ok: false }]);
});
