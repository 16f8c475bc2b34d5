import { CloudActError } from '@cloudact/core/errors';
import type { DeliveredPeriod } from '../../providers/connector.ts';

/** What has to happen with one billing period so that the dataset holds what the source holds. */
export type PeriodChange =
  | { readonly kind: 'unchanged' | 'being written' | 'kept'; readonly billingPeriod: string }
  | { readonly kind: 'gone'; readonly billingPeriod: string }
  | { readonly kind: 'changed'; readonly billingPeriod: string; readonly period: DeliveredPeriod };

/** Recorded with a load that has emptied a period because the source holds it no longer. */
export const TAKEN_BACK = 'taken back';

/**
 * Compares what the source delivers with what is loaded (billing period → token of the load; null for one that did not
 * come from the source), oldest period first:
 *
 * - `changed`: delivered, and not with the token that is loaded;
 * - `gone`: loaded from the source and no longer there, although the source still keeps periods of that age;
 * - `kept`: no longer there because it is older than what the source keeps;
 * - `being written`, `unchanged`: nothing to do.
 *
 * Throws `source_incomplete` when the source lists nothing although something is loaded, or was never delivered: a
 * wrong prefix or a right that was taken away must not empty a dataset.
 */
export function periodChanges(
  delivered: readonly DeliveredPeriod[],
  loaded: ReadonlyMap<string, string | null>,
  { now, retainedMonths = Number.POSITIVE_INFINITY }: { now: Date; retainedMonths?: number | undefined },
): PeriodChange[] {
  if (delivered.length === 0) {
    throw new CloudActError('source_incomplete', {
      detail: `The source lists no billing period at all${loaded.size > 0 ? `, but ${loaded.size} are loaded; they stay as they are` : ''}. Check the settings of the connection, and that the export has been delivered.`,
    });
  }
  const listed = new Set(delivered.map(({ billingPeriod }) => billingPeriod));
  const changes: PeriodChange[] = delivered.map((period) => {
    const { billingPeriod } = period;
    if (period.beingWritten) return { kind: 'being written', billingPeriod };
    if (loaded.get(billingPeriod) === period.changeToken) return { kind: 'unchanged', billingPeriod };
    return { kind: 'changed', billingPeriod, period };
  });
  for (const [billingPeriod, token] of loaded) {
    if (listed.has(billingPeriod) || token === null) continue;
    if (token === TAKEN_BACK) changes.push({ kind: 'unchanged', billingPeriod });
    else changes.push({ kind: monthsBefore(now, billingPeriod) < retainedMonths ? 'gone' : 'kept', billingPeriod });
  }
  return changes.sort((left, right) => left.billingPeriod.localeCompare(right.billingPeriod));
}

/** 0 for the month that `now` is in, in UTC; 1 for the one before. */
function monthsBefore(now: Date, billingPeriod: string): number {
  const [year, month] = billingPeriod.split('-').map(Number) as [number, number];
  return (now.getUTCFullYear() - year) * 12 + now.getUTCMonth() + 1 - month;
}
