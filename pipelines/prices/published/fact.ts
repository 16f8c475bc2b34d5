import { type MeterId, meterIds, meters } from '../meters.ts';
import type { Days } from '../timeline.ts';

interface Fact extends Days {
  /** Id of the provider's price list. */
  readonly provider: string;
  /** The list's ids of the models, or names as delivered where the list does not know them; `*`: every model, also none. */
  readonly models: readonly string[] | '*';
  /** Where it can be read. */
  readonly source: string;
  /** The day on which the source said so. */
  readonly statedOn: string;
  /** The day on which it came into this book. */
  readonly recordedOn: string;
}

/** Prices that a provider publishes, in USD, each of `per` units of its meter. For requests of the lengths of the base price. */
export interface PublishedPrice extends Fact {
  readonly tier: string;
  readonly prices: Partial<Readonly<Record<MeterId, string>>>;
}

/** What a provider publishes as a multiple of the price that holds otherwise, for the same meter and length. */
export interface PublishedFactor extends Fact {
  readonly dimension: 'tier' | 'geography' | 'speed';
  readonly value: string;
  /** Exact decimal text; `1` says that the price is the same. */
  readonly factor: string;
  readonly meters: readonly MeterId[];
  /** The tiers that it goes together with; default: all. */
  readonly tiers?: readonly string[];
}

/** Tokens that models read and write. */
export const tokenMeters: readonly MeterId[] = meterIds.filter((id) => meters[id].direction !== null);

/** Everything that is no token. */
export const toolMeters: readonly MeterId[] = meterIds.filter((id) => meters[id].direction === null);
