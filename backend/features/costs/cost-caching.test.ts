import type { OrgWarehouse, Warehouse, Query as WarehouseQuery } from '@cloudact/core/warehouse';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { openTestBackend } from '../../testing/backend.ts';
import { loadCharges } from '../../testing/charges.ts';
import { randomSlug } from '../../testing/tenants.ts';
import { readQuestion } from './question.ts';
import { openCostService } from './service.ts';

const backend = await openTestBackend();
const { warehouse } = backend;
const { org, key } = await backend.organisation(randomSlug('acme'));
const october = { from: '2026-10-01', to: '2026-11-01' };
afterAll(() => backend.close());

let asked: string[];
/** The real warehouse, and a list of the queries that it was asked. */
const watched: Warehouse = {
  ...warehouse,
  forOrg(slug) {
    const dataset = warehouse.forOrg(slug);
    const watchedDataset: OrgWarehouse = {
      org: dataset.org,
      load: (work, options) => dataset.load(work, options),
      exportTables: (folder, options) => dataset.exportTables(folder, options),
      dataVersion: () => dataset.dataVersion(),
      rows(query, params, options) {
        asked.push((query as WarehouseQuery<never, unknown>).name);
        return dataset.rows(query, params, options);
      },
    };
    return watchedDataset;
  },
};
const costs = openCostService({
  warehouse: watched,
  cacheBytes: 1_000_000,
  questionMilliseconds: 30_000,
  secret: backend.deps.idempotencySecret,
});
const principal = { kind: 'api_key', org, scopes: ['costs:read'], keyId: 'one', expiresAt: null } as const;
const question = readQuestion({ ...october, group_by: ['ServiceName'] }, principal);

let extractions = 0;
/** Loads the month again, each time from a later reading of the source. */
function load(cost: string): Promise<void> {
  const extractedAt = new Date(Date.UTC(2026, 10, 1, 0, ++extractions)).toISOString();
  return loadCharges(warehouse, org, [{ day: '2026-10-01', cost }], { extractedAt });
}

beforeEach(async () => {
  asked = [];
  await load('1');
});

it('equal questions at the same time ask the warehouse once, and later ones not at all', async () => {
  const answers = await Promise.all([1, 2, 3].map(() => costs.answer(org, question, undefined)));
  await costs.answer(org, question, undefined);
  expect(new Set(answers.map(({ json }) => json)).size).toBe(1);
  expect(asked.sort()).toEqual(['cost', 'cost_loads', 'cost_unpriced']);
});

it('who has the answer already gets none, and the cost tables are not touched', async () => {
  const { etag } = await costs.answer(org, question, undefined);
  asked = [];
  expect(await costs.answer(org, question, etag)).toEqual({ etag });
  expect(asked).toEqual([]);
});

it('after a load the same question is answered anew, under another tag', async () => {
  const before = await costs.answer(org, question, undefined);
  await load('99');
  const after = await costs.answer(org, question, before.etag);
  expect(JSON.parse(after.json!).totals).toEqual([{ currency: 'USD', cost: '99' }]);
  expect(after.etag).not.toBe(before.etag);
});

it('over HTTP: 200 with a weak tag, then 304 without a body, both private and varying by credential', async () => {
  const first = await backend.get('/v1/costs', key, october);
  expect(first.statusCode).toBe(200);
  expect(first.headers).toMatchObject({
    etag: expect.stringMatching(/^W\/"/),
    'cache-control': 'private, max-age=0, must-revalidate',
    vary: 'Authorization, CloudAct-Org, Origin',
    'content-type': 'application/json; charset=utf-8',
  });
  const again = await backend.get('/v1/costs', key, october, { 'if-none-match': String(first.headers.etag) });
  expect(again.statusCode).toBe(304);
  expect(again.body).toBe('');
  expect(again.headers).toMatchObject({ etag: first.headers.etag, vary: 'Authorization, CloudAct-Org, Origin' });
});

it('the tag of one organisation or of one set of filters never fits another', async () => {
  const other = await backend.organisation(randomSlug('other'));
  const { token } = await backend.deps.identity.widgetTokens.mint({
    org,
    scopes: ['costs:read'],
    filters: ['RegionId:x'],
  });
  const tags = await Promise.all(
    [key, other.key, token].map(
      async (credential) => (await backend.get('/v1/costs', credential, october)).headers.etag,
    ),
  );
  expect(new Set(tags).size).toBe(3);
});

it('organisations whose data has the same version are answered each with its own', async () => {
  const answers = [];
  for (const cost of ['11', '22']) {
    const made = await backend.organisation(randomSlug());
    await loadCharges(warehouse, made.org, [{ day: '2026-10-01', cost }]);
    const { data_version, query_hash, totals } = (await backend.get('/v1/costs', made.key, october)).json();
    answers.push({ data_version, query_hash, cost: Number(totals[0].cost) });
  }
  const [first, second] = answers;
  expect(second).toEqual({ ...first, cost: 22 });
  expect(first!.cost).toBe(11);
});
