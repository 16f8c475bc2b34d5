import { randomUUID } from 'node:crypto';
import { CloudActError } from '@cloudact/core/errors';
import { answerClientError } from '@cloudact/core/problem';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { registerAccess, registerRateLimit } from './access.ts';
import type { PipelineServiceDependencies } from './dependencies.ts';
import { healthRoutes } from './health-routes.ts';
import { internalRoutes } from './internal-routes.ts';
import { onFrameworkError, registerProblems } from './problems.ts';
import { replayRoutes } from './replay-routes.ts';
import { runRoutes } from './run-routes.ts';
import { createRunWorker, type RunWorker } from './run-worker.ts';

declare module 'fastify' {
  interface FastifyInstance {
    readonly runWorker: RunWorker;
    readonly lifecycle: { stopping: boolean };
  }
}

/**
 * The pipeline service, ready to listen or to be tested: every option is here, so that tests run what production
 * runs. Being ready, it takes up the runs that an earlier process left behind; closing it stops what runs.
 */
export async function buildPipelineService(deps: PipelineServiceDependencies): Promise<FastifyInstance> {
  const { requestsPerMinute = REQUESTS_PER_MINUTE, trustedProxies = 0 } = deps;
  const app = Fastify({
    logger: deps.logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    trustProxy: (_address, hop) => hop < trustedProxies,
    bodyLimit: 64 * 1024,
    requestTimeout: 30_000,
    // The answer while stopping is ours, as a problem.
    return503OnClosing: false,
    onProtoPoisoning: 'error',
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, allErrors: true } },
    frameworkErrors: onFrameworkError,
    clientErrorHandler: answerClientError,
  });
  const worker = createRunWorker(deps, app.log);
  app.decorate('runWorker', worker);
  app.decorate('lifecycle', { stopping: false });

  registerAccessLog(app);
  refuseWhileStopping(app);
  await registerRateLimit(app, requestsPerMinute, deps.identity);
  registerAccess(app, deps);
  registerProblems(app);
  healthRoutes(app, deps, () => app.lifecycle.stopping);
  runRoutes(app, deps, worker);
  replayRoutes(app, deps);
  internalRoutes(app, deps);

  app.addHook('onReady', () => worker.start());
  app.addHook('preClose', async () => {
    app.lifecycle.stopping = true;
    await worker.stop();
  });
  await app.ready();
  return app;
}

const REQUESTS_PER_MINUTE = 1200;

/** New requests are sent elsewhere. Health checks still answer. */
function refuseWhileStopping(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    if (!app.lifecycle.stopping || request.routeOptions.url?.startsWith('/health/')) return;
    reply.header('connection', 'close').header('retry-after', '5');
    throw new CloudActError('unavailable', { detail: 'This process is stopping.' });
  });
}

/** One line for each request: the route, never the address as it was asked for. */
function registerAccessLog(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url;
    if (route?.startsWith('/health/')) return;
    const { principal } = request;
    request.log.info(
      {
        method: request.method,
        route: route ?? 'unknown',
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime),
        address: request.ip,
        ...(principal?.kind === 'api_key' && { org: principal.org, key: principal.keyId }),
        ...(principal?.kind === 'service' && { org: principal.org, service: principal.service }),
      },
      'request',
    );
  });
}
