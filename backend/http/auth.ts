import { CloudActError } from '@cloudact/core/errors';
import {
  authorise,
  bearerToken,
  credentialKind,
  type GuardedRouteAuth,
  isGuarded,
  type MemberPrincipal,
  type OrgPrincipal,
  type Principal,
  roleScopes,
  type Scope,
  type UserPrincipal,
  type WidgetPrincipal,
} from '@cloudact/core/identity';
import { type OrgSlug, parseOrgSlug } from '@cloudact/core/org';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { BackendDependencies } from '../dependencies.ts';
import { parseFilter } from '../queries/dimension.ts';
import type { App } from './app-type.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /**
     * Who is asking, from the verified credential; null on routes that take none, and until it is verified. After a
     * refusal for missing rights it says who was refused.
     */
    principal: Principal | null;
  }
}

/** In which organisation a signed-in person acts. */
export const organisationHeader = 'CloudAct-Org';

/**
 * Verifies `Authorization: Bearer …` on every guarded route, before anything else of the request is read. Runs behind
 * the rate limit, so that guessing is slow.
 */
export function registerAuthentication(app: App, deps: Pick<BackendDependencies, 'identity' | 'metadata'>): void {
  app.decorateRequest('principal', null);
  app.addHook('onRoute', (route) => {
    const auth = route.config?.auth;
    if (!isGuarded(auth)) return;
    route.onRequest = [
      ...[route.onRequest ?? []].flat(),
      async (request: FastifyRequest, reply: FastifyReply) => {
        reply.header('cache-control', 'no-store');
        const principal = await authenticate(deps, request, auth);
        request.principal = principal;
        authorise(principal, auth);
      },
    ];
  });
}

/** The principal of a route that only principals of organisations reach. */
export function orgPrincipal({ principal }: FastifyRequest): OrgPrincipal {
  switch (principal?.kind) {
    case 'api_key':
    case 'member':
    case 'widget':
      return principal;
    default:
      throw notDeclared('principals of organisations');
  }
}

/** The principal of a route that only members reach. */
export function memberPrincipal({ principal }: FastifyRequest): MemberPrincipal {
  if (principal?.kind !== 'member') throw notDeclared('members');
  return principal;
}

/** The principal of a route that is for signed-in people as such. */
export function userPrincipal({ principal }: FastifyRequest): UserPrincipal {
  if (principal?.kind !== 'user') throw notDeclared('people');
  return principal;
}

function notDeclared(who: string): TypeError {
  return new TypeError(`this route serves ${who}, and its config.auth has to say so`);
}

async function authenticate(
  { identity, metadata }: Pick<BackendDependencies, 'identity' | 'metadata'>,
  request: FastifyRequest,
  auth: GuardedRouteAuth,
): Promise<Principal> {
  const { headers } = request;
  const credential = bearerToken(headers.authorization);
  if (identity.rootKey.matches(credential)) return { kind: 'root' };
  switch (credentialKind(credential)) {
    case 'api_key':
      return identity.apiKeys.verify(credential, { fresh: auth.scopes.some(makesCredentials) });
    case 'widget': {
      const principal = await identity.widgetTokens.verify(credential);
      checkFilters(principal);
      await identity.revocations.check(principal);
      checkOrigin(principal, headers.origin);
      return principal;
    }
    case 'service':
      return identity.services.verify(credential, 'api');
    case 'session': {
      const person = await identity.users.verify(credential);
      if (!auth.principals.includes('member')) return { kind: 'user', ...person };
      // A stranger to the organisation, if it comes to that, but not to us.
      request.auditActor = { kind: 'user', id: person.userId };
      return memberOf(metadata, person, readOrganisation(headers[organisationHeader.toLowerCase()]));
    }
    default:
      throw new CloudActError('credential_invalid', {
        detail:
          'The credential is neither an API key (ca_live_…) nor a token. Check what is sent after "Bearer" in the Authorization header.',
      });
  }
}

/** What a key that was revoked elsewhere a moment ago must not do: its work would outlive it. */
function makesCredentials(scope: Scope): boolean {
  return scope === 'keys:write' || scope === 'widgets:mint';
}

/** A token whose filters cannot be read is refused: leaving one out would show more than its issuer meant to. */
function checkFilters({ filters }: WidgetPrincipal): void {
  try {
    for (const filter of filters) parseFilter(filter, 'token');
  } catch (cause) {
    throw new CloudActError('credential_invalid', {
      detail: 'The filters of the widget token cannot be read. Ask the page’s own server for a new one.',
      cause,
    });
  }
}

/** Browsers say truly which page asks. Others say what they like, so this proves nothing about who they are. */
function checkOrigin({ origins }: WidgetPrincipal, origin: string | undefined): void {
  if (origins.length === 0 || origin === undefined || origins.includes(origin)) return;
  throw new CloudActError('forbidden', {
    detail: 'The widget token is for pages of other origins. Ask the page’s own server for one with this origin in it.',
  });
}

function readOrganisation(header: string | readonly string[] | undefined): OrgSlug {
  const wrong = (reason: string) =>
    new CloudActError('request_invalid', {
      detail: `The header ${organisationHeader} ${reason}. Send the slug of one organisation that you are a member of; GET /v1/me lists them.`,
    });
  if (header === undefined) throw wrong('is missing');
  try {
    return parseOrgSlug(String(header));
  } catch {
    throw wrong('is not one slug');
  }
}

/**
 * The membership counts as it is at this moment, not as it was at sign-in. An organisation that is not there, is not
 * active, or has no such member is answered in the same words.
 */
async function memberOf(
  metadata: BackendDependencies['metadata'],
  person: { userId: string; email: string },
  org: OrgSlug,
): Promise<MemberPrincipal> {
  const memberships = await metadata.people.memberships(person.userId);
  const membership = memberships.find((each) => each.org === org && each.state === 'active');
  if (membership === undefined) {
    throw new CloudActError('not_found', {
      detail: 'There is no such organisation, or you are not a member of it. GET /v1/me lists yours.',
    });
  }
  const { role } = membership;
  return { kind: 'member', ...person, org, role, scopes: roleScopes[role] };
}
