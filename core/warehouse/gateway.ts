import { CloudActError } from '../errors.ts';
import { parseDecimal } from '../money.ts';
import type { OrgSlug } from '../org.ts';
import type { Dialect } from './dialect.ts';
import type { ParamType, Query, QueryParams } from './query.ts';
import { type Token, tokenize } from './sql-tokens.ts';

/** Whose data a statement is about, and what it may do there. */
export type StatementScope = 'dataset' | 'control' | 'control-write' | 'stage';

/** SQL text that has passed the gateway, with the values that its parameters are bound to. */
export interface RenderedQuery {
  readonly name: string;
  readonly sql: string;
  readonly bindings: readonly Binding[];
}

export interface Binding {
  readonly name: string;
  readonly type: ParamType;
  readonly value: string | number | boolean | null | readonly string[];
}

/**
 * Turns a named query and its values into SQL and bindings. With `org`, `@org_slug` is bound to it here, and the SQL
 * has to compare `org_slug` with it. Every adapter sends only what comes out of this function.
 *
 * Throws `query_refused` when a value is missing, not declared or not of its type, and for every reason of
 * {@link checkStatement}.
 */
export function renderQuery<P extends QueryParams, Row>(
  query: Query<P, Row>,
  params: P,
  dialect: Dialect,
  scope: { kind: 'dataset'; org: OrgSlug } | { kind: 'control' | 'control-write' },
): RenderedQuery {
  try {
    const declared = Object.entries<ParamType>(query.params);
    for (const name of Object.keys(params)) {
      if (!Object.hasOwn(query.params, name)) refuse(`The value "${name}" is not declared`);
    }
    const bindings = declared.map(([name, type]) => binding(name, type, params[name]));
    if (scope.kind === 'dataset') {
      if (Object.hasOwn(query.params, ORG_SLUG)) refuse('org_slug is bound by the warehouse and cannot be passed');
      bindings.push({ name: ORG_SLUG, type: 'string', value: scope.org });
    }
    const names = Object.fromEntries(declared.map(([name, type]) => [name, dialect.param(name, type)]));
    const sql = query.sql(dialect, names as { readonly [K in keyof P]: string }, params);
    const used = checkStatement(sql, scope.kind, dialect.lexicon);
    for (const name of used) {
      if (!bindings.some((bound) => bound.name === name)) refuse(`The parameter "${name}" is not declared`);
    }
    return { name: query.name, sql, bindings: bindings.filter(({ name }) => used.has(name)) };
  } catch (error) {
    if (!(error instanceof CloudActError) || error.code !== 'query_refused') throw error;
    throw new CloudActError('query_refused', { detail: `${query.name}: ${error.detail}`, cause: error });
  }
}

/**
 * Checks one statement and returns the names of its parameters.
 *
 * Throws `query_refused` for several statements; for a statement that is not of the scope's kind; for words that
 * attach, install, copy or change settings; for a name of another dataset; for functions that read files or run text
 * (when staging, files may be read); and, over a dataset, when `org_slug` is not compared with `@org_slug`.
 */
export function checkStatement(sql: string, scope: StatementScope, lexicon: Dialect['lexicon']): Set<string> {
  const tokens = tokenize(sql, lexicon, scope === 'stage' ? 'plain' : 'refused');
  if (tokens.at(-1)?.text === ';' && tokens.at(-1)?.kind === 'symbol') tokens.pop();
  const first = tokens[0];
  const allowed = FIRST_WORDS[scope];
  if (first?.kind !== 'word' || !allowed.includes(first.text)) {
    refuse(`A statement here starts with one of ${allowed.join(', ').toUpperCase()}`);
  }
  const describes = first.text === 'describe';
  if (describes) {
    tokens.shift();
    if (tokens[0]?.kind !== 'word' || tokens[0].text !== 'select') refuse('DESCRIBE takes a SELECT');
  }
  const reads = describes || first.text === 'select' || first.text === 'with';
  for (const [index, token] of tokens.entries()) {
    checkToken(token, tokens[index - 1], tokens[index + 1], scope, reads);
  }
  if (scope === 'dataset' && !tokens.some((_, index) => comparesOrgSlug(tokens, index))) {
    refuse(
      `The query does not compare org_slug with its parameter: it needs "org_slug = ${lexicon.parameterPrefix}org_slug"`,
    );
  }
  return new Set(tokens.filter(({ kind }) => kind === 'parameter').map(({ text }) => text));
}

/**
 * The table or view that a staging statement writes or drops; undefined when it only reads. The adapter makes sure
 * that it is a temporary one, and leaves out a `DROP … IF EXISTS` of one that is not. Throws `query_refused` when it is created without being temporary.
 */
export function stagingTarget(
  sql: string,
  lexicon: Dialect['lexicon'],
): { name: string; effect: 'creates' | 'changes' | 'drops if it exists' } | undefined {
  const tokens = tokenize(sql, lexicon, 'plain');
  const heads = tokens.map(({ kind, text }) => (kind === 'word' ? text : kind === 'quoted' ? '"' : ' ')).join(' ');
  if (/^(select|with|describe)\b/.test(heads)) return undefined;
  const head = STAGING.exec(heads)?.[0];
  const name = head === undefined ? undefined : tokens[head.split(' ').length - 1];
  if (!head || !name || (name.kind !== 'word' && name.kind !== 'quoted')) {
    refuse('Staging creates TEMP tables and views, and changes, fills and drops them');
  }
  if (head.startsWith('create')) return { name: name.text, effect: 'creates' };
  const optional = head.startsWith('drop') && head.endsWith('if exists ');
  return { name: name.text, effect: optional ? 'drops if it exists' : 'changes' };
}

