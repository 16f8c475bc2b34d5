import { CloudActError } from '../errors.ts';
import type { Principal, Scope } from './principal.ts';

/** Who may call a route of a service: anybody, or principals of these kinds that hold all of these scopes. */
export type RouteAuth = 'public' | GuardedRouteAuth;

export interface GuardedRouteAuth {
  readonly principals: readonly Principal['kind'][];
  readonly scopes: readonly Scope[];
}

/** A route as it was registered. */
export interface RegisteredRoute {
  readonly method: string;
  readonly url: string;
  readonly auth: RouteAuth;
}

/**
 * The entries of one registration, one for each of its methods. Deny by default: throws a TypeError, which stops the
 * service from starting, when the route does not say who may call it.
 */
export function registeredRoutes(
  { method, url }: { method: string | readonly string[]; url: string },
  auth: RouteAuth | undefined,
): RegisteredRoute[] {
  const methods = [method].flat();
  if (auth === undefined) throw new TypeError(`${methods.join(', ')} ${url} does not declare config.auth`);
  return methods.map((each) => ({ method: each, url, auth }));
}

/** Throws `forbidden`, with what is missing, unless the principal may call the route. */
export function authorise(principal: Principal, auth: GuardedRouteAuth): void {
  if (!auth.principals.includes(principal.kind)) {
    throw new CloudActError('forbidden', {
      detail: `This route takes ${auth.principals.map((kind) => KIND_NAMES[kind]).join(' or ')}, not ${KIND_NAMES[principal.kind]}.`,
    });
  }
  if (principal.kind === 'root') return;
  const held = principal.scopes.flatMap((scope) => [scope, ...(INCLUDED[scope] ?? [])]);
  const missing = auth.scopes.filter((scope) => !held.includes(scope));
  if (missing.length > 0) {
    throw new CloudActError('forbidden', {
      detail: `The credential lacks the scope ${missing.join(', ')}. Use one that has it.`,
    });
  }
}

/** Who may start a run may see what became of it. */
const INCLUDED: Partial<Record<Scope, readonly Scope[]>> = { 'runs:write': ['runs:read'] };

const KIND_NAMES: Record<Principal['kind'], string> = {
  root: 'the root key',
  api_key: 'an API key',
  widget: 'a widget token',
};
