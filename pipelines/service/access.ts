import { CloudActError } from '@cloudact/core/errors';
import {
  type ApiKeyPrincipal,
  authorise,
  bearerToken,
  credentialKind,
  isGuarded,
  type Principal,
  type RegisteredRoute,
  type RouteAuth,
  registeredRoutes,
  type ServicePrincipal,
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

/**
 * Bounds what one address may ask in a minute, unknown paths included. Our own services ask from one address for everybody:
 * what they ask counts for the organisation that they ask for. Counts are kept in this process.
 */
export async function registerRateLimit(
  app: FastifyInstance,
  requestsPerMinute: number,
  { services }: Pick<PipelineServiceDependencies['identity'], 'services'>,
): Promise<void> {
  await app.register(rateLimit, {
    max: requestsPerMinute,
    timeWindow: 60_000,
    enableDraftSpec: true,
    keyGenerator: async (request) => {
      if (!request.routeOptions.url?.startsWith('/internal/')) return request.ip;
      // Whoever has no token of ours is counted as everybody else, so that guessing is slow.
      const service = await verifiedService(services, request.headers.authorization);
      return service === undefined ? request.ip : `service ${service.org ?? ''}`;
    },
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
  { identity }: Pick<PipelineServiceDependencies, 'identity'>,
): void {
  const registry: RegisteredRoute[] = [];
  app.decorate('routeRegistry', registry);
  app.decorateRequest('principal', null);
  app.addHook('onRoute', (route) => {
    const auth = route.config?.auth;
    registry.push(...registeredRoutes(route, auth));
    if (!isGuarded(auth)) return;
    route.onRequest = [
      ...[route.onRequest ?? []].flat(),
      async (request: FastifyRequest, reply: FastifyReply) => {
        reply.header('cache-control', 'no-store');
        const principal = await authenticate(identity, request.headers.authorization);
        request.principal = principal;
        authorise(principal, auth);
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

/** The principal of a route that only our own services reach. */
export function servicePrincipal({ principal }: FastifyRequest): ServicePrincipal {
  if (principal?.kind !== 'service') {
    throw new TypeError('this route serves services, and its config.auth has to say so');
  }
  return principal;
}

async function verifiedService(
  services: PipelineServiceDependencies['identity']['services'],
  authorization: string | undefined,
): Promise<ServicePrincipal | undefined> {
  try {
    return await services.verify(bearerToken(authorization), 'pipelines');
  } catch {
    return undefined;
  }
}

/** People and pages come through the API; this service takes keys, and our own services. */
async function authenticate(
  { apiKeys, services }: PipelineServiceDependencies['identity'],
  authorization: string | undefined,
): Promise<Principal> {
  const credential = bearerToken(authorization);
  switch (credentialKind(credential)) {
    case 'api_key':
      return apiKeys.verify(credential);
    case 'service':
      return services.verify(credential, 'pipelines');
    default:
      throw new CloudActError('credential_invalid', {
        detail:
          'The credential is no API key (ca_live_…). Check what is sent after "Bearer" in the Authorization header.',
      });
  }
}
