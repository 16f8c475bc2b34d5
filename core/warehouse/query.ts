import type { Dialect } from './dialect.ts';

/** Declared types, so that an adapter binds each value as what it is, also when it is null or an empty list. */
export type ParamType = 'string' | 'string[]' | 'date' | 'timestamp' | 'integer' | 'decimal' | 'boolean';
export type QueryParams = Record<string, string | number | boolean | null | readonly string[]>;

/**
 * A query with a name: SQL text written once, as a template function over the dialect, with bound parameters.
 * Values never enter the text. `@org_slug` is bound by the gateway in queries over an organisation's dataset.
 */
export interface Query<P extends QueryParams, Row> {
  readonly name: string;
  readonly params: { readonly [K in keyof P]: ParamType };
  /** A method, so that queries with different values fit into one list. */
  sql(dialect: Dialect, params: { readonly [K in keyof P]: string }, values: P): string;
  /** Only for inference. */
  readonly row?: Row;
}

export function defineQuery<P extends QueryParams, Row>(query: Query<P, Row>): Query<P, Row> {
  return query;
}
