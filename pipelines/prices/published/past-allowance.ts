import type { PublishedPrice } from './fact.ts';

const grounding = {
  provider: 'google',
  tier: 'standard',
  source: 'https://ai.google.dev/gemini-api/docs/pricing',
  statedOn: '2026-08-01',
  recordedOn: '2026-11-23',
  validTo: null,
} as const;

/**
 * What is free up to an allowance of the day or month, and has a price past it. Not in the book, whose rows cannot tell which
 * side of the allowance they are on; for who knows that it is used up.
 */
export const pricesPastAllowance: readonly PublishedPrice[] = [
  {
    ...grounding,
    models: ['gemini-2.0-flash', 'gemini-2.5-flash', 'gemini-2.5-flash-lite', 'gemini-2.5-pro'],
    prices: { grounding_queries: '35' },
    validFrom: '2025-06-17',
  },
  {
    ...grounding,
    models: [
      'gemini-3-flash-preview',
      'gemini-3-pro-preview',
      'gemini-3.1-pro-preview',
      'gemini-3.1-flash-lite',
      'gemini-3.5-flash',
    ],
    prices: { grounding_queries: '14' },
    validFrom: '2026-01-05',
  },
];
