import type { Invitation } from '@cloudact/core/metadata';
import type { BackendDependencies } from '../../dependencies.ts';
import type { App } from '../../http/app-type.ts';
import { memberPrincipal, orgPrincipal } from '../../http/auth.ts';
import { problemResponses } from '../../http/problem.ts';
import { invitationState, openInvitationService } from './invitation-service.ts';
import { requireMayGive } from './members.ts';
import { invitationParamsSchema, invitationSchema, invitationsSchema, inviteSchema } from './schemas.ts';

/** Invitations of an organisation to people. */
export function invitationRoutes(app: App, deps: BackendDependencies): void {
  const { metadata, now } = deps;
  const service = openInvitationService(deps);
  const tags = ['People'];

  app.get(
    '/v1/invitations',
    {
      config: { auth: { principals: ['member', 'api_key'], scopes: ['members:read'] } },
      schema: {
        tags,
        security: [{ session: [] }, { apiKey: [] }],
        operationId: 'listInvitations',
        summary: 'List the invitations',
        description: 'Newest first, with those that were accepted, taken back, or expired.',
        response: { 200: invitationsSchema, ...problemResponses(401, 403, 404, 429, 500, 503) },
      },
    },
    async (request) => {
      const invitations = await metadata.forOrg(orgPrincipal(request).org).invitations.list();
      return { invitations: invitations.map((invitation) => shownInvitation(invitation, now())) };
    },
  );

  app.post(
    '/v1/invitations',
    {
      config: { auth: { principals: ['member'], scopes: ['members:write'] }, audit: 'invitation.create' },
      schema: {
        tags,
        security: [{ session: [] }],
        operationId: 'invite',
        summary: 'Invite somebody',
        description:
          'Sends a link to the address, good for seven days and for whoever is signed in with that address. The answer is the same whether or not the address has an account. An open invitation to the same address is taken back. Members and open invitations together count as seats of the plan. An organisation sends at most 20 invitations in an hour, and one to the same address in five minutes: rate_limited.',
        body: inviteSchema,
        response: {
          201: invitationSchema,
          ...problemResponses(400, 401, 402, 403, 404, 409, 413, 415, 422, 429, 500, 503),
        },
      },
    },
    async (request, reply) => {
      const principal = memberPrincipal(request);
      const { email, role } = request.body;
      requireMayGive(principal, role);
      const invitation = await service.invite({ org: principal.org, by: principal, email, role });
      request.auditTarget = invitation.id;
      return reply.code(201).send(shownInvitation(invitation, now()));
    },
  );

  app.delete(
    '/v1/invitations/:id',
    {
      config: { auth: { principals: ['member'], scopes: ['members:write'] }, audit: 'invitation.revoke' },
      schema: {
        tags,
        security: [{ session: [] }],
        operationId: 'revokeInvitation',
        summary: 'Take an invitation back',
        description: 'Its link leads nowhere from then on. Doing it again changes nothing.',
        params: invitationParamsSchema,
        response: { 204: { type: 'null' }, ...problemResponses(400, 401, 403, 404, 429, 500, 503) },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      request.auditTarget = id;
      await metadata.forOrg(memberPrincipal(request).org).invitations.revoke(id);
      return reply.code(204).send(null);
    },
  );
}

function shownInvitation(invitation: Invitation, now: Date) {
  const { id, email, role, createdAt, expiresAt } = invitation;
  return { id, email, role, state: invitationState(invitation, now), created_at: createdAt, expires_at: expiresAt };
}
