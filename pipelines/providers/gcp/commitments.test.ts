import { add, type Decimal, decimal } from '@cloudact/core/money';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { converted, type FocusRow, focusRows } from './fixtures/converted.ts';
import { credit, type ExportRow, row } from './fixtures/export.ts';

const FEE = { id: 'FEE', description: 'Commitment - dollar based v1: Orchard compute for 1 year' };
const FLEX = { id: 'FLEX-1Y', description: 'Flexible CUD 1 Year' };
const SUBSCRIPTION = { subscription: { instance_id: 'subscriptions/s-1' } };
const originating = (sku: string) => ({ labels: [{ key: 'goog-originating-sku-id', value: sku }] });

const prices = { price: undefined, cost_at_list: undefined, cost_at_effective_price_default: undefined };
const amount = (pricing: string) => ({
  usage: { amount: pricing, unit: 'count', amount_in_pricing_units: pricing, pricing_unit: 'count' },
});

const newFee = (cost: string, offset?: string, sku = 'CORE'): ExportRow =>
  row({
    ...prices,
    ...SUBSCRIPTION,
    ...originating(sku),
    ...amount(cost),
    sku: FEE,
    cost,
    resource: undefined,
    credits: offset ? [credit('FEE_UTILIZATION_OFFSET', offset)] : [],
  });
const covered = (cost: string): ExportRow =>
  row({
    ...SUBSCRIPTION,
    cost,
    consumption_model: FLEX,
    cost_at_list: '0.4',
    cost_at_effective_price_default: '0.4',
    price: undefined,
  });
const oldFee = (cost: string, sku?: string): ExportRow =>
  row({
    ...prices,
    ...SUBSCRIPTION,
    labels: [],
    ...(sku && originating(sku)),
    ...amount('10'),
    sku: FEE,
    cost,
    resource: undefined,
    consumption_model: undefined,
  });

const shown = (rows: readonly FocusRow[]) =>
  rows.map((values) => [
    values.ChargeCategory,
    values.CommitmentDiscountStatus,
    values.BilledCost,
    values.EffectiveCost,
  ]);

test('new model: the fee is billed, the usage that it covers is effective, what is not offset stays unused', async () => {
  const rows = await focusRows([newFee('0.5', '-0.3'), covered('0.3'), row({})]);
  expect(shown(rows)).toEqual([
    ['Purchase', null, '0.5', '0'],
    ['Usage', 'Unused', '0', '0.2'],
    ['Usage', 'Used', '0', '0.3'],
    ['Usage', null, '0.25', '0.25'],
  ]);
  expect(rows[1]).toMatchObject({
    ResourceId: 'subscriptions/s-1',
    CommitmentDiscountQuantity: '0.2',
    ConsumedQuantity: null,
  });
  expect(rows[2]).toMatchObject({
    CommitmentDiscountId: 'subscriptions/s-1',
    CommitmentDiscountName: 'Flexible CUD 1 Year',
    CommitmentDiscountCategory: 'Spend',
    CommitmentDiscountUnit: 'USD',
    PricingCategory: 'Committed',
    ListCost: '0.4',
  });
});

test('new model: what offsets and covered usage do not cancel out is one Adjustment, so that the invoice is met', async () => {
  const rows = await focusRows([covered('0.3'), newFee('0.5', '-0.2'), newFee('0.4', '-0.09')]);
  expect(rows.filter(({ ChargeCategory }) => ChargeCategory === 'Adjustment')).toMatchObject([
    {
      BilledCost: '0.01',
      EffectiveCost: '0',
      ListCost: '0.01',
      CommitmentDiscountId: null,
      SkuPriceId: null,
      x_SourceRow: '2',
    },
  ]);
});

test('new model: covered usage whose fee is on another invoice is billed as it stands', async () => {
  expect(shown(await focusRows([covered('0.3')]))).toEqual([['Usage', 'Used', '0.3', '0.3']]);
});

test('without the subscription the consumption model stands for it, and that is said', async () => {
  const [fee, , usage] = await focusRows([
    { ...newFee('0.5', '-0.3'), subscription: undefined },
    { ...covered('0.3'), subscription: undefined },
  ]);
  expect(fee).toMatchObject({ CommitmentDiscountId: 'FEE_UTILIZATION_OFFSET-1', x_CommitmentDiscountIdAssumed: true });
  expect(usage).toMatchObject({ CommitmentDiscountId: 'FLEX-1Y', x_CommitmentDiscountIdAssumed: true });
});

