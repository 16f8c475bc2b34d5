import { randomUUID } from 'node:crypto';
import { CloudActError } from '@cloudact/core/errors';
import type { ApiKeyPrincipal } from '@cloudact/core/identity';
import Fastify, { type FastifyInstance, type FastifyRequest, LogController } from 'fastify';
import type { PipelineServiceDependencies } from './dependencies.ts';
import { healthRoutes } from './health-routes.ts';
import { registerProblems } from './problems.ts';
import { runRoutes } from './run-routes.ts';
import { createRunWorker, type RunWorker } from './run-worker.ts';

declare module 'fastify' {
  interface FastifyInstance {
    readonly runWorker: RunWorker;
    readonly lifecycle: { stopping: boolean };
  }
  interface FastifyRequest {
    /** Who is asking, on the routes of runs; null elsewhere. */
    apiKey: ApiKeyPrincipal | null;
  }
}

const SCOPE = 'runs:write';

/**
 * The pipeline service, ready to listen or to be tested: every option is here, so that tests run what production
 * runs. Being ready, it takes up the runs that an earlier process left behind; closing it stops what runs.
 */
export async function buildPipelineService(deps: PipelineServiceDependencies): Promise<FastifyInstance> {
  const app = Fastify({
    logger: deps.logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    bodyLimit: 64 * 1024,
    requestTimeout: 30_000,
    // The answer while stopping is ours, as a problem.
    return503OnClosing: false,
    onProtoPoisoning: 'error',
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, allErrors: true } },
  });
  const worker = createRunWorker(deps, app.log);
  app.decorate('runWorker', worker);
  app.decorate('lifecycle', { stopping: false });
  app.decorateRequest('apiKey', null);

  registerProblems(app);
  registerAccessLog(app);
  healthRoutes(app, deps, () => app.lifecycle.stopping);
  await app.register(async (secured) => {
    secured.addHook('onRequest', async (request, reply) => {
      if (app.lifecycle.stopping) {
        reply.header('connection', 'close').header('retry-after', '5');
        throw new CloudActError('unavailable', { detail: 'This process is stopping.' });
      }
      reply.header('cache-control', 'no-store');
      request.apiKey = await apiKeyOf(request, deps);
    });
    runRoutes(secured, deps, worker);
  });
  app.addHook('onReady', () => worker.start());
  app.addHook('preClose', async () => {
    app.lifecycle.stopping = true;
    await worker.stop();
  });
  await app.ready();
  return app;
}

async function apiKeyOf(request: FastifyRequest, deps: PipelineServiceDependencies): Promise<ApiKeyPrincipal> {
  const principal = await deps.authenticate(request.headers.authorization);
  if (principal.kind !== 'api_key') {
    throw new CloudActError('forbidden', { detail: 'Runs are started and read with an API key of an organisation.' });
  }
  if (!principal.scopes.includes(SCOPE)) {
    throw new CloudActError('forbidden', { detail: `The API key lacks the scope ${SCOPE}. Use one that has it.` });
  }
  return principal;
}

/** One line for each request: the route, never the address as it was asked for. */
function registerAccessLog(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url;
    if (route?.startsWith('/health/')) return;
    request.log.info(
      {
        method: request.method,
        route: route ?? 'unknown',
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime),
        ...(request.apiKey && { org: request.apiKey.org, key: request.apiKey.keyId }),
      },
      'request',
    );
  });
}
