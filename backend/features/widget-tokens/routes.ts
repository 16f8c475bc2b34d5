import type { BackendDependencies } from '../../dependencies.ts';
import type { App } from '../../http/app-type.ts';
import { orgPrincipal } from '../../http/auth.ts';
import { problemResponses } from '../../http/problem.ts';
import { readGrant } from './grant.ts';
import { jwksSchema, mintSchema, type RevocationRequest, revocationSchema, tokenSchema } from './schemas.ts';

/** Tokens for pages: minted by the page's own server, taken back by it, verifiable by anybody. */
export function widgetTokenRoutes(app: App, { identity }: BackendDependencies): void {
  const { widgetTokens, revocations } = identity;
  const auth = { principals: ['api_key', 'member'], scopes: ['widgets:mint'] } as const;
  const common: { tags: string[]; security: Record<string, string[]>[] } = {
    tags: ['Widget tokens'],
    security: [{ apiKey: [] }, { session: [] }],
  };

  app.post(
    '/v1/widget-tokens',
    {
      // An answer would be kept longer than its token lives.
      config: { auth, audit: { action: 'widget_token.mint', mode: 'batched' }, idempotency: false },
      schema: {
        ...common,
        operationId: 'mintWidgetToken',
        summary: 'Mint a widget token',
        description:
          'Called by your server, or by a signed-in person’s session, never with an API key in a page: a token of ten minutes that a page’s widgets read cost with.',
        body: mintSchema,
        response: { 200: tokenSchema, ...problemResponses(400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503) },
      },
    },
    async (request) => {
      const { token, tokenId, expiresAt } = await widgetTokens.mint(readGrant(orgPrincipal(request), request.body));
      request.auditTarget = tokenId;
      return { token, token_id: tokenId, expires_at: expiresAt };
    },
  );

  app.post(
    '/v1/widget-tokens/revocations',
    {
      config: { auth, audit: 'widget_token.revoke' },
      schema: {
        ...common,
        operationId: 'revokeWidgetTokens',
        summary: 'Take widget tokens back',
        description:
          'One token, all of a subject, or all of the organisation, as far as they are minted until now or in the next five seconds. They are refused at once; other instances of the API follow within 30 seconds. At most 1,000 revocations are in force at a time; beyond that take back all tokens. Doing it again changes nothing.',
        body: revocationSchema,
        response: {
          204: { description: 'The tokens are refused.', type: 'null' },
          ...problemResponses(400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503),
        },
      },
    },
    async (request, reply) => {
      const revocation = readRevocation(request.body);
      request.auditTarget = `${revocation.kind}:${revocation.value}`;
      await revocations.revoke({ org: orgPrincipal(request).org, ...revocation });
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/.well-known/jwks.json',
    {
      config: { auth: 'public' },
      schema: {
        operationId: 'getJwks',
        summary: 'Public keys that widget tokens are verified with',
        tags: ['Widget tokens'],
        response: { 200: jwksSchema, ...problemResponses(429, 500) },
      },
    },
    async (_request, reply) => {
      reply.header('cache-control', 'public, max-age=300');
      return widgetTokens.jwks() as never;
    },
  );
}

function readRevocation({ token_id, subject }: RevocationRequest) {
  if (token_id !== undefined) return { kind: 'token', value: token_id } as const;
  if (subject !== undefined) return { kind: 'subject', value: subject } as const;
  return { kind: 'org', value: '' } as const;
}
