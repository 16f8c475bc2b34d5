import { quoteName } from '../../landing/session.ts';
import type { ExportColumns } from './columns.ts';
import { jsonSql, listSql, roughJsonSql, roughMemberSql } from './nested.ts';

/** Reads logical columns (`invoice.month`, `project.labels`) of a row, however the file has them. */
export interface Fields {
  /** SQL for the text; typed null where the file has none. */
  text(name: string): string;
  /** SQL for a list, as JSON text, also where the file has it as `{"list":[{"element":…}]}`. */
  list(name: string): string;
}

/** Fields of a row of {@link preparedSql}, whose nested columns are read. */
export function preparedFields(columns: ExportColumns): Fields {
  return fieldsWith(
    columns,
    quoteName,
    (raw, parent, path) => `${valuesName(raw)}[${RECORDS[parent]!.indexOf(path) + 1}]`,
  );
}

/** Fields of a row of the raw table as it was landed; numbers of nested columns may lose digits, so they are for judging alone. */
export function rawFields(columns: ExportColumns): Fields {
  return fieldsWith(
    columns,
    (raw) => roughJsonSql(quoteName(raw)),
    (raw, _parent, path) => roughMemberSql(quoteName(raw), `$.${path}`),
  );
}

/** Fields of a row of the raw table, every digit kept. */
export function exactRawFields(columns: ExportColumns): Fields {
  const json = (raw: string) => jsonSql(quoteName(raw));
  return fieldsWith(columns, json, (raw, _parent, path) => `json_extract_string(${json(raw)}, '$.${path}')`);
}

/**
 * The raw table with strict JSON in the nested columns, and beside each record the list of its members' texts: each is
 * made once, whatever is read of it.
 */
export function preparedSql(columns: ExportColumns, rawTable: string): string {
  const nested = nestedColumns(columns).map((raw) => `${jsonSql(quoteName(raw))} AS ${quoteName(raw)}`);
  if (nested.length === 0) return `SELECT * FROM ${rawTable}`;
  const values = Object.entries(RECORDS).flatMap(([parent, members]) =>
    columns
      .spellings(parent)
      .map(
        (raw) =>
          `json_extract_string(${quoteName(raw)}, [${members.map((member) => `'$.${member}'`).join(', ')}]) AS ${valuesName(raw)}`,
      ),
  );
  return `SELECT ${['*', ...values].join(', ')} FROM (SELECT * REPLACE (${nested.join(',\n  ')}) FROM ${rawTable})`;
}

function valuesName(raw: string): string {
  return quoteName(`values of ${raw}`);
}

/** Raw columns that hold JSON: lists, and records whose members are looked for. */
export function nestedColumns(columns: ExportColumns): string[] {
  return [...new Set([...listNames, ...Object.keys(RECORDS)].flatMap((name) => columns.spellings(name)))];
}

/** Files of one bill may differ: a column that is there flat and nested is what either says. */
function fieldsWith(
  columns: ExportColumns,
  json: (raw: string) => string,
  member: (raw: string, parent: string, path: string) => string,
): Fields {
  const nested = (name: string) => {
    const [parent, path] = name.split('.');
    if (path === undefined) return [];
    if (!RECORDS[parent!]?.includes(path)) throw new TypeError(`no member ${name} is read`);
    return columns.spellings(parent!).map((raw) => `nullif(${member(raw, parent!, path)}, '')`);
  };
  return {
    text: (name) => first([...columns.spellings(name).map(quoteName), ...nested(name)]),
    list: (name) => listSql(first([...columns.spellings(name).map(json), ...nested(name)])),
  };
}

function first(found: readonly string[]): string {
  if (found.length === 0) return 'CAST(NULL AS VARCHAR)';
  return found.length === 1 ? found[0]! : `COALESCE(${found.join(', ')})`;
}

/** Columns that hold lists of records. */
export const listNames = ['credits', 'labels', 'system_labels', 'tags', 'project.labels'];
/** Records, and the members of them that are read. */
const RECORDS: Readonly<Record<string, readonly string[]>> = {
  invoice: ['month', 'publisher_type'],
  service: ['id', 'description'],
  sku: ['id', 'description'],
  project: ['id', 'name', 'number', 'ancestry_numbers', 'labels'],
  location: ['location', 'region', 'zone'],
  usage: ['amount', 'unit', 'amount_in_pricing_units', 'pricing_unit'],
  adjustment_info: ['id', 'description', 'mode', 'type'],
  resource: ['name', 'global_name'],
  subscription: ['instance_id'],
  price: [
    'effective_price',
    'effective_price_default',
    'list_price',
    'list_price_consumption_model',
    'pricing_unit_quantity',
    'tier_start_amount',
  ],
  consumption_model: ['id', 'description'],
};
