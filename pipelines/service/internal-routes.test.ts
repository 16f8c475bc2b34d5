import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateSigningKey, openApiKeys, openServiceTokens } from '@cloudact/core/identity';
import { supabaseMetadata } from '@cloudact/core/metadata';
import { type OrgSlug, parseOrgSlug } from '@cloudact/core/org';
import { hostHash, openLocalKeyring, openSealingVault } from '@cloudact/core/vault';
import { openVault } from '@cloudact/core/vault/opening';
import { openDuckDBWarehouse } from '@cloudact/core/warehouse/duckdb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testSupabase } from '../../scripts/test-supabase.ts';
import { connectorById, connectors } from '../providers/connectors.ts';
import { type AnswerServer, type AskedRequest, startAnswerServer } from '../providers/testing/answer-server.ts';
import { buildPipelineService } from './app.ts';
import { checkIntegration } from './check-integration.ts';

const adminKey = 'sk-admin-canary0123456789abcdef';
const filled = { organizationId: 'org-larkmoor' };
const now = () => new Date();
const a = parseOrgSlug(`acme_${randomUUID().slice(0, 8)}`);
const b = parseOrgSlug(`other_${randomUUID().slice(0, 8)}`);

const directory = await mkdtemp(join(tmpdir(), 'pipeline-internal-'));
const warehouse = await openDuckDBWarehouse({ directory: join(directory, 'warehouse') });
const { control } = warehouse;
const metadata = supabaseMetadata(await testSupabase());
const keyring = await openLocalKeyring(join(directory, 'keys.json'));
const vaultOptions = { control, wrapper: keyring, authenticationKey: 'an authentication key of 32 bytes or more', now };
const sealing = openSealingVault(vaultOptions);
const vault = openVault({ ...vaultOptions, unwrapper: keyring });
const services = await openServiceTokens({
  issuer: 'https://api.example.com',
  keys: [await generateSigningKey()],
  now,
});
const apiKeys = openApiKeys({
  control,
  peppers: { current: 1, peppers: { 1: 'pepper-of-the-tests-0123456789-abcdef' } },
  now,
});

const log: string[] = [];
const asked: AskedRequest[] = [];
let answers: (request: AskedRequest) => { status?: number; json: unknown };
let provider: AnswerServer;
let app: Awaited<ReturnType<typeof buildPipelineService>>;

beforeAll(async () => {
  provider = await startAnswerServer((request) => {
    asked.push(request);
    return answers(request);
  });
  app = await buildPipelineService({
    warehouse,
    metadata,
    vault,
    identity: { apiKeys, services },
    providers: { endpoint: provider.endpoint },
    inboxDirectory: (org) => join(directory, org),
    logger: { level: 'trace', stream: { write: (line: string) => void log.push(line) } },
  });
  for (const org of [a, b]) {
    await metadata.onboarding.begin({ slug: org, name: org, plan: 'self_hosted', owner: null });
    await sealing.createDataKey(org);
  }
});
beforeEach(() => {
  answers = () => ({ json: { object: 'page', data: [], has_more: false, next_page: null } });
});
afterAll(async () => {
  await app.close();
  await provider.close();
  await warehouse.close();
  await rm(directory, { recursive: true });
});

async function ask(method: 'GET' | 'POST', url: string, org: OrgSlug | null) {
  const token = await services.mint({ service: 'api', audience: 'pipelines', org });
  return app.inject({ method, url, headers: { authorization: `Bearer ${token}` } });
}
async function sealOfProxy(integrationId: string, settings: Record<string, string>) {
  const provider = 'litellm-proxy';
  const host = hostHash(connectorById(provider)!.fields, settings);
  await sealing.seal({ org: a, integrationId, provider, host }, { adminKey });
}
const check = (id: string, org: OrgSlug | null = a) => ask('POST', `/internal/integrations/${id}/check`, org);

async function openaiIntegration(secrets: Record<string, string> = { adminKey }, settings: object = filled) {
  const id = `openai-${randomUUID().slice(0, 8)}`;
  const connector = 'openai-organization';
  await metadata.forOrg(a).integrations.create({ id, connector, name: 'OpenAI', settings: { ...settings } });
  await sealing.seal({ org: a, integrationId: id, provider: connector, host: null }, secrets);
  return id;
}

it('tells every connector with its fields', async () => {
  const answer = await ask('GET', '/internal/connectors', null);
  expect(answer.json()).toEqual({
    connectors: JSON.parse(JSON.stringify(connectors.map(({ id, title, fields }) => ({ id, title, fields })))),
  });
});

