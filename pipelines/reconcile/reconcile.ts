import { add, type Decimal, decimal, isZero, subtract } from '@cloudact/core/money';
import type { LandingSession } from '../landing/index.ts';

/** What the source says was billed against what is in FOCUS, for one billing period, currency and invoice. */
export interface ReconciledTotal {
  /** First day of the billing period, `YYYY-MM-01`. */
  billingPeriod: string;
  currency: string;
  /** The invoice's number; null where the source does not tell one. */
  invoice: string | null;
  source: Decimal;
  focus: Decimal;
  /** FOCUS less source. Anything but 0 is a fault. */
  difference: Decimal;
}

/**
 * Compares a bill's control totals with the sum of BilledCost, to the last digit. Both are SELECTs:
 * `controlTotals` with `billing_period`, `currency`, `invoice` and `total`; `focus` with the FOCUS columns.
 */
export async function reconcile(
  session: LandingSession,
  { controlTotals, focus }: { controlTotals: string; focus: string },
): Promise<ReconciledTotal[]> {
  const source = await totals(session, controlTotals);
  const converted = await totals(
    session,
    `SELECT CAST(date_trunc('month', BillingPeriodStart) AS DATE) AS billing_period, BillingCurrency AS currency,
      InvoiceId AS invoice, sum(BilledCost) AS total FROM (${focus}) GROUP BY 1, 2, 3`,
  );
  const keys = [...new Set([...source.keys(), ...converted.keys()])].sort();
  return keys.map((key) => {
    const [billingPeriod, currency, invoice] = JSON.parse(key) as [string, string, string | null];
    const [before, after] = [source.get(key) ?? ZERO, converted.get(key) ?? ZERO];
    return { billingPeriod, currency, invoice, source: before, focus: after, difference: subtract(after, before) };
  });
}

/** A total in one line, for people: `2026-11-01 USD, invoice 123: source 10, FOCUS 9, difference -1`. */
export function totalLine({ billingPeriod, currency, invoice, source, focus, difference }: ReconciledTotal): string {
  const of = invoice === null ? '' : `, invoice ${invoice}`;
  return `${billingPeriod} ${currency}${of}: source ${source}, FOCUS ${focus}, difference ${difference}`;
}

export function ties(totals: readonly ReconciledTotal[]): boolean {
  return totals.every(({ difference }) => isZero(difference));
}

const ZERO = decimal('0');

interface TotalRow {
  billing_period: string | null;
  currency: string | null;
  invoice: string | null;
  total: string | null;
}

async function totals(session: LandingSession, select: string): Promise<Map<string, Decimal>> {
  const rows = await session.rows<TotalRow>(
    `SELECT CAST(billing_period AS VARCHAR) AS billing_period, currency, invoice, CAST(total AS VARCHAR) AS total FROM (${select})`,
  );
  const sums = new Map<string, Decimal>();
  for (const { billing_period, currency, invoice, total } of rows) {
    const key = JSON.stringify([billing_period ?? 'unknown', currency ?? 'unknown', invoice]);
    sums.set(key, add(sums.get(key) ?? ZERO, decimal(total ?? '0')));
  }
  return sums;
}
