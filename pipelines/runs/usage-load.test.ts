import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decimal } from '@cloudact/core/money';
import { defineQuery } from '@cloudact/core/warehouse';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { loadAttribution } from './load-attribution.ts';
import { loadBill } from './load-bill.ts';
import { type ReplayOptions, replayPeriods } from './replay.ts';
import { billedByMonth, type DemoOrg, openDemoOrg } from './testing/demo-org.ts';

/** The usage of an organisation at OpenAI as its connector writes it, loaded, held, priced again. */
let inbox: string;
let demo: DemoOrg;

beforeAll(async () => {
  inbox = await mkdtemp(join(tmpdir(), 'usage-load-'));
});
beforeEach(async () => {
  demo = await openDemoOrg(inbox);
});
afterAll(async () => {
  await rm(inbox, { recursive: true, force: true });
});

const november = '2026-11-01';
const of = (day: number) => ({
  charge_start: `2026-11-${String(day).padStart(2, '0')}T00:00:00Z`,
  charge_end: `2026-11-${String(day + 1).padStart(2, '0')}T00:00:00Z`,
  account_id: 'org-larkmoor',
});
const usage = (day: number, model: string, input_tokens: number) => ({
  openai_answer: 'completions',
  ...of(day),
  project_id: 'proj_chat',
  api_key_id: 'key_1',
  model,
  input_tokens,
  output_tokens: 0,
});
const about = { openai_answer: 'about', ...of(1), settled_before: '2026-11-01' };

async function load(lines: readonly object[], more: { heldFrom?: string } = {}) {
  const file = join(inbox, 'openai.ndjson');
  await writeFile(file, [about, ...lines].map((line) => `${JSON.stringify(line)}\n`).join(''));
  const options = {
    integrationId: 'openai-main',
    files: [file],
    from: 'openai-usage',
    runId: 'run',
    onlyPeriods: [november],
  };
  return demo.warehouse.forOrg(demo.org).load((session) =>
    loadBill(session, {
      ...options,
      extractedAt: '2026-11-23T00:00:00Z',
      sourceTokens: { [november]: 'token' },
      ...more,
    }),
  );
}

const replay = (options: Pick<ReplayOptions, 'commit' | 'ownPrices'>) =>
  demo.warehouse.forOrg(demo.org).load((session) =>
    replayPeriods(session, {
      integrationId: 'openai-main',
      format: 'openai-usage',
      billingPeriods: [november],
      runId: 'replay',
      ...options,
    }),
  );

const waiting = defineQuery<Record<string, never>, { model: string; quantity: string; reason: string }>({
  name: 'waiting_usage',
  params: {},
  sql: (d) => `SELECT x_Model AS model, ${d.decimalText('ConsumedQuantity')} AS quantity, x_UnpricedReason AS reason
    FROM unpriced_usage WHERE org_slug = ${d.param('org_slug')} ORDER BY 1`,
});
const dataset = () => demo.warehouse.forOrg(demo.org);
const ownPrice = (model: string, price: string) => ({
  prices: [{ provider: 'openai', model, meter: 'input_tokens', price, currency: 'USD', source: 'Order form 1' }],
  deployments: [],
});
const noOwnPrices = { prices: [], deployments: [] };

test('usage without a price waits beside the cost table, and becomes a charge once its price is known', async () => {
  await load([usage(2, 'gpt-4o-2024-08-06', 2_000_000), usage(3, 'gpt-9-unheard-of', 500)]);
  expect(await billedByMonth(dataset())).toEqual({ 'openai-main 2026-11': '5' });
  expect(await dataset().rows(waiting, {})).toEqual([{ model: 'gpt-9-unheard-of', quantity: '500', reason: 'model' }]);

  const ownPrices = ownPrice('gpt-9-unheard-of', '4');
  const looked = await replay({ commit: false, ownPrices });
  expect(looked).toMatchObject({ committed: false, isSame: false });
  expect(
    looked.differences.map(({ model, unpriced_before, unpriced_after, billed_after }) => [
      model,
      Number(unpriced_before),
      Number(unpriced_after),
      billed_after,
    ]),
  ).toEqual(expect.arrayContaining([['gpt-9-unheard-of', 1, 0, expect.anything()]]));
  expect(await billedByMonth(dataset())).toEqual({ 'openai-main 2026-11': '5' });

  expect(await replay({ commit: true, ownPrices })).toMatchObject({ committed: true });
  expect(await billedByMonth(dataset())).toEqual({ 'openai-main 2026-11': '5.002' });
  expect(await dataset().rows(waiting, {})).toEqual([]);
}, 60_000);

