import { CloudActError } from '@cloudact/core/errors';
import { defineQuery, type OrgWarehouse, type Warehouse, type Query as WarehouseQuery } from '@cloudact/core/warehouse';
import { afterAll, expect, it } from 'vitest';
import { openTestBackend } from '../../testing/backend.ts';
import { loadCharges } from '../../testing/charges.ts';
import { randomSlug } from '../../testing/tenants.ts';
import { readQuestion } from './question.ts';
import { openCostService } from './service.ts';

const backend = await openTestBackend();
const { warehouse } = backend;
const { org, key } = await backend.organisation(randomSlug('acme'));
const october = { from: '2026-10-01', to: '2026-11-01' };
await loadCharges(warehouse, org, [{ day: '2026-10-01', cost: '1' }], { extractedAt: '2026-11-01T00:00:00Z' });
afterAll(() => backend.close());

/** Would run for hours. */
const slow = defineQuery<Record<string, never>, { n: string }>({
  name: 'slow',
  params: {},
  sql: (dialect) => `WITH n AS (SELECT x FROM range(10000000) AS r(x))
    SELECT count(*) AS n FROM n AS a CROSS JOIN n AS b CROSS JOIN cost_daily
    WHERE org_slug = ${dialect.param('org_slug')} AND (a.x * b.x) % 7 = 3`,
});

it('when too many questions of an organisation wait, the next is refused, and told when to ask again', async () => {
  const end = new AbortController();
  const holding = Array.from({ length: 194 }, () =>
    warehouse
      .forOrg(org)
      .rows(slow, {}, { signal: end.signal })
      .catch((error: unknown) => error),
  );
  const refused = await backend.get('/v1/costs', key, october);
  end.abort(new Error('enough'));
  expect(refused.statusCode).toBe(429);
  expect(refused.json()).toMatchObject({ code: 'rate_limited', detail: expect.stringContaining('organisation') });
  expect(refused.headers).toMatchObject({ 'retry-after': '5', 'cache-control': 'no-store' });
  await Promise.all(holding);
  expect((await backend.get('/v1/costs', key, october)).statusCode).toBe(200);
});

it('when one query of a question fails, the others are given up', async () => {
  const signals: AbortSignal[] = [];
  const failing: Warehouse = {
    ...warehouse,
    forOrg(slug) {
      const dataset = warehouse.forOrg(slug);
      const failingDataset: OrgWarehouse = {
        ...dataset,
        rows(query, params, options) {
          signals.push(options!.signal!);
          const { name } = query as WarehouseQuery<never, unknown>;
          if (name === 'cost')
            return Promise.reject(new CloudActError('unavailable', { detail: 'Too little memory.' }));
          return dataset.rows(query, params, options);
        },
      };
      return failingDataset;
    },
  };
  const secret = backend.deps.idempotencySecret;
  const costs = openCostService({ warehouse: failing, cacheBytes: 1_000, questionMilliseconds: 30_000, secret });
  const question = readQuestion(october, {
    kind: 'api_key',
    org,
    scopes: ['costs:read'],
    keyId: 'one',
    expiresAt: null,
  });
  await expect(costs.answer(org, question, undefined)).rejects.toMatchObject({ code: 'unavailable' });
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, true]);
});
