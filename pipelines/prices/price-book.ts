import type { Decimal } from '@cloudact/core/money';
import { applyOverrides, deploymentModel, ownVersion } from './contracted.ts';
import { findListPrices, type ListFacts } from './find-list-prices.ts';
import { listedModels, listSource } from './list-models.ts';
import type { MeterId } from './meters.ts';
import type { Overrides } from './overrides.ts';
import { statedFactors, statedPrices } from './published/index.ts';
import { contentVersion } from './version.ts';

/** What usage is priced by, but for its day. Texts are as the provider's API writes them. */
export interface PriceQuestion {
  /** Whose price list, by its id there: `openai`, `anthropic`, `google`, `azure`, `aws`, `mistral`, `x-ai`, `openrouter`, … */
  readonly provider: string;
  /** As delivered, for example `gpt-5.4-2026-03-05`; aliases and dated names are matched by the book. Empty where usage has none. */
  readonly model: string;
  readonly meter: MeterId;
  /** `standard` (or OpenAI's `default`) where the provider tells none. Others: `batch`, `flex`, `priority`, and what else it names. */
  readonly tier: string;
  /**
   * The range of request lengths that the source tells of, as delivered (`0-200k`, `200k-1M`, `long context`); null where it
   * tells none: then the base price holds, since a day's sum says nothing about the length of its requests.
   */
  readonly contextWindow: string | null;
  /** Where the request was computed, as delivered (`us`; `global` and `not_available` are the base price); null where it is not told. */
  readonly geography: string | null;
  /** `fast` and what else has a price of its own; null and `standard` otherwise. */
  readonly speed: string | null;
}

/** One price, and when it is in force. */
export interface Price {
  /** Of `per` units of the meter; `currency` of the entry. Exact. */
  readonly unitPrice: Decimal;
  /** ISO 4217. */
  readonly currency: string;
  /** First day in force, `YYYY-MM-DD`, UTC; null: since ever. */
  readonly validFrom: string | null;
  /** First day no longer in force; null: until further notice. */
  readonly validTo: string | null;
  /** `list`: published by the provider. `organization`: negotiated, or entered for a model of one's own. */
  readonly scope: 'list' | 'organization';
  /** Names the entry and its content: another figure is another version. Stored with each row that it prices. */
  readonly version: string;
  /** Where the figure is from, for people: a package with its version, or the page of the provider and its date. */
  readonly source: string;
  /** It was recorded before the day from which it holds: providers cancel announced changes. A later record confirms it. */
  readonly provisional?: boolean;
}

/** Every price of one question over time, oldest first, without overlaps; or why there is none. */
export interface PriceAnswer {
  readonly prices: readonly Price[];
  /** The list's own name of the model: developer, family, id and version where it tells them. */
  readonly model: ModelIdentity | null;
  /** Days without a price are unpriced for this reason; null when every day has one. */
  readonly unknown: 'model' | 'meter' | 'tier' | 'context_window' | 'geography' | 'speed' | 'day' | null;
}

/** As in the drafts of FOCUS 1.5. */
export interface ModelIdentity {
  readonly developer: string | null;
  readonly family: string | null;
  readonly id: string;
  /** The dated part of the delivered name, for example `2026-03-05`. */
  readonly version: string | null;
}

export interface PriceBook {
  /** Changes with any entry; what a replay names. */
  readonly version: string;
  /** Contracted and list price of a question: what the organisation pays, and what is published. */
  find(question: PriceQuestion): { readonly list: PriceAnswer; readonly contracted: PriceAnswer };
}

export interface PriceBookOptions {
  /** An organisation's own prices and deployment names, as `readOverrides` gives them. */
  readonly overrides?: Overrides;
  /** `YYYY-MM-DD`: the book as it was known at the end of that day; default: all that is recorded. */
  readonly asOf?: string;
}

/**
 * The price book: list prices of the providers by day, and above them what an organisation negotiated. It answers from
 * memory and never from the network. What it does not know has no price; it never answers 0 for want of one.
 */
export function createPriceBook({ overrides, asOf }: PriceBookOptions = {}): PriceBook {
  const isKnown = (recordedOn: string): boolean => asOf === undefined || recordedOn <= asOf;
  const facts: ListFacts = {
    models: isKnown(listSource.recordedOn) ? listedModels() : new Map(),
    prices: statedPrices.filter((fact) => isKnown(fact.recordedOn)),
    factors: statedFactors.filter((fact) => isKnown(fact.recordedOn)),
  };
  const own: Overrides = {
    prices: (overrides?.prices ?? []).filter((price) => price.recorded_on === undefined || isKnown(price.recorded_on)),
    deployments: overrides?.deployments ?? [],
  };
  return {
    version: contentVersion([
      [...facts.models.values()].flatMap(({ entries }) => entries.map((entry) => entry.version)),
      facts.prices,
      facts.factors,
      own.prices.map(ownVersion).sort(),
      own.deployments.map(({ provider, deployment, model }) => [provider, deployment, model]),
    ]),
    find(asked) {
      const question = { ...asked, model: deploymentModel(own, asked) };
      const list = findListPrices(facts, question);
      const atBaseLength = () => findListPrices(facts, { ...question, contextWindow: null });
      return { list, contracted: applyOverrides(own, question, list, atBaseLength) };
    },
  };
}
