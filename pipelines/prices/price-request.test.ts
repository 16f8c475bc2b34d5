import { describe, expect, it } from 'vitest';
import { readOverrides } from './overrides.ts';
import { createPriceBook } from './price-book.ts';
import { priceRequest, type RequestAttempt } from './price-request.ts';

function chat(given: Partial<RequestAttempt> = {}, usage: Record<string, unknown> = {}): RequestAttempt {
  const response = {
    model: 'gpt-4.1-2025-04-14',
    usage: { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100, ...usage },
  };
  return { provider: 'openai', model: 'gpt-4.1', day: '2026-06-01', format: 'openai-chat', response, ...given };
}

describe('the cost of a request', () => {
  it('is the sum of its meters, each with the price that it was charged at', () => {
    const { cost, currency, charges } = priceRequest(chat({}, { prompt_tokens_details: { cached_tokens: 600 } }));
    expect([cost, currency]).toEqual(['0.0019', 'USD']);
    expect(charges.map(({ meter, quantity, price, cost }) => [meter, quantity, price?.unitPrice, cost])).toEqual([
      ['input_tokens', '400', '2', '0.0008'],
      ['cached_input_tokens', '600', '0.5', '0.0003'],
      ['output_tokens', '100', '8', '0.0008'],
    ]);
    expect(charges[0]).toMatchObject({ model: 'gpt-4.1-2025-04-14', price: { version: expect.any(String) } });
  });

  it('is that of all attempts, each by its own model', () => {
    const other = chat({ model: 'gpt-4.1-nano', response: { ...(chat().response as object), model: 'gpt-4.1-nano' } });
    expect(priceRequest([chat(), other]).cost).toBe('0.00294');
  });

  it('is 0 where no provider was asked, or where it refused', () => {
    expect(priceRequest(chat({ fromOwnCache: true }))).toEqual({ cost: '0', currency: null, charges: [] });
    expect(priceRequest(chat({ response: { error: { type: 'overloaded' } } })).cost).toBe('0');
  });

  it('is by the prices of the book that is given', () => {
    const overrides = readOverrides({
      prices: [
        {
          provider: 'openai',
          model: 'gpt-4.1',
          meter: 'output_tokens',
          price: '7',
          currency: 'EUR',
          source: 'Order form',
        },
      ],
      deployments: [],
    });
    const mixed = priceRequest(chat(), { book: createPriceBook({ overrides }) });
    expect(mixed).toMatchObject({ cost: null, currency: null });
    expect(mixed.charges.map(({ cost, price }) => [cost, price?.currency])).toEqual([
      ['0.002', 'USD'],
      ['0.0007', 'EUR'],
    ]);
  });
});

describe('a request whose cost is not known', () => {
  const reasons = (attempt: RequestAttempt) => {
    const { cost, charges } = priceRequest(attempt);
    expect(cost).toBeNull();
    return charges.filter((charge) => charge.cost === null).map(({ unknown, counted }) => counted ?? unknown);
  };

  it('says what has no price, and prices the rest', () => {
    expect(reasons(chat({}, { prompt_tokens_details: { audio_tokens: 900 } }))).toEqual(['meter']);
    expect(reasons(chat({ provider: 'azure', response: { model: 'x', usage: { prompt_tokens: 1 } } }))).toEqual([
      'model',
    ]);
    expect(reasons(chat({ tier: 'scale' }))).toEqual(['tier', 'tier']);
  });

  it('names usage of a kind that nobody knows, and counts that contradict each other', () => {
    expect(reasons(chat({}, { prompt_tokens_details: { hologram_tokens: 3 } }))).toEqual([
      'prompt_tokens_details.hologram_tokens',
    ]);
    expect(reasons(chat({}, { prompt_tokens_details: { cached_tokens: 1001 } }))).toContain('prompt_tokens');
    expect(reasons(chat({}, { total_tokens: 5000 }))).toEqual(['total_tokens']);
    expect(reasons(chat({ response: { model: 'gpt-4.1' } }))).toEqual(['usage']);
  });

  it('is not that of the model that was asked for, where another answered', () => {
    const answered = (model: string) =>
      priceRequest(chat({ response: { ...(chat().response as object), model } })).cost;
    expect(answered('somebody-elses-model')).toBeNull();
    expect(answered('gpt-4.1-2031-01-01')).toBe('0.0028');
  });
});

describe('free allowances', () => {
  const grounded: RequestAttempt = {
    provider: 'google',
    model: 'gemini-2.5-flash',
    day: '2026-06-01',
    format: 'gemini',
    response: {
      candidates: [{ groundingMetadata: { webSearchQueries: ['a', 'b'] } }],
      usageMetadata: { promptTokenCount: 10, candidatesTokenCount: 0, totalTokenCount: 10 },
    },
  };

  it('leave what they are about without a price, until they are used up', () => {
    expect(priceRequest(grounded).cost).toBeNull();
    expect(priceRequest(grounded, { allowancesUsedUp: true }).cost).toBe('0.035003');
  });
});

describe('prices by the length of a request', () => {
  it('hold by the length of each attempt, of all its input', () => {
    const long = chat({ model: 'gpt-5.4', response: { model: 'gpt-5.4', usage: { prompt_tokens: 272_001 } } });
    const short = chat({ model: 'gpt-5.4', response: { model: 'gpt-5.4', usage: { prompt_tokens: 272_000 } } });
    expect(priceRequest(long).cost).toBe('1.360005');
    expect(priceRequest([short, short]).cost).toBe('1.36');
  });

  it('go together with tiers only where the provider says how', () => {
    const usage = { prompt_tokens: 300_000 };
    const asked = (tier: string) => priceRequest(chat({ tier, response: { model: 'gpt-5.4', usage } })).cost;
    expect(asked('batch')).toBe('0.75');
    expect(asked('priority')).toBeNull();
  });
});
