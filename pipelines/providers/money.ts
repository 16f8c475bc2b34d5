import { quoteName, quoteText } from '../landing/session.ts';
import type { RawColumn } from './bill-format.ts';

/**
 * Numbers as bills write them, as SQL over their text. What is kept is DECIMAL(38,18). Many exports hold doubles, whose
 * shortest text can need more places (`3.2999999999999998e-07`): such a value is rounded half to even at the 18th place,
 * by at most 5 × 10^-19, the same in the control total and in the row. What has more than 18 places and more than 17
 * digits is no double, and nobody knows what rounding it would lose: as money it is broken.
 */

const NUMBER = '[+-]?([0-9]{1,60}([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]{1,3})?';
/** At most 20 digits before the point and 18 after it; and the exponents that AWS writes. */
const KEPT = '[+-]?(0*[0-9]{1,20}([.][0-9]{0,18}0*)?|[.][0-9]{1,18}0*)|[+-]?[0-9]([.][0-9]{1,9})?[eE]-0?[0-9]';
/** Of numbers without exponent: where there are more than 18 places, 17 digits leave none before the point. */
const MONEY = `${KEPT}|[+-]?0*[.]0*[0-9]{1,17}0*`;
const MEASURE = '[+-]?(0*[0-9]{1,20}([.][0-9]*)?|[.][0-9]+)';
const TOO_FINE = '[.][0-9]{18}[0-9]*[1-9]';

/**
 * A delivered number as DECIMAL(38,18), rounded half to even at the 18th place. Only for text that is not broken: see
 * {@link brokenMoneySql} and {@link brokenMeasureSql}. DuckDB reads text into 128-bit decimals ten times slower than
 * into 64-bit ones, and exponents slower still, so nearly everything goes a short way, without loss: the patterns let no
 * digit pass that the type has no place for.
 */
export function decimalSql(text: string): string {
  const when = (pattern: string, way: string) => `WHEN regexp_full_match(${text}, ${quoteText(pattern)}) THEN ${way}`;
  const short = SHORT_WAYS.map(([pattern, places]) => when(`[+-]?${pattern}`, shortCast(text, places)));
  const small = `CASE WHEN ${hasExponent(text)} THEN ${smallPlainSql(text)} ELSE ${text} END`;
  return `CASE WHEN ${text} IS NULL THEN NULL ${short.join(' ')}
    ${when(SMALL, shortCast(tieToEven(small), 18))}
    ${when(EXACT, `CAST(${text} AS DECIMAL(38,18))`)}
    ELSE CAST(${tieToEven(plainSql(text))} AS DECIMAL(38,18)) END`;
}

function shortCast(text: string, places: number): string {
  return `CAST(CAST(${text} AS DECIMAL(18,${places})) AS DECIMAL(38,18))`;
}

/** The most frequent first: AWS writes at most ten places, and half of what is less than 0.001 with an exponent. */
const SHORT_WAYS: readonly [pattern: string, places: number][] = [
  ['[0-9]{1,8}([.][0-9]{1,10})?', 10],
  ['[0-9][.]([0-9]{1,6}E-[0-9]|[0-9]{1,9}E-[0-6]|[0-9]{1,5}E-10)', 15],
  ['[0-9]{1,15}([.][0-9]{1,3})?', 3],
  ['[0-9]{1,2}[.][0-9]{1,16}', 16],
];
/** A plain number of more than 18 places is longer. */
const LONGEST_SHORT = 19;

/** Less than 0.1, so that rounding leaves it less than 1; every double with more than 18 places is. */
const SMALL = '[+-]?(0[.]0[0-9]*|[0-9]([.][0-9]*)?[eE]-(0?[2-9]|[1-9][0-9]))';
const EXACT = '[+-]?[0-9]{1,20}[.][0-9]{1,18}';

/** DuckDB rounds half away from zero: a tie above an even digit is cut instead. */
function tieToEven(plain: string): string {
  return `regexp_replace(${plain}, '([.][0-9]{17}[02468])50*$', '\\1')`;
}

/** The delivered text has digits that {@link decimalSql} does not keep. Most are too short for that to be looked at. */
export function isRoundedSql(text: string): string {
  const isShort = `strlen(${text}) <= ${LONGEST_SHORT} AND NOT ${hasExponent(text)}`;
  return `COALESCE(CASE WHEN (${isShort}) OR regexp_full_match(${text}, ${quoteText(KEPT)}) THEN false
    WHEN regexp_full_match(${text}, ${quoteText(NUMBER)}) THEN regexp_matches(${plainSql(text)}, ${quoteText(TOO_FINE)})
    ELSE regexp_matches(${text}, ${quoteText(TOO_FINE)}) END, false)`;
}

