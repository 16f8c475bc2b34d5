import { randomUUID } from 'node:crypto';
import { CloudActError } from '@cloudact/core/errors';
import { authorise, type Principal } from '@cloudact/core/identity';
import { type Metadata, supabaseMetadata } from '@cloudact/core/metadata';
import Fastify, { type FastifyServerOptions } from 'fastify';
import { testSupabase } from '../../scripts/test-supabase.ts';
import type { App } from './app-type.ts';
import { registerAudit } from './audit.ts';
import { registerIdempotency } from './idempotency.ts';
import { registerProblems } from './problem.ts';
import { registerPrincipalRateLimits, registerRateLimit } from './rate-limit.ts';
import { registerRouteGuard } from './routes.ts';

export interface Plumbing {
  app: App;
  metadata: Metadata;
  /** A bearer credential for the principal; there are no others. */
  credential(principal: Principal): string;
}

/**
 * What stands between authentication and handlers, as the API puts it together, over the test run's Supabase Lite, for
 * routes of a test. Who asks is what the test says.
 */
export async function openPlumbing(
  options: {
    logger?: FastifyServerOptions['logger'];
    metadata?: (real: Metadata) => Metadata;
    perMinute?: { principal?: number; organisation?: number };
  } = {},
): Promise<Plumbing> {
  const principals = new Map<string, Principal>();
  const real = supabaseMetadata(await testSupabase());
  const metadata = options.metadata?.(real) ?? real;
  const app = Fastify({ logger: options.logger ?? false, genReqId: () => randomUUID() }) as unknown as App;
  await registerRateLimit(app, 1_000_000);
  registerProblems(app);
  registerRouteGuard(app, { publicPrefix: '/reference' });
  app.decorateRequest('principal', null);
  app.addHook('onRequest', async (request) => {
    const { auth } = request.routeOptions.config;
    if (typeof auth !== 'object') return;
    const principal = principals.get(request.headers.authorization ?? '');
    if (principal === undefined) throw new CloudActError('credential_invalid', { detail: 'Nobody’s.' });
    request.principal = principal;
    authorise(principal, auth);
  });
  registerPrincipalRateLimits(app, { principal: 1_000_000, organisation: 1_000_000, ...options.perMinute });
  registerIdempotency(app, metadata.idempotency, 'idempotency-of-the-tests-0123456789-abcdef');
  registerAudit(app, metadata.audit);
  return {
    app,
    metadata,
    credential(principal) {
      const secret = randomUUID();
      principals.set(`Bearer ${secret}`, principal);
      return secret;
    },
  };
}
