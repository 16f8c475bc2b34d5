import type { Principal, Scope } from '@cloudact/core/identity';
import type { RouteOptions } from 'fastify';
import type { App } from './app-type.ts';

/** Who may call a route: anybody, or principals of these kinds that hold all of these scopes. */
export type RouteAuth =
  | 'public'
  | { readonly principals: readonly Principal['kind'][]; readonly scopes: readonly Scope[] };

/** A route as it was registered. */
export interface RegisteredRoute {
  readonly method: string;
  readonly url: string;
  readonly auth: RouteAuth;
}

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
 * `publicPrefix` is for the pages of a plugin, which cannot carry our configuration.
 */
export function registerRouteGuard(app: App, options: { publicPrefix: string }): void {
  const registry: RegisteredRoute[] = [];
  app.decorate('routeRegistry', registry);
  app.addHook('onRoute', (route) => {
    const auth = route.url.startsWith(options.publicPrefix) ? 'public' : route.config?.auth;
    if (auth === undefined) {
      throw new TypeError(`${methods(route).join(', ')} ${route.url} does not declare config.auth`);
    }
    route.config = { ...route.config, auth };
    for (const method of methods(route)) registry.push({ method, url: route.url, auth });
  });
}

/** Methods that some route answers at this path; empty when there is nothing at all. */
export function allowedMethods(registry: readonly RegisteredRoute[], path: string): string[] {
  const matching = registry.filter(({ url }) => url !== '*' && urlPattern(url).test(path));
  return [...new Set(matching.map(({ method }) => method))].sort();
}

function methods(route: RouteOptions): string[] {
  return [route.method].flat();
}

function urlPattern(url: string): RegExp {
  const escaped = url.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/:[^/]+/g, '[^/]+').replace(/\*/g, '.*')}$`);
}
