import { quoteText } from '../landing/session.ts';
import { meterIds, meters } from '../prices/meters.ts';
import type { attributionColumns } from './attribution.ts';

export interface SplitUsage {
  /** Table with `usageColumns` and `provider`, the price book's id of the provider. Other columns are passed on. */
  readonly usage: string;
  /** Table with `attributionColumns`. */
  readonly attribution: string;
  /** Table with the names of models: `delivered` and what it is called for matching, `canonical`. Names that are not in it stand for themselves. */
  readonly models: string;
}

/** Columns of {@link splitUsageSql} after those of the usage. */
export const splitColumns = {
  /** JSON object of texts: who the part was for. Null for what nobody told of, and for usage that is not split. */
  allocated_tags: 'VARCHAR',
  /** Share of the row, rounded to 12 places: for information, the quantity is what is exact. */
  allocated_share: 'DECIMAL(18,12)',
  /** Into so many parts the row was split, the remainder included; 1 where it is whole. */
  split_of: 'BIGINT',
} as const;

/**
 * One SELECT that splits usage by who it was for. Grain: one row per row of usage and set of tags that it was told to be for,
 * and one for the remainder where there is any. The parts of a row add up to its quantity to the last digit; none is negative.
 * The other columns are repeated on each part, `requests` too.
 *
 * Attribution belongs to usage of the same UTC day and provider, and of the same model, key, sub-account and meter where it names
 * them. Usage without a key is not that of any named key. What names more goes first: the meter, then the key, the
 * sub-account, the model; what names less shares what those before it left. Within that, it is laid over all rows that it fits
 * by their quantity: where more was told than there is, all of it in proportion to what was told; where less, the rest stays
 * unattributed. Attribution without a meter counts tokens: its share of the tokens is its share of every meter that it fits.
 *
 * Negative and zero quantities are not split. The result does not depend on the order of any table.
 */
