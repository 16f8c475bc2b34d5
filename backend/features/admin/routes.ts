import { CloudActError } from '@cloudact/core/errors';
import { type OrgSlug, parseOrgSlug } from '@cloudact/core/org';
import type { BackendDependencies, Limits } from '../../dependencies.ts';
import type { App } from '../../http/app-type.ts';
import { problemResponses } from '../../http/problem.ts';
import { type Certificate, certificateSchema } from '../orgs/certificate.ts';
import { checkConfirmed, deletionMilliseconds } from '../orgs/deletion.ts';
import { answerOrLines, sendWithProgress } from '../orgs/progress.ts';
import { createdOrgSchema, deleteOrgSchema } from '../orgs/schemas.ts';
import type { OrganisationLifecycle } from '../orgs/service.ts';
import { shownKey, shownOnboarded } from '../orgs/shown.ts';
import { openInvitationService } from '../people/invitation-service.ts';
import {
  bootstrapStateSchema,
  createAnyOrgSchema,
  issueApiKeySchema,
  issuedApiKeySchema,
  orgParamsSchema,
} from './schemas.ts';
import { openAdminService } from './service.ts';

/** The operator's routes, for the root key and nothing else. */
export function adminRoutes(
  app: App,
  deps: BackendDependencies,
  lifecycle: OrganisationLifecycle,
  limits: Limits,
): void {
  const admin = openAdminService(deps);
  const invitations = openInvitationService(deps);
  const common = { tags: ['Admin'], security: [{ rootKey: [] }] };
  const auth = { principals: ['root'], scopes: [] } as const;
  // One limiter for all of them: a limit in a route's configuration would count for that route alone.
  const onRequest = app.rateLimit({ max: limits.adminRequestsPerMinute });
  const audited = <const Action extends string>(audit: Action) => ({ auth, rateLimit: false, audit }) as const;

  app.post(
    '/v1/admin/bootstrap',
    {
      config: audited('installation.check'),
      onRequest,
      schema: {
        ...common,
        operationId: 'bootstrap',
        summary: 'Check that the installation is complete',
        description: 'Asks every store and the control tables. Doing it again changes nothing.',
        response: { 200: bootstrapStateSchema, ...problemResponses(400, 401, 403, 409, 422, 429, 500, 503) },
      },
    },
    async () => ({ state: 'ready' as const, ...(await admin.bootstrap()) }),
  );

  app.post(
    '/v1/admin/orgs',
    {
      config: audited('org.create'),
      onRequest,
      schema: {
        ...common,
        operationId: 'createOrg',
        summary: 'Onboard an organisation',
        description:
          'Creates an organisation, its dataset, its data key and its first API key, which is shown once. Whoever has the address owner_email is invited to own it; nobody is a member before. After a failure the same request goes on where the last one stopped; when all is done it answers 409, and another key is issued under /v1/admin/orgs/{slug}/api-keys.',
        body: createAnyOrgSchema,
        response: {
          201: answerOrLines('The organisation is there.', createdOrgSchema),
          ...problemResponses(400, 401, 403, 409, 413, 415, 422, 429, 500, 503),
        },
      },
    },
    async (request, reply) => {
      request.auditTarget = request.body.slug;
      const { owner_email: email, ...body } = request.body;
      const conclude =
        email === undefined ? undefined : (org: OrgSlug) => invitations.invite({ org, by: null, email, role: 'owner' });
      return sendWithProgress(request, reply, 201, async (onStep) =>
        shownOnboarded(await lifecycle.onboard({ ...body, owner: null, conclude }, onStep)),
      );
    },
  );

  app.delete(
    '/v1/admin/orgs/:slug',
    {
      config: audited('org.delete'),
      onRequest,
      handlerTimeout: deletionMilliseconds,
      schema: {
        ...common,
        operationId: 'deleteAnyOrg',
        summary: 'Offboard an organisation',
        description:
          'What DELETE /v1/org does for its owner; it also completes what an owner has begun. Of an organisation that is gone it answers with the certificate that is kept.',
        params: orgParamsSchema,
        body: deleteOrgSchema,
        response: {
          200: answerOrLines('The organisation is gone.', certificateSchema),
          ...problemResponses(400, 401, 403, 404, 413, 415, 429, 500, 503, 507),
        },
      },
    },
    async (request, reply) => {
      const org = parseOrgSlug(request.params.slug);
      request.auditTarget = org;
      request.auditOrgs = [org];
      checkConfirmed(org, request.body.confirm);
      return sendWithProgress(request, reply, 200, (onStep) =>
        lifecycle.offboard({ org, requestedBy: null, withExport: request.body.export }, onStep),
      );
    },
  );

  app.get(
    '/v1/admin/orgs/:slug/certificate',
    {
      config: { auth, rateLimit: false },
      onRequest,
      schema: {
        ...common,
        operationId: 'getCertificate',
        summary: 'What was deleted of an organisation that is gone',
        params: orgParamsSchema,
        response: { 200: certificateSchema, ...problemResponses(400, 401, 403, 404, 429, 500, 503) },
      },
    },
    async (request) => {
      const certificate = await deps.metadata.offboarding.certificate(parseOrgSlug(request.params.slug));
      if (certificate === undefined) {
        throw new CloudActError('not_found', { detail: 'No organisation of this slug was deleted.' });
      }
      return certificate as Certificate;
    },
  );

  app.post(
    '/v1/admin/orgs/:slug/api-keys',
    {
      config: audited('api_key.create'),
      onRequest,
      schema: {
        ...common,
        operationId: 'issueApiKey',
        summary: 'Issue an API key',
        description:
          'Issues another API key of an organisation that is set up, for example when the answer that showed the first one was lost. The key is shown once; keys that were issued before stay in force.',
        params: orgParamsSchema,
        body: issueApiKeySchema,
        response: {
          201: issuedApiKeySchema,
          ...problemResponses(400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503),
        },
      },
    },
    async (request, reply) => {
      request.auditTarget = request.params.slug;
      request.auditOrgs = [parseOrgSlug(request.params.slug)];
      const { key, record } = await admin.issueApiKey({ ...request.params, ...request.body });
      return reply.code(201).send({ api_key: shownKey(key, record) });
    },
  );
}
