import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { openTokenRevocations } from '@cloudact/core/identity';
import type { OrgSlug } from '@cloudact/core/org';
import { openWorkbench, quotePath } from '@cloudact/core/warehouse/duckdb';
import { afterAll, expect, it } from 'vitest';
import { openTestBackend, rootKey } from '../../testing/backend.ts';
import { loadCharges } from '../../testing/charges.ts';
import { randomSlug } from '../../testing/tenants.ts';
import { openOrganisationLifecycle } from './service.ts';

const backend = await openTestBackend();
const { deps, warehouse } = backend;
afterAll(() => backend.close());

async function tenant() {
  const { org, key } = await backend.organisation(randomSlug());
  const owner = await backend.member(org, 'owner');
  const { vault, metadata } = deps;
  await vault.seal({ org, integrationId: 'aws-main', provider: 'aws-s3', host: null }, { secret: 'of-the-provider' });
  await metadata.forOrg(org).integrations.create({ id: 'aws-main', connector: 'aws-s3', name: 'AWS', settings: {} });
  await loadCharges(warehouse, org, [{ day: '2026-10-05', cost: '0.100000000000000001' }]);
  return { org, key, owner };
}

const leave = (credential: string, org: OrgSlug, body: object = {}, headers: Record<string, string> = {}) =>
  backend.request('DELETE', '/v1/org', { credential, org, body: { confirm: org, export: false, ...body }, headers });
const leaveAsRoot = (org: string, body: object = {}) =>
  backend.request('DELETE', `/v1/admin/orgs/${org}`, {
    credential: rootKey,
    body: { confirm: org, export: false, ...body },
  });

it('a deleted organisation leaves nothing but its retired slug and the certificate', async () => {
  const { org, key, owner } = await tenant();
  const answer = await leave(owner.token, org);
  expect(answer.statusCode, answer.body).toBe(200);
  const certificate = answer.json();
  expect(certificate).toMatchObject({
    org,
    deleted: { members: 1, charges: 1, api_keys: 1, data_keys: 1, credentials: 1 },
    export: null,
  });
  const times = Object.values(certificate.steps).filter((time) => time !== null);
  expect(times).toEqual([...times].sort());

  expect(await warehouse.hasDataset(org)).toBe(false);
  expect(await deps.metadata.findOrganisation(org)).toBeUndefined();
  expect(await deps.identity.apiKeys.list(org)).toEqual([]);
  expect(await deps.vault.describe(org, 'aws-main')).toEqual([]);
  expect((await backend.get('/v1/org', key)).json()).toMatchObject({ status: 401, code: 'credential_invalid' });
  const asMember = await backend.request('GET', '/v1/org', { credential: owner.token, org });
  expect(asMember.json()).toMatchObject({ status: 404, code: 'not_found' });

  const body = { slug: org, name: 'Again' };
  const again = await backend.request('POST', '/v1/orgs', { credential: owner.token, body });
  expect(again.json()).toMatchObject({ status: 409, code: 'org_exists' });
  expect(await warehouse.hasDataset(org)).toBe(false);
  const kept = await backend.get(`/v1/admin/orgs/${org}/certificate`, rootKey);
  expect(kept.json()).toEqual(certificate);
  expect((await leaveAsRoot(org)).json()).toEqual(certificate);
});

it('an export has every table and the metadata, and its manifest proves it', async () => {
  const { org, key, owner } = await tenant();
  const body = { name: 'Portal', scopes: ['costs:read'] };
  await backend.request('POST', '/v1/api-keys', { credential: key, body });
  const certificate = (await leave(owner.token, org, { export: true })).json();
  const folder = join(deps.exportDirectory, certificate.export.folder);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);

  const text = await readFile(join(folder, 'manifest.json'));
  expect(createHash('sha256').update(text).digest('hex')).toBe(certificate.export.manifest_sha256);
  const manifest = JSON.parse(text.toString());
  expect(manifest.files).toHaveLength(certificate.export.files);
  for (const { path, bytes, sha256 } of manifest.files) {
    const content = await readFile(join(folder, path));
    expect([content.length, createHash('sha256').update(content).digest('hex')], path).toEqual([bytes, sha256]);
    expect(content.includes('of-the-provider'), path).toBe(false);
  }
  const metadata = JSON.parse(await readFile(join(folder, 'metadata.json'), 'utf8'));
  expect(metadata).toMatchObject({
    organisation: { slug: org },
    members: [{ userId: owner.userId, role: 'owner' }],
    integrations: [{ id: 'aws-main' }],
    subscriptions: [],
    budgets: [],
    hierarchyNodes: [],
    auditEvents: [{ action: 'api_key.create', outcome: 'succeeded' }],
  });

  const charges = join(folder, 'tables/cost_data_standard_1_3.parquet');
  const workbench = await openWorkbench({ inputs: [charges], outputs: [] });
  try {
    const rows = await workbench.rows(`SELECT BilledCost FROM read_parquet(${quotePath(charges)})`);
    expect(rows).toEqual([{ BilledCost: '0.100000000000000001' }]);
  } finally {
    await workbench.close();
  }
});

