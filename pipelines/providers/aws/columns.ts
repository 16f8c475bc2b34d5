import type { RawColumn } from '../bill-format.ts';
import { measureColumns, moneyColumns, rawName, requiredColumns, timestampColumns } from './column-types.ts';

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
  /** CUR 2.0: the raw column of each map that the file has, a JSON object as text. */
  readonly maps: Readonly<Partial<Record<CurMap, string>>>;
}

/** Columns of CUR 2.0 that hold what the legacy report gives a column each: maps of text to text. */
export const curMaps = ['product', 'resource_tags', 'tags', 'cost_category', 'discount'] as const;
type CurMap = (typeof curMaps)[number];

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
      type: typeOf(name),
      ...(measureColumns.has(name) && { rounds: true }),
      ...(requiredColumns.has(name) && { required: true }),
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
    maps: Object.fromEntries(curMaps.flatMap((map) => (spellings.has(map) ? [[map, spellings.get(map)![0]!]] : []))),
  };
}

function typeOf(name: string): RawColumn['type'] {
  if (moneyColumns.has(name) || measureColumns.has(name)) return 'decimal';
  return timestampColumns.has(name) ? 'timestamp' : 'text';
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
