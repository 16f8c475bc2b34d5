import {
  type ApiKeyPrincipal,
  authorise,
  type Principal,
  type RegisteredRoute,
  type RouteAuth,
  registeredRoutes,
} from '@cloudact/core/identity';
import { rateLimited } from '@cloudact/core/problem';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { PipelineServiceDependencies } from './dependencies.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    auth?: RouteAuth;
  }
  interface FastifyInstance {
    /** Every route of the application, for the 405 answer and for tests that go through all of them. */
    readonly routeRegistry: readonly RegisteredRoute[];
  }
  interface FastifyRequest {
    /** Who is asking, from the verified credential; null on public routes. */
    principal: Principal | null;
  }
}

/** Bounds what one address may ask in a minute, unknown paths included. Counts are kept in this process. */
export async function registerRateLimit(app: FastifyInstance, requestsPerMinute: number): Promise<void> {
  await app.register(rateLimit, {
    max: requestsPerMinute,
    timeWindow: 60_000,
    enableDraftSpec: true,
    errorResponseBuilder: (_request, limit) => rateLimited(limit),
  });
}

/**
 * Deny by default: a route that does not say who may call it stops the service from starting, and every route that is
 * not public verifies its credential before anything else of the request is read. Stands behind the rate limit, so
 * that guessing is slow.
 */
export function registerAccess(
  app: FastifyInstance,
  { authenticate }: Pick<PipelineServiceDependencies, 'authenticate'>,
) {
  const registry: RegisteredRoute[] = [];
  app.decorate('routeRegistry', registry);
  app.decorateRequest('principal', null);
  app.addHook('onRoute', (route) => {
    const auth = route.config?.auth;
    registry.push(...registeredRoutes(route, auth));
    if (auth === undefined || auth === 'public') return;
    route.onRequest = [
      ...[route.onRequest ?? []].flat(),
      async (request: FastifyRequest, reply: FastifyReply) => {
        reply.header('cache-control', 'no-store');
        const principal = await authenticate(request.headers.authorization);
        authorise(principal, auth);
        request.principal = principal;
      },
    ];
  });
}

/** The principal of a route that only API keys reach. */
export function apiKeyPrincipal({ principal }: FastifyRequest): ApiKeyPrincipal {
  if (principal?.kind !== 'api_key') {
    throw new TypeError('this route serves API keys, and its config.auth has to say so');
  }
  return principal;
}
