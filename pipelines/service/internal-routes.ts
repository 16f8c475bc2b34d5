import { CloudActError } from '@cloudact/core/errors';
import type { FastifyInstance } from 'fastify';
import { connectors } from '../providers/connectors.ts';
import { servicePrincipal } from './access.ts';
import { checkIntegration } from './check-integration.ts';
import { openCheckSlots } from './check-slots.ts';
import type { PipelineServiceDependencies } from './dependencies.ts';

/** The inner door: what the API asks, for nobody but our own services. The organisation is that of the service token. */
export function internalRoutes(app: FastifyInstance, deps: PipelineServiceDependencies): void {
  const config = { auth: { principals: ['service'], scopes: [] } } as const;

  const withinSlots = openCheckSlots();

  app.get('/internal/connectors', { config }, async () => ({
    connectors: connectors.map(({ id, title, fields }) => ({ id, title, fields })),
  }));

  app.post<{ Params: { id: string } }>('/internal/integrations/:id/check', { config }, async (request) => {
    const { org } = servicePrincipal(request);
    const { metadata, vault, providers = {} } = deps;
    if (metadata === undefined || vault === undefined) {
      throw new CloudActError('unavailable', { detail: 'This process has no vault, so it cannot check connections.' });
    }
    const integration = org === null ? undefined : await metadata.forOrg(org).integrations.find(request.params.id);
    if (org === null || integration === undefined) {
      throw new CloudActError('not_found', { detail: 'There is no such integration.' });
    }
    const check = { org, integration, vault, providers, log: request.log };
    return { findings: await withinSlots(org, () => checkIntegration(check)) };
  });
}
