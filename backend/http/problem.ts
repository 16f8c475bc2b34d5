import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { CloudActError, type ErrorCode, type errorCatalogue } from '@cloudact/core/errors';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import type { App } from './app-type.ts';
import { allowedMethods } from './routes.ts';

/** An error as RFC 9457 wants it, with our stable `code`. */
export const problemSchema = Type.Object(
  {
    type: Type.String({ description: 'URI of the kind of problem: urn:cloudact:problem:<code>.' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.Optional(Type.String({ description: 'What is wrong, where, and what to do. Not sent for 5xx.' })),
    instance: Type.String({ description: 'urn:uuid:<request id>; the log knows the request by it.' }),
    code: Type.String({ description: 'Stable code of the kind of problem.' }),
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          pointer: Type.String({ description: 'JSON Pointer into the body, or #/query/<parameter>.' }),
          message: Type.String(),
        }),
      ),
    ),
  },
  { $id: 'Problem', description: 'RFC 9457 problem details.' },
);
export type Problem = Static<typeof problemSchema>;

/** Response entries of the problems that a route may answer with, for its schema. */
export function problemResponses<Status extends number>(...statuses: Status[]): Record<Status, object> {
  const entries = statuses.map((status) => [
    status,
    {
      description: STATUS_CODES[status],
      content: { 'application/problem+json': { schema: Type.Ref('Problem') } },
    },
  ]);
  return Object.fromEntries(entries);
}

/** Every error of the application leaves as a problem: ours, Fastify's, unknown paths, wrong methods. */
export function registerProblems(app: App): void {
  app.setErrorHandler((error, request, reply) => {
    const known = translate(error);
    const level = known.status >= 500 ? 'error' : 'info';
    request.log[level]({ err: known.status >= 500 ? error : undefined, code: known.code }, known.message);
    return sendProblem(known, request, reply);
  });

  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request, reply) => {
    const path = request.url.split('?', 1)[0]!;
    const allow = allowedMethods(app.routeRegistry, path);
    if (allow.length > 0) {
      reply.header('allow', allow.join(', '));
      return sendProblem(
        new CloudActError('method_not_allowed', {
          detail: `${path.slice(0, 200)} answers ${allow.join(', ')}, not ${request.method}.`,
        }),
        request,
        reply,
      );
    }
    const detail = `There is no ${request.method} ${path.slice(0, 200)}. The routes are listed in /openapi.json.`;
    return sendProblem(new CloudActError('not_found', { detail }), request, reply);
  });
}

/** For paths that Fastify cannot read, before any hook runs. */
export function onFrameworkError(_error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  sendProblem(
    new CloudActError('request_invalid', { detail: 'The path cannot be read. Percent-encode it (RFC 3986).' }),
    request,
    reply,
  );
}

/** For bytes that are not an HTTP request. */
export function onClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return;
  const known = new CloudActError('request_invalid', {
    detail: 'The request is not valid HTTP, or its header is too large.',
  });
  const body = JSON.stringify(toProblem(known, randomUUID()));
  socket.end(
    `HTTP/1.1 400 Bad Request\r\nContent-Type: ${MEDIA_TYPE}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

export function toProblem(error: CloudActError, requestId: string): Problem {
  const errors = error.faults.slice(0, MAXIMUM_ERRORS).map(({ column, reason }) => ({
    pointer: column === undefined ? '#' : `#/${column}`,
    message: reason,
  }));
  return {
    type: `urn:cloudact:problem:${error.code}`,
    title: error.title,
    status: error.status,
    ...(error.status < 500 && { detail: error.detail }),
    instance: `urn:uuid:${requestId}`,
    code: error.code,
    ...(error.status < 500 && errors.length > 0 && { errors }),
  };
}

const MEDIA_TYPE = 'application/problem+json';
const MAXIMUM_ERRORS = 20;

function sendProblem(error: CloudActError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error.status === 401) {
    const given = error.code === 'authentication_required' ? '' : ', error="invalid_token"';
    reply.header('www-authenticate', `Bearer realm="cloudact"${given}`);
  }
  return reply
    .code(error.status)
    .removeHeader('etag')
    .header('cache-control', 'no-store')
    .type(MEDIA_TYPE)
    .send(JSON.stringify(toProblem(error, request.id)));
}

function translate(error: unknown): CloudActError {
  if (error instanceof CloudActError) return error;
  const { validation, validationContext, code, statusCode, name } = error as FastifyError;
  if (validation !== undefined) return invalidRequest(validation, validationContext);
  const fastifyCode = FASTIFY_CODES[code];
  if (fastifyCode !== undefined) return new CloudActError(fastifyCode[0], { detail: fastifyCode[1], cause: error });
  if (name === 'TimeoutError') {
    return new CloudActError('unavailable', { detail: 'The question took too long.', cause: error });
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new CloudActError('request_invalid', { detail: 'The request cannot be read.', cause: error });
  }
  return new CloudActError('internal', { detail: 'An unexpected error.', cause: error });
}

const FASTIFY_CODES: Record<string, [ErrorCode & keyof typeof errorCatalogue, string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['payload_too_large', 'The body may be at most 64 KiB.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['media_type_unsupported', 'Send the body as application/json.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['request_invalid', 'The body is empty. Send a JSON object, or no Content-Type.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['request_invalid', 'The body is not valid JSON.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['request_invalid', 'The body is not as long as Content-Length says.'],
  FST_ERR_HANDLER_TIMEOUT: ['unavailable', 'The request took too long.'],
};

function invalidRequest(validation: NonNullable<FastifyError['validation']>, context = 'body'): CloudActError {
  const faults = validation.map(({ instancePath, keyword, params, message }) => {
    const place = `${context === 'body' ? '' : 'query'}${instancePath}`.replace(/^\//, '');
    return { column: place, reason: reason(keyword, params, message) };
  });
  const detail = faults.map(({ column, reason }) => `${column || context}: ${reason}`).join('; ');
  return new CloudActError('request_invalid', { detail: `${detail}.`, faults });
}

function reason(keyword: string, params: Record<string, unknown>, message = 'is not valid'): string {
  if (keyword === 'additionalProperties')
    return `"${String(params.additionalProperty).slice(0, 60)}" is not known here`;
  if (keyword === 'enum') return `must be one of ${(params.allowedValues as string[]).join(', ')}`;
  return message;
}
