import type { CloudActError } from '@cloudact/core/errors';
import { noSuchRoute, problemAnswer, toCloudActError } from '@cloudact/core/problem';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Every error of the service leaves as a problem: ours, Fastify's, unknown paths, wrong methods. */
export function registerProblems(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const known = toCloudActError(error);
    if (known.status >= 500) request.log.error({ err: error, code: known.code }, known.message);
    else request.log.info({ code: known.code }, 'refused');
    return sendProblem(known, request, reply);
  });
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request, reply) => {
    const { error, allow } = noSuchRoute(request, app.routeRegistry);
    if (allow !== undefined) reply.header('allow', allow);
    return sendProblem(error, request, reply);
  });
}

/** For what Fastify cannot route, before any hook runs. */
export function onFrameworkError(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  sendProblem(toCloudActError(error), request, reply);
}

function sendProblem(error: CloudActError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status, headers, body } = problemAnswer(error, request.id);
  return reply.code(status).headers(headers).send(body);
}
