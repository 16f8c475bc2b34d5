import { type DuckDBConnection, VARCHAR } from '@duckdb/node-api';
import { CloudActError } from '../../errors.ts';
import type { RenderedQuery } from '../gateway.ts';
import { rowsBound } from './values.ts';

/**
 * The gateway's second look, at the statement as DuckDB itself has parsed it: tables stand without a dataset, table
 * functions read nothing from outside, and, over an organisation's dataset, every SELECT that reads a table has
 * `org_slug = $org_slug` among the conditions that all have to hold.
 *
 * Throws `query_refused`. Texts that have passed are remembered.
 */
export function statementChecker(): (
  connection: DuckDBConnection,
  query: RenderedQuery,
  scope: 'dataset' | 'control',
) => Promise<void> {
  const passed = new Set<string>();
  return async (connection, query, scope) => {
    const key = `${scope} ${query.sql}`;
    if (passed.has(key)) return;
    checkTree(await parse(connection, query), query.name, scope);
    if (passed.size >= REMEMBERED) passed.clear();
    passed.add(key);
  };
}

const REMEMBERED = 2_000;
const TABLE_FUNCTIONS = new Set(['unnest', 'generate_series', 'range']);
const SOURCES = new Set(['BASE_TABLE', 'SUBQUERY', 'JOIN', 'TABLE_FUNCTION', 'EMPTY', 'EMPTY_FROM', 'EXPRESSION_LIST']);

type Json = string | number | boolean | null | readonly Json[] | JsonObject;
interface JsonObject {
  readonly [key: string]: Json | undefined;
}

async function parse(connection: DuckDBConnection, query: RenderedQuery): Promise<JsonObject> {
  const rows = await rowsBound<{ tree: string }>(
    connection,
    'SELECT CAST(json_serialize_sql(CAST($sql AS VARCHAR), skip_null := true, skip_empty := true, skip_default := true) AS VARCHAR) AS tree',
    { values: { sql: query.sql }, types: { sql: VARCHAR } },
  );
  const tree = JSON.parse(rows[0]!.tree) as JsonObject;
  if (tree.error) refuse(query.name, String(tree.error_message));
  if ((tree.statements as Json[]).length !== 1) refuse(query.name, 'There are several statements');
  return (tree.statements as JsonObject[])[0]!;
}

function checkTree(tree: JsonObject, name: string, scope: 'dataset' | 'control'): void {
  visit(tree, new Set());

  function visit(value: Json | undefined, known: ReadonlySet<string>): void {
    if (Array.isArray(value)) {
      for (const item of value) visit(item, known);
    } else if (isObject(value)) {
      visitObject(value, known);
    }
  }

  function visitObject(node: JsonObject, outer: ReadonlySet<string>): void {
    const known = new Set(outer);
    if (node.type === 'RECURSIVE_CTE_NODE') known.add(String(node.cte_name).toLowerCase());
    const map = isObject(node.cte_map) && Array.isArray(node.cte_map.map) ? (node.cte_map.map as JsonObject[]) : [];
    for (const { key, value } of map) {
      visit(value, known);
      known.add(String(key).toLowerCase());
    }
    if (node.from_table !== undefined) checkSelect(node, known);
    for (const [key, child] of Object.entries(node)) if (key !== 'cte_map') visit(child, known);
  }

  function checkSelect(node: JsonObject, known: ReadonlySet<string>): void {
    const tables: string[] = [];
    collectTables(node.from_table, known, tables);
    if (scope === 'dataset' && tables.length > 0 && !conjuncts(node.where_clause).some(comparesOrgSlug)) {
      refuse(name, `A SELECT from ${tables.join(', ')} lacks "org_slug = $org_slug" among its WHERE conditions`);
    }
  }

  function collectTables(source: Json | undefined, known: ReadonlySet<string>, tables: string[]): void {
    if (!isObject(source)) return;
    const type = String(source.type);
    if (!SOURCES.has(type)) refuse(name, `${type} is not a source that a query may read`);
    if (type === 'BASE_TABLE') {
      const table = String(source.table_name);
      if (source.catalog_name || source.schema_name) refuse(name, `"${table}" stands with a dataset; leave that out`);
      if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(table)) refuse(name, `"${table}" is not a table of a dataset`);
      if (!known.has(table.toLowerCase())) tables.push(table);
    }
    if (type === 'TABLE_FUNCTION') {
      const called = isObject(source.function) ? String(source.function.function_name).toLowerCase() : '';
      if (!TABLE_FUNCTIONS.has(called)) refuse(name, `${called}() is not a source that a query may read`);
    }
    if (type === 'JOIN') {
      collectTables(source.left, known, tables);
      collectTables(source.right, known, tables);
    }
  }
}

function conjuncts(condition: Json | undefined): JsonObject[] {
  if (!isObject(condition)) return [];
  if (condition.type !== 'CONJUNCTION_AND') return [condition];
  return (condition.children as Json[]).flatMap(conjuncts);
}

function comparesOrgSlug({ type, left, right }: JsonObject): boolean {
  if (type !== 'COMPARE_EQUAL' || !isObject(left) || !isObject(right)) return false;
  const column = Array.isArray(left.column_names) ? String(left.column_names.at(-1)).toLowerCase() : '';
  return column === 'org_slug' && right.type === 'VALUE_PARAMETER' && right.identifier === 'org_slug';
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuse(name: string, reason: string): never {
  throw new CloudActError('query_refused', { detail: `${name}: ${reason}.` });
}
