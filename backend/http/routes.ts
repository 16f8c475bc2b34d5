import { type RegisteredRoute, type RouteAuth, registeredRoutes } from '@cloudact/core/identity';
import type { App } from './app-type.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    auth?: RouteAuth;
  }
  interface FastifyInstance {
    /** Every route of the application, for the 405 answer and for tests that go through all of them. */
    readonly routeRegistry: readonly RegisteredRoute[];
  }
}

/**
 * Deny by default: a route that does not say who may call it stops the application from starting.
 * `publicPrefix` is for the pages of a plugin, which cannot carry our configuration; a route that does is taken at its
 * word there too.
 */
export function registerRouteGuard(app: App, options: { publicPrefix: string }): void {
  const registry: RegisteredRoute[] = [];
  app.decorate('routeRegistry', registry);
  app.addHook('onRoute', (route) => {
    const auth = route.config?.auth ?? (isUnder(options.publicPrefix, route.url) ? 'public' : undefined);
    registry.push(...registeredRoutes(route, auth));
    route.config = { ...route.config, auth };
  });
}

function isUnder(prefix: string, url: string): boolean {
  return url === prefix || url.startsWith(`${prefix}/`);
}
