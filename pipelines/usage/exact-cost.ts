import { exactProductSql } from '@cloudact/core/focus';

/**
 * A quantity in blocks of `per`, which is the text of a power of ten: exact as long as the quantity has no more than 12
 * decimal places. Whole quantities, nearly all, go a short way: DuckDB multiplies narrow decimals quickly.
 */
export function pricingQuantitySql(quantity: string, per: string): string {
  const shifted = (
    share: string,
    scale: number,
  ) => `CASE WHEN ${quantity} = trunc(${quantity}) AND abs(${quantity}) < 1000000000000
      THEN CAST(CAST(${quantity} AS DECIMAL(18,0)) * CAST(${share} AS DECIMAL(18,${scale})) AS DECIMAL(38,18))
      ELSE ${exactProductSql(quantity, share)} END`;
  return `CASE ${per} WHEN '1' THEN ${quantity} WHEN '1000' THEN ${shifted('0.001', 3)}
    WHEN '1000000' THEN ${shifted('0.000001', 6)} END`;
}

/** `quantity` × `price`, rounded half away from zero at the 18th place; null where one is null. */
export function pricedProductSql(quantity: string, price: string): string {
  const narrow = (value: string) => `CAST(${value} AS DECIMAL(18,9))`;
  const fits = (value: string) => `abs(${value}) < 100000000 AND ${narrow(value)} = ${value}`;
  return `CASE WHEN ${fits(quantity)} AND ${fits(price)} THEN CAST(${narrow(quantity)} * ${narrow(price)} AS DECIMAL(38,18))
    ELSE ${exactProductSql(quantity, price)} END`;
}
