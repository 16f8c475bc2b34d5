import { decimal, multiply, subtract } from '@cloudact/core/money';
import { isBaseLength, isBasePlaceAndSpeed, tierName } from './find-list-prices.ts';
import { modelIdentity } from './model-identity.ts';
import { type Overrides, type OwnPrice, ownDays } from './overrides.ts';
import type { Price, PriceAnswer, PriceQuestion } from './price-book.ts';
import { type Days, leavesDaysOut, overlay, sharedDays } from './timeline.ts';
import { contentVersion } from './version.ts';

/** The model behind a deployment's name; any other name is the model's own. */
export function deploymentModel({ deployments }: Overrides, { provider, model }: PriceQuestion): string {
  const called = model.trim().toLowerCase();
  const found = deployments.find(
    (entry) => entry.provider === provider && entry.deployment.trim().toLowerCase() === called,
  );
  return found?.model ?? model;
}

/**
 * What the organisation pays: its own price on the days on which one is in force, the list's on all others. Of its own
 * prices the one that says most about the question wins (its model, then its meter, tier and length), then the later record.
 *
 * A price is for what it names, and for the base of the rest: it is not that of batch, of long requests where they have a
 * price of their own, of a place or a speed with one.
 */
export function applyOverrides(
  own: Overrides,
  question: PriceQuestion,
  list: PriceAnswer,
  atBaseLength: () => PriceAnswer,
): PriceAnswer {
  const fitting = own.prices.filter((price) => fits(price, question, list));
  if (fitting.length === 0) return list;
  const flat = isBaseLength(question.contextWindow) ? undefined : daysAtOnePrice(list, atBaseLength());
  const prices = fitting
    .toSorted((left, right) => weight(left) - weight(right) || recorded(left, right))
    .reduce<readonly Price[]>(
      (found, price) =>
        overlay(found, price.price === undefined ? discounted(price, list) : negotiated(price, price.price, flat)),
      list.prices,
    );
  const unknown = leavesDaysOut(prices) ? (list.unknown ?? 'day') : null;
  const model = list.model ?? (prices.length > 0 ? modelIdentity(question.model, question.model) : null);
  return { prices, model, unknown };
}

function fits(price: OwnPrice, question: PriceQuestion, list: PriceAnswer): boolean {
  const { provider, model, meter, context_window: length } = price;
  const names = [question.model.toLowerCase(), list.model?.id.toLowerCase()];
  if (provider !== question.provider || (model !== '*' && !names.includes(model.toLowerCase()))) return false;
  if (meter !== '*' && meter !== question.meter) return false;
  if (length !== undefined && length !== question.contextWindow) return false;
  const tier = price.tier ?? (price.price === undefined ? '*' : 'standard');
  if (tier !== '*' && tierName(tier) !== tierName(question.tier)) return false;
  return price.price === undefined || isBasePlaceAndSpeed(question);
}

/** The days on which long requests cost what all do; all days of a model that no list knows. */
function daysAtOnePrice(long: PriceAnswer, base: PriceAnswer): readonly Days[] {
  if (base.prices.length === 0) return [{ validFrom: null, validTo: null }];
  return long.prices.flatMap((price) =>
    base.prices.flatMap((other) => (other.unitPrice === price.unitPrice ? (sharedDays(price, other) ?? []) : [])),
  );
}

function weight({ model, meter, tier, context_window: length }: OwnPrice): number {
  const isNamed = [model !== '*', meter !== '*', tier !== undefined && tier !== '*', length !== undefined];
  return isNamed.reduce((sum, named, at) => sum + (named ? 8 >> at : 0), 0);
}

function recorded(left: OwnPrice, right: OwnPrice): number {
  const [first = '', second = ''] = [left.recorded_on, right.recorded_on];
  return first < second ? -1 : first > second ? 1 : 0;
}

/** @param flat the days to which the length of the requests confines a price that names no length. */
function negotiated(own: OwnPrice, price: string, flat: readonly Days[] | undefined): Price[] {
  const days = ownDays(own);
  const stretches = flat === undefined || own.context_window !== undefined ? [days] : shared(days, flat);
  return stretches.map((stretch) => ({
    unitPrice: decimal(price),
    currency: own.currency!,
    ...stretch,
    scope: 'organization',
    version: ownVersion(own),
    source: own.source,
    provisional: isProvisional(own),
  }));
}

function discounted(own: OwnPrice, list: PriceAnswer): Price[] {
  const share = multiply(subtract(decimal('100'), decimal(own.percent_off!)), decimal('0.01'));
  return list.prices.flatMap((price) =>
    shared(price, [ownDays(own)]).map((stretch) => ({
      ...price,
      ...stretch,
      unitPrice: multiply(price.unitPrice, share),
      scope: 'organization' as const,
      version: contentVersion([ownVersion(own), price.version]),
      source: `${own.source}: ${own.percent_off} % off ${price.source}`,
      provisional: isProvisional(own) || price.provisional === true,
    })),
  );
}

function shared(days: Days, others: readonly Days[]): Days[] {
  return others.flatMap((other) => sharedDays(days, other) ?? []);
}

function isProvisional({ valid_from: from, recorded_on: recordedOn }: OwnPrice): boolean {
  return recordedOn !== undefined && from !== undefined && from > recordedOn;
}

/** The version of an own price: of a discount, together with that of the list price. */
export function ownVersion(own: OwnPrice): string {
  const { provider, model, meter, tier, context_window: length, price, currency, percent_off: percent, source } = own;
  return contentVersion([
    ...[provider, model, meter, tier, length, price, currency, percent],
    ...[own.valid_from, own.valid_to, source],
  ]);
}