/** No number, more than 20 digits before the point, or more than 18 places and 17 digits. */
export function brokenMoneySql(text: string): string {
  return brokenSql(text, MONEY);
}

/** A measure, which is no money, may have any number of places, unless rounding them makes it too large. */
export function brokenMeasureSql(text: string): string {
  return brokenSql(text, MEASURE, `OR regexp_matches(${plainSql(text)}, '9{20}[.]9{18}[5-9]')`);
}

function brokenSql(text: string, allowed: string, or = ''): string {
  return `CASE WHEN ${text} IS NULL OR regexp_full_match(${text}, ${quoteText(KEPT)}) THEN false
    WHEN NOT regexp_full_match(${text}, ${quoteText(NUMBER)}) THEN true
    ELSE NOT regexp_full_match(${plainSql(text)}, ${quoteText(allowed)}) ${or} END`;
}

/** The number without exponent: `6.32E-10` is `0.000000000632`. */
function plainSql(text: string): string {
  const { folded, sign, mantissa, shift } = parts(text);
  const [whole, places] = [`split_part(${mantissa}, '.', 1)`, `split_part(${mantissa}, '.', 2)`];
  const [left, right] = [`repeat('0', ${shift}) || ${whole}`, `${places} || repeat('0', ${shift})`];
  return `CASE WHEN NOT ${hasExponent(text)} THEN ${text}
    WHEN contains(${folded}, 'e-') THEN concat(${sign}, left(${left}, length(${whole})), '.', right(${left}, ${shift}), ${places})
    ELSE concat(${sign}, ${whole}, left(${right}, ${shift}), '.', substr(${right}, ${shift} + 1)) END`;
}

/** The same for the exponents of {@link SMALL}, quicker. */
function smallPlainSql(text: string): string {
  const { sign, mantissa, shift } = parts(text);
  return `concat(${sign}, '0.', repeat('0', ${shift} - 1), replace(${mantissa}, '.', ''))`;
}

function parts(text: string) {
  const folded = `replace(ltrim(${text}, '+-'), 'E', 'e')`;
  return {
    folded,
    sign: `CASE WHEN starts_with(${text}, '-') THEN '-' ELSE '' END`,
    mantissa: `split_part(${folded}, 'e', 1)`,
    shift: `abs(CAST(split_part(${folded}, 'e', 2) AS INTEGER))`,
  };
}

function hasExponent(text: string): string {
  return `(contains(${text}, 'e') OR contains(${text}, 'E'))`;
}

/** A delivered column of money, and the SQL of its text over the raw table. */
export interface DeliveredMoney {
  readonly column: string;
  readonly text: string;
}

/** The columns whose type says that they are money. */
export function moneyOf(columns: readonly RawColumn[]): DeliveredMoney[] {
  return columns
    .filter(({ type, rounds }) => type === 'decimal' && !rounds)
    .map(({ source, raw }) => ({ column: source, text: quoteName(raw) }));
}

/**
 * `x_CostRounded`: JSON object, delivered column → delivered text, of the money of a row that is rounded; null
 * where none is. `isRounded` tells which, of a text: by default what {@link decimalSql} rounds.
 */
export function roundedCostsSql(money: readonly DeliveredMoney[], isRounded = isRoundedSql): string {
  if (money.length === 0) return 'CAST(NULL AS VARCHAR)';
  // One expression for all of them, behind a look at their lengths: DuckDB plans long SQL slowly.
  const looked = money.map(({ text }) => `strlen(${text}) > 13 OR regexp_matches(${text}, '[eE]-[0-9]{2}')`);
  const pairs = money.map(({ column, text }) => `{'k': ${quoteText(`${JSON.stringify(column)}:`)}, 't': ${text}}`);
  const rounded = `list_filter([${pairs.join(', ')}], lambda p: ${isRounded('p.t')})`;
  const members = `list_transform(${rounded}, lambda p: p.k || CAST(to_json(p.t) AS VARCHAR))`;
  return `CASE WHEN ${looked.join(' OR ')} THEN '{' || nullif(array_to_string(${members}, ','), '') || '}' END`;
}
