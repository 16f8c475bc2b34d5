import { listenFailure } from '@cloudact/core/problem';
import type { FastifyInstance } from 'fastify';
import { buildPipelineService } from './app.ts';
import type { PipelineServiceDependencies } from './dependencies.ts';

export interface PipelineService {
  readonly app: FastifyInstance;
  /** For example `http://127.0.0.1:8001`. */
  readonly url: string;
  /**
   * Takes no more requests, stops the run under way (it is queued again and changes nothing), and returns after 8
   * seconds at the latest.
   */
  stop(): Promise<void>;
}

/**
 * Builds the pipeline service over stores that are already open, and listens. Stopping it leaves the stores open.
 * Port 0 takes any free port. Throws `port_taken` when somebody else listens there.
 */
export async function startPipelineService(
  deps: PipelineServiceDependencies & { port: number; host?: string },
): Promise<PipelineService> {
  const { port, host = '127.0.0.1', ...rest } = deps;
  const app = await buildPipelineService(rest);
  try {
    const url = await app.listen({ port, host });
    return { app, url, stop: () => stop(app) };
  } catch (error) {
    await app.close();
    throw listenFailure(error, { port, host });
  }
}

/** Cloud Run and others kill the process ten seconds after they asked it to stop. */
const HARD_STOP_MILLISECONDS = 8_000;

async function stop(app: FastifyInstance): Promise<void> {
  app.lifecycle.stopping = true;
  const closed = app.close();
  let timer: NodeJS.Timeout | undefined;
  const hardStop = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      app.server.closeAllConnections();
      resolve();
    }, HARD_STOP_MILLISECONDS);
  });
  try {
    await Promise.race([closed, hardStop]);
  } finally {
    clearTimeout(timer);
  }
}
