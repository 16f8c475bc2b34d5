import { add, type Decimal, decimal, isZero, subtract } from '@cloudact/core/money';
import type { LandingSession } from '../landing/index.ts';

/** What the source says was billed against what is in FOCUS, for one billing period in one currency. */
export interface ReconciledTotal {
  /** First day of the billing period, `YYYY-MM-01`. */
  billingPeriod: string;
  currency: string;
  source: Decimal;
  focus: Decimal;
  /** FOCUS less source. Anything but 0 is a fault. */
  difference: Decimal;
}

/**
 * Compares a bill's control totals with the sum of BilledCost, to the last digit. Both are SELECTs:
 * `controlTotals` with `billing_period`, `currency` and `total`; `focus` with the FOCUS columns.
 */
export async function reconcile(
  session: LandingSession,
  { controlTotals, focus }: { controlTotals: string; focus: string },
): Promise<ReconciledTotal[]> {
  const source = await totals(session, controlTotals);
  const converted = await totals(
    session,
    `SELECT CAST(date_trunc('month', BillingPeriodStart) AS DATE) AS billing_period, BillingCurrency AS currency,
      sum(BilledCost) AS total FROM (${focus}) GROUP BY 1, 2`,
  );
  const keys = [...new Set([...source.keys(), ...converted.keys()])].sort();
  return keys.map((key) => {
    const [billingPeriod, currency] = JSON.parse(key) as [string, string];
    const [before, after] = [source.get(key) ?? ZERO, converted.get(key) ?? ZERO];
    return { billingPeriod, currency, source: before, focus: after, difference: subtract(after, before) };
  });
}

export function ties(totals: readonly ReconciledTotal[]): boolean {
  return totals.every(({ difference }) => isZero(difference));
}

const ZERO = decimal('0');

interface TotalRow {
  billing_period: string | null;
  currency: string | null;
  total: string | null;
}

async function totals(session: LandingSession, select: string): Promise<Map<string, Decimal>> {
  const rows = await session.rows<TotalRow>(
    `SELECT CAST(billing_period AS VARCHAR) AS billing_period, currency, CAST(total AS VARCHAR) AS total FROM (${select})`,
  );
  const sums = new Map<string, Decimal>();
  for (const { billing_period, currency, total } of rows) {
    const key = JSON.stringify([billing_period ?? 'unknown', currency ?? 'unknown']);
    sums.set(key, add(sums.get(key) ?? ZERO, decimal(total ?? '0')));
  }
  return sums;
}
