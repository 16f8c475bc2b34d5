import { decimalSql } from '../money.ts';

/**
 * Up to here a difference between two sums of floats is their noise: GitHub adds its amounts up as floats, and the
 * feeds in another order.
 */
const NOISE = '0.000001';
const MEASURES = ['quantity', 'gross_amount', 'net_amount'] as const;

/**
 * The common table expression `billed_lines`: what the billing feed bills, whose amounts alone count. Where one item of a day and
 * SKU is all there is of it, and the feeds by model say of which models it was, the item is replaced by their lines; what they leave
 * of it stays a line without a model. Feeds that say more than the item do not fit it, and change nothing. So the
 * sums of quantity, gross and net amount are those of the billing feed to the last digit.
 */
export function billedLinesSql(rawTable: string): string {
  const rest = (measure: string) => `rest_${measure}`;
  const isNoise = (measure: string) => `abs(${rest(measure)}) <= ${NOISE}`;
  const each = (text: (measure: string) => string, between = ',\n    ') => MEASURES.map(text).join(between);
  return `items AS (
  SELECT ${KEPT}, ${decimalSql('quantity')} AS quantity, ${AMOUNTS}, ${DAY_AND_SKU} AS item_key
  FROM ${rawTable} WHERE github_answer = 'usage'
), details AS (
  SELECT ${KEPT}, ${decimalSql('gross_quantity')} AS quantity, ${AMOUNTS}, ${DAY_AND_SKU} AS item_key
  FROM ${rawTable} WHERE github_answer IN ('ai_credit', 'premium_request')
), told AS (
  SELECT item_key, ${each((measure) => `CAST(sum(${measure}) AS DECIMAL(38,18)) AS ${measure}`)}
  FROM details GROUP BY item_key
  HAVING ${each((measure) => `min(${measure}) >= 0 AND count(${measure}) = count(*)`, ' AND ')} AND sum(quantity) > 0
), single AS (
  SELECT item_key FROM items GROUP BY item_key HAVING count(*) = 1
), rests AS (
  SELECT items.*, ${each((measure) => `items.${measure} - told.${measure} AS ${rest(measure)}`)}
  FROM items JOIN single ON single.item_key = items.item_key JOIN told ON told.item_key = items.item_key
), split AS (
  SELECT * FROM rests WHERE ${each((measure) => `${rest(measure)} >= -${NOISE}`, ' AND ')}
), numbered AS (
  SELECT *, row_number() OVER (PARTITION BY item_key ORDER BY gross_amount DESC, "x_SourceRow") AS place FROM details
), billed_lines AS (
  SELECT ${LINE}, CAST(NULL AS VARCHAR) AS model, ${MEASURES.join(', ')}
  FROM items WHERE item_key NOT IN (SELECT item_key FROM split)
  UNION ALL
  SELECT ${LINE}, CAST(NULL AS VARCHAR) AS model,
    ${each((measure) => `CASE WHEN ${isNoise(measure)} THEN 0 ELSE ${rest(measure)} END`)}
  FROM split WHERE NOT (${each(isNoise, ' AND ')})
  UNION ALL
  SELECT split.charge_start, split.charge_end, split.account, split.product, split.sku, split.unit_type,
    COALESCE(numbered.price_per_unit, split.price_per_unit), split.organization_name, split.repository_name,
    numbered."x_SourceFile", numbered."x_SourceRow", numbered.model,
    ${each((measure) => `numbered.${measure} + CASE WHEN place = 1 AND ${isNoise(measure)} THEN ${rest(measure)} ELSE 0 END`)}
  FROM numbered JOIN split ON split.item_key = numbered.item_key
)`;
}

const LINE = `charge_start, charge_end, account, product, sku, unit_type, price_per_unit, organization_name, repository_name,
    "x_SourceFile", "x_SourceRow"`;
const KEPT = `charge_start, charge_end, account, product, sku, unit_type, ${decimalSql('price_per_unit')} AS price_per_unit,
    organization_name, repository_name, model, "x_SourceFile", "x_SourceRow"`;
const AMOUNTS = `${decimalSql('gross_amount')} AS gross_amount, ${decimalSql('net_amount')} AS net_amount`;
/** The feeds by model name neither organisation nor repository. */
const DAY_AND_SKU = `concat_ws(chr(31), charge_start, lower(product), lower(sku))`;
