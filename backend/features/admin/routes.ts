import type { ApiKeyRecord } from '@cloudact/core/identity';
import { datasetName } from '@cloudact/core/org';
import type { BackendDependencies, Limits } from '../../dependencies.ts';
import type { App } from '../../http/app-type.ts';
import { problemResponses } from '../../http/problem.ts';
import {
  bootstrapStateSchema,
  createdOrgSchema,
  createOrgSchema,
  issueApiKeySchema,
  issuedApiKeySchema,
  orgParamsSchema,
} from './schemas.ts';
import { openAdminService } from './service.ts';

/** The operator's routes, for the root key and nothing else. */
export function adminRoutes(app: App, deps: BackendDependencies, limits: Limits): void {
  const admin = openAdminService(deps);
  const config = {
    auth: { principals: ['root'], scopes: [] },
    rateLimit: false,
  } as const;
  // One limiter for all of them: a limit in a route's configuration would count for that route alone.
  const onRequest = app.rateLimit({ max: limits.adminRequestsPerMinute });
  const common = { tags: ['Admin'], security: [{ rootKey: [] }] };

  app.post(
    '/v1/admin/bootstrap',
    {
      config,
      onRequest,
      schema: {
        ...common,
        operationId: 'bootstrap',
        summary: 'Check that the installation is complete',
        description: 'Asks every store and the control tables. Doing it again changes nothing.',
        response: { 200: bootstrapStateSchema, ...problemResponses(401, 403, 429, 500, 503) },
      },
    },
    async () => ({ state: 'ready' as const, ...(await admin.bootstrap()) }),
  );

  app.post(
    '/v1/admin/orgs',
    {
      config,
      onRequest,
      schema: {
        ...common,
        operationId: 'createOrg',
        summary: 'Onboard an organisation',
        description:
          'Creates the organisation, its dataset and its first API key, which is shown once. After a failure the same request goes on where the last one stopped; when all is done it answers 409, and another key is issued under /v1/admin/orgs/{slug}/api-keys.',
        body: createOrgSchema,
        response: { 201: createdOrgSchema, ...problemResponses(400, 401, 403, 409, 413, 415, 429, 500, 503) },
      },
    },
    async (request, reply) => {
      const { organisation, key, record } = await admin.createOrg(request.body);
      return reply.code(201).send({
        org: {
          slug: organisation.slug,
          name: organisation.name,
          created_at: organisation.createdAt,
          dataset: datasetName(organisation.slug),
        },
        api_key: shownOnce(key, record),
      });
    },
  );

  app.post(
    '/v1/admin/orgs/:slug/api-keys',
    {
      config,
      onRequest,
      schema: {
        ...common,
        operationId: 'issueApiKey',
        summary: 'Issue an API key',
        description:
          'Issues another API key of an organisation that is set up, for example when the answer that showed the first one was lost. The key is shown once; keys that were issued before stay in force.',
        params: orgParamsSchema,
        body: issueApiKeySchema,
        response: { 201: issuedApiKeySchema, ...problemResponses(400, 401, 403, 404, 413, 415, 429, 500, 503) },
      },
    },
    async (request, reply) => {
      const { key, record } = await admin.issueApiKey({ ...request.params, ...request.body });
      return reply.code(201).send({ api_key: shownOnce(key, record) });
    },
  );
}

function shownOnce(key: string, { id, name, scopes, createdAt }: ApiKeyRecord) {
  return { id, name, key, scopes: [...scopes], created_at: createdAt };
}
