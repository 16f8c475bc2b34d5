import { CloudActError } from '@cloudact/core/errors';
import { parseOrgSlug } from '@cloudact/core/org';
import type { BackendDependencies } from '../../dependencies.ts';
import type { App } from '../../http/app-type.ts';
import { memberPrincipal, orgPrincipal, userPrincipal } from '../../http/auth.ts';
import { problemResponses } from '../../http/problem.ts';
import { hourlyLimit } from '../../http/rate-limit.ts';
import { deletionRoute } from './deletion.ts';
import { checkOrigins } from './origins.ts';
import { answerOrLines, sendWithProgress } from './progress.ts';
import { changeOrgSchema, createdOrgSchema, createOrgSchema, orgSchema } from './schemas.ts';
import type { OrganisationLifecycle } from './service.ts';
import { shownOnboarded, shownOrganisation } from './shown.ts';

/** Organisations, as the people in them make, see, change and delete them. */
export function orgRoutes(app: App, deps: BackendDependencies, lifecycle: OrganisationLifecycle): void {
  const { metadata, billing } = deps;
  const tags = ['Organisations'];
  // Each takes a slug for good.
  const refuseHasty = hourlyLimit(
    app,
    CREATED_PER_HOUR,
    `You asked for more than ${CREATED_PER_HOUR} organisations within an hour.`,
  );

  app.post(
    '/v1/orgs',
    {
      config: { auth: { principals: ['user'], scopes: [] }, audit: 'org.create' },
      schema: {
        operationId: 'createOwnOrg',
        summary: 'Create an organisation',
        description:
          'The caller becomes its owner. Creates its dataset, its data key and its first API key, which is shown once. After a failure the same request goes on where the last one stopped; once all is done it answers 409. One person owns at most 20 organisations, and asks for at most 5 within an hour.',
        tags,
        security: [{ session: [] }],
        body: createOrgSchema,
        response: {
          201: answerOrLines('The organisation is there.', createdOrgSchema),
          ...problemResponses(400, 401, 403, 409, 413, 415, 422, 429, 500, 503),
        },
      },
    },
    async (request, reply) => {
      const { userId, email } = userPrincipal(request);
      request.auditTarget = request.body.slug;
      parseOrgSlug(request.body.slug);
      await refuseHasty(request);
      return sendWithProgress(request, reply, 201, async (onStep) =>
        shownOnboarded(await lifecycle.onboard({ ...request.body, owner: { userId, email } }, onStep)),
      );
    },
  );

  app.get(
    '/v1/org',
    {
      config: { auth: { principals: ['member', 'api_key'], scopes: ['org:read'] } },
      schema: {
        operationId: 'getOrg',
        summary: 'The organisation',
        tags,
        security: [{ session: [] }, { apiKey: [] }],
        response: { 200: orgSchema, ...problemResponses(400, 401, 403, 404, 429, 500, 503) },
      },
    },
    async (request) => {
      const principal = orgPrincipal(request);
      const organisation = await metadata.findOrganisation(principal.org);
      if (organisation === undefined)
        throw new CloudActError('not_found', { detail: 'There is no such organisation.' });
      return shownOrganisation(organisation, await billing.account(principal.org), principal);
    },
  );

  app.patch(
    '/v1/org',
    {
      config: { auth: { principals: ['member'], scopes: ['org:write'] }, audit: 'org.update' },
      schema: {
        operationId: 'updateOrg',
        summary: 'Change the organisation',
        description: 'Its name, or the origins whose pages may show its widgets. What is left out stays.',
        tags,
        security: [{ session: [] }],
        body: changeOrgSchema,
        response: { 200: orgSchema, ...problemResponses(400, 401, 403, 404, 413, 415, 429, 500, 503) },
      },
    },
    async (request) => {
      const principal = memberPrincipal(request);
      const { name, allowed_origins: allowedOrigins } = request.body;
      checkOrigins(allowedOrigins ?? []);
      request.auditTarget = principal.org;
      const organisation = await metadata.forOrg(principal.org).update({
        ...(name !== undefined && { name }),
        ...(allowedOrigins !== undefined && { allowedOrigins }),
      });
      return shownOrganisation(organisation, await billing.account(principal.org), principal);
    },
  );

  deletionRoute(app, deps, lifecycle);
}

const CREATED_PER_HOUR = 5;
