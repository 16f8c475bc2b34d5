import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudActError } from '@cloudact/core/errors';
import type { ApiKeyPrincipal } from '@cloudact/core/identity';
import { decimal } from '@cloudact/core/money';
import { type OrgSlug, parseOrgSlug } from '@cloudact/core/org';
import type { Warehouse } from '@cloudact/core/warehouse';
import { openDuckDBWarehouse } from '@cloudact/core/warehouse/duckdb';
import type { FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type DemoBills, generateDemoBills } from '../demo/index.ts';
import { createRunStore } from '../runs/index.ts';
import { billedByMonth } from '../runs/testing/demo-org.ts';
import { buildPipelineService } from './app.ts';
import { startPipelineService } from './server.ts';

const acme = parseOrgSlug('acme');
const other = parseOrgSlug('other');
const bill = 'aws/20261101-20261201/larkmoor-cost-and-usage-00001.csv.gz';
let directory: string;
let inboxes: string;
let bills: DemoBills;
let warehouse: Warehouse;
let app: FastifyInstance;

/** Stands in for identity at its own edge: which credential belongs to whom is all that the service asks of it. */
const principals: Record<string, ApiKeyPrincipal> = {
  'Bearer ca_live_acme': { kind: 'api_key', org: acme, scopes: ['runs:write'], keyId: 'k1', expiresAt: null },
  'Bearer ca_live_other': { kind: 'api_key', org: other, scopes: ['runs:write'], keyId: 'k2', expiresAt: null },
  'Bearer ca_live_reader': { kind: 'api_key', org: acme, scopes: ['costs:read'], keyId: 'k3', expiresAt: null },
  'Bearer ca_live_run-reader': { kind: 'api_key', org: acme, scopes: ['runs:read'], keyId: 'k4', expiresAt: null },
};
const identity = {
  apiKeys: {
    async verify(key: string): Promise<ApiKeyPrincipal> {
      const principal = principals[`Bearer ${key}`];
      if (!principal) throw new CloudActError('credential_invalid', { detail: 'There is no such key.' });
      return principal;
    },
  },
  services: { verify: () => Promise.reject(new Error('no service asks here')) },
};
const dependencies = () => ({
  warehouse,
  identity,
  inboxDirectory: (org: OrgSlug) => join(inboxes, org),
  logger: false,
});

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pipeline-service-'));
  inboxes = join(directory, 'inboxes');
  [bills] = (await generateDemoBills({
    providers: ['aws'],
    directory: join(inboxes, acme),
    endMonth: '2026-11',
    today: '2026-11-02',
    months: 1,
  })) as [DemoBills];
  await mkdir(join(inboxes, other));
  await cp(join(inboxes, acme), join(inboxes, other), { recursive: true });
}, 120_000);
afterAll(() => rm(directory, { recursive: true, force: true }));
beforeEach(async () => {
  warehouse = await openDuckDBWarehouse({
    directory: await mkdtemp(join(directory, 'warehouse-')),
    inboxDirectories: [inboxes],
  });
  await warehouse.createDataset(acme);
  await warehouse.createDataset(other);
  app = await buildPipelineService(dependencies());
});
afterEach(async () => {
  await app.close();
  await warehouse.close();
});

const post = (body: object, authorization = 'Bearer ca_live_acme') =>
  app.inject({ method: 'POST', url: '/v1/runs', headers: { authorization }, payload: body });
const get = (url: string, authorization = 'Bearer ca_live_acme') => app.inject({ url, headers: { authorization } });
const valid = { integration_id: 'aws-1', files: [bill] };

