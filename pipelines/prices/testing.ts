import { createPriceBook, type Price, type PriceBook, type PriceQuestion } from './price-book.ts';

const book = createPriceBook();

/** A question about one input token of gpt-4o, but for what is given. */
export function question(given: Partial<PriceQuestion> = {}): PriceQuestion {
  return {
    provider: 'openai',
    model: 'gpt-4o',
    meter: 'input_tokens',
    tier: 'standard',
    contextWindow: null,
    geography: null,
    speed: null,
    ...given,
  };
}

export function listAnswer(given: Partial<PriceQuestion>, of: PriceBook = book) {
  return of.find(question(given)).list;
}

/** The price of one day, or the reason why there is none. */
export function listPriceOn(day: string, given: Partial<PriceQuestion>, of: PriceBook = book): string | null {
  const { prices, unknown } = listAnswer(given, of);
  return priceOn(day, prices)?.unitPrice ?? unknown;
}

export function priceOn(day: string, prices: readonly Price[]): Price | undefined {
  const found = prices.filter(
    ({ validFrom, validTo }) => (validFrom === null || day >= validFrom) && (validTo === null || day < validTo),
  );
  if (found.length > 1) throw new Error(`${found.length} prices on ${day}`);
  return found[0];
}