describe('a check', () => {
  it('opens the secrets, asks the provider with them, and tells what it found', async () => {
    const id = await openaiIntegration();
    const answer = await check(id);
    expect(answer.statusCode).toBe(200);
    const { findings } = answer.json();
    expect(findings.map(({ step, ok }: { step: string; ok: boolean }) => [step, ok])).toEqual([
      ['usage', true],
      ['costs', true],
      ['names', true],
    ]);
    expect(asked.at(-1)?.headers.authorization).toBe(`Bearer ${adminKey}`);
    expect(answer.body + log.join('')).not.toContain(adminKey);
  });

  it('tells what a provider refuses, without a secret that the provider repeats', async () => {
    const id = await openaiIntegration();
    answers = () => ({ status: 400, json: { error: { message: `bad key ${adminKey}`, code: 'bad_key' } } });
    const answer = await check(id);
    expect(answer.statusCode).toBe(200);
    expect(answer.json().findings).toEqual([
      { step: 'usage', ok: false, detail: expect.stringContaining('OpenAI refused') },
    ]);
    expect(answer.body).toContain('bad key …');
    expect(answer.body + log.join('')).not.toContain(adminKey);
  });

  it.each([
    ['a secret that is missing', {}, filled, 'Admin key is missing'],
    ['a setting that is missing', { adminKey }, {}, 'Organization ID is missing'],
    ['a secret that does not fit', { adminKey: 'sk-proj-canary0123' }, filled, 'Admin key must be an admin key'],
  ])('tells %s as a finding, and asks nobody', async (_case, secrets, settings, said) => {
    const id = await openaiIntegration(secrets as Record<string, string>, settings);
    const before = asked.length;
    const answer = await check(id);
    expect(answer.json().findings).toEqual([{ step: 'settings', ok: false, detail: expect.stringContaining(said) }]);
    expect(answer.body).not.toContain('canary');
    expect(asked.length).toBe(before);
  });

  it('tells secrets that do not open as a finding', async () => {
    const id = await openaiIntegration({});
    // Sealed for another connector: moved, so it does not open.
    await sealing.seal({ org: a, integrationId: id, provider: 'litellm-proxy', host: null }, { adminKey });
    expect((await check(id)).json().findings).toEqual([
      { step: 'secrets', ok: false, detail: expect.stringContaining('Enter them again') },
    ]);
  });

  it('of a connector that this version does not have is a finding', async () => {
    const id = 'from-elsewhere';
    await metadata.forOrg(a).integrations.create({ id, connector: 'gone', name: 'Gone', settings: {} });
    expect((await check(id)).json().findings).toMatchObject([{ step: 'settings', ok: false }]);
  });

  it('answers for an integration of another organisation, or for none, as for one that is not there', async () => {
    const id = await openaiIntegration();
    const told = ({ statusCode, body }: Awaited<ReturnType<typeof check>>) => [
      statusCode,
      body.replace(/urn:uuid:[0-9a-f-]{36}/, ''),
    ];
    const missing = told(await check('nothing'));
    expect(missing[0]).toBe(404);
    expect(told(await check(id, b))).toEqual(missing);
    expect(told(await check(id, null))).toEqual(missing);
  });

  it.each(['https://169.254.169.254', 'https://127.0.0.1:8443', 'https://[::ffff:10.0.0.1]'])(
    'asks no server in a private network for strangers: %s',
    async (address) => {
      const integration = {
        id: `private-${randomUUID()}`,
        connector: 'litellm-proxy',
        settings: { address, detail: 'keys' },
      };
      await sealOfProxy(integration.id, integration.settings);
      const findings = await checkIntegration({ org: a, integration, vault, providers: {}, log: app.log });
      expect(findings).toMatchObject([{ ok: false, detail: expect.stringMatching(/private/) }]);
    },
  );

  it('opens no secret for a server that it was not entered for', async () => {
    const settings = { address: 'https://own.example.com', detail: 'keys' };
    const integration = { id: `moved-${randomUUID()}`, connector: 'litellm-proxy', settings };
    await sealOfProxy(integration.id, settings);
    const moved = { ...integration, settings: { ...settings, address: 'https://evil.example.com' } };
    const findings = await checkIntegration({ org: a, integration: moved, vault, providers: {}, log: app.log });
    expect(findings).toEqual([{ step: 'secrets', ok: false, detail: expect.stringContaining('Enter them again') }]);
  });

  it('reads no more than 1 MiB of an answer', async () => {
    const settings = { address: 'https://own.example.com', detail: 'keys' };
    const integration = { id: `large-${randomUUID()}`, connector: 'litellm-proxy', settings };
    await sealOfProxy(integration.id, settings);
    answers = () => ({ json: { padding: 'x'.repeat(1024 * 1024) } });
    const providers = { endpoint: provider.endpoint };
    const findings = await checkIntegration({ org: a, integration, vault, providers, log: app.log });
    expect(findings[0]).toMatchObject({ ok: false, detail: expect.stringContaining('more than 1048576 bytes') });
  });

  it('ends when its time is over, also while the provider says nothing', async () => {
    const id = await openaiIntegration();
    const integration = (await metadata.forOrg(a).integrations.find(id))!;
    const silent = await startAnswerServer(() => ({ json: {} }));
    silent.failNext(1_000, 503, { 'retry-after': '30' });
    const findings = await checkIntegration({
      org: a,
      integration,
      vault,
      providers: { endpoint: silent.endpoint },
      log: app.log,
      milliseconds: 300,
    });
    await silent.close();
    expect(findings).toEqual([{ step: 'check', ok: false, detail: expect.stringContaining('0.3 seconds') }]);
  });
});

it('without a vault, nothing is checked', async () => {
  const bare = await buildPipelineService({
    warehouse,
    identity: { apiKeys, services },
    inboxDirectory: (org) => join(directory, org),
    logger: false,
  });
  const token = await services.mint({ service: 'api', audience: 'pipelines', org: a });
  const headers = { authorization: `Bearer ${token}` };
  const answer = await bare.inject({ method: 'POST', url: '/internal/integrations/x/check', headers });
  expect(answer.statusCode).toBe(503);
  await bare.close();
});
