import type { LandingSession } from '../landing/index.ts';
import { quoteName } from '../landing/index.ts';

const STAGED = 'staged_raw';

/**
 * Stages the rows as delivered with the billing period that each belongs to, and returns the name of the staged
 * table. A row's period is that of the charge that was made of it; a line of which no charge was made (one that only
 * offsets another) belongs to the period of the line before it in its file, or else of the line after it: exports
 * keep a period's lines together, most in files of their own.
 */
export async function stageRawRows(session: LandingSession, rawTable: string, costTable: string): Promise<string> {
  await session.run(`CREATE OR REPLACE TEMP TABLE ${quoteName(STAGED)} AS
    WITH periods AS (
      SELECT x_SourceFile AS file, x_SourceRow AS number,
        CAST(date_trunc('month', MIN(BillingPeriodStart)) AS DATE) AS period
      FROM ${costTable} GROUP BY 1, 2
    )
    SELECT raw.*, COALESCE(
        p.period,
        LAST_VALUE(p.period IGNORE NULLS) OVER (file ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
        FIRST_VALUE(p.period IGNORE NULLS) OVER (file ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
      ) AS billing_period
    FROM ${rawTable} AS raw
    LEFT JOIN periods AS p ON p.file = raw."x_SourceFile" AND p.number = raw."x_SourceRow"
    WINDOW file AS (PARTITION BY raw."x_SourceFile" ORDER BY raw."x_SourceRow")`);
  return STAGED;
}
