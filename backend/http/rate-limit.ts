import { CloudActError } from '@cloudact/core/errors';
import type { Principal } from '@cloudact/core/identity';
import { rateLimited } from '@cloudact/core/problem';
import rateLimit from '@fastify/rate-limit';
import type { FastifyRequest } from 'fastify';
import { orgOf, principalKey } from './actor.ts';
import type { App } from './app-type.ts';

/**
 * Bounds what one address may ask in a minute, unknown paths included, before its credential is looked at. Counts are
 * kept in this process: with several, an address has the limit in each of them.
 */
export async function registerRateLimit(app: App, requestsPerMinute: number): Promise<void> {
  await app.register(rateLimit, {
    max: requestsPerMinute,
    timeWindow: 60_000,
    enableDraftSpec: true,
    errorResponseBuilder: (_request, limit) => rateLimited(limit),
  });
}

/**
 * Bounds what one principal may ask in a minute, from all addresses together, and what all principals of one organisation
 * may. What the first refuses does not count for the second. Counts are kept in this process, as above. Health checks and
 * public routes have no principal.
 */
export function registerPrincipalRateLimits(
  app: App,
  requestsPerMinute: { principal: number; organisation: number },
): void {
  bound(app, requestsPerMinute.principal, 'This credential', principalKey);
  bound(app, requestsPerMinute.organisation, 'This organisation', orgOf);
}

/** Who has no key is not counted. */
function bound(app: App, max: number, who: string, keyOf: (principal: Principal) => string | null): void {
  const keyOfRequest = ({ principal }: FastifyRequest) => (principal === null ? null : keyOf(principal));
  const count = app.createRateLimit({
    max,
    timeWindow: 60_000,
    keyGenerator: (request) => keyOfRequest(request) ?? '',
  });
  app.addHook('preHandler', async (request) => {
    if (keyOfRequest(request) === null) return;
    refuseBeyond(await count(request), `${who} asked more than ${max} times within a minute.`);
  });
}

/**
 * For handlers of what is dear: bounds how often one principal may have it in an hour. `detail` says what there was too
 * much of. Counts are kept in this process, as above.
 */
export function hourlyLimit(app: App, max: number, detail: string): (request: FastifyRequest) => Promise<void> {
  const count = app.createRateLimit({
    max,
    timeWindow: 60 * 60_000,
    keyGenerator: ({ principal }) => (principal === null ? '' : principalKey(principal)),
  });
  return async (request) => refuseBeyond(await count(request), detail);
}

function refuseBeyond(limit: Awaited<ReturnType<ReturnType<App['createRateLimit']>>>, detail: string): void {
  if (limit.isAllowed || !limit.isExceeded) return;
  throw new CloudActError('rate_limited', {
    detail: `${detail} Wait ${limit.ttlInSeconds} seconds.`,
    retryAfterSeconds: limit.ttlInSeconds,
  });
}
