import type { PublishedPrice } from './fact.ts';

/**
 * DeepSeek's V4 models had one price for all hours until the day on which peak hours came. The list cannot date its hours, and says
 * so in a comment. Since that day, and for its older models, a day has no single price.
 */
const beforePeakHours = {
  provider: 'deepseek',
  tier: 'standard',
  validFrom: null,
  validTo: '2026-08-17',
  source: 'https://github.com/pydantic/genai-prices/blob/main/prices/providers/deepseek.yml',
  statedOn: '2026-09-23',
  recordedOn: '2026-11-23',
} as const;

export const deepseekPrices: readonly PublishedPrice[] = [
  {
    ...beforePeakHours,
    models: ['deepseek-v4-flash'],
    prices: { input_tokens: '0.14', cached_input_tokens: '0.0028', output_tokens: '0.28', reasoning_tokens: '0.28' },
  },
  {
    ...beforePeakHours,
    models: ['deepseek-v4-pro'],
    prices: { input_tokens: '0.435', cached_input_tokens: '0.003625', output_tokens: '0.87', reasoning_tokens: '0.87' },
  },
];
