import { randomUUID } from 'node:crypto';
import { answerClientError } from '@cloudact/core/problem';
import Fastify, { LogController } from 'fastify';
import { type BackendDependencies, defaultLimits } from './dependencies.ts';
import { adminRoutes } from './features/admin/routes.ts';
import { costRoutes } from './features/costs/routes.ts';
import { costAnswerSchema } from './features/costs/schemas.ts';
import { healthRoutes } from './features/health/routes.ts';
import { widgetTokenRoutes } from './features/widget-tokens/routes.ts';
import { registerAccessLog } from './http/access-log.ts';
import type { App } from './http/app-type.ts';
import { registerAuthentication } from './http/auth.ts';
import { registerBrowserHeaders } from './http/browser.ts';
import { registerLifecycle } from './http/lifecycle.ts';
import { referencePrefix, registerOpenApi, registerReference } from './http/openapi.ts';
import { onFrameworkError, problemSchema, registerProblems } from './http/problem.ts';
import { registerQueryString } from './http/query-string.ts';
import { registerRateLimit } from './http/rate-limit.ts';
import { registerRouteGuard } from './http/routes.ts';

/**
 * The API, ready to listen or to be tested: every option is here, so that tests run what production runs.
 * Routes are listed below and nowhere else.
 */
export async function buildApp(deps: BackendDependencies): Promise<App> {
  const limits = { ...defaultLimits, ...deps.limits };
  const trustedProxies = deps.trustedProxies ?? 0;
  const app: App = Fastify({
    logger: deps.logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    trustProxy: (_address, hop) => hop < trustedProxies,
    bodyLimit: 64 * 1024,
    requestTimeout: 30_000,
    handlerTimeout: limits.questionMilliseconds + 5_000,
    // The answer while stopping is ours, as a problem.
    return503OnClosing: false,
    onProtoPoisoning: 'error',
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: true, allErrors: true } },
    frameworkErrors: onFrameworkError,
    clientErrorHandler: answerClientError,
  });

  registerAccessLog(app);
  registerLifecycle(app);
  await registerRateLimit(app, limits.requestsPerMinute);
  await registerBrowserHeaders(app, deps.allowedOrigins);
  await registerOpenApi(app, deps.version);
  registerProblems(app);
  registerRouteGuard(app, { publicPrefix: referencePrefix });
  registerAuthentication(app, deps.identity);
  registerQueryString(app);
  app.addSchema(problemSchema);
  app.addSchema(costAnswerSchema);

  await registerReference(app);
  healthRoutes(app, deps);
  adminRoutes(app, deps, limits);
  costRoutes(app, deps, limits);
  widgetTokenRoutes(app, deps);

  keepLastUsed(app, deps);
  await app.ready();
  return app;
}

const LAST_USED_MILLISECONDS = 60_000;

/** When keys were last used is written once a minute and at the end, not with every request. */
function keepLastUsed(app: App, { identity: { apiKeys } }: BackendDependencies): void {
  const flush = () =>
    apiKeys.flushLastUsed().catch((err: unknown) => app.log.error({ err }, 'last use of keys not written'));
  const timer = setInterval(flush, LAST_USED_MILLISECONDS).unref();
  app.addHook('onClose', async () => {
    clearInterval(timer);
    await flush();
  });
}
