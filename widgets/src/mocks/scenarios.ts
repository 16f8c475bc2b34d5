import type { Scenario } from './answers.js';

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
} satisfies Record<string, Scenario>;
