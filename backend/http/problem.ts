import { STATUS_CODES } from 'node:http';
import type { CloudActError } from '@cloudact/core/errors';
import { noSuchRoute, problemAnswer, problemMediaType, toCloudActError } from '@cloudact/core/problem';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { App } from './app-type.ts';

/** The schema of core's `Problem`: an error as RFC 9457 wants it, with our stable `code`. */
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

/** Response entries of the problems that a route may answer with, for its schema. */
export function problemResponses<Status extends number>(...statuses: Status[]): Record<Status, object> {
  const entries = statuses.map((status) => [
    status,
    {
      description: STATUS_CODES[status],
      content: { [problemMediaType]: { schema: Type.Ref('Problem') } },
    },
  ]);
  return Object.fromEntries(entries);
}

/** Every error of the application leaves as a problem: ours, Fastify's, unknown paths, wrong methods. */
export function registerProblems(app: App): void {
  app.setErrorHandler((error, request, reply) => {
    const known = toCloudActError(error);
    if (known.status >= 500) request.log.error({ err: error, code: known.code }, known.message);
    // The message may repeat what was asked for: filters and tag keys hold names of people and teams.
    else request.log.info({ code: known.code }, 'refused');
    return sendProblem(known, request, reply);
  });

  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request, reply) => {
    const { error, allow } = noSuchRoute(request, app.routeRegistry, 'The routes are listed in /openapi.json.');
    if (allow !== undefined) reply.header('allow', allow);
    return sendProblem(error, request, reply);
  });
}

/** For what Fastify cannot route, before any hook runs. */
export function onFrameworkError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  sendProblem(toCloudActError(error), request, reply);
}

function sendProblem(error: CloudActError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status, headers, body } = problemAnswer(error, request.id);
  return reply.code(status).removeHeader('etag').headers(headers).send(body);
}
