import { quoteName } from '../../landing/session.ts';
import type { ExportColumns } from './columns.ts';
import { jsonSql, jsonTextSql } from './nested.ts';

/** Reads logical columns (`invoice.month`, `project.labels`) of a row, however the file has them. */
export interface Fields {
  /** SQL for the text; typed null where the file has none. */
  text(name: string): string;
  /** SQL for a list, as JSON text. */
  list(name: string): string;
}

/** Fields of a row of {@link preparedSql}, whose nested columns are strict JSON. */
export function preparedFields(columns: ExportColumns): Fields {
  return fieldsWith(columns, quoteName);
}

/** Fields of a row of the raw table as it was landed; numbers of nested columns may lose digits, so they are for judging alone. */
export function rawFields(columns: ExportColumns): Fields {
  return fieldsWith(columns, (raw) => {
    const json = jsonTextSql(quoteName(raw));
    return `CASE WHEN json_valid(${json}) THEN ${json} END`;
  });
}

/** Fields of a row of the raw table, every digit kept. */
export function exactRawFields(columns: ExportColumns): Fields {
  return fieldsWith(columns, (raw) => jsonSql(quoteName(raw)));
}

/** The raw table with strict JSON in the nested columns: each is made once, whatever is read of it. */
export function preparedSql(columns: ExportColumns, rawTable: string): string {
  const nested = nestedColumns(columns).map((raw) => `${jsonSql(quoteName(raw))} AS ${quoteName(raw)}`);
  return `SELECT *${nested.length > 0 ? ` REPLACE (${nested.join(',\n  ')})` : ''} FROM ${rawTable}`;
}

/** Raw columns that hold JSON: lists, and records whose members are looked for. */
export function nestedColumns(columns: ExportColumns): string[] {
  return [...new Set([...listNames, ...RECORDS].flatMap((name) => columns.spellings(name)))];
}

/** Files of one bill may differ: a column that is there flat and nested is what either says. */
function fieldsWith(columns: ExportColumns, json: (raw: string) => string): Fields {
  const nested = (name: string) => {
    const [parent, ...path] = name.split('.');
    if (path.length === 0) return [];
    return columns
      .spellings(parent!)
      .map((raw) => `nullif(json_extract_string(${json(raw)}, '$.${path.join('.')}'), '')`);
  };
  return {
    text: (name) => first([...columns.spellings(name).map(quoteName), ...nested(name)]),
    list: (name) => first([...columns.spellings(name).map(json), ...nested(name)]),
  };
}

function first(found: readonly string[]): string {
  if (found.length === 0) return 'CAST(NULL AS VARCHAR)';
  return found.length === 1 ? found[0]! : `COALESCE(${found.join(', ')})`;
}

/** Columns that hold lists of records. */
export const listNames = ['credits', 'labels', 'system_labels', 'tags', 'project.labels'];
const RECORDS = [
  'invoice',
  'service',
  'sku',
  'project',
  'location',
  'usage',
  'adjustment_info',
  'resource',
  'subscription',
  'price',
  'consumption_model',
];
