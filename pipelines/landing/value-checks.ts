import type { RawColumn } from '../providers/bill-format.ts';
import { quoteName, quoteText } from './session.ts';

/** A check of one column of the raw table: `broken` holds for the rows whose value cannot be read. */
export interface ValueCheck {
  /** The delivered column. */
  column: string;
  /** SQL for the value to show. */
  value: string;
  broken: string;
  reason: string;
}

/** The checks that a column's type asks for, as SQL over the raw table. */
export function valueChecks(column: RawColumn): ValueCheck[] {
  const value = quoteName(column.raw);
  const checks: ValueCheck[] = [];
  if (column.required) checks.push({ column: column.source, value, broken: `${value} IS NULL`, reason: 'is empty' });
  if (column.type === 'decimal') {
    checks.push({
      column: column.source,
      value,
      broken: brokenDecimal(value, column.rounds ?? false),
      reason: DECIMAL,
    });
  }
  if (column.type === 'timestamp') {
    checks.push({ column: column.source, value, broken: brokenTimestamp(value), reason: TIMESTAMP });
  }
  return checks;
}

const DECIMAL = 'is not a decimal number with at most 20 digits before and 18 after the point';
const TIMESTAMP = 'is not a time in UTC such as 2025-01-31T23:00:00Z, from 1970 on';

/** Ordinary spellings, and the exponents that AWS writes: decided by one pattern, without arithmetic. */
const PLAIN = '[+-]?(0*[0-9]{1,20}(\\.[0-9]{0,18}0*)?|\\.[0-9]{1,18}0*)|[+-]?[0-9](\\.[0-9]{1,9})?E-[0-9]';
const PLAIN_ANY_SCALE = '[+-]?(0*[0-9]{1,20}(\\.[0-9]*)?|\\.[0-9]+)|[+-]?[0-9](\\.[0-9]{1,9})?E-[0-9]';
const EXPONENT = '[+-]?([0-9]{1,60}(\\.[0-9]{0,60})?|\\.[0-9]{1,60})[eE][+-]?[0-9]{1,3}';

/**
 * DuckDB's cast to DECIMAL rounds silently, takes underscores and blanks, and so cannot be the judge.
 * The places that a number in scientific notation needs are: digits after the point, less trailing zeros of the
 * mantissa, less the exponent.
 */
function brokenDecimal(value: string, rounds: boolean): string {
  const mantissa = `regexp_extract(${value}, '^[+-]?([0-9.]+)', 1)`;
  const digits = `replace(${mantissa}, '.', '')`;
  const places = [
    `length(regexp_extract(${mantissa}, '\\.([0-9]*)', 1))`,
    `(length(${digits}) - length(rtrim(${digits}, '0')))`,
    `CAST(regexp_extract(${value}, '[eE]([+-]?[0-9]+)$', 1) AS INTEGER)`,
  ].join(' - ');
  const tooFine = rounds ? 'false' : `(rtrim(${digits}, '0') <> '' AND ${places} > 18)`;
  return `CASE
    WHEN ${value} IS NULL THEN false
    WHEN regexp_full_match(${value}, ${quoteText(rounds ? PLAIN_ANY_SCALE : PLAIN)}) THEN false
    WHEN regexp_full_match(${value}, ${quoteText(EXPONENT)})
      THEN TRY_CAST(${value} AS DECIMAL(38,18)) IS NULL OR ${tooFine}
    ELSE true END`;
}

/**
 * DuckDB's cast to TIMESTAMP drops an offset without using it, so only UTC may pass. Programs write year 1 for a time
 * that they do not know.
 */
function brokenTimestamp(value: string): string {
  const pattern = '\\d{4}-\\d{2}-\\d{2}([T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?( ?(Z|UTC|[+-]00(:?00)?))?)?';
  return `CASE
    WHEN ${value} IS NULL THEN false
    WHEN regexp_full_match(${value}, ${quoteText(pattern)}) THEN COALESCE(TRY_CAST(${value} AS TIMESTAMP) < '1970-01-01', true)
    ELSE true END`;
}