const STAGING =
  /^(create (or replace )?(temp|temporary) (table|view) (if not exists )?|insert into |update |delete from |drop (table|view) (if exists )?|alter table (if exists )?)/;

const ORG_SLUG = 'org_slug';

const FIRST_WORDS: Record<StatementScope, readonly string[]> = {
  dataset: ['select', 'with'],
  control: ['select', 'with'],
  'control-write': ['insert', 'update', 'delete'],
  stage: ['select', 'with', 'describe', 'create', 'insert', 'update', 'delete', 'drop', 'alter'],
};

/** Words that no statement of any scope needs. */
const NEVER = words(`attach detach install load copy export import pragma call use reset checkpoint vacuum analyze
  execute prepare deallocate begin commit rollback transaction grant revoke macro function trigger truncate merge
  describe summarize show explain`);
/** Words that a statement which only reads does not need. */
const WRITES = words('insert update delete create drop alter set into replace returning');

function checkToken(
  token: Token,
  previous: Token | undefined,
  next: Token | undefined,
  scope: StatementScope,
  reads: boolean,
): void {
  if (token.kind === 'symbol' && token.text === ';') refuse('There are several statements');
  if (token.kind === 'symbol' && token.text === '?') refuse('Parameters have names');
  if (token.kind === 'string' && previous?.kind === 'word' && /^(from|join)$/.test(previous.text)) {
    refuse('A string stands where a table is named');
  }
  if (token.kind !== 'word' && token.kind !== 'quoted') return;
  const isQualifier = next?.kind === 'symbol' && next.text === '.';
  const isCall = next?.kind === 'symbol' && next.text === '(';
  const isMember = previous?.kind === 'symbol' && previous.text === '.';
  if (token.kind === 'word' && !isMember) {
    if (NEVER.has(token.text)) refuse(`"${token.text.toUpperCase()}" is not allowed`);
    if (reads && WRITES.has(token.text) && !isCall) {
      refuse(`"${token.text.toUpperCase()}" is not allowed in a query that reads`);
    }
  }
  if (isQualifier && (/_prod$/.test(token.text) || CATALOGS.has(token.text))) {
    refuse(`"${token.text}." names a dataset; tables stand without one`);
  }
  if (token.kind === 'quoted' && token.text.includes('.')) refuse('A quoted name holds a dot');
  const isTable = previous?.kind === 'word' && /^(from|join)$/.test(previous.text);
  // Columns of a bill are staged under names like those that it came with.
  const isColumn = scope === 'stage' && token.kind === 'quoted' && !isTable && !isCall && !isQualifier;
  if (!isColumn && SYSTEM_NAMES.test(token.text)) refuse(`"${token.text}" is not a table or function of a dataset`);
  if (!isCall) return;
  if (RUNS_TEXT.test(token.text) || (scope === 'stage' ? READS_ANY_FILE : READS_FILES).test(token.text)) {
    refuse(`${token.text}() is not allowed`);
  }
}

const CATALOGS = words('control memory system temp main information_schema pg_catalog');
const SYSTEM_NAMES = /^(duckdb_|pragma_|sqlite_|pg_|which_secret$|information_schema$)/;
const RUNS_TEXT = /^(query|query_table|json_execute_serialized_sql|getenv|external_query)$/;
const READS_FILES = /^(read_|parquet_|sniff_|glob$|scan_arrow|.*_scan$)/;
const READS_ANY_FILE = /^(read_text|read_blob|glob$|.*_scan$)/;

function comparesOrgSlug(tokens: readonly Token[], index: number): boolean {
  const [column, equals, parameter] = tokens.slice(index, index + 3);
  return (
    (column?.kind === 'word' || column?.kind === 'quoted') &&
    column.text === ORG_SLUG &&
    equals?.kind === 'symbol' &&
    equals.text === '=' &&
    parameter?.kind === 'parameter' &&
    parameter.text === ORG_SLUG
  );
}

function binding(name: string, type: ParamType, value: QueryParams[string] | undefined): Binding {
  if (value === undefined) refuse(`The value "${name}" is missing`);
  if (value !== null && !ACCEPTS[type](value)) refuse(`The value "${name}" is not of type ${type}`);
  if (value === null && type === 'string[]') refuse(`The value "${name}" is a list and cannot be null`);
  return { name, type, value };
}

const ACCEPTS: Record<ParamType, (value: NonNullable<QueryParams[string]>) => boolean> = {
  string: (value) => typeof value === 'string',
  'string[]': (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
  date: (value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && isDate(`${value}T00:00:00Z`),
  timestamp: (value) => typeof value === 'string' && TIMESTAMP.test(value) && isDate(value),
  integer: (value) => Number.isSafeInteger(value),
  // More places would be rounded away, more digits do not fit.
  decimal: (value) => typeof value === 'string' && /^-?\d{1,20}(\.\d{1,18})?$/.test(parseDecimal(value) ?? ''),
  boolean: (value) => typeof value === 'boolean',
};

const TIMESTAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-]\d{2}:\d{2})$/;

/** Whether the day is in the calendar: `Date` moves 30 February to March. */
function isDate(text: string): boolean {
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  return (
    !Number.isNaN(Date.parse(text)) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text.slice(0, 10))
  );
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}

function refuse(reason: string): never {
  throw new CloudActError('query_refused', { detail: `${reason}.` });
}
