import { quoteText } from '../../landing/session.ts';

const NUMBER = '[+-]?([0-9]{1,60}([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]{1,3})?';
/** At most 20 digits before the point and 18 after it: kept as it is. */
const PLAIN = '[+-]?0*[0-9]{1,20}([.][0-9]{0,18}0*)?';

/** What BigQuery's NUMERIC mostly holds, and whole amounts: DuckDB reads 64-bit decimals ten times faster than 128-bit ones. */
function shortOr(text: string, otherwise: string): string {
  return `CASE WHEN regexp_full_match(${text}, '[+-]?[0-9]{1,9}([.][0-9]{1,9})?') THEN CAST(CAST(${text} AS DECIMAL(18,9)) AS DECIMAL(38,18))
    WHEN regexp_full_match(${text}, '[+-]?[0-9]{1,18}') THEN CAST(CAST(${text} AS DECIMAL(18,0)) AS DECIMAL(38,18))
    ELSE ${otherwise} END`;
}

/**
 * A delivered cost as DECIMAL(38,18). Costs are floats in older tables (`3.2999999999999998e-07`), whose shortest text
 * can have more than 18 places: it is rounded to 18, half to even. DuckDB's own cast rounds half away from zero, so a
 * tie, seen with 36 places, is set right.
 */
export function moneySql(text: string): string {
  const fine = `TRY_CAST(${text} AS DECIMAL(38,36))`;
  const near = `CAST(${fine} AS DECIMAL(38,18))`;
  const isTie = `abs(${fine} - TRY_CAST(${near} AS DECIMAL(38,36))) = CAST(0.0000000000000000005 AS DECIMAL(38,36))`;
  const isOdd = `CAST(right(CAST(${near} AS VARCHAR), 1) AS INTEGER) % 2 = 1`;
  const unit = `CASE WHEN ${fine} < 0 THEN -1 ELSE 1 END * CAST(0.000000000000000001 AS DECIMAL(18,18))`;
  const long = `CASE WHEN ${text} IS NULL THEN NULL
    WHEN regexp_full_match(${text}, ${quoteText(PLAIN)}) OR ${fine} IS NULL THEN CAST(${text} AS DECIMAL(38,18))
    WHEN ${isTie} AND ${isOdd} THEN CAST(${near} - ${unit} AS DECIMAL(38,18))
    ELSE ${near} END`;
  return shortOr(text, long);
}

/** The delivered text is not what {@link moneySql} gives to the last digit. */
export function isRoundedSql(text: string): string {
  return `COALESCE(NOT regexp_full_match(${text}, ${quoteText(PLAIN)}) AND (
    TRY_CAST(${text} AS DECIMAL(38,36)) <> TRY_CAST(TRY_CAST(${text} AS DECIMAL(38,18)) AS DECIMAL(38,36))
    OR (TRY_CAST(${text} AS DECIMAL(38,36)) = 0 AND regexp_matches(${text}, '^[^eE]*[1-9]'))), false)`;
}

/**
 * No number, too large, or with more than 18 places and 100 or more: a float of that size has no such places, so what
 * it is cannot be told.
 */
export function brokenMoneySql(text: string): string {
  return `CASE WHEN ${text} IS NULL THEN false
    WHEN NOT regexp_full_match(${text}, ${quoteText(NUMBER)}) THEN true
    WHEN regexp_full_match(${text}, ${quoteText(PLAIN)}) THEN false
    WHEN TRY_CAST(${text} AS DECIMAL(38,18)) IS NULL THEN true
    WHEN TRY_CAST(${text} AS DECIMAL(38,36)) IS NOT NULL THEN false
    ELSE ${placesSql(text)} > 18 END`;
}

/** A measure, which is no money: any number of places, rounded half away from zero to 18. */
export function measureSql(text: string): string {
  return shortOr(text, `CAST(${text} AS DECIMAL(38,18))`);
}

export function brokenMeasureSql(text: string): string {
  return `CASE WHEN ${text} IS NULL OR regexp_full_match(${text}, '[+-]?[0-9]{1,20}([.][0-9]*)?') THEN false
    ELSE NOT regexp_full_match(${text}, ${quoteText(NUMBER)}) OR TRY_CAST(${text} AS DECIMAL(38,18)) IS NULL END`;
}

/** Places that a number needs: those of the mantissa, less its trailing zeros, less the exponent. */
function placesSql(text: string): string {
  const mantissa = `regexp_extract(${text}, '^[+-]?([0-9.]+)', 1)`;
  const digits = `replace(${mantissa}, '.', '')`;
  const exponent = `COALESCE(TRY_CAST(nullif(regexp_extract(${text}, '[eE]([+-]?[0-9]+)$', 1), '') AS INTEGER), 0)`;
  return `(length(regexp_extract(${mantissa}, '[.]([0-9]*)', 1)) - (length(${digits}) - length(rtrim(${digits}, '0'))) - ${exponent})`;
}