export function splitUsageSql({ usage, attribution, models }: SplitUsage): string {
  const steps = patterns.map((pattern, index) => stepSql(pattern, index));
  const union = (name: string, columns: string) =>
    patterns.map((_pattern, index) => `SELECT ${columns} FROM ${name}_${index}`).join('\n  UNION ALL ');
  return `WITH model_names AS MATERIALIZED (
  SELECT delivered, min(canonical) AS canonical FROM ${models} GROUP BY delivered
), numbered AS MATERIALIZED (
  SELECT row_number() OVER () AS split_row, * FROM ${usage}
), no_lifetimes AS MATERIALIZED (
  SELECT DISTINCT provider FROM ${attribution} WHERE meter = 'cache_write_tokens'
), told AS MATERIALIZED (
  SELECT a.charge_date, a.provider, coalesce(n.canonical, a.model) AS model, a.api_key_id, a.sub_account_id, ${meterSql('a')} AS meter, a.tags,
    sum(${unitsSql('a.quantity')}) AS units
  FROM ${attribution} AS a LEFT JOIN model_names AS n ON n.delivered = a.model
  WHERE a.quantity > 0
  GROUP BY ALL
), tag_sets AS MATERIALIZED (
  SELECT tags, row_number() OVER (ORDER BY tags) AS tag_set FROM (SELECT DISTINCT tags FROM told)
), scopes AS MATERIALIZED (
  SELECT row_number() OVER () AS scope, charge_date, provider, ${dimensions.join(', ')}, sum(units) AS told_units
  FROM told GROUP BY charge_date, provider, ${dimensions.join(', ')}
), claims AS MATERIALIZED (
  SELECT s.scope, g.tag_set, t.units,
    sum(t.units) OVER (PARTITION BY s.scope ORDER BY g.tag_set ROWS UNBOUNDED PRECEDING) AS until_units
  FROM told AS t JOIN tag_sets AS g ON g.tags = t.tags
    JOIN scopes AS s ON s.charge_date = t.charge_date AND s.provider = t.provider
      ${dimensions.map((name) => `AND s.${name} IS NOT DISTINCT FROM t.${name}`).join(' ')}
), left_0 AS MATERIALIZED (
  SELECT u.split_row, CAST(u.charge_start AS DATE) AS charge_date, u.provider, coalesce(n.canonical, u.model) AS model,
    u.api_key_id, u.sub_account_id, ${meterSql('u')} AS meter, u.meter IN (${tokenMeters}) AS is_tokens, u.quantity
  FROM numbered AS u LEFT JOIN model_names AS n ON n.delivered = u.model
  WHERE u.quantity > 0 AND u.quantity < ${TOO_MUCH}
    AND EXISTS (SELECT 1 FROM scopes AS s WHERE s.charge_date = CAST(u.charge_start AS DATE) AND s.provider = u.provider)
), ${steps.join(', ')}, laid AS MATERIALIZED (
  SELECT *, count(*) OVER (PARTITION BY split_row) > 1 AS is_shared FROM (
  ${union('laid', `split_row, scope, ${digitNames.join(', ')}`)})
), totals AS (
  ${union('totals', 'scope, scale, whole')}
), bounds AS MATERIALIZED (
  SELECT c.scope, c.tag_set, t.whole, CAST((c.until_units - c.units) // t.scale AS BIGINT) AS since,
    CAST(c.until_units // t.scale AS BIGINT) AS until
  FROM claims AS c JOIN totals AS t ON t.scope = c.scope
), cut AS MATERIALIZED (
  SELECT split_row, tag_set, is_shared, ${quotientSql('until')} - ${quotientSql('since')} AS part
  FROM (${divisionSql(
    `SELECT l.*, b.* EXCLUDE (scope) FROM laid AS l JOIN bounds AS b ON b.scope = l.scope`,
    ['until', 'since'],
    'whole',
  )})
), parts AS (
  SELECT split_row, tag_set, part FROM cut WHERE NOT is_shared AND part > 0
  UNION ALL SELECT split_row, tag_set, sum(part) AS part FROM cut WHERE is_shared GROUP BY split_row, tag_set HAVING sum(part) > 0
  UNION ALL SELECT split_row, NULL, quantity FROM left_${patterns.length} WHERE quantity > 0
), counts AS MATERIALIZED (
  SELECT split_row, count(*) AS split_of FROM parts GROUP BY split_row
)
SELECT u.* EXCLUDE (split_row) REPLACE (coalesce(p.part, u.quantity) AS quantity), g.tags AS allocated_tags,
  CASE WHEN coalesce(c.split_of, 1) = 1 THEN 1 ELSE CAST(p.part AS DOUBLE) / CAST(u.quantity AS DOUBLE) END::DECIMAL(18,12) AS allocated_share,
  coalesce(c.split_of, 1) AS split_of
FROM numbered AS u LEFT JOIN parts AS p ON p.split_row = u.split_row
  LEFT JOIN counts AS c ON c.split_row = u.split_row
  LEFT JOIN tag_sets AS g ON g.tag_set = p.tag_set`;
}

/** Where a tool tells cache writes without their lifetime, those of all lifetimes are one meter. */
function meterSql(row: string): string {
  const writes = meterIds.filter((id) => meters[id].cacheAction === 'Write').map(quoteText);
  return `CASE WHEN ${row}.meter IN (${writes.join(', ')}) AND ${row}.provider IN (SELECT provider FROM no_lifetimes)
      THEN 'cache_write_tokens' ELSE ${row}.meter END`;
}

/** What attribution may leave open, the most telling first. */
const dimensions = [
  'meter',
  'api_key_id',
  'sub_account_id',
  'model',
] as const satisfies (keyof typeof attributionColumns)[];

/** Every choice of dimensions that attribution can name, the most telling first: a row of usage fits one scope of each at most. */
const patterns = Array.from({ length: 2 ** dimensions.length }, (_, index) =>
  dimensions.map((name, bit) => ({ name, named: (index & (2 ** (dimensions.length - 1 - bit))) === 0 })),
);

const tokenMeters = meterIds
  .filter((id) => meters[id].unit === 'Tokens')
  .map(quoteText)
  .join(', ');

