import { CloudActError } from '@cloudact/core/errors';
import { type MemberPrincipal, mayGive, type Role } from '@cloudact/core/identity';
import type { Membership } from '@cloudact/core/metadata';
import type { OrgSlug } from '@cloudact/core/org';
import type { BackendDependencies } from '../../dependencies.ts';
import type { App } from '../../http/app-type.ts';
import { memberPrincipal, orgPrincipal } from '../../http/auth.ts';
import { problemResponses } from '../../http/problem.ts';
import { changeMemberSchema, leaveSchema, memberParamsSchema, memberSchema, membersSchema } from './schemas.ts';

/** The people of an organisation. */
export function memberRoutes(app: App, { identity, metadata }: BackendDependencies): void {
  const tags = ['People'];

  app.get(
    '/v1/members',
    {
      config: { auth: { principals: ['member', 'api_key'], scopes: ['members:read'] } },
      schema: {
        tags,
        security: [{ session: [] }, { apiKey: [] }],
        operationId: 'listMembers',
        summary: 'List the members',
        response: { 200: membersSchema, ...problemResponses(401, 403, 404, 429, 500, 503) },
      },
    },
    async (request) => {
      const members = await metadata.forOrg(orgPrincipal(request).org).members.list();
      return { members: members.map(shownMember) };
    },
  );

  app.patch(
    '/v1/members/:user_id',
    {
      config: { auth: { principals: ['member'], scopes: ['members:write'] }, audit: 'member.change_role' },
      schema: {
        tags,
        security: [{ session: [] }],
        operationId: 'changeMember',
        summary: 'Change the role of a member',
        description:
          'Only an owner makes an owner, or takes that role from somebody. The last owner keeps it: last_owner. Widget tokens that the member minted are taken back.',
        params: memberParamsSchema,
        body: changeMemberSchema,
        response: { 200: memberSchema, ...problemResponses(400, 401, 403, 404, 409, 413, 415, 429, 500, 503) },
      },
    },
    async (request) => {
      const principal = memberPrincipal(request);
      const { user_id } = request.params;
      const { role } = request.body;
      request.auditTarget = user_id;
      const member = await findMember(principal, user_id);
      requireMayGive(principal, member.role);
      requireMayGive(principal, role);
      await takeBackTokens(principal.org, user_id);
      await metadata.forOrg(principal.org).members.changeRole(user_id, role, principal.userId);
      return shownMember({ ...member, role });
    },
  );

  app.delete(
    '/v1/members/:user_id',
    {
      config: { auth: { principals: ['member'], scopes: ['members:write'] }, audit: 'member.remove' },
      schema: {
        tags,
        security: [{ session: [] }],
        operationId: 'removeMember',
        summary: 'End a membership',
        description:
          'Only an owner removes an owner, and the last owner stays: last_owner. Widget tokens that the member minted are taken back.',
        params: memberParamsSchema,
        response: { 204: { type: 'null' }, ...problemResponses(400, 401, 403, 404, 409, 429, 500, 503) },
      },
    },
    async (request, reply) => {
      const principal = memberPrincipal(request);
      const { user_id } = request.params;
      request.auditTarget = user_id;
      requireMayGive(principal, (await findMember(principal, user_id)).role);
      await takeBackTokens(principal.org, user_id);
      await metadata.forOrg(principal.org).members.remove(user_id, principal.userId);
      return reply.code(204).send(null);
    },
  );

  app.delete(
    '/v1/members/me',
    {
      config: { auth: { principals: ['member'], scopes: [] }, audit: 'member.leave' },
      schema: {
        tags,
        security: [{ session: [] }],
        operationId: 'leave',
        summary: 'Leave the organisation',
        description: 'Ends the own membership, whatever the role. The last owner stays: last_owner.',
        body: leaveSchema,
        response: { 204: { type: 'null' }, ...problemResponses(400, 401, 403, 404, 409, 413, 415, 429, 500, 503) },
      },
    },
    async (request, reply) => {
      const { org, userId } = memberPrincipal(request);
      request.auditTarget = userId;
      if (request.body.confirm !== org) {
        throw new CloudActError('request_invalid', {
          detail: `Who leaves comes back only when invited again. To confirm it, send "confirm" with the slug of the organisation, "${org}".`,
          faults: [{ column: 'confirm', reason: 'must be the slug of the organisation' }],
        });
      }
      await takeBackTokens(org, userId);
      await metadata.forOrg(org).members.remove(userId, userId);
      return reply.code(204).send(null);
    },
  );

  /** Before the change: were it made and this failed, a repetition would find no member, and tokens would live on. */
  async function takeBackTokens(org: OrgSlug, userId: string): Promise<void> {
    await identity.revocations.revokeMintedBy(org, `member:${userId}`);
  }

  async function findMember({ org }: MemberPrincipal, userId: string): Promise<Membership> {
    const member = await metadata.people.membership(userId, org);
    if (member === undefined) throw new CloudActError('not_found', { detail: 'There is no such member.' });
    return member;
  }
}

/** Throws `forbidden` when the person may neither give the role nor take it from somebody. */
export function requireMayGive({ role: own }: MemberPrincipal, role: Role): void {
  if (mayGive(own, role)) return;
  throw new CloudActError('forbidden', {
    detail: `As ${own} you neither give nor take the role ${role}. Ask an owner of the organisation.`,
  });
}

function shownMember({ userId, email, role, since }: Membership) {
  return { user_id: userId, email, role, since };
}
