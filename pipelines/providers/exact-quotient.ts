/**
 * Exact division of DECIMAL(38,18) columns in DuckDB, which itself divides decimals as DOUBLE. Long division of the
 * absolute values on integers that count 10^-18: the whole part, then three steps of six digits, then the rounding
 * half away from zero.
 *
 * In three layers, because each step names the one before it: `quotientStart` and `quotientDigits` give columns to
 * select, `quotientSql` the result. Null when the dividend or divisor is null, the divisor 0, the divisor 10^14 or more
 * (its remainder times a million would not fit 128 bits), or the quotient 10^20 or more.
 */
export function quotientStart(name: string, dividend: string, divisor: string, when: string): string[] {
  return [
    `CASE WHEN ${when} AND abs(${divisor}) < 100000000000000 AND ${divisor} <> 0 THEN ${scaled(dividend)} END AS ${name}_c`,
    `CASE WHEN ${when} THEN ${scaled(divisor)} END AS ${name}_q`,
  ];
}

export function quotientDigits(name: string): string[] {
  const [c, q] = [`${name}_c`, `nullif(${name}_q, 0)`];
  const step = (remainder: string) => `(${remainder} * 1000000::HUGEINT)`;
  const r0 = `(${c} % ${q})`;
  const r1 = `(${step(r0)} % ${q})`;
  const r2 = `(${step(r1)} % ${q})`;
  const r3 = `(${step(r2)} % ${q})`;
  return [
    `${c} // ${q} AS ${name}_whole`,
    `(${step(r0)} // ${q}) * 1000000000000::HUGEINT + (${step(r1)} // ${q}) * 1000000::HUGEINT + ${step(r2)} // ${q}
      + CASE WHEN ${r3} >= ${q} - ${r3} THEN 1::HUGEINT ELSE 0::HUGEINT END AS ${name}_parts`,
  ];
}

export function quotientSql(name: string): string {
  return `CASE WHEN ${name}_whole < 100000000000000000000::HUGEINT THEN
    CAST(CAST(${name}_whole AS DECIMAL(38,0)) AS DECIMAL(38,18))
    + CAST(${name}_parts AS DECIMAL(38,0)) * CAST(0.000000000000000001 AS DECIMAL(18,18)) END`;
}

/** The absolute value as a count of 10^-18. The text of a DECIMAL(38,18) always has 18 places. */
function scaled(expression: string): string {
  return `CAST(replace(CAST(abs(${expression}) AS VARCHAR), '.', '') AS HUGEINT)`;
}
