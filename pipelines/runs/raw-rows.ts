/**
 * One SELECT: the rows as delivered, with the billing period that each belongs to. A row's period is that of the
 * charge that was made of it; a line of which no charge was made (one that only offsets another) belongs to the
 * period of the line before it in its file, or else of the line after it: exports keep a period's lines together, most
 * of them in files of their own.
 */
export function rawRows(rawTable: string, costTable: string, sourceFile: (column: string) => string): string {
  return `
    WITH periods AS (
      SELECT x_SourceFile AS file, x_SourceRow AS number,
        CAST(date_trunc('month', MIN(BillingPeriodStart)) AS DATE) AS period
      FROM ${costTable} GROUP BY 1, 2
    ),
    delivered AS (
      SELECT * REPLACE (${sourceFile('"x_SourceFile"')} AS "x_SourceFile") FROM ${rawTable}
    )
    SELECT d.*, COALESCE(
        p.period,
        LAST_VALUE(p.period IGNORE NULLS) OVER (file ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
        FIRST_VALUE(p.period IGNORE NULLS) OVER (file ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
      ) AS billing_period
    FROM delivered AS d
    LEFT JOIN periods AS p ON p.file = d."x_SourceFile" AND p.number = d."x_SourceRow"
    WINDOW file AS (PARTITION BY d."x_SourceFile" ORDER BY d."x_SourceRow")`;
}
