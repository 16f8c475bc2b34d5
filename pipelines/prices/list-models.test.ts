import { readFileSync } from 'node:fs';
import { calcPrice, findProvider } from '@pydantic/genai-prices';
import { describe, expect, it } from 'vitest';
import { listKeys } from './list-keys.ts';
import { listDecimal, listedModels, listKey, listSource } from './list-models.ts';
import { listAnswer, priceOn } from './testing.ts';

const models = [...listedModels().values()];

/** Keys without a meter, as `list-keys.ts` says. */
const unmapped = [
  'audio_hours',
  'input_audio_hours',
  'input_annotated_document_kpages',
  'output_citation_mtok',
  'input_text_messages_kcount',
  'output_video_mtok',
];

function conditionalPrices(provider: string, id: string) {
  const { prices } = findProvider({ providerId: provider })!.models.find((model) => model.id === id)!;
  return Array.isArray(prices) ? prices : [{ prices }];
}

describe('the list', () => {
  it('is the installed version', () => {
    const entry = import.meta.resolve(listSource.package);
    const { version } = JSON.parse(readFileSync(new URL('../package.json', entry), 'utf8'));
    expect(version).toBe(listSource.version);
  });

  it('has no price key that is neither a meter nor named as none', () => {
    const keys = new Set(
      models.flatMap(({ provider, id }) =>
        conditionalPrices(provider, id).flatMap((entry) => Object.keys(entry.prices)),
      ),
    );
    expect([...keys].filter((key) => !(key in listKeys) && !unmapped.includes(key))).toEqual([]);
    expect(models.length).toBeGreaterThan(1000);
  });

  it('agrees with what its own calculation says of one request, for every model, read, cached and written', () => {
    const tokens = 1000;
    const days = ['2025-01-15', '2025-06-09', '2025-06-10', '2026-03-12', '2026-03-13', '2026-09-30', '2027-01-01'];
    let compared = 0;
    for (const { provider, id, entries } of models) {
      for (const [meter, usage] of [
        ['input_tokens', { input_tokens: tokens }],
        ['cached_input_tokens', { input_tokens: tokens, cache_read_tokens: tokens }],
        ['cache_write_tokens', { input_tokens: tokens, cache_write_tokens: tokens }],
        ['output_tokens', { output_tokens: tokens, input_tokens: 0 }],
      ] as const) {
        const base = entries.filter((entry) => entry.meter === meter && entry.range.above === 0);
        for (const day of days) {
          const ours = base.find(
            ({ validFrom, validTo }) => (validFrom === null || day >= validFrom) && (validTo === null || day < validTo),
          );
          if (ours?.unitPrice == null) continue;
          const judged = judgedCost(provider, id, usage, day);
          if (judged === undefined) continue;
          expect(judged).toBeCloseTo((Number(ours.unitPrice) * tokens) / 1e6, 14);
          compared++;
        }
      }
    }
    expect(compared).toBeGreaterThan(20_000);
  });

  it('has one price for a meter, a length and a day', () => {
    for (const { provider, id, entries } of models) {
      for (const meter of new Set(entries.map((entry) => entry.meter))) {
        const ofMeter = entries.filter((entry) => entry.meter === meter);
        for (const [at, one] of ofMeter.entries()) {
          for (const other of ofMeter.slice(at + 1)) {
            const apartInTime =
              (one.validTo !== null && other.validFrom !== null && one.validTo <= other.validFrom) ||
              (other.validTo !== null && one.validFrom !== null && other.validTo <= one.validFrom);
            const apartInLength =
              (one.range.upTo !== null && one.range.upTo <= other.range.above) ||
              (other.range.upTo !== null && other.range.upTo <= one.range.above);
            expect(apartInTime || apartInLength, `${provider} ${id} ${meter}`).toBe(true);
          }
        }
      }
    }
  });

  it('never costs nothing for want of a price', () => {
    expect(models.flatMap(({ entries }) => entries.filter(({ unitPrice }) => unitPrice === '0'))).toEqual([]);
  });

  it('has no more decimals than money has', () => {
    const decimals = models.flatMap(({ entries }) =>
      entries.map(({ unitPrice }) => (unitPrice?.split('.')[1] ?? '').length),
    );
    expect(Math.max(...decimals)).toBeLessThanOrEqual(18);
  });

  it('gives every entry a version of its own', () => {
    const versions = models.flatMap(({ entries }) => entries.map(({ version }) => version));
    expect(new Set(versions).size).toBe(versions.length);
  });
});

describe('numbers of the list', () => {
  it.each([
    [0.1, '0.1'],
    [0.003625, '0.003625'],
    [1e-7, '0.0000001'],
    [12.5, '12.5'],
    [0.1 + 0.2, '0.3'],
    [0.18000000000000002, '0.18'],
  ])('%s is %s', (number, text) => expect(listDecimal(number)).toBe(text));

  it('hours become seconds where a second has a price', () => {
    expect(listAnswer({ model: 'whisper-1', meter: 'audio_seconds' }).prices[0]?.unitPrice).toBe('0.0001');
    expect(listAnswer({ provider: 'groq', model: 'whisper-large-v3', meter: 'audio_seconds' }).unknown).toBe('meter');
  });

  it('a thousand requests become one', () => {
    const { prices } = listAnswer({ provider: 'perplexity', model: 'sonar-pro', meter: 'requests' });
    expect(prices[0]?.unitPrice).toBe('0.014');
  });

  it('hours of audio are listed once, though under two keys', () => {
    for (const { provider, id } of models) {
      for (const { prices } of conditionalPrices(provider, id)) {
        if (prices.input_audio_hours !== undefined) expect(prices.input_audio_hours).toBe(prices.audio_hours);
      }
    }
  });
});

describe('hours of the day', () => {
  it.each(['deepseek-chat', 'deepseek-reasoner'])('%s has no price of a day', (model) => {
    for (const meter of ['input_tokens', 'output_tokens', 'cached_input_tokens'] as const) {
      expect(listAnswer({ provider: 'deepseek', model, meter })).toMatchObject({ prices: [], unknown: 'day' });
    }
    expect(listedModels().get(listKey('deepseek', model))?.entries.length).toBeGreaterThan(0);
  });

  it('of V4 begin on a day, and before it a day has one price', () => {
    const { prices, unknown } = listAnswer({ provider: 'deepseek', model: 'deepseek-v4-pro', meter: 'output_tokens' });
    expect(prices).toMatchObject([{ unitPrice: '0.87', validFrom: null, validTo: '2026-08-17' }]);
    expect(unknown).toBe('day');
  });

  it('do not touch models without them', () => {
    const { prices } = listAnswer({ provider: 'deepseek', model: 'deepseek-v3.2' });
    expect(priceOn('2026-08-01', prices)?.unitPrice).toBe('0.2288');
  });
});

/** What the package says that one request costs; undefined where another of its models answers to the name. */
function judgedCost(provider: string, id: string, usage: Record<string, number>, day: string): number | undefined {
  const judged = calcPrice(usage, id, { providerId: provider, timestamp: new Date(`${day}T12:00:00Z`) });
  if (judged?.model.id !== id || judged.provider.id !== provider) return undefined;
  // Prices per request come on top of the tokens.
  return judged.input_price + judged.output_price;
}
