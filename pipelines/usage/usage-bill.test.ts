import { add, decimal } from '@cloudact/core/money';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { driftOf } from './drift.ts';
import { type AcmeLine, acmeCharges, type FocusRow, withAcme } from './testing/acme.ts';

const usage = (more: Partial<AcmeLine>): AcmeLine => ({
  acme_answer: 'usage',
  model: 'small',
  meter: 'input_tokens',
  quantity: 1_000_000,
  ...more,
});
const cost = (more: Partial<AcmeLine>): AcmeLine => ({ acme_answer: 'cost', ...more });
const key = 'org small input';
const sum = (rows: readonly FocusRow[], column: string) =>
  rows.reduce((total, row) => add(total, decimal(row[column] ?? '0')), decimal('0'));

test('what was billed is laid over the usage by its list cost, to the last digit', async () => {
  const { charges, totals } = await acmeCharges([
    usage({ api_key_id: 'a', quantity: 1_000_000, cost_key: key }),
    usage({ api_key_id: 'b', quantity: 2_000_000, cost_key: key }),
    cost({ cost_key: key, amount: '1', line_item: 'small, input' }),
  ]);
  // A third and two thirds of 1 USD: the first is cut at the 12th place, the last takes what is left.
  expect(charges.map((row) => [row.ResourceId, row.BilledCost, row.ListCost, row.x_CostBasis])).toEqual([
    ['a', '0.333333333333', '1', 'allocated'],
    ['b', '0.666666666667', '2', 'allocated'],
  ]);
  expect(charges[0]).toMatchObject({
    ChargeCategory: 'Usage',
    ConsumedQuantity: '1000000',
    ConsumedUnit: 'Tokens',
    PricingQuantity: '1',
    PricingUnit: '1000000 Tokens',
    ListUnitPrice: '1',
    SkuId: 'acme/small/input_tokens',
    SkuMeter: 'Input Tokens',
    x_TokenDirection: 'Input',
    x_TokenCacheAction: 'Uncached',
    x_EstimatedCost: '1',
    x_PriceVersion: 'input_tokens@1',
  });
  expect(totals).toEqual([{ billing_period: '2026-11-01', currency: 'USD', invoice: null, total: '1' }]);
});

test('a cost without usage is a line of its own; what it counts is one unit where the provider does not tell', async () => {
  const { charges } = await acmeCharges([
    cost({ line_item: 'code sessions', amount: '0.09', quantity: 3, meter: 'code_sessions' }),
    cost({ line_item: 'something new', amount: '7.5' }),
    cost({ line_item: 'goodwill', amount: '-2', charge_category: 'Credit' }),
  ]);
  expect(charges).toMatchObject([
    {
      BilledCost: '0.09',
      ConsumedQuantity: '3',
      ConsumedUnit: 'Sessions',
      ListUnitPrice: '0.03',
      x_QuantityAssumed: null,
    },
    {
      BilledCost: '7.5',
      ConsumedQuantity: '1',
      ConsumedUnit: 'Units',
      ListUnitPrice: '7.5',
      x_QuantityAssumed: 'true',
    },
    { BilledCost: '-2', ChargeCategory: 'Credit', ConsumedQuantity: null, SkuPriceId: null, ListCost: '-2' },
  ]);
});

test('usage without a cost was not billed when its day is settled, and is an estimate while it is not', async () => {
  const late = { charge_start: '2026-11-21T00:00:00Z', charge_end: '2026-11-22T00:00:00Z' };
  const { charges, totals } = await acmeCharges([
    usage({ meter: 'output_tokens' }),
    usage({ meter: 'output_tokens', ...late }),
  ]);
  expect(charges).toMatchObject([
    { BilledCost: '0', ListCost: '5', x_CostBasis: 'unbilled', x_Provisional: null },
    { BilledCost: '4', ListCost: '4', x_CostBasis: 'priced', x_Provisional: 'true' },
  ]);
  expect(totals).toMatchObject([{ total: '4' }]);
});

test('usage of an unknown model waits, and is never 0; with a cost it has its price from there', async () => {
  const late = { charge_start: '2026-11-21T00:00:00Z', charge_end: '2026-11-22T00:00:00Z' };
  const { charges, unpriced } = await acmeCharges([
    usage({ model: 'unheard-of', quantity: 500, ...late }),
    usage({ model: 'unheard-of', quantity: 3_000_000, cost_key: 'k' }),
    cost({ cost_key: 'k', amount: '6' }),
  ]);
  expect(unpriced).toMatchObject([
    { ConsumedQuantity: '500', BilledCost: null, x_Model: 'unheard-of', x_UnpricedReason: 'model' },
  ]);
  expect(charges).toMatchObject([{ BilledCost: '6', ListUnitPrice: '2', ListCost: '6', x_ListPriceSource: 'billed' }]);
});

test('where the provider tells its list amount, the unit price comes from there', async () => {
  const { charges } = await acmeCharges([
    usage({ api_key_id: 'a', quantity: 1_000_000, cost_key: key }),
    usage({ api_key_id: 'b', quantity: 3_000_000, cost_key: key }),
    cost({ cost_key: key, amount: '3.6', list_amount: '4.8' }),
  ]);
  expect(charges).toMatchObject([
    { BilledCost: '0.9', ListUnitPrice: '1.2', ContractedUnitPrice: '0.9', ListCost: '1.2', ContractedCost: '0.9' },
    { BilledCost: '2.7', ListCost: '3.6' },
  ]);
});

