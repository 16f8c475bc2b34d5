import type { FinishedEntry } from './audit-batch.ts';

/** Refusals of requests that proved nobody: what strangers send without end must not fill the audit log. */
export interface AnonymousRefusals {
  add(entry: FinishedEntry): void;
  /** Hands on what waits and stops the clock. */
  close(): void;
}

/**
 * Folds refusals to one entry for each address and minute, which begins with the first of them and tells in its target how
 * many more there were. Of so many addresses only that each is told; the others share one entry without an address.
 */
export function openAnonymousRefusals(
  handOn: (entry: FinishedEntry) => void,
  { maximumAddresses = MAXIMUM_ADDRESSES, foldMilliseconds = FOLD_MILLISECONDS } = {},
): AnonymousRefusals {
  let folds = new Map<string | null, { first: FinishedEntry; count: number }>();

  function handOnAll(): void {
    const ended = folds;
    folds = new Map();
    for (const { first, count } of ended.values()) {
      handOn(count === 1 ? first : { ...first, target: `${first.target} and ${count - 1} more` });
    }
  }

  const timer = setInterval(handOnAll, foldMilliseconds).unref();
  return {
    add(entry) {
      const isTold = folds.has(entry.address) || folds.size < maximumAddresses;
      const address = isTold ? entry.address : null;
      const fold = folds.get(address);
      if (fold === undefined) folds.set(address, { first: { ...entry, address }, count: 1 });
      else fold.count++;
    },
    close() {
      clearInterval(timer);
      handOnAll();
    },
  };
}

const MAXIMUM_ADDRESSES = 1_000;
const FOLD_MILLISECONDS = 60_000;