describe('POST /v1/runs', () => {
  test('takes a run, says where it is, and loads the bill', async () => {
    const accepted = await post(valid);
    expect(accepted.statusCode).toBe(202);
    expect(accepted.json()).toMatchObject({
      state: 'queued',
      integration_id: 'aws-1',
      source: { files: [bill], from: 'auto' },
    });
    expect(accepted.headers.location).toBe(`/v1/runs/${accepted.json().id}`);
    await app.runWorker.idle();
    const done = await get(accepted.headers.location!);
    expect(done.json()).toMatchObject({
      state: 'succeeded',
      progress: 1,
      provider: 'aws-cur',
      rows_read: bills.months[0]!.rows,
      error: null,
    });
    expect(await billedByMonth(warehouse.forOrg(acme))).toEqual({ 'aws-1 2026-11': decimal(bills.months[0]!.total) });
    expect(await billedByMonth(warehouse.forOrg(other))).toEqual({});
  });

  test('runs of one organisation are done one after the other, in their order', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 3; count += 1) ids.push((await post(valid)).json().id);
    await app.runWorker.idle();
    const runs = await createRunStore(warehouse.control).list(acme);
    expect(runs.every(({ state }) => state === 'succeeded')).toBe(true);
    const finished = new Map(runs.map((run) => [run.id, `${run.finishedAt}`]));
    const order = ids.map((id) => finished.get(id)!);
    expect(order).toEqual([...order].sort());
  });

  test('a file that cannot be read fails the run, with what to do, and the next run is done', async () => {
    await writeFile(join(inboxes, acme, 'notes.csv'), 'day,weather\n2026-11-01,rain\n');
    const bad = (await post({ ...valid, files: ['notes.csv'] })).json();
    const good = (await post(valid)).json();
    await app.runWorker.idle();
    const failed = (await get(`/v1/runs/${bad.id}`)).json();
    expect(failed).toMatchObject({
      state: 'failed',
      error: { code: 'file_format_unknown', title: 'Billing format not recognised' },
    });
    expect(failed.error.detail).not.toContain(directory);
    expect((await get(`/v1/runs/${good.id}`)).json()).toMatchObject({ state: 'succeeded' });
  });

  test.each([
    [
      'a way out of the inbox',
      { ...valid, files: ['../other/20261101-20261201/x.csv.gz'] },
      400,
      'request_invalid',
      '#/files/0',
    ],
    ['an absolute path', { ...valid, files: ['/etc/hostname'] }, 400, 'request_invalid', '#/files/0'],
    ['no file', { ...valid, files: [] }, 400, 'request_invalid', '#/files'],
    ['a file that is not there', { ...valid, files: ['missing.csv'] }, 404, 'file_not_found', '#/files/0'],
    ['an unknown format', { ...valid, from: 'abacus' }, 400, 'request_invalid', '#/from'],
    ['an unknown property', { ...valid, org: 'other' }, 400, 'request_invalid', '#'],
    [
      'an integration id with a path in it',
      { ...valid, integration_id: '../x' },
      400,
      'request_invalid',
      '#/integration_id',
    ],
  ])('refuses %s as a problem that points at it', async (_what, body, status, code, pointer) => {
    const answer = await post(body);
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({ type: `urn:cloudact:problem:${code}`, status, code });
    expect(answer.json().errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
    expect(await createRunStore(warehouse.control).list(acme)).toEqual([]);
  });
});

test.each([
  ['GET', '/v1/nothing', {}, '', 404, 'not_found'],
  ['DELETE', '/v1/runs', {}, '', 405, 'method_not_allowed'],
  ['GET', '/v1/%zz', {}, '', 400, 'request_invalid'],
  ['POST', '/v1/runs', { 'content-type': 'application/json' }, '{', 400, 'request_invalid'],
  ['POST', '/v1/runs', { 'content-type': 'text/x' }, 'a=b', 415, 'media_type_unsupported'],
  ['POST', '/v1/runs', { 'content-type': 'application/json' }, `"${'x'.repeat(70_000)}"`, 413, 'payload_too_large'],
] as const)('%s %s that cannot be served is a problem (%#)', async (method, url, headers, payload, status, code) => {
  const request = { method, url, headers: { authorization: 'Bearer ca_live_acme', ...headers } };
  const answer = await app.inject(payload === '' ? request : { ...request, payload });
  expect(answer.headers['content-type']).toContain('application/problem+json');
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(answer.json()).toMatchObject({ status, code, detail: expect.any(String) });
  if (status === 405) expect(answer.headers.allow).toBe('GET, HEAD, POST');
});

test('a parameter that is not valid is pointed at in the query', async () => {
  const { errors } = (await get('/v1/runs?limit=0')).json();
  expect(errors[0].pointer).toBe('#/query/limit');
});

test('a key that may only read sees the runs and starts none', async () => {
  expect((await get('/v1/runs', 'Bearer ca_live_run-reader')).json()).toEqual({ runs: [] });
  expect((await post(valid, 'Bearer ca_live_run-reader')).json()).toMatchObject({ status: 403, code: 'forbidden' });
});

