import { CloudActError } from '@cloudact/core/errors';
import { type AnswerLine, numberText } from '../../../usage/answers/index.ts';
import { findPrice, type PriceRow } from './prices.ts';
import type { MistralSettings } from './settings.ts';

/** The column that tells lines of this source from all others: the kind of the line. */
export const mark = 'mistral_answer';

/** What the events of a category are called in the prices, for entries that do not name theirs. */
const EVENTS: Readonly<Record<string, string>> = {
  completion: 'api_tokens',
  chat: 'api_tokens',
  ocr: 'api_pages',
  connectors: 'api_connectors',
  audio: 'api_audio_seconds',
  audio_characters: 'api_audio_characters',
  'libraries_api.tokens': 'api_libraries_tokens',
  'libraries_api.pages': 'api_libraries_pages',
  'libraries_api.audio_seconds': 'api_libraries_audio',
  'vibe_code.completion': 'vibe_tokens',
  'vibe_code.ocr': 'vibe_pages',
  'vibe_code.connectors': 'vibe_connectors',
  'vibe_code.audio': 'vibe_audio_seconds',
  'vibe_code.audio_characters': 'vibe_audio_characters',
};

/** Members of the answer that are no usage. */
const ABOUT = [
  'date',
  'previous_month',
  'next_month',
  'start_date',
  'end_date',
  'currency',
  'currency_symbol',
  'prices',
];

interface Entry {
  /** `libraries_api.pages`. */
  readonly category: string;
  /** As delivered: `mistral-large-latest::mistral-large-2411`. Undefined for a count of the whole category. */
  readonly model: string | undefined;
  readonly metric: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** An answer of one month as lines: the header first, then each price and each entry of usage with its price. */
interface MonthLines {
  readonly header: AnswerLine;
  readonly lines: readonly AnswerLine[];
}

/**
 * Takes a month's answer apart. The arrays of usage have no documented type: members that nobody knows are kept in
 * `item`; what cannot be usage of this month throws `source_incomplete`, with the place in the answer.
 */
export function linesOf(
  answer: unknown,
  billingPeriod: string,
  { organizationId, workspaceId }: MistralSettings,
  now: Date,
): MonthLines {
  const month = record(answer) ?? fault('the answer', 'is no JSON object');
  const begins = text(month.start_date);
  if (begins !== undefined && begins.slice(0, 7) !== billingPeriod.slice(0, 7)) {
    fault('start_date', `is ${begins}, and ${billingPeriod.slice(0, 7)} was asked for`);
  }
  const prices = pricesOf(month.prices);
  const currency = text(month.currency)?.toUpperCase();
  const until = nextMonth(billingPeriod);
  const common = {
    charge_start: `${billingPeriod}T00:00:00Z`,
    charge_end: `${until}T00:00:00Z`,
    organization_id: organizationId,
    workspace_id: workspaceId ?? null,
    currency: currency ?? null,
  };
  const entries = Object.entries(month)
    .filter(([name, value]) => !ABOUT.includes(name) && typeof value !== 'string')
    .flatMap(([name, value]) => entriesOf(value, [name]));
  const usage = entries.map((entry) => usageLine(entry, prices, billingPeriod, until));
  if (currency === undefined && usage.some(({ unit_price }) => unit_price !== null)) {
    fault('currency', 'is missing, so nobody knows in which one the prices are');
  }
  return {
    header: {
      [mark]: 'about',
      ...common,
      settled_before: null,
      fetched_at: now.toISOString(),
      start_date: month.start_date ?? null,
      end_date: month.end_date ?? null,
    },
    lines: [
      ...prices.map((price) => ({ [mark]: 'price', ...common, ...price })),
      ...usage.map((line) => ({ [mark]: 'usage', ...common, ...line })),
    ],
  };
}

function usageLine(
  { category, model, metric, value }: Entry,
  prices: readonly PriceRow[],
  billingPeriod: string,
  until: string,
): AnswerLine {
  const place = [category, model, metric].filter(Boolean).join('.');
  const modelId = text(value.billing_metric) ?? model?.split('::').at(-1);
  const group = text(value.billing_group) ?? metric;
  const event = text(value.event_type) ?? EVENTS[category];
  const zone = text(value.api_zone);
  const tier = text(value.service_tier);
  const [counted, paid] = [amount(value.value, `${place}.value`), amount(value.value_paid, `${place}.value_paid`)];
  if (counted === undefined && paid === undefined) fault(place, 'has an entry without a value');
  const found = findPrice(prices, { metric: modelId, group, event, zone, tier });
  return {
    ...chargePeriod(text(value.timestamp), place, billingPeriod, until),
    category,
    model: model ?? null,
    model_id: modelId ?? null,
    metric,
    billing_group: group,
    event_type: event ?? null,
    api_zone: zone ?? found?.zone ?? null,
    service_tier: tier ?? found?.tier ?? null,
    value: counted ?? paid,
    value_paid: paid ?? counted,
    unit_price: found?.price ?? null,
    price_assumed: found?.assumed.join(' ') || null,
    item: value,
  };
}

/** Every entry below a member of the answer: arrays of entries, and bare numbers. */
function entriesOf(value: unknown, path: readonly string[]): Entry[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) {
    return value.map((item, index) => {
      const entry = record(item) ?? (numberText(item) === undefined ? undefined : { value: item });
      return entryAt(path, entry ?? fault(`${path.join('.')}[${index}]`, 'is no entry of usage'));
    });
  }
  const members = record(value);
  if (members) return Object.entries(members).flatMap(([name, member]) => entriesOf(member, [...path, name]));
  if (numberText(value) === undefined) fault(path.join('.'), 'is no usage');
  // Counts of a whole category are there also when nothing was used.
  return Number(numberText(value)) === 0 ? [] : [countAt(path, { value })];
}