test('where the estimate differs from the bill, its likely cause is told', async () => {
  const group = (model: string, day: number, amount: string, quantity = 2_000_000) => {
    const of = {
      charge_start: `2026-11-0${day}T00:00:00Z`,
      charge_end: `2026-11-0${day + 1}T00:00:00Z`,
      cost_key: model,
    };
    return [usage({ model, quantity, ...of }), cost({ model, amount, ...of })];
  };
  const drift = await withAcme(
    [
      ...group('small', 1, '2'),
      ...group('small', 2, '1'),
      ...group('small', 3, '3'),
      ...group('small', 4, '1.7'),
      ...group('small-a', 4, '1.7'),
      ...group('small-b', 4, '1.7'),
      ...group('unheard-of', 5, '1'),
      usage({ charge_start: '2026-11-06T00:00:00Z', charge_end: '2026-11-07T00:00:00Z' }),
      cost({
        charge_start: '2026-11-07T00:00:00Z',
        charge_end: '2026-11-08T00:00:00Z',
        line_item: 'storage',
        amount: '1',
      }),
    ],
    (workbench, { plan, table }) => driftOf(workbench, plan, table),
  );
  expect(drift.map(({ day, model, difference, cause }) => [day.slice(8), model, difference, cause])).toEqual([
    ['01', 'small', '0', 'none'],
    ['02', 'small', '1', 'batch or flex'],
    ['03', 'small', '-1', 'priority or long context'],
    ['04', 'small', '0.3', 'discount'],
    ['04', 'small-a', '0.3', 'discount'],
    ['04', 'small-b', '0.3', 'discount'],
    ['05', 'unheard-of', null, 'price missing'],
    ['06', 'small', '1', 'not billed'],
    ['07', null, '-1', 'cost without usage'],
  ]);
});

test('whatever is reported, the charges add up to it, and nothing of the usage is lost', async () => {
  const meter = fc.constantFrom('input_tokens', 'cached_input_tokens', 'output_tokens', 'images');
  const place = fc.record({
    charge_start: fc.constantFrom('2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z', '2026-11-25T00:00:00Z'),
    charge_end: fc.constant('2026-11-26T00:00:00Z'),
    model: fc.constantFrom('small', 'small-2026', 'unknown'),
    cost_key: fc.constantFrom(null, 'a', 'b'),
  });
  const used = fc
    .tuple(place, meter, fc.bigInt(1n, 10n ** 11n))
    .map(([of, id, quantity]) => usage({ ...of, meter: id, quantity: String(quantity) }));
  const money = fc
    .tuple(fc.bigInt(-(10n ** 13n), 10n ** 15n), fc.integer({ min: 0, max: 18 }))
    .map(([digits, places]) => `${digits}e-${places}`);
  const billed = fc.tuple(place, money).map(([of, amount]) => cost({ ...of, amount }));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(used, billed), { minLength: 1, maxLength: 25 }), async (lines) => {
      const { charges, unpriced, totals } = await acmeCharges(lines);
      expect(sum(charges, 'BilledCost')).toBe(sum(totals, 'total'));
      const estimates = charges.filter(({ x_CostBasis }) => x_CostBasis === 'priced');
      const reported = lines.reduce((total, { amount }) => add(total, decimal(String(amount ?? '0'))), decimal('0'));
      expect(sum(charges, 'BilledCost')).toBe(add(reported, sum(estimates, 'BilledCost')));
      const quantities = lines.filter(({ acme_answer }) => acme_answer === 'usage');
      const consumed = [
        ...charges.filter(({ x_CostBasis, x_Model }) => x_CostBasis !== 'provider_reported' || x_Model !== null),
        ...unpriced,
      ];
      const meters = consumed.filter(({ SkuMeter }) => SkuMeter !== null && SkuMeter !== undefined);
      expect(
        sum(
          meters.filter((row) => row.ConsumedUnit !== 'Units'),
          'ConsumedQuantity',
        ),
      ).toBe(quantities.reduce((total, { quantity }) => add(total, decimal(String(quantity))), decimal('0')));
    }),
    { numRuns: 60, endOnFailure: true },
  );
}, 120_000);

test('a field of a name that is taken already, or that tables have for themselves, is kept beside', async () => {
  const grown = { Model: 'x', apiKeyId: 'y', org_slug: 'z', billing_period: '2020', rowid: 7, model_2: 'w' };
  const { charges } = await acmeCharges([usage({ api_key_id: 'a', ...grown })]);
  expect(charges).toMatchObject([{ BilledCost: '0', x_EstimatedCost: '1', x_Model: 'small', ResourceId: 'a' }]);
});

test('the price of one is no list cost of a line that counts nothing', async () => {
  const line = {
    line_item: 'minutes',
    quantity: 0,
    unit: 'Minutes',
    amount: '0',
    list_amount: '0',
    list_unit_price: '0.008',
  };
  const { charges } = await acmeCharges([cost(line)]);
  expect(charges).toMatchObject([{ BilledCost: '0', ListCost: '0', ListUnitPrice: '0', x_QuantityAssumed: 'true' }]);
});

test('the amounts of two accounts stay apart, whatever their keys', async () => {
  const { charges } = await acmeCharges([
    usage({ account_id: 'one', cost_key: key }),
    usage({ account_id: 'two', cost_key: key }),
    cost({ account_id: 'one', cost_key: key, amount: '1' }),
    cost({ account_id: 'two', cost_key: key, amount: '9' }),
  ]);
  expect(charges.map((row) => [row.BillingAccountId, row.BilledCost])).toEqual([
    ['one', '1'],
    ['two', '9'],
  ]);
});
