import { randomUUID } from 'node:crypto';
import { answerClientError } from '@cloudact/core/problem';
import Fastify, { LogController } from 'fastify';
import { type BackendDependencies, defaultLimits } from './dependencies.ts';
import { adminRoutes } from './features/admin/routes.ts';
import { apiKeyRoutes } from './features/api-keys/routes.ts';
import { auditRoutes } from './features/audit/routes.ts';
import { billingRoutes } from './features/billing/routes.ts';
import { costRoutes } from './features/costs/routes.ts';
import { costAnswerSchema } from './features/costs/schemas.ts';
import { healthRoutes } from './features/health/routes.ts';
import { integrationRoutes } from './features/integrations/routes.ts';
import { orgRoutes } from './features/orgs/routes.ts';
import { openOrganisationLifecycle } from './features/orgs/service.ts';
import { peopleRoutes } from './features/people/routes.ts';
import { widgetTokenRoutes } from './features/widget-tokens/routes.ts';
import { registerAccessLog } from './http/access-log.ts';
import { openAllowedOrigins } from './http/allowed-origins.ts';
import type { App } from './http/app-type.ts';
import { registerAudit } from './http/audit.ts';
import { registerAuthentication } from './http/auth.ts';
import { registerBrowserHeaders } from './http/browser.ts';
import { registerIdempotency } from './http/idempotency.ts';
import { registerLifecycle } from './http/lifecycle.ts';
import { referencePrefix, registerOpenApi, registerReference } from './http/openapi.ts';
import { onFrameworkError, problemSchema, registerProblems } from './http/problem.ts';
import { registerQueryString } from './http/query-string.ts';
import { registerPrincipalRateLimits, registerRateLimit } from './http/rate-limit.ts';
import { registerRouteGuard } from './http/routes.ts';
import { registerStorableText } from './http/storable-text.ts';

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
  await registerBrowserHeaders(app, openAllowedOrigins({ ...deps, configured: deps.allowedOrigins }));
  await registerOpenApi(app, deps.version);
  registerProblems(app);
  registerRouteGuard(app, { publicPrefix: referencePrefix });
  registerAuthentication(app, deps);
  registerPrincipalRateLimits(app, {
    principal: limits.principalRequestsPerMinute,
    organisation: limits.organisationRequestsPerMinute,
  });
  registerIdempotency(app, deps.metadata.idempotency, deps.idempotencySecret);
  registerAudit(app, deps.metadata.audit);
  registerStorableText(app);
  registerQueryString(app);
  app.addSchema(problemSchema);
  app.addSchema(costAnswerSchema);

  const lifecycle = openOrganisationLifecycle(deps);

  await registerReference(app);
  healthRoutes(app, deps);
  adminRoutes(app, deps, lifecycle, limits);
  orgRoutes(app, deps, lifecycle);
  peopleRoutes(app, deps);
  costRoutes(app, deps, limits);
  widgetTokenRoutes(app, deps);
  apiKeyRoutes(app, deps);
  integrationRoutes(app, deps);
  auditRoutes(app, deps);
  await billingRoutes(app, deps);

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
