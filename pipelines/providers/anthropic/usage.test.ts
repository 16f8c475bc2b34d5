import { add, decimal, multiply } from '@cloudact/core/money';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answers, TOTAL } from './connector/testing/small-organization.ts';
import { type Line, type Row, rowsOf, withLines, withServer } from './fixtures/fetched.ts';
import { anthropicSource } from './usage.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-23T12:00:00Z') }));
afterEach(() => void vi.useRealTimers());

const fetched = (dataset = 'analytics', more = {}) =>
  withServer({ answers: { ...answers, ...more } }, (_server, fetch) => fetch(dataset));
const charges = (lines: readonly Line[]) =>
  withLines(lines, async (workbench, { plan, table }) => ({
    rows: await rowsOf(workbench, `SELECT * FROM (${plan.toFocus(table)}) ORDER BY "x_SourceRow", "SkuMeter"`),
    totals: await rowsOf(workbench, plan.controlTotals(table)),
    unpriced: await rowsOf(workbench, plan.unpricedUsage!(table)),
  }));
const billed = (rows: readonly Row[]) =>
  rows.reduce((sum, row) => add(sum, decimal(row.BilledCost ?? '0')), decimal('0'));

test('usage is five kinds of tokens and the searches, each once', async () => {
  const rows = await withLines(await fetched(), (workbench, { table }) =>
    rowsOf(
      workbench,
      `SELECT api_key_name, sub_account_name, tier, speed, geography, meter, quantity, tags FROM (${anthropicSource.usage(table)})
      ORDER BY source_row, meter`,
    ),
  );
  const web = { api_key_name: 'shop web', sub_account_name: 'Shop', tier: 'standard', speed: null, geography: null };
  expect(rows.map(({ meter, quantity, api_key_name }) => [api_key_name, meter, quantity])).toEqual([
    ['shop web', 'cache_write_1h_tokens', '300'],
    ['shop web', 'cache_write_5m_tokens', '800'],
    ['shop web', 'cached_input_tokens', '41000'],
    ['shop web', 'input_tokens', '120000'],
    ['shop web', 'output_tokens', '9021'],
    ['shop web', 'web_searches', '3'],
    ['nightly', 'output_tokens', '1000'],
    [null, 'output_tokens', '50'],
  ]);
  expect(rows[0]).toMatchObject({ ...web, tags: '{"team":"checkout"}' });
});

test.each(['analytics', 'reports'])('what %s tell becomes charges that add up to the last digit', async (dataset) => {
  const { rows, totals, unpriced } = await charges(await fetched(dataset));
  expect(totals).toEqual([{ billing_period: '2026-09-01', currency: 'USD', invoice: null, total: TOTAL }]);
  expect(billed(rows)).toBe(TOTAL);
  expect(unpriced).toEqual([]);
  expect(rows.filter(({ x_CostBasis }) => x_CostBasis === 'unbilled')).toEqual([]);
  expect(rows.find(({ ChargeDescription }) => ChargeDescription?.includes('Code Execution'))).toMatchObject({
    BilledCost: '0.010000001',
    ResourceId: null,
  });
});

test('analytics tell the cost and the list price of each key', async () => {
  const { rows } = await charges(await fetched());
  expect(rows.filter(({ ResourceId }) => ResourceId === 'apikey_01Batch')).toMatchObject([
    {
      BilledCost: '0.00675',
      ListCost: '0.0075',
      ListUnitPrice: '7.5',
      ContractedCost: '0.00675',
      SubAccountId: 'wrkspc_01Shop',
    },
  ]);
  expect(rows.filter(({ SkuMeter }) => SkuMeter === 'Web Searches')).toMatchObject([
    { BilledCost: '0.03', ResourceId: 'apikey_01Web', ConsumedQuantity: '3' },
  ]);
});

test('the reports tell no cost of a key: it is laid over the usage of the keys', async () => {
  const [first, ...others] = answers.usage;
  const half = { ...first!, api_key_id: 'apikey_01Batch', uncached_input_tokens: 60_000, web_search_requests: 1 };
  const { rows } = await charges(
    await fetched('reports', {
      usage: [{ ...first!, uncached_input_tokens: 60_000, web_search_requests: 2 }, half, ...others],
    }),
  );
  const of = (meter: string) =>
    rows.filter(({ SkuMeter }) => SkuMeter === meter).map(({ BilledCost, ResourceName }) => [ResourceName, BilledCost]);
  expect(of('Input Tokens')).toEqual([
    ['shop web', '0.162'],
    ['nightly', '0.162'],
  ]);
  expect(of('Web Searches')).toEqual([
    ['shop web', '0.02'],
    ['nightly', '0.01'],
  ]);
  expect(rows.find(({ SubAccountId }) => SubAccountId === 'default')?.SubAccountName).toBe('Default');
  expect(billed(rows)).toBe(TOTAL);
});

