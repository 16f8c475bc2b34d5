import { CloudActError } from '@cloudact/core/errors';
import { isGuarded } from '@cloudact/core/identity';
import type { IdempotencyRecords } from '@cloudact/core/metadata';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { orgOf, principalKey } from './actor.ts';
import type { App } from './app-type.ts';
import { isWhole } from './audit.ts';
import { type AnswerPlace, fingerprintOf, openAnswer, sealAnswer } from './kept-answer.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** False on a guarded POST whose answer must not be kept: it takes no Idempotency-Key, and is done every time. */
    idempotency?: false;
  }
  interface FastifyRequest {
    /** The Idempotency-Key that this request has taken and not yet answered or let go of. */
    takenKey: AnswerPlace | null;
  }
}

/**
 * `Idempotency-Key` on every guarded POST that does not opt out: the same request of the same principal with the same key is done once, and
 * answered alike for 24 hours, with `Idempotent-Replayed: true`. Another request with the key throws
 * `idempotency_key_reused`, the same one while the first is under way `idempotency_key_in_flight`. Answers from 500 on,
 * 429, and streamed answers are not kept: the key is free again. Of a request that was cut off it is after 60 seconds.
 */
export function registerIdempotency(app: App, records: IdempotencyRecords, secret: string): void {
  app.decorateRequest('takenKey', null);

  app.addHook('onRoute', (route) => {
    if (route.method !== 'POST' || !isGuarded(route.config?.auth) || route.config?.idempotency === false) return;
    route.schema = { ...route.schema, headers: headersSchema };
  });

  app.addHook('preHandler', async (request, reply) => {
    const place = placeOf(request);
    if (place === undefined) return;
    const { principal, key, fingerprint } = place;
    const begun = await records.begin({
      principal,
      key,
      org: orgOf(request.principal!),
      fingerprint,
      lockSeconds: LOCK_SECONDS,
      keepSeconds: KEEP_SECONDS,
    });
    switch (begun.state) {
      case 'begin':
        request.takenKey = place;
        return;
      case 'in_flight':
        reply.header('retry-after', '1');
        throw new CloudActError('idempotency_key_in_flight', {
          detail: 'The same request with this Idempotency-Key is being done. Ask again in a moment for its answer.',
        });
      case 'mismatch':
        throw new CloudActError('idempotency_key_reused', {
          detail: 'This Idempotency-Key came with another request before. Send a new key with a new request.',
        });
      case 'answered':
        return replay(reply, begun.status, openAnswer(secret, place, begun.sealedAnswer));
    }
  });

  app.addHook('onError', async (request, _reply, error) => {
    // The handler is still at work, although nobody waits for it: the key stays taken until its lock runs out.
    if (error.code === 'FST_ERR_HANDLER_TIMEOUT') request.takenKey = null;
  });

  app.addHook('onSend', async (request, reply, payload) => {
    const { takenKey } = request;
    if (takenKey === null || !isWhole(payload)) return payload;
    if (!isKept(reply.statusCode)) {
      await letGo(request, takenKey);
      return payload;
    }
    request.takenKey = null;
    const sealedAnswer = sealAnswer(secret, takenKey, {
      contentType: text(reply.getHeader('content-type')),
      location: text(reply.getHeader('location')),
      body: payload?.toString() ?? '',
    });
    const { principal, key } = takenKey;
    await records.answer({ principal, key, status: reply.statusCode, sealedAnswer }).catch((err: unknown) => {
      request.log.error({ err }, 'the answer for an Idempotency-Key could not be kept');
    });
    return payload;
  });

  // Answers that were streamed, or written by hand. Nobody was answered where the request was aborted before, and its
  // handler may still be at work.
  app.addHook('onResponse', async (request, reply) => {
    if (request.takenKey !== null && reply.sent) await letGo(request, request.takenKey);
  });

  async function letGo(request: FastifyRequest, { principal, key }: AnswerPlace): Promise<void> {
    request.takenKey = null;
    await records.release({ principal, key }).catch((err: unknown) => {
      request.log.error({ err }, 'an Idempotency-Key could not be let go');
    });
  }
}

const headersSchema = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      description:
        'A text of your own for this request, for example a UUID. Sent again within 24 hours, the request is not done again, and is answered as it was.',
    }),
  ),
});

/** Longer than any handler may take. */
const LOCK_SECONDS = 60;
const KEEP_SECONDS = 24 * 60 * 60;

/** Undefined where the request carries no key, or the route does not take one. */
function placeOf(request: FastifyRequest): AnswerPlace | undefined {
  const { principal, method, routeOptions, params, query, body } = request;
  const key = request.headers['idempotency-key'];
  if (principal === null || method !== 'POST' || key === undefined) return undefined;
  if (routeOptions.config.idempotency === false) return undefined;
  if (typeof key !== 'string' || !PRINTABLE.test(key)) {
    throw new CloudActError('request_invalid', {
      detail: 'Idempotency-Key must be 1 to 255 printable ASCII characters, for example a UUID.',
    });
  }
  return {
    principal: principalKey(principal),
    key,
    fingerprint: fingerprintOf({ method, route: routeOptions.url ?? '', params, query, body }),
  };
}

const PRINTABLE = /^[\x20-\x7e]{1,255}$/;

/** What a repetition could not mend is an answer; a refusal for asking too often is none. */
function isKept(status: number): boolean {
  return status < 500 && status !== 429;
}

function replay(reply: FastifyReply, status: number, answer: ReturnType<typeof openAnswer>): FastifyReply {
  reply.code(status).headers({ 'idempotent-replayed': 'true', 'cache-control': 'no-store' });
  if (answer.contentType !== null) reply.header('content-type', answer.contentType);
  if (answer.location !== null) reply.header('location', answer.location);
  return reply.send(answer.body === '' ? undefined : answer.body);
}

function text(header: ReturnType<FastifyReply['getHeader']>): string | null {
  return header === undefined ? null : String(header);
}
