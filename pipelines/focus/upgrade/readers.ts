import { brokenMoneySql } from '../../providers/money.ts';

/**
 * DuckDB SQL expressions that read text as it is delivered in FOCUS files. Each takes the SQL of a VARCHAR expression,
 * gives null for null, blank and unreadable text, and never raises an error.
 */

/** The text itself, spacing and case kept, as FOCUS StringHandling asks; null where there is nothing but blanks. */
export function textSql(text: string): string {
  return `CASE WHEN trim(${text}) <> '' THEN ${text} END`;
}

/**
 * DECIMAL(38,18), exact: plain and scientific notation, never through DOUBLE; what is written beyond 18 decimals is
 * rounded half away from zero. A currency sign and thousands separators are read only where a decimal point shows that
 * the commas are separators (`$10,000.00`).
 */
export function decimalSql(text: string): string {
  const formatted = `regexp_full_match(trim(${text}), '-?[$€£]?-?\\d{1,3}(,\\d{3})*\\.\\d+')`;
  return `CASE
    WHEN contains(${text}, '_') THEN NULL
    WHEN length(${text}) > ${LONGEST_WITH_EXPONENT} AND contains(lower(${text}), 'e') THEN NULL
    ELSE COALESCE(
      TRY_CAST(${text} AS DECIMAL(38,18)),
      CASE WHEN ${formatted} THEN TRY_CAST(regexp_replace(${text}, '[$€£,]', '', 'g') AS DECIMAL(38,18)) END)
  END`;
}

/** Condition: the number needs more than 18 decimals, so that `decimalSql` rounds it. */
export function tooFineSql(text: string): string {
  const mantissa = `regexp_extract(trim(${text}), '^[+-]?([0-9.]+)', 1)`;
  const digits = `replace(${mantissa}, '.', '')`;
  const places = `length(regexp_extract(${mantissa}, '\\.([0-9]*)', 1)) - (length(${digits}) - length(rtrim(${digits}, '0')))
    - CAST(regexp_extract(lower(trim(${text})), 'e([+-]?[0-9]{1,4})$', 1) AS INTEGER)`;
  // Most numbers are too short to need as many decimals, unless they have an exponent.
  return `COALESCE(CASE
    WHEN contains(${text}, 'e') OR contains(${text}, 'E') THEN rtrim(${digits}, '0') <> '' AND TRY(${places}) > 18
    WHEN length(${text}) > 19 THEN regexp_matches(${text}, '\\.[0-9]{18}[0-9]*[1-9]') ELSE false END, false)`;
}

/** Condition: it needs more than 18 decimals, and is no double, so that nobody knows what rounding would lose. */
export function tooFineForMoneySql(text: string): string {
  return `(${tooFineSql(text)} AND ${brokenMoneySql(`trim(${text})`)})`;
}

/** DuckDB drops digits of a longer mantissa before it applies the exponent. */
const LONGEST_WITH_EXPONENT = 36;

/**
 * TIMESTAMP in UTC. Reads `2024-09-01`, with or without time, seconds and fraction, `T` or blank between, `Z`, ` UTC`,
 * an offset or nothing behind (nothing means UTC), and Unix seconds (10 digits) or milliseconds (13 digits).
 * Dates with slashes are read only when `slashOrder`, the SQL of `'mdy'`, `'dmy'` or null, says which part is the month.
 */
