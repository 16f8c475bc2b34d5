import type { RawColumn } from '../bill-format.ts';

/**
 * The raw name of a delivered column: `lineItem/UnblendedCost` (CSV) and `line_item_unblended_cost` (Parquet, Athena)
 * are one column. Sections and names become lower snake case; `ARN`, which Athena spells `a_r_n`, becomes `arn`.
 */
export function rawName(source: string): string {
  return source
    .replace(/ARN/g, 'Arn')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toLowerCase()
    .replace(/_a_r_n(?=_|$)/g, '_arn')
    .replace(/^_+|_+$/g, '');
}

/** What the raw columns of one file hold, found by their delivered names. */
export interface CurColumns {
  readonly columns: readonly RawColumn[];
  has(raw: string): boolean;
  /** Raw columns that hold the column of this name: one for each spelling in which the files of a bill deliver it. */
  spellings(raw: string): readonly string[];
  /** Tags, cost categories, product attributes and discounts: delivered key → raw column, sorted by key. */
  readonly tags: readonly KeyedColumn[];
  readonly costCategories: readonly KeyedColumn[];
  readonly products: readonly KeyedColumn[];
  readonly discounts: readonly KeyedColumn[];
}

export interface KeyedColumn {
  readonly key: string;
  readonly raw: string;
}

/** Names every delivered column and types the ones that are known. */
export function curColumns(header: readonly string[]): CurColumns {
  const taken = new Set<string>(RESERVED);
  const spellings = new Map<string, string[]>();
  const columns = header.map((source): RawColumn => {
    const name = rawName(source) || 'column';
    const raw = distinct(name, taken);
    taken.add(raw);
    spellings.set(name, [...(spellings.get(name) ?? []), raw]);
    return {
      source,
      raw,
      type: isDecimal(name) ? 'decimal' : TIMESTAMPS.has(name) ? 'timestamp' : 'text',
      ...(isMeasure(name) && { rounds: true }),
      ...(REQUIRED.has(name) && { required: true }),
    };
  });
  return {
    columns,
    has: (raw) => spellings.has(raw),
    spellings: (raw) => spellings.get(raw) ?? [],
    tags: keyed(columns, 'resourceTags/', 'resource_tags_', tagKey),
    costCategories: keyed(columns, 'costCategory/', 'cost_category_', (key) => key),
    products: keyed(columns, 'product/', 'product_', (key) => key),
    discounts: keyed(columns, 'discount/', 'discount_', (key) => key),
  };
}

/** AWS has one scheme of user tags, so its prefix goes, as FOCUS asks; `aws:` marks the provider's own tags and stays. */
function tagKey(key: string, delivered: 'csv' | 'athena'): string {
  if (delivered === 'csv') return key.replace(/^user:/, '');
  return key.replace(/^user_/, '').replace(/^aws_/, 'aws:');
}

function keyed(
  columns: readonly RawColumn[],
  csvPrefix: string,
  athenaPrefix: string,
  keyOf: (key: string, delivered: 'csv' | 'athena') => string,
): KeyedColumn[] {
  const found: { raw: string; names: string[] }[] = [];
  for (const { source, raw } of columns) {
    const csv = source.toLowerCase().startsWith(csvPrefix.toLowerCase());
    if (!csv && !(source.startsWith(athenaPrefix) && source.length > athenaPrefix.length)) continue;
    const delivered = source.slice((csv ? csvPrefix : athenaPrefix).length);
    found.push({ raw, names: [...new Set([keyOf(delivered, csv ? 'csv' : 'athena'), delivered, source])] });
  }
  return distinctKeys(found).sort((left, right) => (left.key < right.key ? -1 : 1));
}

/** Of columns that would share a key, the most shortened ones take a longer name. Their order changes nothing. */
function distinctKeys(found: readonly { raw: string; names: readonly string[] }[]): KeyedColumn[] {
  const longest = new Map<string, number>();
  const counts = new Map<string, number>();
  for (const { names } of found) {
    const key = names[0]!;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    longest.set(key, Math.max(longest.get(key) ?? 0, names.length));
  }
  const gives = ([key, ...more]: readonly string[]) =>
    counts.get(key!)! > 1 && more.length > 0 && more.length + 1 === longest.get(key!);
  if (!found.some(({ names }) => gives(names))) return found.map(({ raw, names }) => ({ key: names[0]!, raw }));
  return distinctKeys(found.map(({ raw, names }) => ({ raw, names: gives(names) ? names.slice(1) : names })));
}

function distinct(name: string, taken: ReadonlySet<string>): string {
  let candidate = name;
  for (let count = 2; taken.has(candidate); count++) candidate = `${name}_${count}`;
  return candidate;
}

/** What the warehouse writes beside the delivered columns. */
const RESERVED = ['billing_period', 'org_slug', 'x_integrationid', 'x_sourcefile', 'x_sourcerow'];

const REQUIRED = new Set([
  'bill_payer_account_id',
  'bill_billing_period_start_date',
  'bill_billing_period_end_date',
  'line_item_usage_start_date',
  'line_item_usage_end_date',
  'line_item_line_item_type',
  'line_item_product_code',
  'line_item_currency_code',
  'line_item_unblended_cost',
]);

/** Columns without which a bill cannot be told in FOCUS. */
export const requiredColumns: ReadonlySet<string> = REQUIRED;

const TIMESTAMPS = new Set([
  'bill_billing_period_start_date',
  'bill_billing_period_end_date',
  'line_item_usage_start_date',
  'line_item_usage_end_date',
]);

const MEASURES = new Set([
  'line_item_usage_amount',
  'line_item_normalized_usage_amount',
  'reservation_total_reserved_units',
  'reservation_total_reserved_normalized_units',
  'reservation_unused_quantity',
  'reservation_unused_normalized_unit_quantity',
]);

const MONEY = new Set([
  'line_item_unblended_cost',
  'line_item_unblended_rate',
  'line_item_net_unblended_cost',
  'line_item_net_unblended_rate',
  'pricing_public_on_demand_cost',
  'pricing_public_on_demand_rate',
  'reservation_effective_cost',
  'reservation_net_effective_cost',
  'reservation_unused_amortized_upfront_fee_for_billing_period',
  'reservation_net_unused_amortized_upfront_fee_for_billing_period',
  'reservation_unused_recurring_fee',
  'reservation_net_unused_recurring_fee',
  'savings_plan_savings_plan_effective_cost',
  'savings_plan_net_savings_plan_effective_cost',
  'savings_plan_total_commitment_to_date',
  'savings_plan_used_commitment',
  'savings_plan_recurring_commitment_for_billing_period',
  'savings_plan_net_recurring_commitment_for_billing_period',
  'savings_plan_amortized_upfront_commitment_for_billing_period',
  'savings_plan_net_amortized_upfront_commitment_for_billing_period',
]);

function isDecimal(raw: string): boolean {
  return MONEY.has(raw) || MEASURES.has(raw);
}

function isMeasure(raw: string): boolean {
  return MEASURES.has(raw);
}
