import type { RawColumn } from '../providers/bill-format.ts';
import { brokenMeasureSql, brokenMoneySql } from '../providers/money.ts';
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
      broken: column.rounds ? brokenMeasureSql(value) : brokenMoneySql(value),
      reason: DECIMAL,
    });
  }
  if (column.type === 'timestamp') {
    checks.push({ column: column.source, value, broken: brokenTimestamp(value), reason: TIMESTAMP });
  }
  return checks;
}

const DECIMAL =
  'is not a decimal number with at most 20 digits before and 18 after the point, nor a double of at most 17 digits';
const TIMESTAMP = 'is not a time in UTC such as 2025-01-31T23:00:00Z, from 1970 on';

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
