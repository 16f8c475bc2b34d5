import { datasetName } from '@cloudact/core/org';
import type { BackendDependencies, Limits } from '../../dependencies.ts';
import type { App } from '../../http/app-type.ts';
import { problemResponses } from '../../http/problem.ts';
import { bootstrapStateSchema, createdOrgSchema, createOrgSchema } from './schemas.ts';
import { openAdminService } from './service.ts';

/** The operator's routes, for the root key and nothing else. */
export function adminRoutes(app: App, deps: BackendDependencies, limits: Limits): void {
  const admin = openAdminService(deps);
  const config = {
    auth: { principals: ['root'], scopes: [] },
    rateLimit: { max: limits.adminRequestsPerMinute },
  } as const;
  const common = { tags: ['Admin'], security: [{ rootKey: [] }] };

  app.post(
    '/v1/admin/bootstrap',
    {
      config,
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
      schema: {
        ...common,
        operationId: 'createOrg',
        summary: 'Onboard an organisation',
        description:
          'Creates the organisation, its dataset and its first API key, which is shown once. After a failure the same request goes on where the last one stopped; when all is done it answers 409.',
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
        api_key: { id: record.id, name: record.name, key, scopes: [...record.scopes], created_at: record.createdAt },
      });
    },
  );
}
