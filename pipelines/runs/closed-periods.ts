import type { LandingSession } from '../landing/index.ts';

/**
 * The billing periods (`YYYY-MM-01`) that are final: they had ended when the source was read, and every charge is on
 * an invoice. Providers number the invoice when they close the month; until then they restate it.
 */
export async function closedPeriods(
  session: LandingSession,
  costTable: string,
  extractedAt: string,
): Promise<string[]> {
  const periods = await session.rows<{ period: string; end: string }>(
    `SELECT CAST(CAST(date_trunc('month', BillingPeriodStart) AS DATE) AS VARCHAR) AS period,
      strftime(max(BillingPeriodEnd), '%Y-%m-%dT%H:%M:%SZ') AS "end"
    FROM ${costTable} GROUP BY 1 HAVING count(*) = count(InvoiceId) ORDER BY 1`,
  );
  return periods.filter(({ end }) => Date.parse(end) <= Date.parse(extractedAt)).map(({ period }) => period);
}
