import { anthropicFactors } from './anthropic.ts';
import { deepseekPrices } from './deepseek.ts';
import type { PublishedFactor, PublishedPrice } from './fact.ts';
import { googleFactors, googlePrices } from './google.ts';
import { mistralFactors } from './mistral.ts';
import { openaiFactors, openaiPrices } from './openai.ts';

/** Prices that the list lacks, each with its page, the day of its word, and the days for which it holds. */
export const statedPrices: readonly PublishedPrice[] = [...deepseekPrices, ...googlePrices, ...openaiPrices];

/** Multiples of other prices that the list lacks. */
export const statedFactors: readonly PublishedFactor[] = [
  ...anthropicFactors,
  ...googleFactors,
  ...mistralFactors,
  ...openaiFactors,
];
