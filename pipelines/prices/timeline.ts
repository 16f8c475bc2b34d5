/** A stretch of days: from the first, to the first no longer in it; null is open. Days are `YYYY-MM-DD`, UTC. */
export interface Days {
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

/** The days of both, or undefined where they share none. */
export function sharedDays(left: Days, right: Days): Days | undefined {
  const validFrom = later(left.validFrom, right.validFrom);
  const validTo = earlier(left.validTo, right.validTo);
  return validFrom !== null && validTo !== null && validFrom >= validTo ? undefined : { validFrom, validTo };
}

/** `above` where it is in force, `below` on all other days; both without overlaps, and so is the result, oldest first. */
export function overlay<Entry extends Days>(below: readonly Entry[], above: readonly Entry[]): readonly Entry[] {
  if (above.length === 0) return below;
  let kept = [...below];
  for (const { validFrom, validTo } of above) {
    kept = kept.flatMap((entry) => [
      ...restricted(entry, validFrom === null ? undefined : { validFrom: null, validTo: validFrom }),
      ...restricted(entry, validTo === null ? undefined : { validFrom: validTo, validTo: null }),
    ]);
  }
  return [...kept, ...above].sort((left, right) => ((left.validFrom ?? '') < (right.validFrom ?? '') ? -1 : 1));
}

/** Whether a day lies between or beside the entries, which are sorted and without overlaps. */
export function leavesDaysOut(entries: readonly Days[]): boolean {
  if (entries.length === 0 || entries[0]!.validFrom !== null || entries.at(-1)!.validTo !== null) return true;
  return entries.some((entry, at) => at > 0 && entry.validFrom !== entries[at - 1]!.validTo);
}

function restricted<Entry extends Days>(entry: Entry, days: Days | undefined): Entry[] {
  const shared = days && sharedDays(entry, days);
  return shared ? [{ ...entry, ...shared }] : [];
}

function later(left: string | null, right: string | null): string | null {
  if (left === null || right === null) return left ?? right;
  return left > right ? left : right;
}

function earlier(left: string | null, right: string | null): string | null {
  if (left === null || right === null) return left ?? right;
  return left < right ? left : right;
}
