import { describe, expect, it } from 'vitest';
import { createPriceBook } from './price-book.ts';
import { listAnswer, listPriceOn, question } from './testing.ts';

const claude = { provider: 'anthropic', model: 'claude-sonnet-4-6' } as const;

describe('a price change', () => {
  it('is in force from midnight UTC of its day', () => {
    expect(listPriceOn('2025-06-09', { model: 'o3-2025-04-16' })).toBe('10');
    expect(listPriceOn('2025-06-10', { model: 'o3-2025-04-16' })).toBe('2');
    expect(listAnswer({ model: 'o3' }).unknown).toBeNull();
  });

  it('is another version, and the same content is the same version', () => {
    const [before, after] = listAnswer({ model: 'o3' }).prices;
    expect(before!.version).not.toBe(after!.version);
    expect(createPriceBook().find(question({ model: 'o3' })).list.prices[0]!.version).toBe(before!.version);
  });

  it('that was recorded before its day is provisional', () => {
    const { prices } = listAnswer({ provider: 'google', model: 'gemini-3.7-flash' });
    expect(prices.map(({ validFrom, provisional }) => [validFrom, provisional])).toEqual([
      [null, false],
      ['2027-01-01', true],
    ]);
  });
});

describe('the length of requests', () => {
  const sonnet = { provider: 'anthropic', model: 'claude-sonnet-4-5-20250929' } as const;

  it('has its price only where the source tells it', () => {
    expect(listPriceOn('2026-01-01', sonnet)).toBe('3');
    expect(listPriceOn('2026-01-01', { ...sonnet, contextWindow: '0-200k' })).toBe('3');
    expect(listPriceOn('2026-01-01', { ...sonnet, contextWindow: '200k-1M' })).toBe('6');
    expect(listPriceOn('2026-01-01', { ...sonnet, contextWindow: '200k-1M', meter: 'cache_write_1h_tokens' })).toBe(
      '12',
    );
  });

  it('stops to matter on the day that it does', () => {
    expect(listPriceOn('2026-03-12', { ...claude, contextWindow: '200k-1M' })).toBe('6');
    expect(listPriceOn('2026-03-13', { ...claude, contextWindow: '200k-1M' })).toBe('3');
  });

  it('is also known by the words that stand for what is above the one bound', () => {
    const long = { model: 'gpt-5.5', contextWindow: 'long context' };
    expect(listPriceOn('2026-06-01', long)).toBe('10');
    expect(listPriceOn('2026-06-01', { ...long, tier: 'batch', meter: 'output_tokens' })).toBe('22.5');
    expect(listPriceOn('2026-06-01', { ...long, tier: 'priority' })).toBe('tier');
    expect(listPriceOn('2026-06-01', { ...long, model: 'gpt-4o' })).toBe('2.5');
  });

  it.each(['0-1M', '100k-300k', 'long', ''])('is unknown where %s is no range of the list', (contextWindow) => {
    expect(listPriceOn('2026-01-01', { ...sonnet, contextWindow })).toBe('context_window');
    expect(listPriceOn('2026-01-01', { provider: 'anthropic', model: 'claude-opus-4-1', contextWindow })).toBe('15');
  });
});

describe('cache writes', () => {
  it('of one hour and of five minutes have a price each', () => {
    const price = (meter: Parameters<typeof question>[0]) => listPriceOn('2026-06-01', { ...claude, ...meter });
    expect(price({ meter: 'cache_write_5m_tokens' })).toBe('3.75');
    expect(price({ meter: 'cache_write_1h_tokens' })).toBe('6');
    expect(price({ meter: 'cache_write_tokens' })).toBe('3.75');
  });

  it('of a lifetime without a price are not priced as another', () => {
    expect(listAnswer({ model: 'gpt-6-sol', meter: 'cache_write_12h_tokens' }).unknown).toBe('meter');
    expect(listAnswer({ provider: 'google', model: 'claude-opus-5', meter: 'cache_write_1h_tokens' }).unknown).toBe(
      'meter',
    );
    expect(listAnswer({ model: 'gpt-4.1', meter: 'cache_write_tokens' }).unknown).toBe('meter');
  });
});

describe('kinds of tokens', () => {
  it('without a price of their own are billed as the kind that they belong to', () => {
    const { prices } = listAnswer({ model: 'gpt-5', meter: 'reasoning_tokens' });
    expect(prices[0]).toMatchObject({ unitPrice: '10', source: expect.stringContaining('priced as Output Tokens') });
    expect(listPriceOn('2026-01-01', { meter: 'cached_input_image_tokens' })).toBe('1.25');
    const perplexity = { provider: 'perplexity', model: 'sonar-deep-research', meter: 'reasoning_tokens' } as const;
    expect(listPriceOn('2026-01-01', perplexity)).toBe('3');
  });

  it('of audio never are', () => {
    expect(listAnswer({ model: 'gpt-4o-audio-preview', meter: 'input_audio_tokens' }).unknown).toBe('meter');
    expect(listPriceOn('2026-01-01', { model: 'gpt-realtime', meter: 'input_audio_tokens' })).toBe('32');
  });
});