/** Lays the attribution of one pattern over what the patterns before it left. */
function stepSql(pattern: (typeof patterns)[number], index: number): string {
  const fits = pattern.map(({ name, named }) => (named ? `AND s.${name} = l.${name}` : `AND s.${name} IS NULL`));
  const counted = pattern.some(({ name, named }) => name === 'meter' && !named) ? ' FILTER (is_tokens)' : '';
  return `fitting_${index} AS MATERIALIZED (
  SELECT l.split_row, l.quantity, l.is_tokens, s.scope, s.told_units
  FROM left_${index} AS l JOIN scopes AS s ON s.charge_date = l.charge_date AND s.provider = l.provider ${fits.join(' ')}
  WHERE l.quantity > 0
), totals_${index} AS MATERIALIZED (
  SELECT scope, scale, CAST(told_units // scale AS BIGINT) AS told, CAST(whole_units // scale AS BIGINT) AS whole FROM (
    SELECT scope, told_units, greatest(told_units, used_units) AS whole_units, ${scaleSql('whole_units')} AS scale FROM (
      SELECT scope, told_units, ${unitsSql(`sum(quantity)${counted}`)} AS used_units FROM fitting_${index} GROUP BY scope, told_units)
    WHERE used_units > 0)
), laid_${index} AS MATERIALIZED (
  SELECT split_row, scope, ${digitNames.join(', ')}, ${quotientSql('told')} AS taken
  FROM (${divisionSql(
    `SELECT f.split_row, f.scope, ${digitsSql('f.quantity')}, t.told, t.whole
    FROM fitting_${index} AS f JOIN totals_${index} AS t ON t.scope = f.scope`,
    ['told'],
    'whole',
  )})
), left_${index + 1} AS MATERIALIZED (
  SELECT l.* REPLACE (l.quantity - coalesce(d.taken, 0) AS quantity)
  FROM left_${index} AS l LEFT JOIN laid_${index} AS d ON d.split_row = l.split_row
)`;
}

/** A quantity as a whole number of 10^-18. The text of a DECIMAL(38,18) always has 18 places. */
function unitsSql(quantity: string): string {
  return `CAST(replace(CAST(CAST(${quantity} AS DECIMAL(38,18)) AS VARCHAR), '.', '') AS HUGEINT)`;
}

/** The power of ten that leaves 12 digits: tokens up to 10^12 stay exact. */
function scaleSql(units: string): string {
  return `CAST('1' || repeat('0', greatest(length(CAST(${units} AS VARCHAR)) - 12, 0)) AS HUGEINT)`;
}

/*
 * `quantity × share ÷ whole`, rounded down at the 18th place, and at the 6th where the quantity has no more places: so prices of millions
 * with as many places make costs that add up. For a share of a whole of at most 12 digits: long division by
 * digits of base 10^6, all of it in BIGINT, because DuckDB divides 128-bit integers bit by bit, a hundred times slower.
 */
const TOO_MUCH = '1000000000000000000';
const digitNames = Array.from({ length: 6 }, (_, index) => `digit_${index}`);

/** Digits of base 10^6 of a quantity less than 10^18, three before the point and three after it. */
function digitsSql(quantity: string): string {
  const text = `lpad(replace(CAST(${quantity} AS VARCHAR), '.', ''), 36, '0')`;
  return digitNames.map((name, index) => `CAST(substr(${text}, ${index * 6 + 1}, 6) AS BIGINT) AS ${name}`).join(', ');
}

/** Adds the digits of the quotient for each of `shares`, columns of `rows`, which has the digits of the quantity. */
function divisionSql(rows: string, shares: readonly string[], whole: string): string {
  return digitNames.reduce((inner, digit, index) => {
    const columns = shares.flatMap((share) => {
      const rest = index === 0 ? '' : `${share}_rest_${index - 1} * 1000000 + `;
      const dividend = `(${rest}${digit} * ${share})`;
      const remainder = `${dividend} % ${whole} AS ${share}_rest_${index}`;
      const isLast = index === digitNames.length - 1;
      return [`${dividend} // ${whole} AS ${share}_quotient_${index}`, ...(isLast ? [] : [remainder])];
    });
    return `SELECT *, ${columns.join(', ')} FROM (${inner})`;
  }, rows);
}

function quotientSql(share: string): string {
  const number = (first: number) =>
    [0, 1, 2].map((index) => `${share}_quotient_${first + index} * ${10 ** (12 - 6 * index)}`).join(' + ');
  const fraction = `CASE WHEN digit_4 = 0 AND digit_5 = 0 THEN ${share}_quotient_3 * 1000000000000 ELSE ${number(3)} END`;
  return `(CAST(${number(0)} AS DECIMAL(38,18)) + CAST(${fraction} AS DECIMAL(38,0)) * CAST(0.000000000000000001 AS DECIMAL(18,18)))`;
}
