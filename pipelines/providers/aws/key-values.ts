import { quoteName, quoteText } from '../../landing/session.ts';
import type { CurColumns, KeyedColumn } from './columns.ts';
import { textSql } from './delivered-values.ts';
import { jsonObjectOfSql, mapMembersSql, mapObjectSql } from './maps.ts';

/**
 * FOCUS Tags. AWS has one scheme of user tags, so its prefix goes, as FOCUS asks; `aws:` marks the provider's own tags
 * and stays. CUR 2.0 has two maps: `tags` keeps the keys as people wrote them and goes before `resource_tags`.
 */
export function tagsSql(cur: CurColumns): string {
  const { tags, resource_tags } = cur.maps;
  return firstOf([
    tags &&
      mapObjectSql(tags, {
        rename: (key) => `regexp_replace(regexp_replace(${key}, '(?i)^resource_?tags?/', ''), '^user:', '')`,
        keep: (key) => `NOT regexp_matches(${key}, ${quoteText(COST_CATEGORY_KEY)})`,
        valueless: true,
      }),
    resource_tags &&
      mapObjectSql(resource_tags, {
        rename: (key) => `regexp_replace(regexp_replace(${key}, '^user[_:]', ''), '^aws_', 'aws:')`,
        valueless: true,
      }),
    cur.tags.length > 0 && keyValueSql(cur.tags),
  ]);
}

/** A JSON object of cost categories; the map `tags` of CUR 2.0 carries them too. */
export function costCategoriesSql(cur: CurColumns): string {
  const { cost_category, tags } = cur.maps;
  return firstOf([
    cost_category && mapObjectSql(cost_category, {}),
    tags &&
      mapObjectSql(tags, {
        rename: (key) => `regexp_replace(${key}, ${quoteText(COST_CATEGORY_KEY)}, '')`,
        keep: (key) => `regexp_matches(${key}, ${quoteText(COST_CATEGORY_KEY)})`,
      }),
    cur.costCategories.length > 0 && keyValueSql(cur.costCategories),
  ]);
}

/** A JSON object of discounts by name: the map's, else those that have a column of their own. */
export function discountsSql(cur: CurColumns): string {
  const { discount } = cur.maps;
  return firstOf([discount && mapObjectSql(discount, {}), cur.discounts.length > 0 && keyValueSql(cur.discounts)]);
}

const COST_CATEGORY_KEY = '(?i)^cost_?categor(y|ies)/';

function firstOf(values: readonly (string | false | undefined)[]): string {
  const given = values.filter((value) => typeof value === 'string');
  if (given.length === 0) return 'CAST(NULL AS VARCHAR)';
  return given.length === 1 ? given[0]! : `COALESCE(${given.join(', ')})`;
}

/** A JSON object of the columns that have a value, keys sorted; null when none has. Values stay as delivered. */
function keyValueSql(columns: readonly KeyedColumn[]): string {
  return jsonObjectSql(
    columns.map(({ key, raw }) => ({ key, value: `to_json(${quoteName(raw)})`, given: quoteName(raw) })),
  );
}

const WHOLE_NUMBER = '^(0|[1-9][0-9]*)$';

/** FOCUS SKU price properties that product attributes stand for. */
const SKU_PROPERTIES: readonly { key: string; attributes: readonly string[]; pattern?: string }[] = [
  { key: 'CoreCount', attributes: ['product_vcpu'], pattern: WHOLE_NUMBER },
  { key: 'DiskMaxIops', attributes: ['product_max_iopsvolume'], pattern: WHOLE_NUMBER },
  { key: 'GpuCount', attributes: ['product_gpu'], pattern: WHOLE_NUMBER },
  { key: 'InstanceType', attributes: ['product_instance_type'] },
  { key: 'InstanceSeries', attributes: ['product_instance_type_family'] },
  { key: 'MemorySize', attributes: ['product_memory'], pattern: '^((?:0|[1-9][0-9]*)(?:\\.[0-9]+)?) GiB$' },
  { key: 'OperatingSystem', attributes: ['product_operating_system'] },
  { key: 'StorageClass', attributes: ['product_storage_class'] },
];

