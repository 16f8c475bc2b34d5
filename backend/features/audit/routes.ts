import type { AuditEvent } from '@cloudact/core/metadata';
import type { BackendDependencies } from '../../dependencies.ts';
import type { App } from '../../http/app-type.ts';
import { orgPrincipal } from '../../http/auth.ts';
import { problemResponses } from '../../http/problem.ts';
import { auditEventsSchema, auditPageSchema } from './schemas.ts';

/** What happened in the organisation, and who did it. */
export function auditRoutes(app: App, { metadata }: BackendDependencies): void {
  app.get(
    '/v1/audit-events',
    {
      config: { auth: { principals: ['member', 'api_key'], scopes: ['audit:read'] } },
      schema: {
        operationId: 'listAuditEvents',
        summary: 'Who did what',
        description:
          'Newest first: every change with its outcome, and every refusal of a credential of the organisation. An event that stays `attempted` was cut off in the middle. The next page starts `before` the last id of this one; the last page has no `next`.',
        tags: ['Audit'],
        security: [{ apiKey: [] }, { session: [] }],
        querystring: auditPageSchema,
        response: { 200: auditEventsSchema, ...problemResponses(400, 401, 403, 404, 429, 500, 503) },
      },
    },
    async (request) => {
      const { limit, before } = request.query;
      // One more than asked for tells whether there is another page.
      const found = await metadata
        .forOrg(orgPrincipal(request).org)
        .auditEvents({ limit: limit + 1, ...(before !== undefined && { before }) });
      const events = found.slice(0, limit);
      return { events: events.map(shown), next: found.length > limit ? events.at(-1)!.id : null };
    },
  );
}

function shown({ id, at, actor, action, target, outcome, status, code, requestId, address, userAgent }: AuditEvent) {
  const request = { request_id: requestId, address, user_agent: userAgent };
  return { id, at, actor, action, target, outcome, status, code, ...request };
}
