import { CloudActError } from '@cloudact/core/errors';
import { Type } from 'typebox';
import type { BackendDependencies } from '../../dependencies.ts';
import type { App } from '../../http/app-type.ts';
import { orgPrincipal } from '../../http/auth.ts';
import { problemResponses } from '../../http/problem.ts';
import { formatFilter, parseFilter } from '../../queries/dimension.ts';

const mintSchema = Type.Object(
  {
    scopes: Type.Optional(
      Type.Array(Type.Enum(['costs:read']), {
        default: ['costs:read'],
        minItems: 1,
        maxItems: 1,
        description: 'The API key must have them too.',
      }),
    ),
    filters: Type.Optional(
      Type.Array(Type.String({ minLength: 2, maxLength: 1000 }), {
        default: [],
        maxItems: 50,
        description:
          'Filters of the cost question that narrow every answer to the token: <dimension>:<value> or tag:KEY:VALUE. The page cannot take them off.',
        examples: [['SubAccountId:123']],
      }),
    ),
    subject: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description: 'Who the token is for, in your own terms. Default: org:<slug>.',
      }),
    ),
  },
  { additionalProperties: false },
);

const tokenSchema = Type.Object({
  token: Type.String({ description: 'JSON Web Token for the Authorization header of the widgets.' }),
  expires_at: Type.String({ format: 'date-time' }),
});

const jwksSchema = Type.Object({
  keys: Type.Array(
    Type.Object({
      kty: Type.String(),
      crv: Type.String(),
      x: Type.String(),
      y: Type.String(),
      kid: Type.String(),
      alg: Type.String(),
      use: Type.String(),
    }),
  ),
});

export function widgetTokenRoutes(app: App, { identity: { widgetTokens } }: BackendDependencies): void {
  app.post(
    '/v1/widget-tokens',
    {
      config: { auth: { principals: ['api_key'], scopes: ['widgets:mint'] } },
      schema: {
        operationId: 'mintWidgetToken',
        summary: 'Mint a widget token',
        description:
          'Called by your server, never by a page: a token of ten minutes that a page’s widgets read cost with.',
        tags: ['Widget tokens'],
        security: [{ apiKey: [] }],
        body: mintSchema,
        response: { 200: tokenSchema, ...problemResponses(400, 401, 403, 413, 415, 429, 500) },
      },
    },
    async (request) => {
      const principal = orgPrincipal(request);
      const { scopes = ['costs:read' as const], filters = [], subject } = request.body;
      const missing = scopes.filter((scope) => !principal.scopes.includes(scope));
      if (missing.length > 0) {
        throw new CloudActError('forbidden', {
          detail: `The API key lacks the scope ${missing.join(', ')}, so its tokens cannot have it. Use a key that has it.`,
        });
      }
      const { token, expiresAt } = await widgetTokens.mint({
        org: principal.org,
        scopes,
        filters: filters.map((text, index) => formatFilter(parseFilter(text, `filters/${index}`))),
        ...(subject !== undefined && { subject }),
      });
      return { token, expires_at: expiresAt };
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