/** Product attributes that a FOCUS column of their own holds. */
const IN_COLUMNS = new Set([
  'product_product_name',
  'product_servicecode',
  'product_servicename',
  'product_sku',
  'product_region',
  'product_region_code',
  'product_usagetype',
  'product_operation',
]);

/**
 * SkuPriceDetails: FOCUS properties where an attribute is one, every other product attribute under `x_` and its name
 * in PascalCase. Numbers are those of one pricing unit, as AWS gives them.
 */
export function skuPriceDetailsSql(cur: CurColumns): string {
  const members: Member[] = [];
  const used = new Set<string>([...IN_COLUMNS].flatMap((raw) => cur.spellings(raw)));
  for (const { key, attributes, pattern } of SKU_PROPERTIES) {
    const raw = attributes.find((attribute) => cur.has(attribute) || cur.maps.product);
    if (!raw) continue;
    const text = textSql(cur, raw);
    if (pattern) {
      const number = `nullif(regexp_extract(${text}, ${quoteText(pattern)}, 1), '')`;
      members.push({ key, value: number, given: number });
    } else {
      members.push({ key, value: `to_json(${text})`, given: `nullif(${text}, 'NA')` });
      for (const spelling of cur.spellings(raw)) used.add(spelling);
    }
  }
  const others = new Map<string, string[]>();
  for (const { key, raw } of cur.products) {
    const name = `x_${pascalCase(key)}`;
    if (!used.has(raw)) others.set(name, [...(others.get(name) ?? []), quoteName(raw)]);
  }
  for (const [key, raws] of others) {
    const text = `COALESCE(${raws.join(', ')})`;
    members.push({ key, value: `to_json(${text})`, given: text });
  }
  const map = cur.maps.product;
  return map === undefined ? jsonObjectSql(members) : withMapSql(cur, map, members);
}

/** The members, and beside them what only the map of CUR 2.0 has. */
function withMapSql(cur: CurColumns, map: string, members: readonly Member[]): string {
  const own = cur.products.map(({ raw }) => raw);
  const said = SKU_PROPERTIES.flatMap(({ attributes, pattern }) => (pattern ? [] : attributes));
  const elsewhere = [...new Set([...IN_COLUMNS, ...own, ...said])].map((raw) =>
    quoteText(raw.slice('product_'.length)),
  );
  const others = mapMembersSql(map, (key) => `${key} NOT IN (${elsewhere.join(', ')})`);
  const words = `list_transform(string_split_regex(e.key, '[^A-Za-z0-9]+'), lambda w: upper(w[1]) || w[2:])`;
  const pascal = `'x_' || array_to_string(${words}, '')`;
  const known = members.map(
    ({ key, value, given }) =>
      `CASE WHEN ${given} IS NOT NULL THEN {'k': ${quoteText(key)}, 'j': CAST(${value} AS VARCHAR)} END`,
  );
  return jsonObjectOfSql(`list_concat(list_filter([${known.join(', ')}], lambda m: m IS NOT NULL),
    list_transform(${others}, lambda e: {'k': ${pascal}, 'j': CAST(to_json(e.value) AS VARCHAR)}))`);
}

interface Member {
  key: string;
  /** SQL for the JSON value. */
  value: string;
  /** SQL that is null when the member is left out. */
  given: string;
}

function jsonObjectSql(members: readonly Member[]): string {
  if (members.length === 0) return 'CAST(NULL AS VARCHAR)';
  const sorted = [...members].sort((left, right) => (left.key < right.key ? -1 : 1));
  const texts = sorted.map(
    ({ key, value, given }) =>
      `CASE WHEN ${given} IS NOT NULL THEN ${quoteText(`${JSON.stringify(key)}:`)} || CAST(${value} AS VARCHAR) END`,
  );
  const joined = `concat_ws(',', ${texts.join(', ')})`;
  return `'{' || nullif(${joined}, '') || '}'`;
}

function pascalCase(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean)
    .map((word) => word[0]!.toUpperCase() + word.slice(1))
    .join('');
}
