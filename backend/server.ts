import { listenFailure } from '@cloudact/core/problem';
import { buildApp } from './app.ts';
import type { BackendDependencies } from './dependencies.ts';
import type { App } from './http/app-type.ts';

export interface Backend {
  readonly app: App;
  /** For example `http://127.0.0.1:8000`. */
  readonly url: string;
  /** Stops taking requests, finishes those under way, and cuts what is left after 8 seconds. */
  stop(): Promise<void>;
}

/**
 * Builds the API over stores that are already open, and listens. Stopping it leaves the stores open.
 * Throws `port_taken` when somebody else listens there.
 */
export async function startBackend(deps: BackendDependencies & { port: number; host?: string }): Promise<Backend> {
  const { port, host = '127.0.0.1', ...rest } = deps;
  const app = await buildApp(rest);
  const url = await listen(app, { port, host });
  return { app, url, stop: () => stop(app) };
}

/** Port 0 takes any free port. Throws `port_taken`. */
export async function listen(app: App, { port, host }: { port: number; host: string }): Promise<string> {
  try {
    return await app.listen({ port, host });
  } catch (error) {
    await app.close();
    throw listenFailure(error, { port, host });
  }
}

/** Cloud Run and others kill the process ten seconds after they asked it to stop. */
const HARD_STOP_MILLISECONDS = 8_000;

export async function stop(app: App, hardStopMilliseconds = HARD_STOP_MILLISECONDS): Promise<void> {
  app.lifecycle.stopping = true;
  const hardStop = setTimeout(() => app.server.closeAllConnections(), hardStopMilliseconds);
  try {
    await app.close();
  } finally {
    clearTimeout(hardStop);
  }
}
