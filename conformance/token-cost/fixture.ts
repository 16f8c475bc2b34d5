import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The ways in which token costs go wrong, each seen in public more than once. Folders of `fixtures/` have these names. */
export const classes = {
  'cache-in-or-out': 'Cached tokens counted inside and outside of input',
  'cache-ignored': 'Cached tokens priced as input, or dropped',
  'contract-prices': 'Contract and own prices, with and without a cache price',
  reasoning: 'Reasoning tokens doubled, or in place of other output',
  streamed: 'Streams that lose usage, model or tier',
  attempts: 'Retries, fallbacks and iterations at the wrong model',
  'model-names': 'Aliases, dated names, regions, deployments, unknown models',
  'other-units': 'Searches, grounding, images, audio, pages',
  'own-cache': 'Answers from a cache of one’s own, and refused requests',
  'price-changes': 'Prices that changed, on the days around it',
  'daily-totals': 'A day of requests, to the last digit',
  tiers: 'Length of requests, lifetime of caches, batch, flex, priority, place, speed',
} as const;

export type FixtureClass = keyof typeof classes;

export interface Fixture {
  /** Unique: class, provider and a name. */
  readonly id: string;
  readonly class: FixtureClass;
  /** `openai`, `anthropic`, `google`, `mistral`, `xai`, `deepseek`, `bedrock`, `azure` or `openrouter`: whoever sends the invoice. */
  readonly provider: string;
  /** As asked for; of several calls, the first's. */
  readonly model: string;
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string;
  /** What it tests. */
  readonly title: string;
  /** In order. What all of them cost is expected. */
  readonly calls: readonly Call[];
  /** Prices that hold instead of the published ones. */
  readonly contract?: readonly ContractPrice[];
  /** What the names of deployments stand for. */
  readonly deployments?: Readonly<Record<string, string>>;
  /** Every price that `derivation` uses. */
  readonly prices: readonly UnitPrice[];
  /** The arithmetic from the counts and prices to what is expected; words alone where that is `unpriced`. */
  readonly derivation: string;
  /** USD, exact decimal text; or `unpriced`: the answer is not known, and certainly not 0 or what the rest costs. */
  readonly expected: string;
}

export interface Call {
  /** The API that was called, and so the form of `response` or of each of `events`. */
  readonly api: string;
  readonly provider: string;
  /** As asked for: an alias, a dated name, a deployment. */
  readonly model: string;
  /** As asked for; `batch` where the request was part of a batch. What the response says it was given wins otherwise. */
  readonly tier?: string;
  /** The body, without content. */
  readonly response?: unknown;
  /** The events of the stream, without content. */
  readonly events?: readonly unknown[];
  /** So many calls that are the same; default 1. */
  readonly times?: number;
  /** The answer came from the caller's own cache. */
  readonly fromOwnCache?: boolean;
  /** Free allowances of the day or month are used up. */
  readonly allowancesUsedUp?: boolean;
}

export interface UnitPrice {
  /** As in the derivation's brackets. */
  readonly name: string;
  /** Of `per` units. Decimal text as published. */
  readonly usd: string;
  readonly per: number;
  /** Where it is published; `contract` where it is the fixture's own. */
  readonly page: string;
}

export interface ContractPrice {
  readonly provider: string;
  readonly model: string;
  readonly meter: 'input' | 'cached_input' | 'cache_write' | 'cache_write_1h' | 'output';
  /** Of a million tokens. */
  readonly usd: string;
}

const root = join(import.meta.dirname, 'fixtures');

/** All fixtures, by class and file name. Each file is a list. */
export function readFixtures(): Fixture[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort()
    .flatMap((path): Fixture[] => JSON.parse(readFileSync(join(root, path), 'utf8')));
}