test('an unchanged book changes nothing, and the load keeps the token of its delivery', async () => {
  await load([usage(2, 'gpt-4o-2024-08-06', 2_000_000)]);
  const version = await dataset().dataVersion();
  expect(await replay({ commit: true })).toMatchObject({ isSame: true, committed: false, differences: [] });
  expect(await dataset().dataVersion()).toBe(version);
  const changed = await replay({ commit: true, ownPrices: ownPrice('gpt-4o', '1.5') });
  expect(changed.differences).toMatchObject([{ billed_difference: '-2.000000000000000000' }]);
  expect(await billedByMonth(dataset())).toEqual({ 'openai-main 2026-11': '3' });
  const tokens = defineQuery<Record<string, never>, { token: string }>({
    name: 'tokens',
    params: {},
    sql: (d) => `SELECT SourceToken AS token FROM _loads WHERE org_slug = ${d.param('org_slug')}`,
  });
  expect(await dataset().rows(tokens, {})).toEqual([{ token: 'token' }]);
  // What was committed holds: the next load of the same usage is priced by it.
  await load([usage(2, 'gpt-4o-2024-08-06', 2_000_000)]);
  expect(await billedByMonth(dataset())).toEqual({ 'openai-main 2026-11': '3' });
  expect(await replay({ commit: true })).toMatchObject({ isSame: true, committed: false });
  expect(await replay({ commit: true, ownPrices: noOwnPrices })).toMatchObject({ committed: true });
  expect(await billedByMonth(dataset())).toEqual({ 'openai-main 2026-11': '5' });
}, 60_000);

test('a replay takes nothing away: not of a format or month that was not loaded', async () => {
  await load([usage(2, 'gpt-4o-2024-08-06', 2_000_000)]);
  const file = join(inbox, 'other.ndjson');
  const lines = [about, usage(2, 'gpt-4o-2024-08-06', 1)].map((line) => ({ ...line, anthropic_answer: 'about' }));
  await writeFile(file, lines.map((line) => `${JSON.stringify({ ...line, organization_id: 'o' })}\n`).join(''));
  const again = (format: string, billingPeriods: string[]) =>
    dataset().load((session) =>
      replayPeriods(session, { integrationId: 'openai-main', format, billingPeriods, commit: true, runId: 'replay' }),
    );
  await expect(again('anthropic-usage', [november])).rejects.toMatchObject({ code: 'not_found' });
  await expect(again('openai-usage', ['2026-10-01', november])).rejects.toMatchObject({ code: 'not_found' });
  await dataset().load((session) =>
    loadBill(session, {
      integrationId: 'another',
      files: [file],
      from: 'anthropic-usage',
      runId: 'run',
      onlyPeriods: [november],
      extractedAt: '2026-11-23T00:00:00Z',
    }),
  );
  await expect(again('anthropic-usage', [november])).rejects.toMatchObject({ code: 'not_found' });
  expect(await billedByMonth(dataset())).toEqual({ 'openai-main 2026-11': '5' });
}, 60_000);

test('an answer that tells of nothing does not take a month of charges away', async () => {
  await load([]);
  await load([usage(2, 'gpt-4o-2024-08-06', 2_000_000)]);
  await expect(load([])).rejects.toMatchObject({ code: 'load_refused' });
  expect(await billedByMonth(dataset())).toEqual({ 'openai-main 2026-11': '5' });
}, 60_000);