it('deleting asks for the slug once more, and without it nothing happens', async () => {
  const { org, key, owner } = await tenant();
  for (const refused of [
    await leave(owner.token, org, { confirm: 'yes' }),
    await leaveAsRoot(org, { confirm: 'yes' }),
  ]) {
    expect(refused.json()).toMatchObject({ status: 400, code: 'request_invalid' });
  }
  expect((await backend.get('/v1/org', key)).json()).toMatchObject({ state: 'active' });
});

it('an organisation of others is not deleted, and is answered like one that is not there', async () => {
  const { org } = await tenant();
  const stranger = await backend.person();
  const nobodys = randomSlug() as OrgSlug;
  const [others, absent] = [await leave(stranger.token, org), await leave(stranger.token, nobodys)];
  const { instance: _a, ...first } = others.json();
  const { instance: _b, ...second } = absent.json();
  expect(first).toMatchObject({ status: 404, code: 'not_found' });
  expect(first).toEqual(second);
  expect((await leaveAsRoot(nobodys)).json()).toMatchObject({ status: 404, code: 'not_found' });
  expect(await warehouse.hasDataset(org)).toBe(true);
});

it('from the first step on nobody gets in, but the owner may ask again and it is completed', async () => {
  const { org, key, owner } = await tenant();
  const broken = { ...deps, billing: { ...deps.billing, end: () => Promise.reject(new Error('no answer')) } };
  const stopped = openOrganisationLifecycle(broken).offboard(
    { org, requestedBy: owner.userId, withExport: false },
    () => undefined,
  );
  await expect(stopped).rejects.toThrow('no answer');

  expect((await backend.get('/v1/org', key)).statusCode).toBe(401);
  const asMember = await backend.request('GET', '/v1/org', { credential: owner.token, org });
  expect(asMember.json()).toMatchObject({ status: 404, code: 'not_found' });
  const issued = await backend.request('POST', `/v1/admin/orgs/${org}/api-keys`, {
    credential: rootKey,
    body: { name: 'Late', scopes: ['costs:read'] },
  });
  expect(issued.json()).toMatchObject({ status: 404, code: 'not_found' });
  expect(await warehouse.hasDataset(org)).toBe(true);

  expect((await leave(owner.token, org)).statusCode).toBe(200);
  expect(await warehouse.hasDataset(org)).toBe(false);
});

it('in the moment after its beginning nobody gets in, in any process', async () => {
  const { org, key } = await tenant();
  const { token } = await deps.identity.widgetTokens.mint({ org, scopes: ['costs:read'], filters: [] });
  const { offboarding } = deps.metadata;
  const begin: typeof offboarding.begin = async (input) => {
    await offboarding.begin(input);
    throw new Error('killed');
  };
  const killed = { ...deps, metadata: { ...deps.metadata, offboarding: { ...offboarding, begin } } };
  const stopped = openOrganisationLifecycle(killed).offboard(
    { org, requestedBy: null, withExport: false },
    () => undefined,
  );
  await expect(stopped).rejects.toThrow('killed');
  const refusal = { code: 'credential_invalid' };
  await expect(deps.identity.apiKeys.verify(key)).rejects.toMatchObject(refusal);
  const inAnyProcess = openTokenRevocations({ metadata: deps.metadata, now: deps.now });
  const principal = await deps.identity.widgetTokens.verify(token);
  await expect(inAnyProcess.check(principal)).rejects.toMatchObject(refusal);
  const mintedLater = { ...principal, issuedAt: principal.issuedAt + 86_400 };
  await expect(inAnyProcess.check(mintedLater)).rejects.toMatchObject(refusal);
});

it('who asks for lines sees every step when it is done, and the certificate last', async () => {
  const { org, owner } = await tenant();
  const answer = await leave(owner.token, org, {}, { accept: 'application/x-ndjson' });
  const lines = answer.body
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.slice(0, -1).map(({ step }) => step)).toEqual([
    'keys_revoked',
    'billing_ended',
    'exported',
    'dataset_dropped',
    'data_keys_destroyed',
  ]);
  expect(lines.at(-1)).toMatchObject({ org });
});

it('there is no certificate of an organisation that is still there', async () => {
  const { org } = await tenant();
  const answer = await backend.get(`/v1/admin/orgs/${org}/certificate`, rootKey);
  expect(answer.json()).toMatchObject({ status: 404, code: 'not_found' });
});
