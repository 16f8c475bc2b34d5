import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import type { App } from './app-type.ts';

/**
 * Headers for browsers. Pages of allowed origins may read with a widget token in the Authorization header; cookies
 * mean nothing here. Everything else a browser could do with an answer of this API is refused.
 */
export async function registerBrowserHeaders(app: App, allowedOrigins: readonly string[]): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
  });
  const anyOrigin = allowedOrigins.includes('*');
  await app.register(cors, {
    // Decided for each request, so that `Vary: Origin` is on every answer.
    origin: (origin, decide) => decide(null, origin !== undefined && (anyOrigin || allowedOrigins.includes(origin))),
    methods: ['GET', 'HEAD'],
    allowedHeaders: ['authorization', 'if-none-match'],
    exposedHeaders: ['etag', 'retry-after'],
    credentials: false,
    maxAge: 600,
    strictPreflight: false,
  });
}
