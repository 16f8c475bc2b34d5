import { type Decimal, decimal, multiply } from '@cloudact/core/money';
import { type ContextRange, holds, isLongContext, parseContextWindow } from './context-range.ts';
import { widerMeter } from './list-keys.ts';
import { type ListEntry, type ListModel, listKey, listSource } from './list-models.ts';
import { type MeterId, meters } from './meters.ts';
import { modelIdentity } from './model-identity.ts';
import { matchModel } from './model-match.ts';
import type { Price, PriceAnswer, PriceQuestion } from './price-book.ts';
import type { PublishedFactor, PublishedPrice } from './published/fact.ts';
import { type Days, leavesDaysOut, overlay, sharedDays } from './timeline.ts';
import { contentVersion } from './version.ts';

/** What is published: the models of the list, and what the book adds to it. */
export interface ListFacts {
  /** By {@link listKey}. */
  readonly models: ReadonlyMap<string, ListModel>;
  readonly prices: readonly PublishedPrice[];
  readonly factors: readonly PublishedFactor[];
}

type Unknown = PriceAnswer['unknown'];
type Answer = { readonly prices: readonly Price[]; readonly unknown: Unknown };

const LIST_TIERS: ReadonlySet<string> = new Set(['standard', 'default']);
const LIST_GEOGRAPHIES: ReadonlySet<string | null> = new Set([null, 'global', 'not_available']);
const LIST_SPEEDS: ReadonlySet<string | null> = new Set([null, 'standard']);

/** The published prices of a question. */
export function findListPrices(all: ListFacts, question: PriceQuestion): PriceAnswer {
  const match = matchModel(question.provider, question.model);
  const model = match && all.models.get(listKey(match.provider, match.id));
  const names = new Set([question.model.trim().toLowerCase(), ...(model ? [model.id] : [])]);
  const facts = {
    ...all,
    prices: about(all.prices, question, names),
    factors: about(all.factors, question, names),
  };
  const isNamed = facts.prices.some(({ models }) => models !== '*');
  const identity = model || isNamed ? modelIdentity(model?.id ?? question.model, question.model) : null;
  const steps = [inTier, inGeography, atSpeed];
  let answer = basePrices(model, facts, question);
  for (const step of steps)
    if (answer.unknown === null || answer.prices.length > 0) answer = step(answer, facts, question);
  const unknown = answer.unknown ?? (leavesDaysOut(answer.prices) ? 'day' : null);
  return { prices: answer.prices, model: identity, unknown };
}

/** `standard` has more than one name. */
export function tierName(tier: string): string {
  return LIST_TIERS.has(tier) ? 'standard' : tier;
}

/** Whether a place and a speed are those of the price without further words. */
export function isBasePlaceAndSpeed({ geography, speed }: PriceQuestion): boolean {
  return LIST_GEOGRAPHIES.has(geography) && LIST_SPEEDS.has(speed);
}

function about<Fact extends PublishedPrice | PublishedFactor>(
  facts: readonly Fact[],
  { provider }: PriceQuestion,
  names: ReadonlySet<string>,
): Fact[] {
  return facts.filter(
    (fact) => fact.provider === provider && (fact.models === '*' || fact.models.some((name) => names.has(name))),
  );
}

/** The standard tier, for requests of the length that is told. */
function basePrices(model: ListModel | undefined, facts: ListFacts, question: PriceQuestion): Answer {
  const published = publishedIn(facts, question, (tier) => LIST_TIERS.has(tier));
  if (!model && published.length === 0) return { prices: [], unknown: 'model' };
  const { meter, entries } = entriesOf(model, question.meter);
  const { prices: listed, unknown } = atLength(entries, question.contextWindow);
  const note = meter === question.meter ? '' : `, priced as ${meters[meter].title}`;
  const prices = overlay(
    listed.flatMap((entry) => listPrice(entry, note)),
    published,
  );
  if (prices.length === 0 && entries.length === 0) return { prices, unknown: 'meter' };
  return { prices, unknown: leavesDaysOut(prices) ? (unknown ?? 'day') : null };
}

function entriesOf(model: ListModel | undefined, meter: MeterId): { meter: MeterId; entries: ListEntry[] } {
  const entries = model?.entries.filter((entry) => entry.meter === meter) ?? [];
  const wider = widerMeter[meter];
  return entries.length > 0 || wider === undefined ? { meter, entries } : entriesOf(model, wider);
}

function atLength(
  entries: readonly ListEntry[],
  contextWindow: string | null,
): { prices: readonly ListEntry[]; unknown: Unknown } {
  if (contextWindow === null) return { prices: entries.filter(({ range }) => range.above === 0), unknown: null };
  const asked: ContextRange = parseContextWindow(contextWindow) ?? { above: 0, upTo: null };
  const prices = entries.filter(({ range }) =>
    isLongContext(contextWindow) ? isOnlyLong(range, entries) : holds(range, asked),
  );
  return { prices, unknown: leavesDaysOut(prices) && !leavesDaysOut(anyLength(entries)) ? 'context_window' : null };
}

