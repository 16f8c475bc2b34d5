import { isGuarded, type RegisteredRoute, type RouteAuth, registeredRoutes } from '@cloudact/core/identity';
import type { App } from './app-type.ts';
import type { AuditedAs } from './audit.ts';

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
 * Deny by default: a route that does not say who may call it stops the application from starting, and so does a guarded
 * route that changes something and does not say what the audit log calls it.
 * `publicPrefix` is for the pages of a plugin, which cannot carry our configuration; a route that does is taken at its
 * word there too.
 */
export function registerRouteGuard(app: App, options: { publicPrefix: string }): void {
  const registry: RegisteredRoute[] = [];
  app.decorate('routeRegistry', registry);
  app.addHook('onRoute', (route) => {
    const auth = route.config?.auth ?? (isUnder(options.publicPrefix, route.url) ? 'public' : undefined);
    const registered = registeredRoutes(route, auth);
    for (const { method, url } of registered) {
      if (isGuarded(auth) && !READING.includes(method)) checkAudited(`${method} ${url}`, route.config?.audit);
    }
    registry.push(...registered);
    route.config = { ...route.config, auth };
  });
}

const READING = ['GET', 'HEAD'];
const NOUN_VERB = /^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$/;

function checkAudited(route: string, audit: AuditedAs | undefined): void {
  const action = typeof audit === 'object' ? audit.action : audit;
  if (action === undefined) throw new TypeError(`${route} changes something and does not declare config.audit`);
  if (!NOUN_VERB.test(action)) throw new TypeError(`${route} declares config.audit "${action}", which is no noun.verb`);
}

function isUnder(prefix: string, url: string): boolean {
  return url === prefix || url.startsWith(`${prefix}/`);
}
