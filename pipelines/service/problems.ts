import { CloudActError, type ErrorCode } from '@cloudact/core/errors';
import { problemMediaType, toProblem } from '@cloudact/core/problem';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Every error of the service leaves as a problem: ours, Fastify's, and unknown paths. */
export function registerProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const known = translate(error);
    if (known.status >= 500) request.log.error({ err: error, code: known.code }, known.message);
    else request.log.info({ code: known.code }, known.message);
    return sendProblem(known, request, reply);
  });
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0]!.slice(0, 200);
    return sendProblem(
      new CloudActError('not_found', { detail: `There is no ${request.method} ${path}.` }),
      request,
      reply,
    );
  });
}

export function sendProblem(error: CloudActError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error.status === 401) {
    const given = error.code === 'authentication_required' ? '' : ', error="invalid_token"';
    reply.header('www-authenticate', `Bearer realm="cloudact"${given}`);
  }
  return reply
    .code(error.status)
    .header('cache-control', 'no-store')
    .type(problemMediaType)
    .send(JSON.stringify(toProblem(error, request.id)));
}

/** Kinds of refusal by Fastify itself, before a route is reached. */
const REFUSALS: Record<string, [ErrorCode, string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['payload_too_large', 'The body may be at most 64 KiB.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['media_type_unsupported', 'Send the body as application/json.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['request_invalid', 'The body is empty. Send a JSON object.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['request_invalid', 'The body is not valid JSON.'],
};

function translate(error: unknown): CloudActError {
  if (error instanceof CloudActError) return error;
  const { validation, validationContext = 'body', code, statusCode } = error as FastifyError;
  if (validation !== undefined) {
    const faults = validation.map(({ instancePath, message = 'is not valid', params }) => {
      const place = `${validationContext === 'body' ? '' : 'query'}${instancePath}`.replace(/^\//, '');
      const unknown = (params as { additionalProperty?: string }).additionalProperty;
      return { column: place, reason: unknown ? `"${unknown.slice(0, 60)}" is not known here` : message };
    });
    const detail = faults.map(({ column, reason }) => `${column || validationContext}: ${reason}`).join('; ');
    return new CloudActError('request_invalid', { detail: `${detail}.`, faults });
  }
  const refusal = REFUSALS[code];
  if (refusal) return new CloudActError(refusal[0], { detail: refusal[1], cause: error });
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new CloudActError('request_invalid', { detail: 'The request cannot be read.', cause: error });
  }
  return new CloudActError('internal', { detail: 'An unexpected error.', cause: error });
}
