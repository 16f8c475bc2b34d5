import type { Integration } from '@cloudact/core/metadata';
import type { BackendDependencies } from '../../dependencies.ts';
import type { App } from '../../http/app-type.ts';
import { orgPrincipal } from '../../http/auth.ts';
import { problemResponses } from '../../http/problem.ts';
import type { ConnectorField } from '../../pipeline-service/port.ts';
import {
  changeIntegrationSchema,
  checkedIntegrationSchema,
  connectorsSchema,
  createIntegrationSchema,
  integrationParamsSchema,
  integrationSchema,
  integrationsSchema,
} from './schemas.ts';
import { generatedValue, type IntegrationWithSecrets, openIntegrationService } from './service.ts';

/** A provider may be slow. Less than an Idempotency-Key is held for. */
const CHECK_MILLISECONDS = 50_000;

/** What the caller's organisation has connected, and what it could connect. */
export function integrationRoutes(app: App, deps: BackendDependencies): void {
  const integrations = openIntegrationService(deps);
  const common: { tags: string[]; security: Record<string, string[]>[] } = {
    tags: ['Integrations'],
    security: [{ apiKey: [] }, { session: [] }, { widgetToken: [] }],
  };
  const principals = ['api_key', 'member', 'widget'] as const;
  const reading = { auth: { principals, scopes: ['integrations:read'] } } as const;
  const writing = { principals, scopes: ['integrations:write'] } as const;
  const readProblems = problemResponses(400, 401, 403, 404, 429, 500, 503);

  app.get(
    '/v1/connectors',
    {
      config: reading,
      schema: {
        ...common,
        operationId: 'listConnectors',
        summary: 'What can be connected, and what it asks for',
        response: { 200: connectorsSchema, ...readProblems },
      },
    },
    async (request) => {
      const value = generatedValue(orgPrincipal(request).org);
      const connectors = await deps.pipelines.connectors();
      return {
        connectors: connectors.map(({ id, title, fields }) => ({
          id,
          title,
          fields: fields.map((field) => ({ ...shownField(field), ...(field.generated && { value }) })),
        })),
      };
    },
  );

  app.get(
    '/v1/integrations',
    {
      config: reading,
      schema: {
        ...common,
        operationId: 'listIntegrations',
        summary: 'The organisation’s integrations',
        response: { 200: integrationsSchema, ...readProblems },
      },
    },
    async (request) => ({ integrations: (await integrations.list(orgPrincipal(request).org)).map(shown) }),
  );

  app.post(
    '/v1/integrations',
    {
      config: { auth: writing, audit: 'integration.create' },
      schema: {
        ...common,
        operationId: 'createIntegration',
        summary: 'Set up an integration',
        description:
          'A draft, until a check has passed. Secrets are sealed as they come in: they can be replaced, and nobody can read them.',
        body: createIntegrationSchema,
        response: {
          201: integrationSchema,
          ...problemResponses(400, 401, 402, 403, 404, 409, 413, 415, 422, 429, 500, 503),
        },
      },
    },
    async (request, reply) => {
      const { id, connector, name, values } = request.body;
      const created = await integrations.create(orgPrincipal(request).org, { id, connector, name, values });
      request.auditTarget = created.integration.id;
      return reply.code(201).send({ integration: shownWhole(created) });
    },
  );

  app.get(
    '/v1/integrations/:id',
    {
      config: reading,
      schema: {
        ...common,
        operationId: 'getIntegration',
        summary: 'An integration',
        params: integrationParamsSchema,
        response: { 200: integrationSchema, ...readProblems },
      },
    },
    async (request) => ({
      integration: shownWhole(await integrations.find(orgPrincipal(request).org, request.params.id)),
    }),
  );

  app.patch(
    '/v1/integrations/:id',
    {
      config: { auth: writing, audit: 'integration.change' },
      schema: {
        ...common,
        operationId: 'changeIntegration',
        summary: 'Change, pause or resume an integration',
        description:
          'Values that are left out stay. Secrets are entered all together. With other values it is a draft until a check has passed.',
        params: integrationParamsSchema,
        body: changeIntegrationSchema,
        response: { 200: integrationSchema, ...problemResponses(400, 401, 403, 404, 409, 413, 415, 429, 500, 503) },
      },
    },
    async (request) => {
      request.auditTarget = request.params.id;
      const changed = await integrations.change(orgPrincipal(request).org, request.params.id, request.body);
      return { integration: shownWhole(changed) };
    },
  );

  app.delete(
    '/v1/integrations/:id',
    {
      config: { auth: writing, audit: 'integration.delete' },
      schema: {
        ...common,
        operationId: 'deleteIntegration',
        summary: 'Delete an integration',
        description: 'Its secrets are deleted with it. What was loaded stays.',
        params: integrationParamsSchema,
        response: { 204: { description: 'The integration is gone.', type: 'null' }, ...readProblems },
      },
    },
    async (request, reply) => {
      request.auditTarget = request.params.id;
      await integrations.remove(orgPrincipal(request).org, request.params.id);
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/v1/integrations/:id/check',
    {
      config: { auth: writing, audit: 'integration.check' },
      handlerTimeout: CHECK_MILLISECONDS,
      schema: {
        ...common,
        operationId: 'checkIntegration',
        summary: 'Try an integration',
        description:
          'Asks the provider for everything that fetching needs. When all is well the integration is active, else broken; one that is paused stays so. Takes up to 45 seconds.',
        params: integrationParamsSchema,
        response: {
          200: checkedIntegrationSchema,
          ...problemResponses(400, 401, 403, 404, 409, 415, 422, 429, 500, 503),
        },
      },
    },
    async (request) => {
      request.auditTarget = request.params.id;
      const { integration, findings } = await integrations.check(orgPrincipal(request).org, request.params.id);
      return { integration: shown(integration), findings: [...findings] };
    },
  );
}

function shownField({ choices, when, ...field }: ConnectorField) {
  return {
    ...field,
    ...(choices !== undefined && { choices: [...choices] }),
    ...(when !== undefined && { when: { field: when.field, values: [...when.values] } }),
  };
}

function shown(integration: Integration) {
  const settings = Object.entries(integration.settings).map(([name, value]) => [name, String(value)]);
  return {
    id: integration.id,
    connector: integration.connector,
    name: integration.name,
    settings: Object.fromEntries(settings) as Record<string, string>,
    state: integration.state,
    problem: integration.problem,
    checked_at: integration.checkedAt,
    created_at: integration.createdAt,
    updated_at: integration.updatedAt,
  };
}

function shownWhole({ integration, secrets }: IntegrationWithSecrets) {
  const fields = Object.entries(secrets).map(([name, sealed]) => [
    name,
    { configured: sealed !== null, sealed_at: sealed?.sealedAt ?? null },
  ]);
  return { ...shown(integration), secrets: Object.fromEntries(fields) };
}
