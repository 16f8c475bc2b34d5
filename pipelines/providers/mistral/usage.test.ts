import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { documentedNulls, emptyColumns } from '../testing/documented-nulls.ts';
import { answersInFocus, landedAnswers } from '../testing/landed-answers.ts';
import { october, octoberLines } from './fixtures/october.ts';
import { source } from './usage.ts';

const landed = (members: object) => landedAnswers(source, octoberLines(members));

test('each entry is one disjoint meter, whole, also where a part of it is free', async () => {
  const { usage } = await landed(october);
  expect(
    usage.map(({ charge_start, model, meter, quantity }) => [
      String(charge_start).slice(0, 10),
      model,
      meter,
      quantity,
    ]),
  ).toEqual([
    ['2026-10-01', 'mistral-large-2512', 'input_tokens', '1000000'],
    ['2026-10-02', 'mistral-large-2512', 'input_tokens', '1000000'],
    ['2026-10-02', 'mistral-large-2512', 'output_tokens', '1234'],
    ['2026-10-02', 'mistral-large-2512', 'cached_input_tokens', '500'],
    ['2026-10-31', 'mistral-small-2603', 'input_tokens', '1000'],
    ['2026-10-03', 'mistral-ocr-2512', 'pages', '42'],
    ['2026-10-01', 'voxtral-mini-2602', 'audio_seconds', '120.5'],
    ['2026-10-04', 'mistral-large-2512', 'input_tokens', '10'],
  ]);
  expect(usage[0]).toMatchObject({ account_id: 'org-1', charge_end: '2026-10-02 00:00:00' });
  expect(JSON.parse(String(usage[0]!.tags))).toEqual({
    'mistral/category': 'completion',
    'mistral/price_assumed': 'api_zone service_tier',
  });
  expect(usage[6]!.charge_end).toBe('2026-11-01 00:00:00');
});

test('what is paid times its price is the cost, to the last digit, in the currency of the organisation', async () => {
  const { costs } = await landed(october);
  expect(costs.map(({ amount, list_amount, currency, unit }) => [amount, list_amount, currency, unit])).toEqual([
    ['1.7', '1.7', 'EUR', 'Tokens'],
    ['1.7', '1.7', 'EUR', 'Tokens'],
    ['0.0062934', '0.0062934', 'EUR', 'Tokens'],
    ['0.000085', '0.000085', 'EUR', 'Tokens'],
    ['0.000054', '0.00009', 'EUR', 'Tokens'],
    ['0.042', '0.042', 'EUR', 'Pages'],
    ['0.01205', '0.01205', 'EUR', 'Seconds'],
    ['0.00001', '0.00001', 'EUR', 'Tokens'],
  ]);
});

describe('usage that the answer does not price', () => {
  const moves = (value_paid: number, prices: object[] = []) => ({
    robots: { models: { arm: { moves: [{ value: 3, value_paid, event_type: 'api_moves' }] } } },
    prices,
  });

  test('in a unit of its own it is a line of its price', async () => {
    const price = { event_type: 'api_moves', billing_metric: 'arm', billing_group: 'moves', price: 2 };
    const { usage, costs } = await landed(moves(3, [price]));
    expect(usage).toEqual([]);
    expect(costs).toMatchObject([{ amount: '6', quantity: '3', unit: 'Units' }]);
  });

  test('without a price and a known unit it is unreadable; where nothing of it is paid, it costs 0', async () => {
    await expect(landed(moves(3))).rejects.toMatchObject({
      code: 'rows_unreadable',
      faults: [expect.objectContaining({ column: 'unit_price', reason: expect.stringContaining('nobody can say') })],
    });
    expect((await landed(moves(0))).costs).toMatchObject([{ amount: '0' }]);
  });

  test('of a known meter it is priced by the price book, or waits', async () => {
    const input = (model: string) => ({ [model]: { input: [{ value: 1_000_000 }] } });
    const lines = octoberLines({ completion: { models: { ...input('known'), ...input('unheard-of') } } });
    const { rows, totals } = await answersInFocus(source, lines, { known: { input_tokens: '0.5' } });
    expect(rows).toMatchObject([
      { BilledCost: '0.5', BillingCurrency: 'USD', x_CostBasis: 'priced', x_Provisional: 'true' },
    ]);
    expect(totals).toMatchObject([{ total: '0.5' }]);
  });
});

test('a month in FOCUS 1.3 ties to what Mistral’s prices make of it, and breaks no rule', async () => {
  const { rows, totals, broken } = await answersInFocus(source, octoberLines(october));
  expect(broken).toEqual([]);
  expect(totals).toMatchObject([{ billing_period: '2026-10-01', currency: 'EUR', total: '3.4604924' }]);
  expect(rows.length).toBe(8);
  expect(rows.find(({ x_Model }) => x_Model === 'mistral-small-2603')).toMatchObject({
    ServiceName: 'Mistral AI API',
    BillingAccountId: 'org-1',
    BilledCost: '0.000054',
    ListCost: '0.00009',
    ContractedCost: '0.000054',
    ListUnitPrice: '0.09',
    ContractedUnitPrice: '0.054',
    PricingQuantity: '0.001',
    PricingUnit: '1000000 Tokens',
    ConsumedQuantity: '1000',
    x_CostBasis: 'provider_reported',
    x_ListPriceSource: 'provider_reported',
  });
});

test('a month without usage is a bill without charges', async () => {
  expect(await landed({})).toEqual({ usage: [], costs: [] });
});

test('the columns that are always null are those that the README lists', async () => {
  const abroad = octoberLines(october).map((line) => ({ ...line, workspace_id: 'ws-1', api_zone: 'us' }));
  const { rows } = await answersInFocus(source, abroad);
  // Filled where somebody tells who usage was for.
  const empty = emptyColumns(rows).filter((name) => name !== 'AllocatedMethodId' && name !== 'AllocatedTags');
  expect(empty).toEqual(await documentedNulls(join(import.meta.dirname, 'README.md')));
});
