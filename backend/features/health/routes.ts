import { CloudActError } from '@cloudact/core/errors';
import { Type } from 'typebox';
import type { BackendDependencies } from '../../dependencies.ts';
import type { App } from '../../http/app-type.ts';
import { problemResponses } from '../../http/problem.ts';

const status = Type.Object({ status: Type.Literal('ok') });

/** For whatever starts and watches the process. No credential, no limit, no version, no log line. */
export function healthRoutes(app: App, deps: BackendDependencies): void {
  const config = { auth: 'public', rateLimit: false } as const;
  const check = cachedCheck(deps);

  app.get(
    '/health/live',
    {
      config,
      schema: {
        operationId: 'getLive',
        summary: 'Whether the process answers',
        tags: ['Health'],
        response: { 200: status },
      },
    },
    async (_request, reply) => {
      reply.header('cache-control', 'no-store');
      return { status: 'ok' } as const;
    },
  );

  app.get(
    '/health/ready',
    {
      config,
      schema: {
        operationId: 'getReady',
        summary: 'Whether the process can serve requests',
        tags: ['Health'],
        response: { 200: status, ...problemResponses(503) },
      },
    },
    async (_request, reply) => {
      reply.header('cache-control', 'no-store');
      if (app.lifecycle.stopping) throw new CloudActError('unavailable', { detail: 'This process is stopping.' });
      await check();
      return { status: 'ok' } as const;
    },
  );
}

const CACHE_MILLISECONDS = 5_000;
const PING_MILLISECONDS = 2_000;

/** Asks the stores at most once in five seconds, whatever is asked of us. */
function cachedCheck({ warehouse, metadata, now }: BackendDependencies): () => Promise<void> {
  let result = Promise.resolve();
  let until = Number.NEGATIVE_INFINITY;
  return () => {
    if (now().getTime() >= until) {
      until = now().getTime() + CACHE_MILLISECONDS;
      result = within(Promise.all([warehouse.ping(), metadata.ping()]));
      // Every caller sees the failure; this keeps Node from taking it as unhandled when there is none.
      result.catch(() => undefined);
    }
    return result;
  };
}

async function within(pings: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new CloudActError('unavailable', { detail: `A store did not answer within ${PING_MILLISECONDS} ms.` }));
    }, PING_MILLISECONDS);
  });
  try {
    await Promise.race([pings, timeout]);
  } catch (cause) {
    throw new CloudActError('unavailable', { detail: 'A store does not answer.', cause });
  } finally {
    clearTimeout(timer);
  }
}
