import type { TokenPrices } from '../token-prices.ts';

export type Kind = 'input' | 'cached input' | 'output';

const of = (input: string, cached: string, output: string, from?: string): TokenPrices<Kind> => ({
  ...(from && { from }),
  prices: { input, 'cached input': cached, output },
});

/** OpenAI's list prices of the models that the company uses, by their names on the bill. */
export const modelPrices = {
  'gpt-5-2025-08-07': [of('1.25', '0.125', '10')],
  'gpt-4.1-mini-2025-04-14': [of('0.4', '0.1', '1.6')],
  'gpt-5-mini-2025-08-07': [of('0.25', '0.025', '2')],
  'gpt-5-nano-2025-08-07': [of('0.05', '0.005', '0.4')],
  'gpt-4.1-2025-04-14': [of('2', '0.5', '8')],
  // Cheaper from August 21, 2026.
  'gpt-5.6-sol': [of('5', '0.5', '30'), of('4', '0.4', '20', '2026-08-21')],
  'text-embedding-3-small': [of('0.02', '0.02', '0')],
} as const satisfies Record<string, readonly TokenPrices<Kind>[]>;

export type Model = keyof typeof modelPrices;

/** For a thousand searches. */
export const SEARCHES = '10';