test('what the source no longer tells of stays, what it tells of is replaced', async () => {
  await load([usage(2, 'gpt-4o-2024-08-06', 2_000_000), usage(10, 'gpt-4o-2024-08-06', 2_000_000)]);
  await load([usage(10, 'gpt-4o-2024-08-06', 4_000_000)], { heldFrom: '2026-11-05' });
  await load([usage(10, 'gpt-4o-2024-08-06', 4_000_000)], { heldFrom: '2026-11-05' });
  expect((await billedByMonth(dataset()))['openai-main 2026-11']).toBe(decimal('15'));
}, 60_000);

test('who usage was for splits its charges and no total, whenever it becomes known', async () => {
  await load([usage(2, 'gpt-4o-2024-08-06', 2_000_000), usage(3, 'gpt-4o-2024-08-06', 1_000_000)]);
  const file = join(inbox, 'gateway.ndjson');
  const told = (quantity: number, customer: string) => ({
    attribution_source: 'gateway',
    charge_date: '2026-11-02',
    provider: 'openai',
    model: 'gpt-4o',
    meter: 'input_tokens',
    quantity,
    tags: { customer },
  });
  await writeFile(file, [told(500_000, 'a'), told(250_000, 'b')].map((line) => `${JSON.stringify(line)}\n`).join(''));
  await dataset().load((session) =>
    loadAttribution(session, {
      integrationId: 'gateway',
      files: [file],
      runId: 'told',
      extractedAt: '2026-11-23T00:00:00Z',
      sourceTokens: { [november]: 'told' },
    }),
  );
  expect(await billedByMonth(dataset())).toEqual({ 'openai-main 2026-11': '7.5' });
  const split = defineQuery<Record<string, never>, { tags: string | null; cost: string; quantity: string }>({
    name: 'split',
    params: {},
    sql: (
      d,
    ) => `SELECT AllocatedTags AS tags, ${d.decimalText('BilledCost')} AS cost, ${d.decimalText('ConsumedQuantity')} AS quantity
      FROM cost_data_standard_1_3 WHERE org_slug = ${d.param('org_slug')} ORDER BY ChargePeriodStart, AllocatedTags`,
  });
  const rows = [
    { tags: '{"customer":"a"}', cost: '1.25', quantity: '500000' },
    { tags: '{"customer":"b"}', cost: '0.625', quantity: '250000' },
    { tags: null, cost: '3.125', quantity: '1250000' },
    { tags: null, cost: '2.5', quantity: '1000000' },
  ];
  expect(await dataset().rows(split, {})).toEqual(rows);
  // The bill is delivered again: what is known stays known.
  await load([usage(2, 'gpt-4o-2024-08-06', 2_000_000), usage(3, 'gpt-4o-2024-08-06', 1_000_000)]);
  expect(await dataset().rows(split, {})).toEqual(rows);
  const wrong = { integrationId: 'openai-main', files: [file], runId: 'wrong', extractedAt: '2026-11-24T00:00:00Z' };
  await expect(dataset().load((session) => loadAttribution(session, wrong))).rejects.toMatchObject({
    code: 'load_refused',
  });
  expect(await dataset().rows(split, {})).toEqual(rows);
}, 60_000);

test('thirds of an estimate add up to it', async () => {
  await load([usage(2, 'gpt-4o-2024-08-06', 1_000_000), usage(2, 'gpt-4o-2024-08-06', 2_000_000)]);
  const file = join(inbox, 'thirds.ndjson');
  const told = ['a', 'b', 'c'].map((customer) => ({
    attribution_source: 'gateway',
    charge_date: '2026-11-02',
    provider: 'openai',
    quantity: 1_000_000,
    tags: { customer },
  }));
  await writeFile(file, told.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const gateway = { integrationId: 'gateway', files: [file], runId: 'told', extractedAt: '2026-11-23T00:00:00Z' };
  await dataset().load((session) => loadAttribution(session, gateway));
  expect(await billedByMonth(dataset())).toEqual({ 'openai-main 2026-11': '7.5' });
}, 60_000);