describe('who may', () => {
  test.each([
    ['nobody', undefined, 401, 'authentication_required'],
    ['nonsense', 'Bearer nonsense', 401, 'credential_invalid'],
    ['an unknown key', 'Bearer ca_live_nonsense', 401, 'credential_invalid'],
    ['a key without the scope', 'Bearer ca_live_reader', 403, 'forbidden'],
  ])('%s: no', async (_who, authorization, status, code) => {
    for (const [method, url] of [
      ['POST', '/v1/runs'],
      ['GET', '/v1/runs'],
      ['GET', '/v1/runs/run_1'],
    ] as const) {
      const answer = await app.inject({
        method,
        url,
        headers: authorization === undefined ? {} : { authorization },
        ...(method === 'POST' && { payload: valid }),
      });
      expect([answer.statusCode, answer.json().code], `${method} ${url}`).toEqual([status, code]);
      if (status === 401) expect(answer.headers['www-authenticate']).toContain('Bearer');
    }
  });

  test("another organisation's run is the same 404 as one that never was, and is in no list", async () => {
    const { id } = (await post(valid)).json();
    await app.runWorker.idle();
    const theirs = await get(`/v1/runs/${id}`, 'Bearer ca_live_other');
    const missing = await get('/v1/runs/run_missing', 'Bearer ca_live_other');
    const withoutRequest = ({ instance: _, ...problem }: Record<string, unknown>) => problem;
    expect(theirs.statusCode).toBe(404);
    expect(withoutRequest(theirs.json())).toEqual(withoutRequest(missing.json()));
    expect((await get('/v1/runs', 'Bearer ca_live_other')).json()).toEqual({ runs: [] });
    expect((await get('/v1/runs')).json().runs.map((run: { id: string }) => run.id)).toEqual([id]);
  });
});

describe('starting and stopping', () => {
  test('health says ok without a credential, and not ready while stopping', async () => {
    expect((await app.inject('/health/live')).json()).toEqual({ status: 'ok' });
    expect((await app.inject('/health/ready')).json()).toEqual({ status: 'ok' });
    app.lifecycle.stopping = true;
    expect((await app.inject('/health/ready')).statusCode).toBe(503);
    expect((await app.inject('/health/live')).statusCode).toBe(200);
    expect((await post(valid)).json()).toMatchObject({ code: 'unavailable', status: 503 });
  });

  test('what a killed process left running is done by the next one', async () => {
    const store = createRunStore(warehouse.control);
    await store.create({ id: 'left', org: acme, integrationId: 'aws-1', source: { files: [bill], from: 'auto' } });
    await store.update(acme, 'left', { state: 'running' });
    const next = await buildPipelineService(dependencies());
    await next.runWorker.idle();
    await next.close();
    expect(await store.get(acme, 'left')).toMatchObject({ state: 'succeeded' });
    expect(await billedByMonth(warehouse.forOrg(acme))).toEqual({ 'aws-1 2026-11': decimal(bills.months[0]!.total) });
  });

  test('a run whose file has gone since fails with its name', async () => {
    const store = createRunStore(warehouse.control);
    await store.create({
      id: 'left',
      org: acme,
      integrationId: 'aws-1',
      source: { files: ['gone.csv'], from: 'auto' },
    });
    const next = await buildPipelineService(dependencies());
    await next.runWorker.idle();
    await next.close();
    expect(await store.get(acme, 'left')).toMatchObject({ state: 'failed', error: { code: 'file_not_found' } });
  });

  test('a run whose inbox cannot be read fails, whatever the reason, and the customer does not read it', async () => {
    await symlink('circle.csv', join(inboxes, acme, 'circle.csv'));
    const store = createRunStore(warehouse.control);
    const source = { files: ['circle.csv'], from: 'auto' };
    await store.create({ id: 'left', org: acme, integrationId: 'aws-1', source });
    const next = await buildPipelineService(dependencies());
    await next.runWorker.idle();
    await next.close();
    const failed = await store.get(acme, 'left');
    expect(failed).toMatchObject({ state: 'failed', error: { code: 'internal' } });
    expect(failed!.error!.detail).not.toMatch(/ELOOP|circle/);
  });

  test('stopping ends the run under way within 8 seconds, changes nothing, and the next start finishes it', async () => {
    const service = await startPipelineService({ ...dependencies(), port: 0 });
    const answer = await fetch(`${service.url}/v1/runs`, {
      method: 'POST',
      headers: { authorization: 'Bearer ca_live_acme', 'content-type': 'application/json' },
      body: JSON.stringify(valid),
    });
    expect(answer.status).toBe(202);
    const { id } = (await answer.json()) as { id: string };
    const started = performance.now();
    await service.stop();
    expect(performance.now() - started).toBeLessThan(8_000);
    const store = createRunStore(warehouse.control);
    expect(await store.get(acme, id)).toMatchObject({ state: 'queued' });
    expect(await billedByMonth(warehouse.forOrg(acme))).toEqual({});

    const next = await buildPipelineService(dependencies());
    await next.runWorker.idle();
    await next.close();
    expect(await store.get(acme, id)).toMatchObject({ state: 'succeeded' });
  });

  test('a port that is taken is said in words', async () => {
    const service = await startPipelineService({ ...dependencies(), port: 0 });
    const port = Number(new URL(service.url).port);
    await expect(startPipelineService({ ...dependencies(), port })).rejects.toMatchObject({ code: 'port_taken' });
    await service.stop();
  });
});
