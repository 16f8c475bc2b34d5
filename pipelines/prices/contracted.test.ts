import { describe, expect, it } from 'vitest';
import { type Overrides, type OwnPrice, readOverrides } from './overrides.ts';
import { createPriceBook, type PriceQuestion } from './price-book.ts';
import { priceOn, question } from './testing.ts';

const percent = { provider: 'openai', model: '*', meter: '*', percent_off: '12.5', source: 'Order form 17' };
const price = {
  provider: 'openai',
  model: 'gpt-4o',
  meter: 'input_tokens',
  price: '2.10',
  currency: 'USD',
  source: 'Order form 18',
};

function answers(
  prices: readonly OwnPrice[],
  given: Partial<PriceQuestion> = {},
  deployments: Overrides['deployments'] = [],
) {
  return createPriceBook({ overrides: readOverrides({ prices, deployments }) }).find(question(given));
}

function contractedOn(day: string, prices: readonly OwnPrice[], given: Partial<PriceQuestion> = {}): string | null {
  const { contracted } = answers(prices, given);
  return priceOn(day, contracted.prices)?.unitPrice ?? contracted.unknown;
}

describe('a negotiated price', () => {
  it('is what is paid, and leaves the list price alone', () => {
    const { list, contracted } = answers([price], { model: 'gpt-4o-2024-08-06' });
    expect(contracted.prices).toMatchObject([{ unitPrice: '2.1', scope: 'organization', source: 'Order form 18' }]);
    expect(list.prices).toMatchObject([{ unitPrice: '2.5', scope: 'list' }]);
  });

  it('holds on its days alone', () => {
    const dated = { ...price, valid_from: '2026-07-01', valid_to: '2027-07-01' };
    expect(contractedOn('2026-06-30', [dated])).toBe('2.5');
    expect(contractedOn('2026-07-01', [dated])).toBe('2.1');
    expect(contractedOn('2027-06-30', [dated])).toBe('2.1');
    expect(contractedOn('2027-07-01', [dated])).toBe('2.5');
  });

  it('is not that of other meters, tiers, places and speeds', () => {
    expect(contractedOn('2026-07-01', [price], { meter: 'output_tokens' })).toBe('10');
    expect(contractedOn('2026-07-01', [price], { tier: 'batch' })).toBe('1.25');
    expect(contractedOn('2026-07-01', [price], { tier: 'default' })).toBe('2.1');
    expect(contractedOn('2026-07-01', [price], { geography: 'eu' })).toBe('geography');
    expect(contractedOn('2026-07-01', [{ ...price, tier: 'batch' }], { tier: 'batch' })).toBe('2.1');
  });

  it('is not that of long requests where the list tells them apart, on the days on which it does', () => {
    const sonnet = { ...price, provider: 'anthropic', model: 'claude-sonnet-4-6' };
    const long = { provider: 'anthropic', model: 'claude-sonnet-4-6', contextWindow: '200k-1M' };
    expect(contractedOn('2026-03-12', [sonnet], long)).toBe('6');
    expect(contractedOn('2026-03-13', [sonnet], long)).toBe('2.1');
    expect(contractedOn('2026-03-12', [sonnet], { ...long, contextWindow: '0-200k' })).toBe('2.1');
    expect(contractedOn('2026-03-12', [{ ...sonnet, context_window: '200k-1M', price: '5' }], long)).toBe('5');
  });

  it('supersedes an earlier record, and keeps its currency', () => {
    const euro = { ...price, price: '2', currency: 'EUR', valid_from: '2026-08-01', recorded_on: '2026-07-15' };
    const { contracted } = answers([euro, price]);
    expect(contracted.prices).toMatchObject([
      { unitPrice: '2.1', currency: 'USD', validTo: '2026-08-01', provisional: false },
      { unitPrice: '2', currency: 'EUR', validFrom: '2026-08-01', provisional: true },
    ]);
  });

  it('is unknown before it was recorded', () => {
    const overrides = readOverrides({ prices: [{ ...price, recorded_on: '2026-12-01' }], deployments: [] });
    const on = (asOf: string) => createPriceBook({ overrides, asOf }).find(question()).contracted.prices[0]?.unitPrice;
    expect([on('2026-11-30'), on('2026-12-01')]).toEqual(['2.5', '2.1']);
  });
});

describe('a discount', () => {
  it('is exact, off every price of the list', () => {
    expect(contractedOn('2026-07-01', [percent])).toBe('2.1875');
    expect(contractedOn('2026-07-01', [percent], { tier: 'batch' })).toBe('1.09375');
    expect(contractedOn('2025-06-09', [percent], { model: 'o3' })).toBe('8.75');
    expect(contractedOn('2025-06-10', [percent], { model: 'o3' })).toBe('1.75');
    expect(contractedOn('2026-07-01', [{ ...percent, percent_off: '100' }])).toBe('0');
  });

  it('gives no price to what the list has none for', () => {
    expect(answers([percent], { model: 'gpt-99' }).contracted).toEqual({ prices: [], model: null, unknown: 'model' });
  });

  it('of another provider does not count', () => {
    expect(contractedOn('2026-07-01', [{ ...percent, provider: 'azure' }])).toBe('2.5');
  });

  it('yields to the price that says more about the question', () => {
    const ofModel = { ...percent, model: 'gpt-4o', percent_off: '20' };
    expect(contractedOn('2026-07-01', [ofModel, percent])).toBe('2');
    expect(contractedOn('2026-07-01', [price, ofModel, percent])).toBe('2.1');
    expect(contractedOn('2026-07-01', [price, ofModel, percent], { meter: 'output_tokens' })).toBe('8');
  });
});

describe('a model of one’s own', () => {
  it('has the price that was entered, and no list price', () => {
    const own = { ...price, provider: 'acme', model: 'acme-one' };
    const { list, contracted } = answers([own], { provider: 'acme', model: 'acme-one', contextWindow: '200k-1M' });
    expect(list).toEqual({ prices: [], model: null, unknown: 'model' });
    expect(contracted).toMatchObject({ prices: [{ unitPrice: '2.1' }], model: { id: 'acme-one' }, unknown: null });
  });
});

describe('a deployment', () => {
  const deployments = [{ provider: 'azure', deployment: 'gpt-4', model: 'gpt-4o-2024-08-06' }];

  it('is priced as the model behind it, also where its name is that of another', () => {
    const { list, contracted } = answers([], { provider: 'azure', model: 'GPT-4' }, deployments);
    expect(list).toMatchObject({ prices: [{ unitPrice: '2.5' }], model: { id: 'gpt-4o', version: '2024-08-06' } });
    expect(contracted).toEqual(list);
  });

  it('without an entry has no price', () => {
    expect(answers([], { provider: 'azure', model: 'chat-prod' }, deployments).list.unknown).toBe('model');
  });
});

describe('the version of the book', () => {
  it('is another with other overrides, and the same with the same', () => {
    const version = (prices: readonly OwnPrice[]) =>
      createPriceBook({ overrides: readOverrides({ prices, deployments: [] }) }).version;
    expect(version([])).toBe(createPriceBook().version);
    const { source, ...rest } = price;
    expect(version([price, percent])).toBe(version([percent, { source, ...rest }]));
    expect(new Set([version([]), version([price]), version([percent])]).size).toBe(3);
  });
});