describe('tiers', () => {
  it.each([
    [{ tier: 'batch' }, '1.25'],
    [{ tier: 'default' }, '2.5'],
    [{ tier: 'priority' }, '4.25'],
    [{ tier: 'scale' }, 'tier'],
    [{ tier: 'flex' }, 'tier'],
    [{ tier: 'batch', meter: 'cached_input_tokens' }, 'tier'],
    [{ model: 'gpt-5.4', tier: 'flex', meter: 'cached_input_tokens' }, '0.13'],
    [{ model: 'gpt-5.4', tier: 'flex' }, '1.25'],
    [{ ...claude, tier: 'batch', meter: 'cache_write_1h_tokens' }, '3'],
    [{ ...claude, tier: 'batch', meter: 'web_searches' }, '10'],
    [{ ...claude, tier: 'priority' }, 'tier'],
    [{ provider: 'google', model: 'gemini-2.5-flash', tier: 'batch', meter: 'input_audio_tokens' }, '0.5'],
  ] as const)('%j: %s', (given, price) => expect(listPriceOn('2026-06-01', given)).toBe(price));

  it('follow the list price where the provider publishes a share of it', () => {
    const terra = { model: 'gpt-5.6-terra', tier: 'batch' };
    expect(listPriceOn('2026-07-29', terra)).toBe('1.25');
    expect(listPriceOn('2026-07-30', terra)).toBe('1');
  });

  it('end where their price is no longer known', () => {
    expect(listPriceOn('2026-08-20', { model: 'gpt-5.6-sol', tier: 'priority' })).toBe('10');
    expect(listPriceOn('2026-08-21', { model: 'gpt-5.6-sol', tier: 'priority' })).toBe('day');
  });
});

describe('place and speed', () => {
  it.each([
    [{ geography: 'global' }, '3'],
    [{ geography: 'not_available' }, '3'],
    [{ geography: 'us' }, '3.3'],
    [{ geography: 'us', tier: 'batch' }, '1.65'],
    [{ geography: 'us', meter: 'web_searches' }, '10'],
    [{ geography: 'eu' }, 'geography'],
    [{ model: 'claude-opus-4-1', geography: 'us' }, 'geography'],
    [{ speed: 'fast' }, 'speed'],
    [{ model: 'claude-opus-4-6', speed: 'fast' }, '30'],
    [{ model: 'claude-opus-4-6', speed: 'fast', geography: 'us' }, '33'],
    [{ model: 'claude-opus-4-6', speed: 'fast', tier: 'batch' }, 'speed'],
    [{ model: 'claude-opus-4-6', speed: 'standard' }, '5'],
  ] as const)('%j: %s', (given, price) => expect(listPriceOn('2026-06-01', { ...claude, ...given })).toBe(price));
});

describe('what the book does not know', () => {
  it('has no price', () => {
    expect(listAnswer({ model: 'gpt-99' })).toEqual({ prices: [], model: null, unknown: 'model' });
    expect(listAnswer({ meter: 'storage' })).toMatchObject({ prices: [], unknown: 'meter' });
    expect(listAnswer({ model: 'dall-e-3', meter: 'images' })).toMatchObject({ prices: [], unknown: 'model' });
  });

  it('but tools have one without a model', () => {
    expect(listPriceOn('2026-06-01', { model: '', meter: 'file_searches' })).toBe('2.5');
    expect(listPriceOn('2025-12-31', { model: '', meter: 'code_sessions' })).toBe('0.03');
    expect(listPriceOn('2026-01-01', { model: '', meter: 'code_sessions' })).toBe('day');
  });

  it('and so have models that only the provider names', () => {
    expect(listAnswer({ model: 'tts-1', meter: 'characters' })).toMatchObject({
      prices: [{ unitPrice: '15' }],
      model: { id: 'tts-1' },
    });
  });
});

describe('the book as it was known on a day', () => {
  it('has nothing that was recorded later', () => {
    const before = createPriceBook({ asOf: '2026-09-22' });
    expect(listAnswer({}, before).unknown).toBe('model');
    const list = createPriceBook({ asOf: '2026-09-23' });
    expect(listPriceOn('2026-06-01', {}, list)).toBe('2.5');
    expect(listPriceOn('2026-06-01', { tier: 'batch' }, list)).toBe('tier');
    expect(new Set([before, list, createPriceBook()].map(({ version }) => version)).size).toBe(3);
  });

  it('has the same version when nothing was recorded since', () => {
    expect(createPriceBook({ asOf: '2026-12-31' }).version).toBe(createPriceBook().version);
  });
});
