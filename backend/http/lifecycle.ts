import { CloudActError } from '@cloudact/core/errors';
import type { App } from './app-type.ts';

declare module 'fastify' {
  interface FastifyInstance {
    readonly lifecycle: { stopping: boolean };
  }
}

/** While stopping, new requests are sent elsewhere; those under way are finished. Health checks still answer. */
export function registerLifecycle(app: App): void {
  app.decorate('lifecycle', { stopping: false });
  app.addHook('onRequest', async (request, reply) => {
    if (!app.lifecycle.stopping || request.routeOptions.url?.startsWith('/health/')) return;
    reply.header('connection', 'close').header('retry-after', '5');
    throw new CloudActError('unavailable', { detail: 'This process is stopping.' });
  });
}
