import { exactProductSql } from '@cloudact/core/focus';

/*
 * DuckDB multiplies 128-bit decimals quickly and divides them bit by bit, and narrowing a decimal is a division. Nearly all usage is
 * counted in whole units at prices of few digits, so it goes a way that only multiplies; the rest goes a general one.
 */

/** The quantity as BIGINT where it is whole and less than 10^12; null otherwise. */
export function wholeQuantitySql(quantity: string): string {
  const whole = `TRY_CAST(${quantity} AS BIGINT)`;
  return `CASE WHEN abs(${quantity}) < 1000000000000 AND CAST(${whole} AS DECIMAL(38,18)) = ${quantity} THEN ${whole} END`;
}

/**
 * A quantity in blocks of `per`, which is the text of a power of ten: exact as long as the quantity has no more than 12
 * decimal places. `whole` is its {@link wholeQuantitySql}.
 */
export function pricingQuantitySql(quantity: string, whole: string, per: string): string {
  const shifted = (share: string, scale: number) => `CASE WHEN ${whole} IS NOT NULL
      THEN CAST(CAST(${whole} AS DECIMAL(18,0)) * CAST(${share} AS DECIMAL(18,${scale})) AS DECIMAL(38,18))
      ELSE ${exactProductSql(quantity, share)} END`;
  return `CASE ${per} WHEN '1' THEN ${quantity} WHEN '1000' THEN ${shifted('0.001', 3)}
    WHEN '1000000' THEN ${shifted('0.000001', 6)} END`;
}

/**
 * What a quantity costs, rounded half away from zero at the 18th place; null where the price is. `narrow` is the price as
 * DECIMAL(18,9), null where it has more digits.
 */
export function costSql(cost: {
  whole: string;
  per: string;
  pricingQuantity: string;
  price: string;
  narrow: string;
}): string {
  // Wider than 18 digits, or DuckDB would keep the product within 64 bits.
  const product = `CAST(${cost.whole} AS DECIMAL(19,0)) * ${cost.narrow}`;
  return `CASE WHEN ${cost.whole} IS NULL OR ${cost.narrow} IS NULL THEN ${exactProductSql(cost.pricingQuantity, cost.price)}
    WHEN ${cost.per} = '1000000' THEN CAST(${product} * CAST(0.000001 AS DECIMAL(6,6)) AS DECIMAL(38,18))
    WHEN ${cost.per} = '1000' THEN CAST(${product} * CAST(0.001 AS DECIMAL(3,3)) AS DECIMAL(38,18))
    ELSE CAST(${product} AS DECIMAL(38,18)) END`;
}
