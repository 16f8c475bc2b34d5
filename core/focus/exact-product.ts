/**
 * DuckDB SQL for the exact product of two DECIMAL(38,18) expressions, as DECIMAL(38,18), rounded half away from zero
 * to 18 places. Null when an operand is null. A product that does not fit raises DuckDB's out-of-range error; wrap the
 * expression in `TRY(…)` to get null instead. Each operand is written out several times: pass columns, not subqueries.
 *
 * DuckDB refuses `DECIMAL(38,18) * DECIMAL(38,18)`, whose scale of 36 leaves two digits before the point, and a detour
 * over DOUBLE loses digits. So both operands are split at the point. Only the product of the two fractions has more
 * than 18 places, and as all four parts have the same sign, rounding that one rounds the whole.
 */
export function exactProductSql(a: string, b: string): string {
  const [left, right] = [parts(a), parts(b)];
  return `(${[
    `CAST(${left.whole} * ${right.whole} AS DECIMAL(38,18))`,
    `${left.whole} * ${right.fraction}`,
    `${left.fraction} * ${right.whole}`,
    `ROUND(${left.fraction} * ${right.fraction}, 18)`,
  ].join(' + ')})`;
}

/** Whole part as DECIMAL(38,0) and fraction as DECIMAL(19,18), both with the sign of the number. */
function parts(expression: string): { whole: string; fraction: string } {
  const number = `CAST(${expression} AS DECIMAL(38,18))`;
  return {
    whole: `TRUNC(${number})`,
    fraction: `CAST(${number} - TRUNC(${number}) AS DECIMAL(19,18))`,
  };
}
