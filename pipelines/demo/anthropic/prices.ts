import type { TokenPrices } from '../token-prices.ts';

/** Kinds of tokens, as the analytics name them in costs. */
export type Kind =
  | 'uncached_input_tokens'
  | 'cache_creation.ephemeral_5m_input_tokens'
  | 'cache_creation.ephemeral_1h_input_tokens'
  | 'cache_read_input_tokens'
  | 'output_tokens';

const of = (input: string, write5m: string, write1h: string, read: string, output: string): TokenPrices<Kind>[] => [
  {
    prices: {
      uncached_input_tokens: input,
      'cache_creation.ephemeral_5m_input_tokens': write5m,
      'cache_creation.ephemeral_1h_input_tokens': write1h,
      cache_read_input_tokens: read,
      output_tokens: output,
    },
  },
];

/** Anthropic's list prices of the models that the company uses. */
export const modelPrices = {
  'claude-opus-4-5-20251101': of('5', '6.25', '10', '0.5', '25'),
  'claude-sonnet-4-5-20250929': of('3', '3.75', '6', '0.3', '15'),
  'claude-sonnet-5': of('2', '2.5', '4', '0.2', '10'),
  'claude-haiku-4-5-20251001': of('1', '1.25', '2', '0.1', '5'),
} as const satisfies Record<string, readonly TokenPrices<Kind>[]>;

export type Model = keyof typeof modelPrices;

/** For a thousand searches. */
export const SEARCHES = '10';
