import { CloudActError } from '@cloudact/core/errors';
import { rateLimited } from '@cloudact/core/problem';
import rateLimit from '@fastify/rate-limit';
import { principalKey } from './actor.ts';
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
 * Bounds what one principal may ask in a minute, from all addresses together. Counts are kept in this process, as above.
 * Health checks and public routes have no principal.
 */
export function registerPrincipalRateLimit(app: App, requestsPerMinute: number): void {
  const count = app.createRateLimit({
    max: requestsPerMinute,
    timeWindow: 60_000,
    keyGenerator: ({ principal }) => (principal === null ? '' : principalKey(principal)),
  });
  app.addHook('preHandler', async (request, reply) => {
    if (request.principal === null) return;
    const limit = await count(request);
    if (limit.isAllowed || !limit.isExceeded) return;
    reply.header('retry-after', String(limit.ttlInSeconds));
    throw new CloudActError('rate_limited', {
      detail: `This credential asked more than ${limit.max} times within a minute. Wait ${limit.ttlInSeconds} seconds.`,
    });
  });
}