export function timestampSql(text: string, slashOrder = 'NULL'): string {
  const value = `trim(${text})`;
  const part = (group: number) => `regexp_extract(${value}, '${WITH_OFFSET}', ${group})`;
  const offset = `to_minutes(CAST(${part(3)} || '1' AS INTEGER)
      * (60 * CAST(${part(4)} AS INTEGER) + COALESCE(TRY_CAST(${part(5)} AS INTEGER), 0)))`;
  const slash = (group: number) => `regexp_extract(${value}, '${SLASHES}', ${group})`;
  const monthAndDay = (month: number, day: number) =>
    `TRY_CAST(CASE WHEN length(${slash(3)}) = 2 THEN '20' ELSE '' END || ${slash(3)}
      || '-' || lpad(${slash(month)}, 2, '0') || '-' || lpad(${slash(day)}, 2, '0')
      || ' ' || COALESCE(NULLIF(${slash(4)}, ''), '00:00') AS TIMESTAMP)`;
  return `CASE
    WHEN ${text} IS NULL THEN NULL
    WHEN regexp_full_match(${value}, '${UTC}') THEN TRY_CAST(rtrim(${value}, 'ZzUTC ') AS TIMESTAMP)
    WHEN regexp_full_match(${value}, '${WITH_OFFSET}') THEN TRY_CAST(${part(1)} || ' ' || ${part(2)} AS TIMESTAMP) - ${offset}
    WHEN regexp_full_match(${value}, '\\d{13}') THEN epoch_ms(CAST(${value} AS BIGINT))
    WHEN regexp_full_match(${value}, '\\d{10}') THEN epoch_ms(1000 * CAST(${value} AS BIGINT))
    WHEN regexp_full_match(${value}, '${SLASHES}') THEN CASE ${slashOrder}
      WHEN 'mdy' THEN ${monthAndDay(1, 2)}
      WHEN 'dmy' THEN ${monthAndDay(2, 1)} END
  END`;
}

const UTC = '\\d{4}-\\d{2}-\\d{2}([T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?)? ?([Zz]|UTC)?';
const WITH_OFFSET =
  '^(\\d{4}-\\d{2}-\\d{2})[T ](\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?) ?([+-])(\\d{2}):?(\\d{2})?$';
const SLASHES = '^(\\d{1,2})/(\\d{1,2})/(\\d{4}|\\d{2})(?: (\\d{1,2}:\\d{2}(?::\\d{2})?))?$';

/**
 * Aggregate over a whole file: the order of month and day in its dates with slashes, or null when the file does not
 * show it. Takes the text of BillingPeriodStart: billing periods start on the first of a month, so the part that is
 * always 1 while the other is not is the day.
 */
export function slashOrderSql(billingPeriodStart: string): string {
  const part = (group: number) =>
    `TRY_CAST(regexp_extract(trim(${billingPeriodStart}), '${SLASHES}', ${group}) AS INTEGER)`;
  return `CASE
    WHEN bool_and(${part(2)} = 1) AND NOT bool_and(${part(1)} = 1) THEN 'mdy'
    WHEN bool_and(${part(1)} = 1) AND NOT bool_and(${part(2)} = 1) THEN 'dmy' END`;
}

/** One of `allowed`, in FOCUS's spelling whatever the case, with blanks or underscores for hyphens; else the text as delivered. */
export function enumerationSql(
  text: string,
  allowed: readonly string[],
  synonyms: Record<string, string> = {},
): string {
  const spellings = new Map(allowed.map((value) => [foldSpelling(value), value]));
  for (const [synonym, value] of Object.entries(synonyms)) spellings.set(foldSpelling(synonym), value);
  const cases = [...spellings].map(([spelling, value]) => `WHEN ${literal(spelling)} THEN ${literal(value)}`);
  return `CASE regexp_replace(lower(trim(${text})), '[ _-]', '', 'g') ${cases.join(' ')} ELSE ${textSql(text)} END`;
}

function foldSpelling(value: string): string {
  return value.toLowerCase().replace(/[ _-]/g, '');
}

/** A code of three letters in capitals, as ISO 4217 has it; any other text as it is. */
export function upperCurrencySql(text: string): string {
  return `CASE WHEN regexp_full_match(${text}, '[A-Za-z]{3}') THEN upper(${text}) ELSE ${text} END`;
}

/** A SQL string literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The text of a decimal expression, without the zeros that its type adds. */
export function decimalText(decimal: string): string {
  return `rtrim(rtrim(CAST(${decimal} AS VARCHAR), '0'), '.')`;
}
