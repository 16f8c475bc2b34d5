import type { ParamType } from './query.ts';

/** The few places where DuckDB and BigQuery say the same thing differently. All of it returns SQL text. */
export interface Dialect {
  readonly name: 'duckdb' | 'bigquery';
  /** A bound parameter; dates, timestamps and decimals are bound as text and cast. Without a type it is a string. */
  param(name: string, type?: ParamType): string;
  /** First day of the period that a date or timestamp falls into, as a DATE. Weeks start on Monday. */
  truncate(unit: 'day' | 'week' | 'month' | 'quarter' | 'year', expression: string): string;
  /** `expression` is one of the strings bound as a list. */
  inList(expression: string, param: string): string;
  /** Text at a top-level key of a JSON object in a text column; null where it is missing. */
  jsonText(column: string, keyParam: string): string;
  /** DECIMAL(38,18) or its equal. */
  money(expression: string): string;
  /** A decimal as canonical text: no trailing zeros, no exponent, `0` and never `-0`. */
  decimalText(expression: string): string;
  /** `YYYY-MM-DD`. */
  dateText(expression: string): string;
  /** `YYYY-MM-DDTHH:MM:SSZ`. */
  timestampText(expression: string): string;
  quote(identifier: string): string;
  /** How identifiers are quoted and parameters begin, for the gateway's tokenizer. */
  readonly lexicon: { readonly identifierQuote: '"' | '`'; readonly parameterPrefix: '$' | '@' };
}
