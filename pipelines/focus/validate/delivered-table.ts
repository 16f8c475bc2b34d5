import {
  contractCommitmentColumns,
  costAndUsageColumns,
  exactProductSql,
  type FocusColumn,
  type FocusDataset,
} from '@cloudact/core/focus';
import { quoteName, type SqlConnection } from './sql.ts';

/** A table as it was delivered, and SQL to read its FOCUS columns whatever types it came in. */
export interface DeliveredTable {
  readonly dataset: FocusDataset;
  /** The relation as the caller names it in SQL. */
  readonly relation: string;
  /** FOCUS columns that are there, by column ID. */
  readonly columns: ReadonlyMap<string, DeliveredColumn>;
  /** All columns in their order, custom ones too. */
  readonly names: readonly string[];
  /** A FROM item that has, for each FOCUS column, what {@link textOf} and the functions below it name. */
  readonly source: string;
  /** The same with `row_number`, from 1. Slower where the rows have no number yet: they are then read one by one. */
  readonly numberedSource: string;
}

export interface DeliveredColumn {
  readonly focus: FocusColumn;
  /** The DuckDB type, such as `DECIMAL(38,18)`. */
  readonly type: string;
  readonly kind: 'text' | 'decimal' | 'double' | 'time' | 'other';
  /** Text because the file has no types (CSV): judged by what is written. */
  readonly untyped: boolean;
}

/** How many rows have the value, in {@link valuesOf}. */
export const rowWeight = 'row_weight';

/** A FROM item like {@link DeliveredTable.source}, of a few columns: their values once, with `row_weight`. */
export function valuesOf({ relation, columns }: DeliveredTable, ids: readonly string[]): string {
  const names = ids.map(quoteName).join(', ');
  const values = `(SELECT ${names}, count(*) AS ${rowWeight} FROM ${relation} GROUP BY ${names})`;
  return sourceOf(
    values,
    ids,
    ids.flatMap((id) => columns.get(id) ?? []),
    rowWeight,
  );
}

/** The value as delivered, of whatever type. */
export const rawOf = (column: string) => `raw_${column}`;
/** The value as text: as delivered, or spelled as FOCUS spells it. */
export const textOf = (column: string) => `text_${column}`;
/** The value as DECIMAL(38,18); null when it is none, or does not fit. */
export const numberOf = (column: string) => `number_${column}`;
/** The exact product of two numbers, rounded to 18 places; null when one is null or it does not fit. */
export const productOf = (left: string, right: string) => `product_${left}_${right}`;
/** A hash of all values of the row, but for where the row was read (`x_Source…`). */
export const rowHash = 'row_hash';
/** The value as JSON; null when it is none. */
export const jsonOf = (column: string) => `json_${column}`;
/** Whether a JSON value is an object with unique keys; null for null. */
export const isObject = (column: string) => `object_${column}`;
/** Whether a JSON object has no objects and arrays in it; null for null. */
export const isFlat = (column: string) => `flat_${column}`;
/** The items of `$.Elements`, each a struct; see {@link elementType} and {@link elementText}. */
export const elementsOf = (column: string) => `elements_${column}`;

/** SQL for the value as a UTC timestamp; null when it is none. */
export function timeOf({ columns }: DeliveredTable, column: string): string {
  const type = columns.get(column)?.type ?? '';
  if (type.endsWith('TIME ZONE')) return `timezone('UTC', ${rawOf(column)})`;
  return `TRY_CAST(${rawOf(column)} AS TIMESTAMP)`;
}

/** SQL for the JSON type of a key of element `e`; null where it is missing. */
export const elementType = (column: string, key: string) => ofElement('types', column, key);
/** SQL for the value of a key of element `e` as text; null where it is missing or null. */
export const elementText = (column: string, key: string) => ofElement('texts', column, key);

/**
 * The keys that FOCUS 1.3 defines, each with its spellings: the rules, the key table and FOCUS 1.4 do not agree on how
 * to write some of them.
 */
