import type { Day } from './calendar.ts';
import { dayText } from './calendar.ts';
import type { Fixed } from './fixed-point.ts';
import { fixed } from './fixed-point.ts';

/** US dollars for a million of a model's tokens, by what they are, from a day on (`YYYY-MM-DD`; left out: since ever). */
export interface TokenPrices<Kind extends string> {
  readonly from?: string;
  readonly prices: Readonly<Record<Kind, string>>;
}

/** The price of a day: that of the last entry which has begun. Entries are in order. */
export function priceOn<Kind extends string>(entries: readonly TokenPrices<Kind>[], kind: Kind, day: Day): Fixed {
  const entry = entries.findLast(({ from }) => from === undefined || from <= dayText(day))!;
  return fixed(entry.prices[kind]);
}

/** What so many tokens cost; exact, as prices of a million tokens have at most four decimals. */
export function tokenCost(price: Fixed, tokens: number): Fixed {
  return (price * BigInt(tokens)) / 1_000_000n;
}
