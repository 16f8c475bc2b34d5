import type { Dialect } from '../dialect.ts';
import { quoteName } from './values.ts';

/** DuckDB's side of the dialect. */
export const duckdbDialect: Dialect = {
  name: 'duckdb',
  lexicon: { identifierQuote: '"', parameterPrefix: '$' },
  param(name, type = 'string') {
    switch (type) {
      case 'date':
        return `CAST($${name} AS DATE)`;
      // Text with an offset becomes UTC; text without one is taken as UTC, because the instance runs in UTC.
      case 'timestamp':
        return `CAST(CAST($${name} AS TIMESTAMPTZ) AS TIMESTAMP)`;
      case 'decimal':
        return `CAST($${name} AS DECIMAL(38,18))`;
      default:
        return `$${name}`;
    }
  },
  // date_trunc of a DATE is a TIMESTAMP in DuckDB.
  truncate: (unit, expression) =>
    unit === 'day' ? `CAST(${expression} AS DATE)` : `CAST(date_trunc('${unit}', ${expression}) AS DATE)`,
  inList: (expression, param) => `${expression} IN (SELECT listed.v FROM unnest(${param}) AS listed(v))`,
  // A JSON pointer takes any key; a JSON path would read dots, quotes and stars in it as its own.
  jsonText: (column, keyParam) =>
    `json_extract_string(${column}, '/' || replace(replace(${keyParam}, '~', '~0'), '/', '~1'))`,
  money: (expression) => `CAST(${expression} AS DECIMAL(38,18))`,
  decimalText: (expression) => `regexp_replace(CAST(CAST(${expression} AS DECIMAL(38,18)) AS VARCHAR), '[.]?0+$', '')`,
  dateText: (expression) => `strftime(CAST(${expression} AS DATE), '%Y-%m-%d')`,
  timestampText: (expression) => `strftime(CAST(${expression} AS TIMESTAMP), '%Y-%m-%dT%H:%M:%SZ')`,
  quote: quoteName,
};
