import { numberText } from '../../../usage/answers/index.ts';

/** One row of the answer's `prices`, as delivered. */
export type PriceRow = Readonly<Record<string, unknown>>;

/** What a price is looked up by: texts of an entry of usage, undefined where it does not tell. */
interface PriceKey {
  /** `mistral-large-2411`. */
  readonly metric: string | undefined;
  /** `input`, `output`, `cached`. */
  readonly group: string | undefined;
  /** `api_tokens`. Undefined where neither the entry nor its category tells. */
  readonly event: string | undefined;
  readonly zone: string | undefined;
  readonly tier: string | undefined;
}

interface FoundPrice {
  /** Of one unit, with the digits of the answer. */
  readonly price: string;
  readonly zone: string | undefined;
  readonly tier: string | undefined;
  /** What was taken for granted because the entry does not tell it and prices differ by it. */
  readonly assumed: readonly string[];
}

/**
 * The price of an entry of usage. One metric has several prices of one group: by event, by zone and by tier. What the
 * entry does not tell is taken for `global` and `standard`, and said so where another one has another price. Undefined
 * where no price fits or several do: a price is never guessed.
 */
export function findPrice(prices: readonly PriceRow[], key: PriceKey): FoundPrice | undefined {
  const named = prices.filter((row) => row.billing_metric === key.metric && row.billing_group === key.group);
  const events = narrowed(named, 'event_type', key.event, undefined);
  const zones = narrowed(events.rows, 'api_zone', key.zone, 'global');
  const tiers = narrowed(zones.rows, 'service_tier', key.tier, 'standard');
  const [row] = tiers.rows;
  const price = row && numberText(row.price);
  if (price === undefined || distinct(tiers.rows).size !== 1) return undefined;
  return {
    price,
    zone: textOf(row?.api_zone),
    tier: textOf(row?.service_tier),
    assumed: [zones, tiers].flatMap(({ assumed }) => assumed),
  };
}

/** The rows that say `told`, or nothing; where nothing is told, those that say `usual`, if their prices differ at all. */
function narrowed(
  rows: readonly PriceRow[],
  name: string,
  told: string | undefined,
  usual: string | undefined,
): { rows: readonly PriceRow[]; assumed: string[] } {
  const saying = (text: string) => rows.filter((row) => textOf(row[name]) === text);
  if (told !== undefined) {
    const exact = saying(told);
    return { rows: exact.length > 0 ? exact : rows.filter((row) => textOf(row[name]) === undefined), assumed: [] };
  }
  if (usual === undefined || distinct(rows).size <= 1) return { rows, assumed: [] };
  const left = saying(usual);
  return left.length > 0 && left.length < rows.length ? { rows: left, assumed: [name] } : { rows, assumed: [] };
}

/** Prices as they are written; what cannot be read is one of them. */
function distinct(rows: readonly PriceRow[]): Set<string> {
  return new Set(rows.map((row) => numberText(row.price) ?? ''));
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
