import type { ApiKeyRecord } from '@cloudact/core/identity';
import type { BackendDependencies } from '../../dependencies.ts';
import type { App } from '../../http/app-type.ts';
import { orgPrincipal } from '../../http/auth.ts';
import { problemResponses } from '../../http/problem.ts';
import { apiKeysSchema, issuedKeySchema, issueKeySchema, keyParamsSchema, rotateKeySchema } from './schemas.ts';
import { openApiKeyService } from './service.ts';

/** API keys of the caller's organisation, for its members and for keys that may manage keys. */
export function apiKeyRoutes(app: App, deps: BackendDependencies): void {
  const keys = openApiKeyService(deps);
  const common: { tags: string[]; security: Record<string, string[]>[] } = {
    tags: ['API keys'],
    security: [{ apiKey: [] }, { session: [] }],
  };
  const reading = { principals: ['api_key', 'member'], scopes: ['keys:read'] } as const;
  const writing = { principals: ['api_key', 'member'], scopes: ['keys:write'] } as const;

  app.get(
    '/v1/api-keys',
    {
      config: { auth: reading },
      schema: {
        ...common,
        operationId: 'listApiKeys',
        summary: 'The organisation’s API keys',
        response: { 200: apiKeysSchema, ...problemResponses(400, 401, 403, 404, 429, 500, 503) },
      },
    },
    async (request) => ({ api_keys: (await keys.list(orgPrincipal(request))).map(shown) }),
  );

  app.post(
    '/v1/api-keys',
    {
      config: { auth: writing, audit: 'api_key.create' },
      schema: {
        ...common,
        operationId: 'createApiKey',
        summary: 'Issue an API key',
        description:
          'The key is shown once. It can do no more than its issuer, and nothing that needs a person. A key that a key issues ends no later than that. An organisation has at most 100 keys in force.',
        body: issueKeySchema,
        response: { 201: issuedKeySchema, ...problemResponses(400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503) },
      },
    },
    async (request, reply) => {
      const { name, scopes, expires_at } = request.body;
      const { key, record } = await keys.issue(orgPrincipal(request), { name, scopes, expiresAt: expires_at });
      request.auditTarget = record.id;
      return reply.code(201).send({ api_key: { ...shown(record), key } });
    },
  );

  app.post(
    '/v1/api-keys/:id/rotate',
    {
      config: { auth: writing, audit: 'api_key.rotate' },
      schema: {
        ...common,
        operationId: 'rotateApiKey',
        summary: 'Replace an API key',
        description:
          'Issues a successor with the same name and scopes, shown once. The old key stays good for the overlap, so that whoever uses it can change over. Only a caller who has all scopes of the key may replace it, and only once: a key with a successor in force answers with conflict.',
        params: keyParamsSchema,
        body: rotateKeySchema,
        response: { 201: issuedKeySchema, ...problemResponses(400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503) },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      request.auditTarget = id;
      const { key, record } = await keys.rotate(orgPrincipal(request), id, request.body.overlap_seconds);
      return reply.code(201).send({ api_key: { ...shown(record), key } });
    },
  );

  app.delete(
    '/v1/api-keys/:id',
    {
      config: { auth: writing, audit: 'api_key.revoke' },
      schema: {
        ...common,
        operationId: 'revokeApiKey',
        summary: 'Revoke an API key',
        description:
          'From now on the key is refused, and so are the widget tokens that it minted; other instances of the API follow within 30 seconds, and at once where keys and tokens are made. Doing it again changes nothing. A key may revoke itself.',
        params: keyParamsSchema,
        response: {
          204: { description: 'The key is revoked.', type: 'null' },
          ...problemResponses(400, 401, 403, 404, 429, 500, 503),
        },
      },
    },
    async (request, reply) => {
      request.auditTarget = request.params.id;
      await keys.revoke(orgPrincipal(request), request.params.id);
      return reply.code(204).send(null);
    },
  );
}

function shown(record: ApiKeyRecord) {
  return {
    id: record.id,
    name: record.name,
    prefix: record.prefix,
    last4: record.last4,
    scopes: [...record.scopes],
    created_at: record.createdAt,
    expires_at: record.expiresAt,
    revoked_at: record.revokedAt,
    last_used_at: record.lastUsedAt,
    rotated_from: record.rotatedFrom,
  };
}
