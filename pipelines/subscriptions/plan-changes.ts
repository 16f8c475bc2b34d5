import { isDeepStrictEqual } from 'node:util';
import { CloudActError, type InputFault } from '@cloudact/core/errors';
import type { PlanDocument } from './plan.ts';

/**
 * Refuses a change of what was in effect: versions of a plan are only ever appended, so that past periods keep their
 * prices. `today` (`YYYY-MM-DD`) tells what is in effect; a version that begins later may still be changed or withdrawn.
 * A subscription whose first version is in effect may end, but not vanish; its currency and its first day stay.
 *
 * Throws `conflict` with one fault per version or subscription; `column` is the JSON path in the new document, in the
 * former one where it is gone.
 */
export function refuseRewritten(former: PlanDocument, next: PlanDocument, today: string): void {
  const faults: InputFault[] = [];
  for (const [index, before] of former.subscriptions.entries()) {
    const kept = before.versions.filter(({ effective_from: from }) => from <= today);
    if (kept.length === 0 || before.starts_on > today) continue;
    const place = next.subscriptions.findIndex(({ id }) => id === before.id);
    const after = next.subscriptions[place];
    if (!after) {
      faults.push({
        column: `/subscriptions/${index}`,
        value: before.id,
        reason: 'is in effect and must stay; give it a cancellation instead of removing it',
      });
      continue;
    }
    for (const key of ['currency', 'starts_on', 'anchor_on', 'trial_until'] as const) {
      if (before[key] !== after[key]) {
        faults.push({
          column: `/subscriptions/${place}/${key}`,
          value: String(after[key] ?? ''),
          reason: `was ${before[key] ?? 'left out'} and is in effect; end the subscription and begin another one`,
        });
      }
    }
    for (const version of kept) {
      const at = after.versions.findIndex(({ effective_from: from }) => from === version.effective_from);
      if (at >= 0 && isDeepStrictEqual(after.versions[at], version)) continue;
      faults.push({
        column: `/subscriptions/${place}/versions${at >= 0 ? `/${at}` : ''}`,
        value: version.effective_from,
        reason: `is the version of ${before.id} from ${version.effective_from}, which is in effect; keep it as it was and append a version instead`,
      });
    }
    for (const [at, { effective_from: from, recorded_on: recorded = from }] of after.versions.entries()) {
      const isAppended = from > kept.at(-1)!.effective_from && recorded >= today;
      if (isAppended || kept.some((version) => version.effective_from === from)) continue;
      faults.push({
        column: `/subscriptions/${place}/versions/${at}`,
        value: from,
        reason: `would change what was billed before today (${today}); append a version, and say with recorded_on when it became known`,
      });
    }
  }
  if (faults.length === 0) return;
  throw new CloudActError('conflict', {
    detail: `Plan versions in effect cannot be changed: ${faults[0]!.column} ${faults[0]!.reason}${faults.length > 1 ? `, and ${faults.length - 1} more` : ''}.`,
    faults,
  });
}