/** `completion.models.<model>.<metric>` and `fine_tuning.training.<model>.<metric>`. */
function entryAt(path: readonly string[], value: Entry['value']): Entry {
  const names = path.filter((name, index) => name !== 'models' || index === path.length - 1);
  const metric = names.at(-1)!;
  if (names.length < 3) return { category: names.slice(0, -1).join('.') || metric, model: undefined, metric, value };
  return { category: names.slice(0, -2).join('.'), model: names.at(-2), metric, value };
}

/** `fine_tuning.storage.<model>` and `vibe_usage`. */
function countAt(path: readonly string[], value: Entry['value']): Entry {
  const category = path.slice(0, path.length > 1 ? -1 : 1);
  return {
    category: category.join('.'),
    model: path.length > 1 ? path.at(-1) : undefined,
    metric: category.at(-1)!,
    value,
  };
}

/** The day of an entry; the whole month for one that tells none. */
function chargePeriod(timestamp: string | undefined, place: string, billingPeriod: string, until: string) {
  const day = timestamp && /^(\d{4}-\d{2}-\d{2})($|[T ])/.exec(timestamp)?.[1];
  if (!day) return {};
  if (day < billingPeriod || day >= until) fault(`${place}.timestamp`, `is ${timestamp}, which is not in the month`);
  const next = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
  return { charge_start: `${day}T00:00:00Z`, charge_end: `${next}T00:00:00Z` };
}

function pricesOf(value: unknown): PriceRow[] {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value)) return fault('prices', 'is no array');
  return value.map((row, index) => record(row) ?? fault(`prices[${index}]`, 'is no price'));
}

/** A number with its digits, or nothing; anything else is a fault. */
function amount(value: unknown, place: string): unknown {
  if (value === null || value === undefined) return undefined;
  const digits = numberText(value);
  if (digits === undefined || !/^-?[0-9.]+([eE][+-]?[0-9]+)?$/.test(digits)) fault(place, 'is no number');
  return value;
}

function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject && numberText(value) === undefined ? (value as Record<string, unknown>) : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function nextMonth(billingPeriod: string): string {
  const [year, month] = [Number(billingPeriod.slice(0, 4)), Number(billingPeriod.slice(5, 7))];
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
}

function fault(place: string, reason: string): never {
  throw new CloudActError('source_incomplete', {
    detail: `Mistral's answer is not as it is documented: ${place} ${reason}. Nothing is loaded. Try again later; when it stays so, tell us what the answer holds there.`,
  });
}
