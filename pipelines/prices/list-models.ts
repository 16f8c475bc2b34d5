import { type Decimal, decimal, multiply } from '@cloudact/core/money';
import { type ConditionalPrice, type ModelInfo, type ModelPrice, waitForUpdate } from '@pydantic/genai-prices';
import type { ContextRange } from './context-range.ts';
import { HOUR_KEY, listKeys } from './list-keys.ts';
import type { MeterId } from './meters.ts';
import type { Days } from './timeline.ts';
import { contentVersion } from './version.ts';

/** The list that the book is seeded from. `recordedOn`: the day on which this version of it was published. */
export const listSource = { package: '@pydantic/genai-prices', version: '0.1.8', recordedOn: '2026-09-23' } as const;

/** What one meter of a model costs for a range of days and request lengths, in USD. */
export interface ListEntry extends Days {
  readonly meter: MeterId;
  readonly range: ContextRange;
  /** Null where the day has more than one price: by the hour. */
  readonly unitPrice: Decimal | null;
  readonly version: string;
  readonly source: string;
}

export interface ListModel {
  readonly provider: string;
  readonly id: string;
  readonly entries: readonly ListEntry[];
}

/** The providers of the package; it gives what it holds, and loads nothing. */
const providers = (await waitForUpdate()) ?? [];

let models: ReadonlyMap<string, ListModel> | undefined;

/** Every model of the list by {@link listKey}. Made when first asked for. */
export function listedModels(): ReadonlyMap<string, ListModel> {
  models ??= new Map(
    providers.flatMap((provider) =>
      provider.models.map((model): [string, ListModel] => [
        listKey(provider.id, model.id),
        { provider: provider.id, id: model.id, entries: entriesOf(provider.id, provider.name, model) },
      ]),
    ),
  );
  return models;
}

export function listKey(provider: string, model: string): string {
  return `${provider}\n${model}`;
}

function entriesOf(provider: string, providerName: string, model: ModelInfo): ListEntry[] {
  const conditional: readonly ConditionalPrice[] = Array.isArray(model.prices)
    ? model.prices
    : [{ prices: model.prices }];
  const found: Omit<ListEntry, 'version' | 'source'>[] = [];
  for (const days of stretches(conditional)) {
    const bands = pricesOfOneDay(conditional, days.validFrom);
    for (const [key, { meters, shift }] of Object.entries(metersOf(model.id))) {
      for (const range of rangesOf(bands, key)) {
        const unitPrice = onePrice(bands, key, shift, range);
        if (unitPrice !== undefined) for (const meter of meters) found.push({ meter, range, unitPrice, ...days });
      }
    }
  }
  return joined(found).map((entry) => {
    const { meter, range, unitPrice, validFrom, validTo } = entry;
    const long = range.above > 0 ? `, requests of more than ${range.above} input tokens` : '';
    const source = `${listSource.package} ${listSource.version} (${listSource.recordedOn}), ${providerName}${long}`;
    const content = [provider, model.id, meter, range.above, range.upTo, unitPrice, validFrom, validTo, source];
    return { ...entry, source, version: contentVersion(content) };
  });
}

/** Anthropic's cache writes without a lifetime are those of five minutes, wherever the model is sold. */
function metersOf(model: string): typeof listKeys {
  const hours = { [HOUR_KEY]: { meters: ['audio_seconds'] as const, shift: 0 } };
  if (!model.includes('claude')) return { ...listKeys, ...hours };
  return { ...listKeys, cache_write_mtok: { meters: ['cache_write_tokens', 'cache_write_5m_tokens'], shift: 0 } };
}

/** The stretches of days between the days on which prices start. */
function stretches(conditional: readonly ConditionalPrice[]): Days[] {
  const starts = conditional.flatMap(({ constraint }) =>
    constraint?.type === 'start_date' ? [constraint.start_date] : [],
  );
  const days: (string | null)[] = [null, ...[...new Set(starts)].sort()];
  return days.map((validFrom, at) => ({ validFrom, validTo: days[at + 1] ?? null }));
}

/** All prices that are in force at some hour of a day: the list is read from its end, and the first that fits wins. */
function pricesOfOneDay(conditional: readonly ConditionalPrice[], day: string | null): ModelPrice[] {
  const prices: ModelPrice[] = [];
  for (const { constraint, prices: entry } of conditional.toReversed()) {
    if (constraint?.type === 'start_date' && (day === null || constraint.start_date > day)) continue;
    prices.push(entry);
    if (constraint?.type !== 'time_of_date') return prices;
  }
  return [...prices, conditional[0]!.prices];
}

function rangesOf(bands: readonly ModelPrice[], key: string): ContextRange[] {
  const starts = bands.flatMap((band) => {
    const price = band[key];
    return typeof price === 'object' ? price.tiers.map(({ start }) => lastBefore(start)) : [];
  });
  const bounds = [0, ...[...new Set(starts)].sort((left, right) => left - right)];
  return bounds.map((above, at) => ({ above, upTo: bounds[at + 1] ?? null }));
}

/** Undefined: no price; null: more than one. */
function onePrice(
  bands: readonly ModelPrice[],
  key: string,
  shift: number,
  range: ContextRange,
): Decimal | null | undefined {
  const prices = new Set(bands.map((band) => priceIn(band, key, range)));
  if (prices.size > 1) return null;
  const [price] = prices;
  if (price === undefined) return undefined;
  const exact = listDecimal(price);
  return key === HOUR_KEY ? perSecond(exact) : multiply(exact, decimal(`1e-${shift}`));
}

function priceIn(band: ModelPrice, key: string, range: ContextRange): number | undefined {
  const price = band[key];
  if (typeof price !== 'object') return price;
  return price.tiers.reduce(
    (chosen, tier) => (range.above >= lastBefore(tier.start) ? tier.price : chosen),
    price.base,
  );
}

/**
 * The longest request before a tier. OpenAI's long requests have more than 272,000 tokens; the list lets those of its older
 * models begin one token early.
 */
function lastBefore(start: number): number {
  return start === 271_999 ? 272_000 : start;
}

/**
 * The number of the list as text: its shortest digits. Published prices have fewer than 16; where a number shows 16 or 17
 * (0.18000000000000002), the last are the residue of a calculation in doubles, which keep 15 digits and no more.
 */
export function listDecimal(price: number): Decimal {
  const shortest = decimal(String(price));
  return shortest.replace(/^0\.0*|\./, '').length > 15 ? decimal(price.toPrecision(15)) : shortest;
}

/** Undefined where a second would cost more digits than there are. */
function perSecond(perHour: Decimal): Decimal | undefined {
  const [whole = '', fraction = ''] = perHour.split('.');
  const digits = BigInt(whole + fraction);
  return digits % 9n === 0n ? multiply(decimal(`${digits / 9n}e-${fraction.length}`), decimal('0.0025')) : undefined;
}

/** Stretches that follow each other at one price become one entry. */
function joined<Entry extends Omit<ListEntry, 'version' | 'source'>>(entries: readonly Entry[]): Entry[] {
  const result: Entry[] = [];
  for (const entry of entries) {
    const at = result.findIndex(
      (other) =>
        other.meter === entry.meter &&
        other.range.above === entry.range.above &&
        other.range.upTo === entry.range.upTo &&
        other.unitPrice === entry.unitPrice &&
        other.validTo !== null &&
        other.validTo === entry.validFrom,
    );
    if (at < 0) result.push(entry);
    else result[at] = { ...result[at]!, validTo: entry.validTo };
  }
  return result;
}