const elementKeys: Record<string, readonly (readonly [string, ...string[]])[]> = {
  AllocatedMethodDetails: [['AllocatedRatio'], ['UsageQuantity'], ['UsageUnit']],
  ContractApplied: [
    ['ContractId', 'ContractID'],
    ['ContractCommitmentID', 'ContractCommitmentId'],
    ['ContractCommitmentAppliedCost'],
    ['ContractCommitmentAppliedQuantity'],
    ['ContractCommitmentAppliedUnit'],
  ],
};

function ofElement(field: 'types' | 'texts', column: string, key: string): string {
  const spellings = (elementKeys[column] ?? []).flat();
  const group = elementKeys[column]?.find(([name]) => name === key);
  if (!group) throw new TypeError(`${column} has no key ${key}`);
  return `coalesce(${group.map((name) => `e.${field}[${spellings.indexOf(name) + 1}]`).join(', ')})`;
}

export const datasetColumns: Readonly<Record<FocusDataset, readonly FocusColumn[]>> = {
  CostAndUsage: costAndUsageColumns,
  ContractCommitment: contractCommitmentColumns,
};

/** Which dataset columns belong to: Contract Commitment has no charges, Cost and Usage no commitments of its own. */
export function datasetOf(columns: readonly string[]): FocusDataset {
  const matches = (dataset: FocusDataset) => datasetColumns[dataset].filter(({ id }) => columns.includes(id)).length;
  return matches('ContractCommitment') > matches('CostAndUsage') ? 'ContractCommitment' : 'CostAndUsage';
}

export interface TableOptions {
  /** The columns that belong to the dataset, in order; by default all of them. */
  columns?: readonly string[];
  /** A column that holds the number of each row, from 1, beside the dataset's own. */
  rowNumber?: string;
  /** By default the one that the columns belong to. */
  dataset?: FocusDataset;
}

/** Looks at a table or view. Column IDs are compared with their case: `billedcost` is not BilledCost. */
export async function deliveredTable(
  connection: SqlConnection,
  table: string,
  { columns: names, rowNumber, dataset: declared }: TableOptions = {},
): Promise<DeliveredTable> {
  const described = await connection.rows<{ column_name: string; column_type: string }>(
    `DESCRIBE SELECT * FROM ${table}`,
  );
  const types = new Map(described.map(({ column_name, column_type }) => [column_name, column_type]));
  const delivered = names ?? [...types.keys()].filter((name) => name !== rowNumber);
  const dataset = declared ?? datasetOf(delivered);
  const present = datasetColumns[dataset].filter(({ id }) => delivered.includes(id) && types.has(id));
  const untyped = present.every(
    ({ id, dataType }) => dataType === 'String' || dataType === 'JSON' || types.get(id) === 'VARCHAR',
  );
  const columns = new Map(
    present.map((focus) => {
      const type = types.get(focus.id) ?? '';
      const kind = kindOf(type);
      return [focus.id, { focus, type, kind, untyped: untyped && kind === 'text' }] as const;
    }),
  );
  const number = rowNumber === undefined ? 'row_number() OVER ()' : quoteName(rowNumber);
  return {
    dataset,
    relation: table,
    columns,
    names: delivered,
    source: sourceOf(table, delivered, [...columns.values()]),
    numberedSource: sourceOf(table, delivered, [...columns.values()], `${number} AS row_number`),
  };
}

function kindOf(type: string): DeliveredColumn['kind'] {
  if (type === 'VARCHAR' || type === 'JSON' || type.startsWith('ENUM')) return 'text';
  if (/^(DECIMAL|U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT))/.test(type)) return 'decimal';
  if (type === 'DOUBLE' || type === 'FLOAT') return 'double';
  if (type.startsWith('TIMESTAMP') || type === 'DATE') return 'time';
  return 'other';
}

