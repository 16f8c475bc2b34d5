import { actorOf, orgOf } from './actor.ts';
import type { App } from './app-type.ts';

/**
 * One line for each request: the route, not the address that was asked for, because addresses may hold names of
 * people's teams and resources. Health checks are left out.
 */
export function registerAccessLog(app: App): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url;
    if (route?.startsWith('/health/')) return;
    const { principal } = request;
    request.log.info(
      {
        method: request.method,
        route: route ?? 'unknown',
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime),
        address: request.ip,
        ...(principal !== null && { actor: actorOf(principal), org: orgOf(principal) }),
        ...(principal?.kind === 'widget' && { token: principal.jti }),
      },
      'request',
    );
  });
}
