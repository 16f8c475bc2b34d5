import { CloudActError } from '@cloudact/core/errors';
import { roleScopes, type UserPrincipal } from '@cloudact/core/identity';
import type { Metadata } from '@cloudact/core/metadata';
import { type OrgSlug, parseOrgSlug } from '@cloudact/core/org';
import type { BackendDependencies } from '../../dependencies.ts';
import type { App } from '../../http/app-type.ts';
import { organisationHeader, userPrincipal } from '../../http/auth.ts';
import { problemResponses } from '../../http/problem.ts';
import { certificateSchema } from './certificate.ts';
import { answerOrLines, sendWithProgress } from './progress.ts';
import { deleteOrgSchema } from './schemas.ts';
import type { OrganisationLifecycle } from './service.ts';

/** An export may take long; who wants to see it go on asks for lines. */
export const deletionMilliseconds = 30 * 60_000;

/**
 * The one door to an organisation that is leaving. It takes the person as such, because nobody is a member of such an
 * organisation any more for any other route, and looks the membership up here: an owner may ask again until all is done.
 */
export function deletionRoute(app: App, { metadata }: BackendDependencies, lifecycle: OrganisationLifecycle): void {
  app.delete(
    '/v1/org',
    {
      config: { auth: { principals: ['user'], scopes: [] }, audit: 'org.delete' },
      handlerTimeout: deletionMilliseconds,
      schema: {
        operationId: 'deleteOrg',
        summary: 'Delete the organisation',
        description: `For its owners; the header ${organisationHeader} names it. From the first step on nobody gets in any more: keys and tokens are revoked, what is paid for ends, the data is exported where that is asked for, and dataset, data keys and credentials are deleted. After a failure the same request goes on where the last one stopped. The slug is never given again. The answer is the certificate.`,
        tags: ['Organisations'],
        security: [{ session: [] }],
        body: deleteOrgSchema,
        response: {
          200: answerOrLines('The organisation is gone.', certificateSchema),
          ...problemResponses(400, 401, 403, 404, 413, 415, 429, 500, 503, 507),
        },
      },
    },
    async (request, reply) => {
      const { confirm, export: withExport } = request.body;
      const person = userPrincipal(request);
      const org = await ownedOrganisation(metadata, person, request.headers[organisationHeader.toLowerCase()]);
      checkConfirmed(org, confirm);
      request.auditTarget = org;
      request.auditOrgs = [org];
      return sendWithProgress(request, reply, 200, (onStep) =>
        lifecycle.offboard({ org, requestedBy: person.userId, withExport }, onStep),
      );
    },
  );
}

/** Throws `request_invalid` unless the slug was given once more. */
export function checkConfirmed(org: OrgSlug, confirm: string): void {
  if (confirm === org) return;
  throw new CloudActError('request_invalid', {
    detail: `Deleting cannot be undone. To confirm it, send "confirm" with the slug of the organisation, "${org}".`,
    faults: [{ column: 'confirm', reason: 'must be the slug of the organisation' }],
  });
}

/** Throws `not_found`, in the same words, for an organisation that is not there or not the person's; `forbidden` for a role that may not delete it. */
async function ownedOrganisation(
  metadata: Metadata,
  { userId }: UserPrincipal,
  header: string | readonly string[] | undefined,
): Promise<OrgSlug> {
  if (typeof header !== 'string') {
    throw new CloudActError('request_invalid', {
      detail: `The header ${organisationHeader} is missing. Send the slug of the organisation that is to be deleted.`,
    });
  }
  const org = parseOrgSlug(header);
  const membership = await metadata.people.membership(userId, org);
  if (membership === undefined) {
    throw new CloudActError('not_found', {
      detail: 'There is no such organisation, or you are not a member of it. GET /v1/me lists yours.',
    });
  }
  if (!roleScopes[membership.role].includes('org:write')) {
    throw new CloudActError('forbidden', { detail: 'Only an owner deletes an organisation. Ask one of them.' });
  }
  return org;
}
