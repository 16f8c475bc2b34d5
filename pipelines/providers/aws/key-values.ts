import { quoteName, quoteText } from '../../landing/session.ts';
import type { CurColumns, KeyedColumn } from './columns.ts';
import { textSql } from './delivered-values.ts';

/** A JSON object of the columns that have a value, keys sorted; null when none has. Values stay as delivered. */
export function keyValueSql(columns: readonly KeyedColumn[]): string {
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
    const raw = attributes.find((attribute) => cur.has(attribute));
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
  return jsonObjectSql(members);
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
