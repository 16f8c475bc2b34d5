import { CloudActError } from '@cloudact/core/errors';
import type { BackendDependencies } from '../../dependencies.ts';
import type { App } from '../../http/app-type.ts';
import { userPrincipal } from '../../http/auth.ts';
import { problemResponses } from '../../http/problem.ts';
import { hashInvitationToken } from './invitation-token.ts';
import { acceptedInvitationSchema, acceptInvitationSchema, deleteMeSchema, meSchema } from './schemas.ts';

/** What belongs to a signed-in person and to no organisation. */
export function meRoutes(app: App, { identity, metadata }: BackendDependencies): void {
  const auth = { principals: ['user'], scopes: [] } as const;
  const common = { tags: ['People'], security: [{ session: [] }] };

  app.get(
    '/v1/me',
    {
      config: { auth },
      schema: {
        ...common,
        operationId: 'getMe',
        summary: 'Who is signed in',
        description: 'The person and the organisations that the person belongs to, with the role in each.',
        response: { 200: meSchema, ...problemResponses(401, 403, 429, 500, 503) },
      },
    },
    async (request) => {
      const { userId, email } = userPrincipal(request);
      const memberships = await metadata.people.memberships(userId);
      return {
        id: userId,
        email,
        organisations: memberships.map(({ org, name, role, state }) => ({ slug: org, name, role, state })),
      };
    },
  );

  app.delete(
    '/v1/me',
    {
      config: { auth, audit: 'account.delete' },
      schema: {
        ...common,
        operationId: 'deleteMe',
        summary: 'Delete the own account',
        description:
          'Deletes the person with all memberships. Refused with last_owner, which names the organisations, while one would be left without an owner: make somebody else an owner, or delete the organisation.',
        body: deleteMeSchema,
        response: { 204: { type: 'null' }, ...problemResponses(400, 401, 403, 409, 413, 415, 429, 500, 503) },
      },
    },
    async (request, reply) => {
      const { userId, email } = userPrincipal(request);
      request.auditTarget = userId;
      if (request.body.confirm.trim().toLowerCase() !== email) {
        throw new CloudActError('request_invalid', {
          detail: 'The address in "confirm" is not the one that you are signed in with. Nothing was deleted.',
          faults: [{ column: 'confirm', reason: 'must be the own e-mail address' }],
        });
      }
      const memberships = await metadata.people.memberships(userId);
      for (const { org } of memberships) await identity.revocations.revokeMintedBy(org, `member:${userId}`);
      await metadata.people.deleteAccount(userId);
      request.auditOrgs = memberships.map(({ org }) => org);
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/v1/invitations/accept',
    {
      config: { auth, audit: 'invitation.accept' },
      schema: {
        ...common,
        operationId: 'acceptInvitation',
        summary: 'Accept an invitation',
        description:
          'Makes the person a member with the role of the invitation. It has to be addressed to the address that the person is signed in with. Accepting it again changes nothing.',
        body: acceptInvitationSchema,
        response: {
          200: acceptedInvitationSchema,
          ...problemResponses(400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503),
        },
      },
    },
    async (request) => {
      const { userId, email } = userPrincipal(request);
      const tokenHash = hashInvitationToken(request.body.token);
      const { org, role } = await metadata.people.acceptInvitation({ tokenHash, userId, email });
      request.auditTarget = org;
      request.auditOrgs = [org];
      return { slug: org, role };
    },
  );
}
