import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import type { AllowedOrigins } from './allowed-origins.ts';
import type { App } from './app-type.ts';

/**
 * Headers for browsers. Pages of allowed origins may call the API with a credential in the Authorization header; cookies
 * mean nothing here. Everything else a browser could do with an answer of this API is refused.
 */
export async function registerBrowserHeaders(app: App, allowedOrigins: AllowedOrigins): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
  });
  await app.register(cors, {
    // Decided for each request, so that `Vary: Origin` is on every answer.
    origin: async (origin: string | undefined) => origin !== undefined && (await allowedOrigins.allows(origin)),
    methods: ['GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE'],
    allowedHeaders: ['authorization', 'content-type', 'if-none-match', 'cloudact-org', 'idempotency-key'],
    exposedHeaders: ['etag', 'retry-after', 'idempotent-replayed'],
    credentials: false,
    maxAge: 600,
    strictPreflight: false,
  });
}
