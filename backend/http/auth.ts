import { CloudActError } from '@cloudact/core/errors';
import {
  authorise,
  bearerToken,
  type OrgPrincipal,
  type Principal,
  type WidgetPrincipal,
} from '@cloudact/core/identity';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { BackendDependencies } from '../dependencies.ts';
import { parseFilter } from '../queries/dimension.ts';
import type { App } from './app-type.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is asking, from the verified credential; null on public routes. */
    principal: Principal | null;
  }
}

/**
 * Verifies `Authorization: Bearer …` on every route that is not public, before anything else of the request is read.
 * Runs behind the rate limit, so that guessing is slow.
 */
export function registerAuthentication(app: App, { rootKey, apiKeys, widgetTokens }: BackendDependencies['identity']) {
  app.decorateRequest('principal', null);
  app.addHook('onRoute', (route) => {
    const auth = route.config?.auth;
    if (auth === undefined || auth === 'public') return;
    route.onRequest = [
      ...[route.onRequest ?? []].flat(),
      async (request: FastifyRequest, reply: FastifyReply) => {
        reply.header('cache-control', 'no-store');
        const credential = bearerToken(request.headers.authorization);
        const principal = await verify(credential);
        authorise(principal, auth);
        request.principal = principal;
      },
    ];
  });

  async function verify(credential: string): Promise<Principal> {
    if (rootKey.matches(credential)) return { kind: 'root' };
    if (credential.startsWith('ca_live_')) return apiKeys.verify(credential);
    if (JWT.test(credential)) {
      const principal = await widgetTokens.verify(credential);
      checkFilters(principal);
      return principal;
    }
    throw new CloudActError('credential_invalid', {
      detail: 'The credential is neither an API key (ca_live_…) nor a widget token. Check what is sent after "Bearer".',
    });
  }
}

/** The principal of a route that only organisations' principals reach. */
export function orgPrincipal(request: FastifyRequest): OrgPrincipal {
  const { principal } = request;
  if (principal === null || principal.kind === 'root') {
    throw new TypeError('this route serves principals of organisations, and its config.auth has to say so');
  }
  return principal;
}

const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/;

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
