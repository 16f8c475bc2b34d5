import { rateLimited } from '@cloudact/core/problem';
import rateLimit from '@fastify/rate-limit';
import type { App } from './app-type.ts';

/** Bounds what one address may ask in a minute, unknown paths included. Counts are kept in this process. */
export async function registerRateLimit(app: App, requestsPerMinute: number): Promise<void> {
  await app.register(rateLimit, {
    max: requestsPerMinute,
    timeWindow: 60_000,
    enableDraftSpec: true,
    errorResponseBuilder: (_request, limit) => rateLimited(limit),
  });
}
