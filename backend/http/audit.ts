import { randomUUID } from 'node:crypto';
import { type ErrorCode, errorCatalogue } from '@cloudact/core/errors';
import { isGuarded } from '@cloudact/core/identity';
import type { AuditEntry, AuditLog, AuditOutcome } from '@cloudact/core/metadata';
import type { OrgSlug } from '@cloudact/core/org';
import { toCloudActError } from '@cloudact/core/problem';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Actor, actorOf, orgOf } from './actor.ts';
import { openAnonymousRefusals } from './anonymous-refusals.ts';
import type { App } from './app-type.ts';
import { openAuditBatch } from './audit-batch.ts';

/**
 * What the audit log calls that which a route does: noun.verb, for example `api_key.revoke`. Written before the work,
 * and its outcome after; `batched`, for what happens often and undoes nothing, is written after the work, within a second.
 */
export type AuditedAs = string | { readonly action: string; readonly mode: 'batched' };

declare module 'fastify' {
  interface FastifyContextConfig {
    audit?: AuditedAs;
  }
  interface FastifyRequest {
    /** What it is done to, for the audit log: an id, never a secret. Handlers set it as soon as they know. */
    auditTarget: string | null;
    /**
     * Organisations that it is about, where the principal is of none: each finds it in its audit log. Those that are not
     * there, or not any more, are left out.
     */
    auditOrgs: readonly OrgSlug[];
    /** Who it is, of a request that is refused before there is a principal. */
    auditActor: Actor | null;
    /** The problem that the request ended with. A handler that streams its answer sets it itself. */
    problemCode: ErrorCode | null;
    /** The entry of a request that got as far as its handler. */
    auditEntry: (AuditEntry & { at: string; settled?: true }) | null;
  }
}

/**
 * Writes down who changed what. The handler of a route with `config.audit` starts only once its attempt is written
 * (`unavailable` otherwise), and its outcome is written before the answer leaves. Refused credentials and missing rights
 * are written down on all guarded routes, within a second; those of strangers once a minute for each address. Bodies,
 * credentials and query strings are never in it.
 */
export function registerAudit(app: App, audit: AuditLog): void {
  const batch = openAuditBatch(audit, app.log);
  const strangers = openAnonymousRefusals((entry) => batch.add(entry));
  app.decorateRequest('auditTarget', null);
  app.decorateRequest('auditOrgs');
  app.decorateRequest('auditActor', null);
  app.decorateRequest('problemCode', null);
  app.decorateRequest('auditEntry', null);

  app.addHook('onRequest', async (request) => {
    request.auditOrgs = [];
  });

  app.addHook('onError', async (request, _reply, error) => {
    request.problemCode = toCloudActError(error).code;
  });

  app.addHook('preHandler', async (request) => {
    const { audit: auditedAs } = request.routeOptions.config;
    if (auditedAs === undefined) return;
    const entry = entryOf(request, typeof auditedAs === 'string' ? auditedAs : auditedAs.action);
    if (typeof auditedAs === 'string') await audit.attempt(entry);
    request.auditEntry = entry;
  });

  app.addHook('onSend', async (request, reply, payload) => {
    if (isWhole(payload)) await settle(request, reply);
    return payload;
  });

  // What onSend left: answers that were streamed or written by hand, and refusals before the handler.
  app.addHook('onResponse', async (request, reply) => {
    if (reply.sent) await settle(request, reply);
    if (isRefusal(request, reply)) {
      const target = `${request.method} ${request.routeOptions.url ?? ''}`;
      const refusal = { ...entryOf(request, 'access.refuse'), target, ...outcomeOf(request, reply) };
      (refusal.actor.id === null ? strangers : batch).add(refusal);
    }
  });
  app.addHook('onClose', () => {
    strangers.close();
    return batch.close();
  });

  async function settle(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { auditEntry, auditTarget, auditOrgs } = request;
    if (auditEntry === null || auditEntry.settled) return;
    auditEntry.settled = true;
    const { settled, ...entry } = auditEntry;
    const outcome = outcomeOf(request, reply);
    if (typeof request.routeOptions.config.audit === 'object') {
      batch.add({ ...entry, target: auditTarget, ...outcome });
      return;
    }
    const [org, ...others] = auditOrgs;
    try {
      await audit.complete(entry.id, {
        ...outcome,
        ...(auditTarget !== null && { target: auditTarget }),
        ...(org !== undefined && { org }),
      });
      const copies = others.map((other) => ({
        ...entry,
        id: randomUUID(),
        org: other,
        target: auditTarget,
        ...outcome,
      }));
      await audit.record(copies);
    } catch (err) {
      // The work is done, and its answer may show a key that is never shown again.
      request.log.error({ err, audit: entry.id }, 'outcome of an audited request not written');
    }
  }
}

function entryOf(request: FastifyRequest, action: string): AuditEntry & { at: string } {
  const { principal } = request;
  return {
    id: randomUUID(),
    at: new Date().toISOString(),
    org: principal === null ? null : orgOf(principal),
    actor: principal === null ? (request.auditActor ?? { kind: 'unknown', id: null }) : actorOf(principal),
    action,
    target: request.auditTarget,
    requestId: request.id,
    address: request.ip,
    userAgent: request.headers['user-agent']?.slice(0, USER_AGENT_LENGTH) ?? null,
  };
}

const USER_AGENT_LENGTH = 200;

/** The status line of a streamed answer is sent before the end is known: the problem's own status tells more. */
function outcomeOf(
  { problemCode }: FastifyRequest,
  { statusCode }: FastifyReply,
): Omit<AuditOutcome, 'target' | 'org'> {
  const status = problemCode !== null && statusCode < 400 ? errorCatalogue[problemCode].status : statusCode;
  const outcome = status < 400 ? 'succeeded' : status < 500 ? 'refused' : 'failed';
  return { outcome, status, code: problemCode };
}

/** A credential that is none, a right that is missing, or an organisation that is not the person's. */
function isRefusal(request: FastifyRequest, { statusCode }: FastifyReply): boolean {
  const { routeOptions, principal, problemCode, auditEntry } = request;
  const { auth } = routeOptions.config;
  if (auth === undefined || auth === 'public' || auditEntry !== null) return false;
  if (statusCode === 401) return true;
  return problemCode === 'forbidden' || (isGuarded(auth) && principal === null && problemCode === 'not_found');
}

/** Whether the answer is known when it begins to be sent, and is not a stream. */
export function isWhole(payload: unknown): payload is string | Buffer | null | undefined {
  return payload === undefined || payload === null || typeof payload === 'string' || Buffer.isBuffer(payload);
}
