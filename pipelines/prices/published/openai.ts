import type { MeterId } from '../meters.ts';
import type { PublishedFactor, PublishedPrice } from './fact.ts';

/**
 * OpenAI's tiers and tools. The list has tokens, web searches and file searches by model.
 *
 * Unpriced: the tier `scale` (a commitment), cached tokens in batch of models that are not named here, cache writes of 30
 * minutes and 12 hours, images of DALL·E (by size and quality, which the usage does not join to a price), vector storage (the first
 * gigabyte is free), code sessions since containers have sizes, which the usage does not tell.
 */
const pricing = {
  provider: 'openai',
  source: 'https://platform.openai.com/docs/pricing',
  statedOn: '2026-08-01',
  recordedOn: '2026-11-23',
} as const;

const batch = {
  ...pricing,
  source: 'https://platform.openai.com/docs/guides/batch',
  dimension: 'tier',
  value: 'batch',
  factor: '0.5',
  validTo: null,
} as const;
const flex = {
  ...pricing,
  source: 'https://platform.openai.com/docs/guides/flex-processing',
  dimension: 'tier',
  value: 'flex',
  factor: '0.5',
  validTo: null,
} as const;

const READ_AND_WRITTEN: readonly MeterId[] = [
  'input_tokens',
  'input_image_tokens',
  'output_tokens',
  'reasoning_tokens',
];
const WITH_CACHE: readonly MeterId[] = [...READ_AND_WRITTEN, 'cached_input_tokens', 'cached_input_image_tokens'];
/** Their cached tokens are half, too: published figures are not always, as they are rounded. */
const HALF_CACHE = ['gpt-5', 'gpt-5-mini', 'gpt-5-nano'] as const;
const SOL_TERRA_LUNA = ['gpt-5.6-sol', 'gpt-5.6-terra', 'gpt-5.6-luna'] as const;

export const openaiFactors: readonly PublishedFactor[] = [
  { ...batch, models: '*', meters: READ_AND_WRITTEN, validFrom: '2024-04-15' },
  {
    ...batch,
    models: HALF_CACHE,
    meters: ['cached_input_tokens', 'cached_input_image_tokens'],
    validFrom: '2025-08-07',
  },
  { ...flex, models: ['o3', 'o4-mini'], meters: READ_AND_WRITTEN, validFrom: '2025-04-17' },
  { ...flex, models: HALF_CACHE, meters: WITH_CACHE, validFrom: '2025-08-07' },
  { ...flex, models: ['gpt-5.4', 'gpt-5.4-pro', 'gpt-5.5-pro'], meters: READ_AND_WRITTEN, validFrom: '2026-03-05' },
  { ...flex, models: ['gpt-5.4-mini', 'gpt-5.4-nano', 'gpt-5.5'], meters: WITH_CACHE, validFrom: '2026-03-17' },
  { ...flex, models: SOL_TERRA_LUNA, meters: [...WITH_CACHE, 'cache_write_tokens'], validFrom: '2026-07-30' },
];

function priority(
  model: string,
  [input, cached, output, write]: readonly [string, string, string, string?],
  validFrom: string,
  validTo: string | null = null,
): PublishedPrice {
  const prices = { input_tokens: input, cached_input_tokens: cached, output_tokens: output, reasoning_tokens: output };
  const all = write === undefined ? prices : { ...prices, cache_write_tokens: write };
  const source = 'https://platform.openai.com/docs/guides/priority-processing';
  return { ...pricing, source, tier: 'priority', models: [model], prices: all, validFrom, validTo };
}

export const openaiPrices: readonly PublishedPrice[] = [
  {
    ...pricing,
    source: 'https://platform.openai.com/docs/guides/flex-processing',
    tier: 'flex',
    models: ['gpt-5.4'],
    prices: { cached_input_tokens: '0.13' },
    validFrom: '2026-03-05',
    validTo: null,
  },
  priority('gpt-4.1', ['3.5', '0.875', '14'], '2025-08-07'),
  priority('gpt-4.1-mini', ['0.7', '0.175', '2.8'], '2025-08-07'),
  priority('gpt-4.1-nano', ['0.2', '0.05', '0.8'], '2025-08-07'),
  priority('gpt-4o', ['4.25', '2.125', '17'], '2025-08-07'),
  priority('gpt-4o-mini', ['0.25', '0.125', '1'], '2025-08-07'),
  priority('o3', ['3.5', '0.875', '14'], '2025-08-07'),
  priority('o4-mini', ['2', '0.5', '8'], '2025-08-07'),
  priority('gpt-5', ['2.5', '0.25', '20'], '2025-08-07'),
  priority('gpt-5-mini', ['0.45', '0.045', '3.6'], '2025-08-07'),
  priority('gpt-5.1', ['2.5', '0.25', '20'], '2025-11-13'),
  priority('gpt-5.1-codex-mini', ['0.45', '0.045', '3.6'], '2025-11-13'),
  priority('gpt-5.2', ['3.5', '0.35', '28'], '2025-12-11'),
  priority('gpt-5.3-codex', ['3.5', '0.35', '28'], '2026-08-01'),
  priority('gpt-5.4', ['5', '0.5', '30'], '2026-03-05'),
  priority('gpt-5.4-mini', ['1.5', '0.15', '9'], '2026-03-17'),
  priority('gpt-5.5', ['10', '1', '60'], '2026-04-23'),
  priority('gpt-5.6-terra', ['4', '0.4', '24', '5'], '2026-07-30'),
  priority('gpt-5.6-luna', ['0.4', '0.04', '2.4', '0.5'], '2026-07-30'),
  // Its list price fell on the last day; what became of this one is not known here.
  priority('gpt-5.6-sol', ['10', '1', '60', '12.5'], '2026-08-01', '2026-08-21'),
  {
    ...pricing,
    tier: 'standard',
    models: ['tts-1', 'tts-1-1106'],
    prices: { characters: '15' },
    validFrom: '2023-11-06',
    validTo: null,
  },
  {
    ...pricing,
    tier: 'standard',
    models: ['tts-1-hd', 'tts-1-hd-1106'],
    prices: { characters: '30' },
    validFrom: '2023-11-06',
    validTo: null,
  },
  {
    ...pricing,
    tier: 'standard',
    models: ['moderation'],
    prices: { input_tokens: '0' },
    source: 'https://platform.openai.com/docs/guides/moderation',
    validFrom: '2022-08-10',
    validTo: null,
  },
  {
    ...pricing,
    tier: 'standard',
    models: '*',
    prices: { file_searches: '2.5' },
    validFrom: '2025-03-11',
    validTo: null,
  },
  {
    ...pricing,
    tier: 'standard',
    models: '*',
    prices: { code_sessions: '0.03' },
    statedOn: '2025-12-31',
    validFrom: '2023-11-06',
    validTo: '2026-01-01',
  },
];
