import { CloudActError } from '../errors.ts';
import type { Principal } from './principal.ts';
import { type Scope, withIncluded } from './scopes.ts';

/**
 * Who may call a route of a service: anybody (`public`), whoever signed the body (`signature`, which the route checks
 * itself: a webhook), or principals of these kinds that hold all of these scopes.
 */
export type RouteAuth = 'public' | 'signature' | GuardedRouteAuth;

/** A route that takes credentials. API keys, members and widget tokens need all of the scopes; the other kinds have none, and need none. */
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

export function isGuarded(auth: RouteAuth | undefined): auth is GuardedRouteAuth {
  return typeof auth === 'object';
}

/**
 * The entries of one registration, one for each of its methods. Deny by default: throws a TypeError, which stops the
 * service from starting, when the route does not say who may call it, or serves people as such (`user`) and asks for
 * what only members have: a session is read in one of the two ways, and people as such have no scopes that could lack.
 */
export function registeredRoutes(
  { method, url }: { method: string | readonly string[]; url: string },
  auth: RouteAuth | undefined,
): RegisteredRoute[] {
  const methods = [method].flat();
  if (auth === undefined) throw new TypeError(`${methods.join(', ')} ${url} does not declare config.auth`);
  if (
    isGuarded(auth) &&
    auth.principals.includes('user') &&
    (auth.principals.includes('member') || auth.scopes.length > 0)
  ) {
    throw new TypeError(
      `${methods.join(', ')} ${url} serves people as such ("user"), and so neither members nor scopes`,
    );
  }
  return methods.map((each) => ({ method: each, url, auth }));
}

/** Throws `forbidden`, with what is missing, unless the principal may call the route. */
export function authorise(principal: Principal, auth: GuardedRouteAuth): void {
  if (!auth.principals.includes(principal.kind)) {
    throw new CloudActError('forbidden', {
      detail: `This route takes ${auth.principals.map((kind) => KIND_NAMES[kind]).join(' or ')}, not ${KIND_NAMES[principal.kind]}.`,
    });
  }
  if (!('scopes' in principal)) return;
  const held = withIncluded(principal.scopes);
  const missing = auth.scopes.filter((scope) => !held.includes(scope));
  if (missing.length === 0) return;
  throw new CloudActError('forbidden', {
    detail:
      principal.kind === 'member'
        ? `Your role in the organisation, ${principal.role}, lacks the scope ${missing.join(', ')}. Ask an owner or admin of it.`
        : `The credential lacks the scope ${missing.join(', ')}. Use one that has it.`,
  });
}

const KIND_NAMES: Record<Principal['kind'], string> = {
  root: 'the root key',
  api_key: 'an API key',
  user: 'a person’s session',
  member: 'a member’s session',
  widget: 'a widget token',
  service: 'a service token',
};
