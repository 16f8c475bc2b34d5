import { CloudActError } from '@cloudact/core/errors';
import { quoteName } from '../../landing/session.ts';
import type { RawColumn, RowRule } from '../bill-format.ts';
import { TIME_PATTERN, timeSql } from './values.ts';

/** Columns of the cost report that are known: raw name, the header in lower case, and what it holds. */
const KNOWN = {
  reference_no: { headers: ['lineitem/referenceno'] },
  tenant_id: { headers: ['lineitem/tenantid', 'tenantid'], required: true },
  usage_start: { headers: ['lineitem/intervalusagestart'], required: true, time: true },
  usage_end: { headers: ['lineitem/intervalusageend'], required: true, time: true },
  is_correction: { headers: ['lineitem/iscorrection'] },
  backreference_no: { headers: ['lineitem/backreferenceno'] },
  service: { headers: ['product/service'], required: true },
  compartment_id: { headers: ['product/compartmentid'] },
  compartment_name: { headers: ['product/compartmentname'] },
  region: { headers: ['product/region'] },
  availability_domain: { headers: ['product/availabilitydomain'] },
  resource_id: { headers: ['product/resourceid'] },
  description: { headers: ['product/description'] },
  billed_quantity: { headers: ['usage/billedquantity'], decimal: 'measure' },
  billed_quantity_overage: { headers: ['usage/billedquantityoverage'], decimal: 'measure' },
  attributed_usage: { headers: ['usage/attributedusage'], decimal: 'measure' },
  subscription_id: { headers: ['cost/subscriptionid'] },
  product_sku: { headers: ['cost/productsku'] },
  unit_price: { headers: ['cost/unitprice'], decimal: 'money' },
  unit_price_overage: { headers: ['cost/unitpriceoverage'], decimal: 'money' },
  my_cost: { headers: ['cost/mycost'], required: true, decimal: 'money' },
  my_cost_overage: { headers: ['cost/mycostoverage'], decimal: 'money' },
  attributed_cost: { headers: ['cost/attributedcost'], decimal: 'money' },
  currency_code: { headers: ['cost/currencycode'], required: true },
  billing_unit: { headers: ['cost/billingunitreadable'] },
  unit_description: { headers: ['cost/skuunitdescription'] },
  overage_flag: { headers: ['cost/overageflag'] },
} as const satisfies Record<string, KnownColumn>;

interface KnownColumn {
  headers: readonly string[];
  /** A row without a value cannot be told in FOCUS. */
  required?: boolean;
  time?: boolean;
  decimal?: 'money' | 'measure';
}

export type OciColumn = keyof typeof KNOWN;
const known = Object.entries(KNOWN) as [OciColumn, KnownColumn][];
const byHeader = new Map(known.flatMap(([name, { headers }]) => headers.map((header) => [header, name] as const)));

/** Columns that every cost report has and no other bill. */
const TELLING: readonly OciColumn[] = ['tenant_id', 'usage_start', 'my_cost', 'product_sku'];

/** What the raw columns of the files of one bill hold, found by their delivered names. */
export interface OciColumns {
  readonly columns: readonly RawColumn[];
  /** SQL for the delivered text: the first spelling that has a value; typed null where no file has the column. */
  text(name: OciColumn): string;
  /** Tag key → the raw columns that hold it, sorted by key. */
  readonly tags: readonly { readonly key: string; readonly raws: readonly string[] }[];
  /** What every row must have, whichever spelling its file uses. */
  readonly rowRules: readonly RowRule[];
}

export function isCostReport(header: readonly string[]): boolean {
  const found = new Set(header.map(knownAs));
  return TELLING.every((name) => found.has(name));
}

/**
 * Names every delivered column. Headers differ in case between reports, and the set of tag columns between files.
 * Throws `file_format_unknown` when a column is missing that FOCUS cannot do without.
 */
export function ociColumns(header: readonly string[]): OciColumns {
  const taken = new Set<string>(RESERVED);
  const spellings = new Map<OciColumn, RawColumn[]>();
  const tags = new Map<string, string[]>();
  const columns = header.map((source): RawColumn => {
    const name = knownAs(source);
    const raw = distinct(name ?? rawName(source), taken);
    taken.add(raw);
    const { decimal }: KnownColumn = name ? KNOWN[name] : { headers: [] };
    const column: RawColumn = {
      source,
      raw,
      type: decimal ? 'decimal' : 'text',
      ...(decimal === 'measure' && { rounds: true }),
    };
    if (name) spellings.set(name, [...(spellings.get(name) ?? []), column]);
    else if (/^tags\//i.test(source)) {
      const key = source.slice('tags/'.length);
      tags.set(key, [...(tags.get(key) ?? []), raw]);
    }
    return column;
  });
  const missing = known.filter(([name, { required }]) => required && !spellings.has(name));
  if (missing.length > 0) {
    throw new CloudActError('file_format_unknown', {
      detail: `This looks like an Oracle Cloud cost report, but it lacks ${missing.map(([, { headers }]) => headers[0]).join(', ')}. Download the file again as it lies in reports/cost-csv.`,
    });
  }
  const text = (name: OciColumn) => firstOf((spellings.get(name) ?? []).map(({ raw }) => raw));
  return {
    columns,
    text,
    tags: [...tags].map(([key, raws]) => ({ key, raws })).sort((a, b) => (a.key < b.key ? -1 : 1)),
    rowRules: known.flatMap(([name, column]) => rules(column, spellings.get(name)?.[0]?.source, text(name))),
  };
}

/** SQL for the first of these raw columns that has a value. */
export function firstOf(raws: readonly string[]): string {
  if (raws.length === 0) return 'CAST(NULL AS VARCHAR)';
  return raws.length === 1 ? quoteName(raws[0]!) : `COALESCE(${raws.map(quoteName).join(', ')})`;
}

function rules({ required, time }: KnownColumn, column: string | undefined, text: string): RowRule[] {
  if (column === undefined) return [];
  return [
    ...(required ? [{ column, brokenWhen: `${text} IS NULL`, reason: 'is empty' }] : []),
    ...(time
      ? [
          {
            column,
            brokenWhen: `${text} IS NOT NULL AND (NOT regexp_full_match(${text}, '${TIME_PATTERN}') OR ${timeSql(text)} IS NULL)`,
            reason: 'is not a time in UTC such as 2025-01-31T23:00Z',
          },
        ]
      : []),
  ];
}

function knownAs(source: string): OciColumn | undefined {
  return byHeader.get(source.trim().toLowerCase());
}

/** `tags/Oracle-Tags.CreatedBy` → `tags_oracle_tags_created_by`. */
function rawName(source: string): string {
  const name = source
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toLowerCase()
    .replace(/^_+|_+$/g, '');
  return name || 'column';
}

function distinct(name: string, taken: ReadonlySet<string>): string {
  let candidate = name;
  for (let count = 2; taken.has(candidate); count++) candidate = `${name}_${count}`;
  return candidate;
}

/** What the warehouse writes beside the delivered columns. */
const RESERVED = ['billing_period', 'org_slug', 'x_integrationid', 'x_sourcefile', 'x_sourcerow'];
