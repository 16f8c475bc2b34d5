import { CloudActError } from '@cloudact/core/errors';
import type { OrgSlug } from '@cloudact/core/org';

/** Checks that run in this process at once. */
const CHECKS_AT_ONCE = 4;
/** A check is seldom longer. */
const RETRY_SECONDS = 10;

/**
 * Bounds how many checks run at once: one of each organisation, and four in all. What is beyond is not begun and throws
 * `rate_limited`, so that nobody's slow server keeps the checks of others waiting in line.
 */
export function openCheckSlots(): <T>(org: OrgSlug, check: () => Promise<T>) => Promise<T> {
  const running = new Set<OrgSlug>();
  return async (org, check) => {
    if (running.has(org)) throw tooMany('Another check of this organisation is running.');
    if (running.size >= CHECKS_AT_ONCE) throw tooMany('Too many checks are running.');
    running.add(org);
    try {
      return await check();
    } finally {
      running.delete(org);
    }
  };
}

function tooMany(what: string): CloudActError {
  return new CloudActError('rate_limited', {
    detail: `${what} Wait ${RETRY_SECONDS} seconds, and try again.`,
    retryAfterSeconds: RETRY_SECONDS,
  });
}
