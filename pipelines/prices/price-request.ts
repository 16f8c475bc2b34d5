import { add, type Decimal, decimal, multiply } from '@cloudact/core/money';
import { listBook } from './list-book.ts';
import { type MeterId, meters } from './meters.ts';
import type { Price, PriceAnswer, PriceBook, PriceQuestion } from './price-book.ts';
import { pricesPastAllowance } from './published/past-allowance.ts';
import { isObject } from './request/counts.ts';
import { type ResponseFormat, readers } from './request/formats.ts';
import { collected } from './request/stream.ts';
import { isPositive, type UsagePart, ZERO } from './request/usage-part.ts';
import { contentVersion } from './version.ts';

/** One attempt at a request: whom it was sent to, and what came back. */
export interface RequestAttempt {
  /** Whose price list, by its id there: `openai`, `anthropic`, `google`, `azure`, `aws`, `openrouter`, … */
  readonly provider: string;
  /**
   * As asked for. The model that the response names wins: it may be that of a fallback, or the one behind a deployment. Not on
   * Bedrock (`aws`), where the name that is asked for has the region.
   */
  readonly model: string;
  /** `YYYY-MM-DD`, UTC: the day of the request. */
  readonly day: string;
  readonly format: ResponseFormat;
  /** The body as the API answered, or the list of its stream's events. */
  readonly response: unknown;
  /** `batch`, or the tier that was asked for. The tier that the response says it was given wins, but for `batch`. */
  readonly tier?: string;
  /** Where it was computed and how fast, where the response does not tell; as in {@link PriceQuestion}. */
  readonly geography?: string;
  readonly speed?: string;
  /** The answer came from a cache of one's own, and no provider was asked. */
  readonly fromOwnCache?: boolean;
}

/** A meter of one attempt and what it costs. */
export interface RequestCharge {
  readonly provider: string;
  readonly model: string;
  /** Null for usage of a kind that no meter is known for; `counted` names it. */
  readonly meter: MeterId | null;
  /** In the meter's unit; null where the count is not known. */
  readonly quantity: Decimal | null;
  /** The price, of `per` units of the meter; null where there is none. */
  readonly price: Price | null;
  /** Quantity × price, exact, in the price's currency; null where there is no price. */
  readonly cost: Decimal | null;
  /** Why there is no price: as the book says, or `usage` where the count itself cannot be read. */
  readonly unknown: PriceAnswer['unknown'] | 'usage';
  /** What the response calls the usage that no meter is known for. */
  readonly counted?: string;
}

export interface RequestCost {
  /** All charges, exact; null where one of them has no price, or where they are in several currencies. Never 0 for want of a price. */
  readonly cost: Decimal | null;
  /** ISO 4217; null where nothing was charged, or in several currencies. */
  readonly currency: string | null;
  /** One per attempt, model and meter with a quantity other than 0. */
  readonly charges: readonly RequestCharge[];
}

export interface RequestPriceOptions {
  /** Default: the providers' lists. */
  readonly book?: PriceBook;
  /**
   * Free allowances of the day or month (grounding with Google Search) are used up, so that what is past them is charged.
   * Default: not known, and what they are about has no price.
   */
  readonly allowancesUsedUp?: boolean;
}

/**
 * What a request cost, from what its API answered: every attempt at its own model, each meter once and at its own price.
 * Prices by the length of a request hold by the length of each: here, other than in a day's sums, it is known.
 */
export function priceRequest(
  attempts: RequestAttempt | readonly RequestAttempt[],
  { book = listBook(), allowancesUsedUp = false }: RequestPriceOptions = {},
): RequestCost {
  const charges = [attempts].flat().flatMap((attempt) => chargesOf(attempt, book, allowancesUsedUp));
  const currencies = new Set(charges.flatMap(({ price }) => price?.currency ?? []));
  const currency = currencies.size === 1 ? [...currencies][0]! : null;
  const isKnown = charges.every(({ cost }) => cost !== null) && currencies.size <= 1;
  return { cost: isKnown ? add(ZERO, ...charges.map(({ cost }) => cost!)) : null, currency, charges };
}

function chargesOf(attempt: RequestAttempt, book: PriceBook, allowancesUsedUp: boolean): RequestCharge[] {
  if (attempt.fromOwnCache || isRefused(attempt.response)) return [];
  const parts = readers[attempt.format](collected(attempt.response), attempt);
  return parts.flatMap((part) => {
    const named = { provider: attempt.provider, model: modelOf(part, attempt) };
    const unread = part.unread.map(
      (counted): RequestCharge => ({
        ...named,
        meter: null,
        quantity: null,
        price: null,
        cost: null,
        unknown: 'usage',
        counted,
      }),
    );
    return [...charged(part, attempt, book, allowancesUsedUp), ...unread];
  });
}

