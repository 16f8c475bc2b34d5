import { CloudActError } from '@cloudact/core/errors';
import type { RawColumn } from '../bill-format.ts';

/** The columns of one bill, found by their logical names (`project.id`), however the file spells or nests them. */
export interface ExportColumns {
  readonly columns: readonly RawColumn[];
  /** Raw columns that hold this name itself: `usage.amount`, `usage_amount` and `Usage Amount` are one name. */
  spellings(name: string): readonly string[];
  /** The delivered column in which a fault of this logical name is shown. */
  delivered(name: string): string;
}

/** `project.id` and `Project_ID` → `project_id`; a byte order mark and quotes go. */
function rawName(source: string): string {
  return source
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
}

/** Names every delivered column; types the ones that are flat. What nests is checked by the row rules. */
export function exportColumns(header: readonly string[]): ExportColumns {
  const taken = new Set<string>(RESERVED);
  const found = new Map<string, string[]>();
  const columns = header.map((source): RawColumn => {
    const name = rawName(source) || 'column';
    let raw = name;
    for (let count = 2; taken.has(raw); count++) raw = `${name}_${count}`;
    taken.add(raw);
    found.set(name, [...(found.get(name) ?? []), raw]);
    return { source, raw, type: typeOf(name), ...(MEASURES.has(name) && { rounds: true }) };
  });
  return {
    columns,
    spellings: (name) => found.get(rawName(name)) ?? [],
    delivered: (name) => {
      const parent = name.split('.')[0]!;
      const raw = [...(found.get(rawName(name)) ?? []), ...(found.get(parent) ?? [])][0];
      return columns.find((column) => column.raw === raw)?.source ?? name;
    },
  };
}

/** What every usage cost export has and no other bill; nested or flat. */
export function isBillingExport(header: readonly string[]): boolean {
  const names = new Set(header.map(rawName));
  return NEEDED.every((name) => isThere(names, name)) && !names.has('billedcost');
}

/**
 * Throws `file_format_unknown` when a column is missing that a bill cannot be told without. Credits are a part of what is
 * billed: without them the total would be wrong and tie. Only nested records may leave the list out where it is empty.
 */
export function checkColumns(header: readonly string[]): void {
  const names = new Set(header.map(rawName));
  if (!names.has('credits') && (names.has('service_id') || [...names].some((name) => name.startsWith('credits_')))) {
    throw new CloudActError('file_format_unknown', {
      detail:
        'This looks like a Google Cloud billing export, but it lacks the column credits with the list of each charge’s credits, so what was billed cannot be told. Export credits as JSON (TO_JSON_STRING(credits) AS credits), not one column or row for each.',
    });
  }
  const missing = [...NEEDED, 'invoice.month'].filter((name) => !isThere(names, name));
  if (missing.length === 0) return;
  throw new CloudActError('file_format_unknown', {
    detail: `This looks like a Google Cloud billing export, but it lacks ${missing.join(', ')}. Export it again with all its columns.`,
  });
}

function isThere(names: ReadonlySet<string>, name: string): boolean {
  return names.has(rawName(name)) || names.has(name.split('.')[0]!);
}

const NEEDED = ['billing_account_id', 'service.id', 'sku.id', 'usage_start_time', 'usage_end_time', 'cost', 'currency'];

/** What the warehouse writes beside the delivered columns. */
const RESERVED = ['billing_period', 'org_slug', 'x_integrationid', 'x_sourcefile', 'x_sourcerow'];

const COSTS: ReadonlySet<string> = new Set([
  'cost',
  'cost_at_list',
  'cost_at_effective_price_default',
  'cost_at_list_consumption_model',
]);
export const measureNames = [
  'currency_conversion_rate',
  'usage.amount',
  'usage.amount_in_pricing_units',
  'price.effective_price',
  'price.effective_price_default',
  'price.list_price',
  'price.list_price_consumption_model',
  'price.pricing_unit_quantity',
  'price.tier_start_amount',
] as const;
const MEASURES = new Set<string>(measureNames.map(rawName));
const TIMES = new Set(['usage_start_time', 'usage_end_time', 'export_time']);

function typeOf(name: string): RawColumn['type'] {
  if (COSTS.has(name) || MEASURES.has(name)) return 'decimal';
  return TIMES.has(name) ? 'timestamp' : 'text';
}