test('old model: usage is split at what the credit covers, and the fee says what was used', async () => {
  const usage = row({
    cost: '0.25',
    cost_at_list: '0.25',
    ...{ price: undefined },
    credits: [credit('COMMITTED_USAGE_DISCOUNT_DOLLAR_BASE', '-0.1', 'cud-1')],
  });
  const rows = await focusRows([usage, oldFee('0.06', 'CORE'), oldFee('0.02')]);
  expect(shown(rows)).toEqual([
    ['Usage', 'Used', '0', '0'],
    ['Usage', null, '0.15', '0.15'],
    ['Purchase', null, '0.06', '0'],
    ['Usage', 'Used', '0', '0.06'],
    ['Purchase', null, '0.02', '0'],
    ['Usage', 'Unused', '0', '0.02'],
  ]);
  expect(rows.slice(0, 2)).toMatchObject([
    { PricingQuantity: '3.2', ConsumedQuantity: '11520', ListCost: '0.1', CommitmentDiscountId: 'cud-1' },
    { PricingQuantity: '4.8', ConsumedQuantity: '17280', ListCost: '0.15', CommitmentDiscountId: null },
  ]);
});

test('resource-based: the credit is measured in the unit of usage, and that the fee was used is assumed', async () => {
  const usage = row({ credits: [credit('COMMITTED_USAGE_DISCOUNT', '-0.25', 'cpu')] });
  const fee = row({
    ...prices,
    ...amount('9'),
    sku: { id: 'R', description: 'Commitment v1: N2 Cpu in Iowa for 1 Year' },
    cost: '0.18',
    labels: [],
    resource: undefined,
  });
  const rows = await focusRows([usage, fee]);
  expect(rows).toMatchObject([
    {
      BilledCost: '0',
      CommitmentDiscountCategory: 'Usage',
      CommitmentDiscountQuantity: '8',
      CommitmentDiscountUnit: 'Hours',
    },
    { ChargeCategory: 'Purchase', BilledCost: '0.18', CommitmentDiscountQuantity: '9' },
    { CommitmentDiscountStatus: 'Used', EffectiveCost: '0.18', x_CommitmentDiscountStatusAssumed: true },
  ]);
});

/** Millionths of a dollar as the export writes them. */
const money = (max: number) => fc.integer({ min: 0, max }).map((millionths) => (millionths / 1e6).toFixed(6));
const negative = (text: string) => (Number(text) === 0 ? text : `-${text}`);
const KINDS = {
  usage: () => row({}),
  newFee,
  covered,
  oldFee: (cost: string) => oldFee(cost, 'CORE'),
  resourceFee: (cost: string) => ({ ...oldFee(cost), sku: { id: 'R', description: 'Commitment v1: Cpu' } }),
  tax: () => row({ cost_type: 'tax' }),
  adjustment: () => row({ cost_type: 'adjustment' }),
};
const anyRow: fc.Arbitrary<ExportRow> = fc
  .record({
    kind: fc.constantFrom(...(Object.keys(KINDS) as (keyof typeof KINDS)[])),
    cost: money(900_000),
    credits: fc.array(
      fc.tuple(
        fc.constantFrom(
          'PROMOTION',
          'DISCOUNT',
          'COMMITTED_USAGE_DISCOUNT',
          'COMMITTED_USAGE_DISCOUNT_DOLLAR_BASE',
          'FEE_UTILIZATION_OFFSET',
          'FREE_TIER',
        ),
        money(600_000),
      ),
      { maxLength: 3 },
    ),
    subscription: fc.constantFrom('s-1', 's-2', undefined),
    month: fc.constantFrom('202503', '202504'),
    currency: fc.constantFrom('USD', 'EUR'),
    negated: fc.boolean(),
  })
  .map(({ kind, cost, credits, subscription, month, currency, negated }) => ({
    ...KINDS[kind](cost),
    cost: negated ? negative(cost) : cost,
    credits: credits.map(([type, part]) => credit(type, negated ? part : negative(part))),
    subscription: subscription && { instance_id: subscription },
    invoice: { month },
    currency,
  }));

test('whatever a bill holds, what its rows are billed, and what they cost in effect, is cost and credits', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyRow, { minLength: 1, maxLength: 25 }), async (bill) => {
      const { rows, totals } = await converted(bill);
      const sum = (column: string): Decimal =>
        rows.reduce((total, values) => add(total, decimal(values[column] as string)), decimal('0'));
      const source = totals.reduce((total, each) => add(total, each.source), decimal('0'));
      expect(sum('BilledCost')).toBe(source);
      expect(sum('EffectiveCost')).toBe(source);
    }),
    { numRuns: 12 },
  );
}, 120_000);
