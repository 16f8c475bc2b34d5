import { CloudActError } from '@cloudact/core/errors';
import type { FastifyInstance } from 'fastify';
import type { PipelineServiceDependencies } from './dependencies.ts';

/** For whatever starts and watches the process: no credential, no limit, no version, no log line. */
export function healthRoutes(
  app: FastifyInstance,
  { warehouse }: PipelineServiceDependencies,
  isStopping: () => boolean,
): void {
  const config = { auth: 'public', rateLimit: false } as const;

  app.get('/health/live', { config }, async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    return { status: 'ok' };
  });

  app.get('/health/ready', { config }, async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    if (isStopping()) throw new CloudActError('unavailable', { detail: 'This process is stopping.' });
    await warehouse.ping();
    return { status: 'ok' };
  });
}
