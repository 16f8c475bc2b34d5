import type { DuckDBConnection } from '@duckdb/node-api';
import { isInterrupt } from './failures.ts';

/**
 * A fixed set of connections, one for each query in flight; who finds none free waits in line.
 * Every running query holds one of the threads that Node also reads files with, so the set is small.
 */
export class ConnectionPool {
  readonly #free: DuckDBConnection[];
  readonly #all: readonly DuckDBConnection[];
  readonly #waiting: Waiter[] = [];
  #busy = 0;
  #closed = false;
  #idle: (() => void) | undefined;

  constructor(connections: readonly DuckDBConnection[]) {
    this.#all = connections;
    this.#free = [...connections];
  }

  /**
   * Runs `work` on a connection that nobody else uses meanwhile. An abort ends the wait, or the running statement.
   * `cleanUp` then runs undisturbed, whatever became of the work.
   */
  async use<T>(
    work: (connection: DuckDBConnection) => Promise<T>,
    { signal, cleanUp }: { signal?: AbortSignal | undefined; cleanUp?: () => Promise<void> } = {},
  ): Promise<T> {
    const connection = await this.#acquire(signal);
    const stopInterrupting = interruptOnAbort(connection, signal);
    try {
      try {
        signal?.throwIfAborted();
        return await work(connection);
      } finally {
        stopInterrupting();
      }
    } catch (error) {
      // An interrupt can also have hit the rollback of a transaction.
      await connection.run('ROLLBACK').catch(() => undefined);
      if (isInterrupt(error)) throw signal?.reason ?? new DOMException('The query was interrupted.', 'AbortError');
      throw error;
    } finally {
      await cleanUp?.().catch(() => undefined);
      this.#release(connection);
    }
  }

  /** Refuses newcomers, interrupts what runs, waits until it has ended, and disconnects. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const waiter of this.#waiting.splice(0)) waiter.reject(closedError());
    while (this.#busy > 0) {
      for (const connection of this.#all) connection.interrupt();
      await Promise.race([
        new Promise<void>((resolve) => {
          this.#idle = resolve;
        }),
        new Promise((resolve) => setTimeout(resolve, INTERRUPT_AGAIN_MS)),
      ]);
    }
    for (const connection of this.#all) connection.disconnectSync();
  }

  async #acquire(signal?: AbortSignal): Promise<DuckDBConnection> {
    signal?.throwIfAborted();
    if (this.#closed) throw closedError();
    const free = this.#free.pop();
    if (free) {
      this.#busy++;
      return free;
    }
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
        reject(signal?.reason);
      };
      const waiter: Waiter = {
        resolve: (connection) => {
          signal?.removeEventListener('abort', leave);
          resolve(connection);
        },
        reject: (error) => {
          signal?.removeEventListener('abort', leave);
          reject(error);
        },
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.#waiting.push(waiter);
    });
  }

  #release(connection: DuckDBConnection): void {
    const next = this.#waiting.shift();
    if (next) {
      next.resolve(connection);
      return;
    }
    this.#busy--;
    this.#free.push(connection);
    if (this.#busy === 0) this.#idle?.();
  }
}

/**
 * Interrupts the connection while the signal stays aborted. Once is not enough: DuckDB forgets an interrupt that
 * comes between handing over a statement and its start. Returns what ends it.
 */
export function interruptOnAbort(connection: DuckDBConnection, signal: AbortSignal | undefined): () => void {
  let timer: NodeJS.Timeout | undefined;
  const interrupt = () => {
    connection.interrupt();
    timer = setInterval(() => connection.interrupt(), INTERRUPT_AGAIN_MS);
  };
  signal?.addEventListener('abort', interrupt, { once: true });
  return () => {
    signal?.removeEventListener('abort', interrupt);
    clearInterval(timer);
  };
}

interface Waiter {
  resolve(connection: DuckDBConnection): void;
  reject(error: unknown): void;
}

const INTERRUPT_AGAIN_MS = 20;

function closedError(): Error {
  return new DOMException('The warehouse is closed.', 'AbortError');
}