test('refused requests and the Priority Tier are usage that was not billed', async () => {
  const [first] = answers.usage;
  const priority = { ...first!, service_tier: 'priority' };
  const refused = { ...first!, day: '2026-09-02' };
  const { rows } = await charges(await fetched('reports', { usage: [...answers.usage, priority, refused] }));
  const unbilled = rows.filter(({ x_CostBasis }) => x_CostBasis === 'unbilled');
  // The searches of a day are one group, whatever the tier.
  expect(unbilled.length).toBe(11);
  expect(new Set(unbilled.map(({ BilledCost }) => BilledCost))).toEqual(new Set(['0']));
  expect(billed(rows)).toBe(TOTAL);
});

test('usage of days that are not settled is priced', async () => {
  const november = (rows: readonly { day: string }[]) => rows.map((row) => ({ ...row, day: '2026-11-23' }));
  const lines = await withServer(
    { answers: { ...answers, usage: november(answers.usage) as never, costs: [] } },
    (_server, fetch) => fetch('analytics', '2026-11-01'),
  );
  const { rows } = await charges(lines);
  expect(new Set(rows.map(({ x_CostBasis }) => x_CostBasis))).toEqual(new Set(['priced']));
  expect(billed(rows)).toBe('0.550665');
});

test('geography and speed are told where they have a price of their own', async () => {
  const [first] = answers.usage;
  const usage = [{ ...first!, inference_geo: 'us', speed: 'fast', context_window: '200k-1M' }];
  const rows = await withLines(await fetched('analytics', { usage }), (workbench, { table }) =>
    rowsOf(workbench, `SELECT DISTINCT geography, speed, context_window FROM (${anthropicSource.usage(table)})`),
  );
  expect(rows).toEqual([{ geography: 'us', speed: 'fast', context_window: '200k-1M' }]);
});

const line = async (kind: string) => (await fetched()).find(({ anthropic_answer }) => anthropic_answer === kind)!;
const about = {
  anthropic_answer: 'about',
  charge_start: '2026-09-01T00:00:00Z',
  charge_end: '2026-10-01T00:00:00Z',
  settled_before: '2026-11-23',
  organization_id: 'o',
};
const refusal = async (change: Line, kind = 'analytics_cost') => {
  const changed = { ...(await line(kind)), ...change };
  return withLines([about, changed], async () => 'landed').catch(({ code, faults }) => [
    code,
    faults[0].column,
    faults.length,
  ]);
};

test.each([
  ['amount', {}, 'analytics_cost'],
  ['amount', '1.234,5', 'analytics_cost'],
  ['amount', null, 'analytics_cost'],
  ['amount', '12345.12345678901234567', 'analytics_cost'],
  ['output_tokens', 'many', 'analytics_usage'],
  ['output_tokens', null, 'analytics_usage'],
  ['total_tokens', 7, 'analytics_usage'],
])('%s of %j is refused by name', async (column, value, kind) => {
  expect(await refusal({ [column]: value }, kind)).toEqual(['rows_unreadable', column, 1]);
});

test('an amount as a number, with an exponent, and of a kind that is not known is billed as it is', async () => {
  const cost = await line('analytics_cost');
  const { rows } = await charges([
    about,
    { ...cost, amount: 12.5, list_amount: '1.25e1', token_type: 'thinking_tokens', grown: { new: 1 } },
    { ...cost, amount: '1.25E-7', list_amount: null, cost_type: 'session_usage', token_type: null },
    { ...cost, amount: '-5', list_amount: null, cost_type: 'quantum', token_type: null },
  ]);
  expect(rows.map(({ ChargeDescription, BilledCost }) => [ChargeDescription, BilledCost])).toEqual([
    ['claude-sonnet-4-5, thinking_tokens', '0.125'],
    ['claude-sonnet-4-5, Managed Agent Session Time', '0.00000000125'],
    ['claude-sonnet-4-5, quantum', '-0.05'],
  ]);
});

test('cents become dollars without a loss, however they are written', async () => {
  const cost = await line('analytics_cost');
  const digits = fc.stringMatching(/^-?[0-9]{1,12}([.][0-9]{1,16})?$/);
  const exponents = fc.stringMatching(/^-?[0-9][.][0-9]{1,6}[eE](-[0-9]|[+]?[0-9])$/);
  const amounts = fc.sample(fc.oneof(digits, exponents), { numRuns: 300, seed: 7 });
  const rows = await withLines([about, ...amounts.map((amount) => ({ ...cost, amount }))], (workbench, { table }) =>
    rowsOf(workbench, `SELECT amount FROM (${anthropicSource.costs!(table)}) ORDER BY source_row`),
  );
  expect(rows.map(({ amount }) => decimal(amount!))).toEqual(
    amounts.map((amount) => multiply(decimal(amount), decimal('0.01'))),
  );
});
