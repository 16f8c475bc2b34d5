import type { Adapter } from './adapter.ts';
import { cloudact } from './cloudact.ts';
import { genaiPrices } from './genai-prices.ts';
import { tokenlens } from './tokenlens.ts';

/** The libraries of the table, in its order. */
export const adapters: readonly Adapter[] = [cloudact, genaiPrices, tokenlens];