/** Above the one bound of the list; on days without a bound, any length. */
function isOnlyLong(range: ContextRange, entries: readonly ListEntry[]): boolean {
  const bounds = new Set(entries.flatMap(({ range: { above } }) => (above > 0 ? [above] : [])));
  return bounds.size <= 1 && range.upTo === null;
}

/** The days on which there is a price for some length. */
function anyLength(entries: readonly ListEntry[]): readonly Days[] {
  return entries.filter(({ range }) => range.above === 0);
}

function listPrice({ unitPrice, validFrom, validTo, version, source }: ListEntry, note: string): Price[] {
  if (unitPrice === null) return [];
  const provisional = validFrom !== null && validFrom > listSource.recordedOn;
  return [
    {
      unitPrice,
      currency: 'USD',
      validFrom,
      validTo,
      scope: 'list',
      version: note === '' ? version : contentVersion([version, note]),
      source: `${source}${note}`,
      provisional,
    },
  ];
}

function inTier(base: Answer, facts: ListFacts, question: PriceQuestion): Answer {
  if (LIST_TIERS.has(question.tier)) return base;
  const published = publishedIn(facts, question, (tier) => tier === question.tier);
  const derived = multiplied(base.prices, facts.factors, 'tier', question.tier, question);
  const prices = overlay(derived, published);
  return { prices, unknown: prices.length === 0 ? 'tier' : base.unknown };
}

function inGeography(base: Answer, facts: ListFacts, question: PriceQuestion): Answer {
  if (LIST_GEOGRAPHIES.has(question.geography)) return base;
  const prices = multiplied(base.prices, facts.factors, 'geography', question.geography, question);
  return { prices, unknown: prices.length === 0 ? 'geography' : base.unknown };
}

function atSpeed(base: Answer, facts: ListFacts, question: PriceQuestion): Answer {
  if (LIST_SPEEDS.has(question.speed)) return base;
  const prices = multiplied(base.prices, facts.factors, 'speed', question.speed, question);
  return { prices, unknown: prices.length === 0 ? 'speed' : base.unknown };
}

/** A later record supersedes an earlier one. */
function publishedIn(facts: ListFacts, question: PriceQuestion, hasTier: (tier: string) => boolean): readonly Price[] {
  if (!isBaseLength(question.contextWindow)) return [];
  return facts.prices
    .filter((fact) => hasTier(fact.tier) && fact.prices[question.meter] !== undefined)
    .toSorted((left, right) => (left.recordedOn < right.recordedOn ? -1 : 1))
    .reduce<readonly Price[]>((prices, fact) => {
      const { provider, models, tier, validFrom, validTo } = fact;
      const unitPrice = decimal(fact.prices[question.meter]!);
      const source = sourceText(fact);
      const content = [provider, models, tier, question.meter, unitPrice, validFrom, validTo, source];
      const provisional = validFrom !== null && validFrom > fact.recordedOn;
      const version = contentVersion(content);
      return overlay(prices, [
        { unitPrice, currency: 'USD', validFrom, validTo, scope: 'list', version, source, provisional },
      ]);
    }, []);
}

/** Each price times the factor that is in force with it; days without a factor are left out. */
function multiplied(
  prices: readonly Price[],
  factors: readonly PublishedFactor[],
  dimension: PublishedFactor['dimension'],
  value: string | null,
  { meter, tier }: PriceQuestion,
): readonly Price[] {
  return factors
    .filter((fact) => fact.dimension === dimension && fact.value === value && fact.meters.includes(meter))
    .filter((fact) => fact.tiers === undefined || fact.tiers.includes(tierName(tier)))
    .toSorted((left, right) => (left.recordedOn < right.recordedOn ? -1 : 1))
    .reduce<readonly Price[]>(
      (found, fact) =>
        overlay(
          found,
          prices.flatMap((price) => times(price, fact)),
        ),
      [],
    );
}

function times(price: Price, fact: PublishedFactor): Price[] {
  const days = sharedDays(price, fact);
  if (!days) return [];
  const factor: Decimal = decimal(fact.factor);
  const source = `${price.source}; ${fact.value} × ${factor}: ${sourceText(fact)}`;
  const provisional = price.provisional || (fact.validFrom !== null && fact.validFrom > fact.recordedOn);
  const version = contentVersion([
    price.version,
    fact.dimension,
    fact.value,
    factor,
    fact.validFrom,
    fact.validTo,
    source,
  ]);
  return [{ ...price, ...days, unitPrice: multiply(price.unitPrice, factor), version, source, provisional }];
}

function sourceText({ source, statedOn }: PublishedPrice | PublishedFactor): string {
  return `${source} (${statedOn})`;
}

/** Whether a text names the shortest range of lengths, or none. */
export function isBaseLength(contextWindow: string | null): boolean {
  return contextWindow === null || parseContextWindow(contextWindow)?.above === 0;
}