function sourceOf(
  table: string,
  names: readonly string[],
  columns: readonly DeliveredColumn[],
  extra?: string,
): string {
  const texts = columns.flatMap((column) => [
    `${quoteName(column.focus.id)} AS ${rawOf(column.focus.id)}`,
    `${asText(column)} AS ${textOf(column.focus.id)}`,
  ]);
  const numbers = columns
    .filter(({ focus }) => focus.dataType === 'Decimal')
    .map((column) => `${asNumber(column)} AS ${numberOf(column.focus.id)}`);
  // Named once here: inside a condition DuckDB would work each product out several times.
  const ids = new Set(columns.map(({ focus }) => focus.id));
  const products = productPairs
    .filter(([left, right]) => ids.has(left) && ids.has(right))
    .map(([left, right]) => `TRY(${exactProductSql(numberOf(left), numberOf(right))}) AS ${productOf(left, right)}`);
  const json = columns.filter(({ focus }) => focus.dataType === 'JSON').map(({ focus }) => focus.id);
  const parsed = json.map((id) => `CASE WHEN json_valid(${textOf(id)}) THEN ${textOf(id)} END::JSON AS ${jsonOf(id)}`);
  const judged = json.flatMap((id) => [
    `CASE WHEN ${textOf(id)} IS NOT NULL THEN ${jsonOf(id)} IS NOT NULL AND json_type(${jsonOf(id)}) = 'OBJECT' AND ${uniqueKeys(jsonOf(id))} END AS ${isObject(id)}`,
    `CASE WHEN json_type(${jsonOf(id)}) = 'OBJECT' THEN ${noNesting(jsonOf(id), textOf(id))} END AS ${isFlat(id)}`,
    ...(elementKeys[id] ? [`${elements(id)} AS ${elementsOf(id)}`] : []),
  ]);
  const own = names.filter((name) => !name.startsWith('x_Source')).map(quoteName);
  const hash = `hash(${own.join(', ')}) AS ${rowHash}`;
  const inner = `SELECT ${[...(extra ? [extra] : []), hash, ...texts, ...numbers].join(', ')} FROM ${table}`;
  const middle = `SELECT ${['*', ...products, ...parsed].join(', ')} FROM (${inner})`;
  return `(SELECT ${['*', ...judged].join(', ')} FROM (${middle}))`;
}

function asText({ focus, type, kind }: DeliveredColumn): string {
  const name = quoteName(focus.id);
  if (kind === 'text') return type === 'VARCHAR' ? name : `CAST(${name} AS VARCHAR)`;
  if (kind !== 'time') return `CAST(${name} AS VARCHAR)`;
  const utc = type.endsWith('TIME ZONE') ? `timezone('UTC', ${name})` : `CAST(${name} AS TIMESTAMP)`;
  return `strftime(${utc}, '%Y-%m-%dT%H:%M:%SZ')`;
}

/** The prices and the quantities that FOCUS multiplies. */
const productPairs = ['ListUnitPrice', 'ContractedUnitPrice'].map((price) => [price, 'PricingQuantity'] as const);

/** A float is read by its shortest spelling, so that 0.1 is 0.1 and not what its binary form is. */
function asNumber({ focus, kind }: DeliveredColumn): string {
  const name = quoteName(focus.id);
  return `TRY_CAST(${kind === 'decimal' ? name : `CAST(${name} AS VARCHAR)`} AS DECIMAL(38,18))`;
}

/** `list_position` beats `list_distinct` several times over on the few keys that an object has. */
function uniqueKeys(json: string): string {
  return noRepeats(`json_keys(${json})`);
}

export function noRepeats(list: string): string {
  return `len(list_filter(${list}, lambda x, i: list_position(${list}, x) < i)) = 0`;
}

/** Most objects have no second bracket at all, which is quickly seen. */
function noNesting(json: string, text: string): string {
  const values = `list_filter(json_extract(${json}, '$.*'), lambda v: json_type(v) IN ('OBJECT', 'ARRAY'))`;
  return `CASE WHEN contains(substr(${text}, 2), '{') OR contains(${text}, '[') THEN len(${values}) = 0 ELSE TRUE END`;
}

function elements(column: string): string {
  const paths = (elementKeys[column] ?? []).flat().map((key) => `'$.${key}'`);
  return `CASE WHEN json_type(${jsonOf(column)}, '$.Elements') = 'ARRAY' THEN list_transform(
    json_extract(${jsonOf(column)}, '$.Elements[*]'),
    lambda e: struct_pack(json := CAST(e AS VARCHAR), kind := json_type(e), keys := json_keys(e),
      flat := ${noNesting('e', 'CAST(e AS VARCHAR)')} AND ${uniqueKeys('e')},
      types := json_type(e, [${paths.join(', ')}]), texts := json_extract_string(e, [${paths.join(', ')}]))) END`;
}
