import { CloudActError } from '@cloudact/core/errors';
import { isZero } from '@cloudact/core/money';
import type { LandingSession } from '../landing/index.ts';
import type { BillPlan } from '../providers/bill-format.ts';
import { reconcile } from '../reconcile/index.ts';

/**
 * Compares the sum of BilledCost with what the source says was billed, per billing period and currency, to the last
 * digit. Returns the billing periods of the source (`YYYY-MM-01`), in order. Throws `totals_differ`.
 */
export async function checkTotals(
  session: LandingSession,
  plan: BillPlan,
  rawTable: string,
  costTable: string,
): Promise<string[]> {
  const totals = await reconcile(session, {
    controlTotals: plan.controlTotals(rawTable),
    focus: `SELECT BillingPeriodStart, BillingCurrency, BilledCost FROM ${costTable}`,
  });
  const different = totals.filter(({ difference }) => !isZero(difference));
  if (different.length > 0) {
    const shown = different
      .slice(0, 5)
      .map(
        ({ billingPeriod, currency, source, focus, difference }) =>
          `${billingPeriod} ${currency}: source ${source}, FOCUS ${focus}, difference ${difference}`,
      );
    const more = different.length > shown.length ? `; and ${different.length - shown.length} more` : '';
    throw new CloudActError('totals_differ', {
      detail: `What would be loaded does not add up to the bill, so nothing was changed. ${shown.join('; ')}${more}. Check that all files of the bill are given, each once.`,
    });
  }
  return [...new Set(totals.map(({ billingPeriod }) => billingPeriod))];
}
