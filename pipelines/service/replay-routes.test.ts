import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudActError } from '@cloudact/core/errors';
import { type OrgSlug, parseOrgSlug } from '@cloudact/core/org';
import { openDuckDBWarehouse } from '@cloudact/core/warehouse/duckdb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadBill } from '../runs/load-bill.ts';
import { billedByMonth } from '../runs/testing/demo-org.ts';
import { buildPipelineService } from './app.ts';

const [acme, other] = [parseOrgSlug('acme'), parseOrgSlug('other')];
const directory = await mkdtemp(join(tmpdir(), 'replay-routes-'));
const inbox = join(directory, 'inbox');
const warehouse = await openDuckDBWarehouse({ directory: join(directory, 'warehouse'), inboxDirectories: [directory] });
const app = await buildPipelineService({
  warehouse,
  inboxDirectory: (org: OrgSlug) => join(inbox, org),
  logger: false,
  identity: {
    apiKeys: {
      async verify(key) {
        const org = { ca_live_acme: acme, ca_live_other: other }[key];
        if (!org) throw new CloudActError('credential_invalid', { detail: 'There is no such key.' });
        return { kind: 'api_key', org, scopes: ['runs:write'], keyId: 'k1', expiresAt: null };
      },
    },
    services: { verify: () => Promise.reject(new Error('no service asks here')) },
  },
});

beforeAll(async () => {
  const day = { charge_start: '2026-11-02T00:00:00Z', charge_end: '2026-11-03T00:00:00Z', account_id: 'org' };
  const usage = { model: 'gpt-4o-2024-08-06', project_id: 'proj', input_tokens: 2_000_000, output_tokens: 0 };
  const lines = [
    { openai_answer: 'about', ...day, settled_before: '2026-11-01' },
    { openai_answer: 'completions', ...day, ...usage },
  ];
  const file = join(directory, 'openai.ndjson');
  await writeFile(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  for (const org of [acme, other]) {
    await warehouse.createDataset(org);
    const load = { integrationId: 'openai-main', files: [file], from: 'openai-usage', runId: 'run' };
    await warehouse.forOrg(org).load((session) => loadBill(session, { ...load, extractedAt: '2026-11-23T00:00:00Z' }));
  }
});
afterAll(async () => {
  await app.close();
  await warehouse.close();
  await rm(directory, { recursive: true });
});

const replay = (more: object, org = 'acme') =>
  app.inject({
    method: 'POST',
    url: '/v1/replays',
    headers: { authorization: `Bearer ca_live_${org}` },
    payload: { integration_id: 'openai-main', format: 'openai-usage', billing_periods: ['2026-11-01'], ...more },
  });
const prices = {
  prices: [{ provider: 'openai', model: '*', meter: '*', percent_off: '10', source: 'Order form 1' }],
  deployments: [],
};
const billed = async (org: OrgSlug) => (await billedByMonth(warehouse.forOrg(org)))['openai-main 2026-11'];

test('differences are looked at first and committed when asked, for the own organisation alone', async () => {
  const looked = await replay({ prices });
  expect([looked.statusCode, looked.json()]).toMatchObject([
    200,
    { is_same: false, committed: false, differences: [{ model: 'gpt-4o-2024-08-06', currency: 'USD' }] },
  ]);
  expect(await billed(acme)).toBe('5');
  expect((await replay({ prices, commit: true })).json()).toMatchObject({ committed: true });
  expect([await billed(acme), await billed(other)]).toEqual(['4.5', '5']);
  expect((await replay({ prices, commit: true })).json()).toMatchObject({ is_same: true, committed: false });
});

test('what cannot be priced again is one clear problem', async () => {
  expect((await replay({ billing_periods: ['2026-10-01'] })).json()).toMatchObject({ code: 'not_found' });
  expect((await replay({ format: 'aws-cur' })).json()).toMatchObject({ code: 'request_invalid' });
  expect((await replay({ prices: { prices: [{ provider: 1 }] } })).json()).toMatchObject({ code: 'settings_invalid' });
});