/** On Bedrock the name that was asked for has the region, on which the price depends; the answer's has none. */
function modelOf({ model }: UsagePart, asked: RequestAttempt): string {
  return asked.provider === 'aws' ? asked.model : (model ?? asked.model);
}

/** Requests that fail are not billed. Streams that break off have begun, and are. */
function isRefused(response: unknown): boolean {
  return isObject(response) && isObject(response.error) && !isObject(response.usage);
}

/** What the prices of a part depend on. */
interface Asked {
  readonly part: UsagePart;
  readonly attempt: RequestAttempt;
  /** Of all input, in tokens. */
  readonly length: number;
  readonly book: PriceBook;
  readonly allowancesUsedUp: boolean;
}

function charged(part: UsagePart, attempt: RequestAttempt, book: PriceBook, allowancesUsedUp: boolean) {
  const quantities = Object.entries(part.quantities) as [MeterId, Decimal][];
  const inputs = quantities.filter(([meter]) => meters[meter].direction === 'Input').map(([, quantity]) => quantity);
  const asked: Asked = { part, attempt, length: Number(add(ZERO, ...inputs)), book, allowancesUsedUp };
  return quantities
    .filter(([, quantity]) => isPositive(quantity))
    .map(([meter, quantity]): RequestCharge => {
      const { model, price, unknown } = priceOf(meter, asked);
      const units = multiply(quantity, decimal(`1e-${meters[meter].per.length - 1}`));
      const cost = price ? multiply(units, price.unitPrice) : null;
      return { provider: attempt.provider, model, meter, quantity, price: price ?? null, cost, unknown };
    });
}

function priceOf(meter: MeterId, { part, attempt, length, book, allowancesUsedUp }: Asked) {
  const { provider, day } = attempt;
  const tier = attempt.tier === 'batch' ? 'batch' : (part.tier ?? attempt.tier ?? 'standard');
  const ask = (model: string) => {
    const geography = part.geography ?? attempt.geography ?? null;
    const speed = part.speed ?? attempt.speed ?? null;
    const question: PriceQuestion = { provider, model, meter, tier, contextWindow: null, geography, speed };
    const contextWindow = windowOf(question, length, day, book);
    return { model, answer: book.find({ ...question, contextWindow }).contracted };
  };
  const answered = ask(modelOf(part, attempt));
  const isOlder = answered.answer.unknown === 'model' && isDatedNameOf(answered.model, attempt.model);
  const { model, answer } = isOlder ? ask(attempt.model) : answered;
  const canBePast = allowancesUsedUp && tier === 'standard';
  const price = onDay(answer.prices, day) ?? (canBePast ? pastAllowance(answer, attempt, meter) : undefined);
  return { model, price, unknown: price ? null : (answer.unknown ?? 'day') };
}

/** Whether a name is another with the date of its release. Any other name is that of another model: of a fallback. */
function isDatedNameOf(name: string, undated: string): boolean {
  return name.startsWith(undated) && /^[-@:]20\d{2}-?\d{2}-?\d{2}$/.test(name.slice(undated.length));
}

function pastAllowance(answer: PriceAnswer, { provider, day }: RequestAttempt, meter: MeterId): Price | undefined {
  const id = answer.model?.id;
  const prices = pricesPastAllowance
    .filter((fact) => fact.provider === provider && fact.models !== '*' && fact.models.some((model) => model === id))
    .flatMap(({ prices, validFrom, validTo, source, statedOn }): Price[] => {
      const unitPrice = prices[meter];
      if (unitPrice === undefined) return [];
      const price = { unitPrice: decimal(unitPrice), currency: 'USD', validFrom, validTo, scope: 'list' } as const;
      const text = `${source} (${statedOn}), past the free allowance`;
      return [{ ...price, source: text, version: contentVersion([provider, id, meter, price, text]) }];
    });
  return onDay(prices, day);
}

/**
 * The request's length as a range of one, where its price is another than that of the base; else none, since prices that a
 * provider publishes beside its list (of tiers) are for the base length.
 */
function windowOf(question: PriceQuestion, length: number, day: string, book: PriceBook): string | null {
  if (length < 1) return null;
  const contextWindow = `${length - 1}-${length}`;
  const standard = { ...question, tier: 'standard', geography: null, speed: null };
  const [base, own] = [null, contextWindow].map((window) =>
    onDay(book.find({ ...standard, contextWindow: window }).list.prices, day),
  );
  return own === undefined || own.unitPrice === base?.unitPrice ? null : contextWindow;
}

function onDay(prices: readonly Price[], day: string): Price | undefined {
  return prices.find(
    ({ validFrom, validTo }) => (validFrom === null || day >= validFrom) && (validTo === null || day < validTo),
  );
}
