import type { Scenario, WaitingUsage } from './answers.js';

const openai = { service: 'OpenAI API', unit: 'Tokens' };
const MODELS: WaitingUsage[] = [
  {
    ...openai,
    model: 'gpt-5.9-codex-preview',
    meter: 'Input Tokens',
    reason: 'model',
    daily: 81_204,
    since: '2026-11-09',
  },
  {
    ...openai,
    model: 'gpt-5.9-codex-preview',
    meter: 'Output Tokens',
    reason: 'model',
    daily: 14_331,
    since: '2026-11-09',
  },
  { ...openai, model: 'ft:gpt-4.1-mini:larkmoor::B7x2', meter: 'Input Tokens', reason: 'tier', daily: 3_117.5 },
];
const IMAGES: WaitingUsage[] = [
  {
    service: 'Midjourney',
    model: null,
    meter: 'Images',
    unit: 'Images',
    reason: 'meter',
    daily: 2,
    since: '2026-11-02',
  },
];

/** Bills that are hard to show well. */
export const scenarios = {
  usual: {},
  empty: { daily: {} },
  nothingLoaded: { daily: {}, loaded: false },
  oneRow: { daily: { 'Anthropic Claude': 268.4 } },
  manySeries: {
    daily: Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [
        `Service number ${index + 1} with a rather long product name`,
        300 / (index + 1),
      ]),
    ),
  },
  hugeNumbers: {
    daily: { 'Reserved capacity': 18_412_345_678.12, 'Data transfer': 6_204_118_220.4, Support: 912_004_110.9 },
  },
  tinyNumbers: { daily: { 'GPT-5 nano input': 0.000031, Embeddings: 0.0000042 } },
  negativeCredit: {
    daily: { 'Amazon Elastic Compute Cloud': 412.2, BigQuery: 164.1, 'AWS Lambda': 52.8, 'Promotional credit': -96.3 },
  },
  severalCurrencies: { currencies: ['USD', 'EUR', 'JPY'] },
  noValues: { daily: { payments: 312.2, search: 184.1, '': 152.8 } },
  unpriced: { waiting: [...MODELS, ...IMAGES] },
  nothingPriced: { daily: {}, waiting: MODELS },
} satisfies Record<string, Scenario>;
