import type { DuckDBConnection } from '@duckdb/node-api';
import { CloudActError } from '../../errors.ts';
import { isInterrupt } from './failures.ts';
import { Turns } from './turns.ts';

/**
 * A fixed set of connections, one for each query in flight; who finds none free waits, and parties take turns.
 * Every running query holds one of the threads that Node also reads files with, so the set is small.
 */
export class ConnectionPool {
  readonly #free: DuckDBConnection[];
  readonly #all: readonly DuckDBConnection[];
  readonly #turns = new Turns<Waiter>();
  readonly #maximumWaiting: number;
  #busy = 0;
  #closed = false;
  #idle: (() => void) | undefined;

  /** Of each party, at most `maximumWaiting` wait. */
  constructor(connections: readonly DuckDBConnection[], maximumWaiting = Number.POSITIVE_INFINITY) {
    this.#all = connections;
    this.#maximumWaiting = maximumWaiting;
    this.#free = [...connections];
  }

  /**
   * Runs `work` on a connection that nobody else uses meanwhile. An abort ends the wait, or the running statement.
   * `cleanUp` then runs undisturbed, whatever became of the work. Work of one `party` runs in the order of asking.
   *
   * Throws `rate_limited` when too many of the party wait already.
   */
  async use<T>(
    work: (connection: DuckDBConnection) => Promise<T>,
    {
      signal,
      cleanUp,
      party = '',
    }: { signal?: AbortSignal | undefined; cleanUp?: () => Promise<void>; party?: string } = {},
  ): Promise<T> {
    const connection = await this.#acquire(party, signal);
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
      this.#release(party, connection);
    }
  }

  /** Refuses newcomers, interrupts what runs, waits until it has ended, and disconnects. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const waiter of this.#turns.clear()) waiter.reject(closedError());
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

  async #acquire(party: string, signal?: AbortSignal): Promise<DuckDBConnection> {
    signal?.throwIfAborted();
    if (this.#closed) throw closedError();
    const free = this.#free.pop();
    if (free) {
      this.#busy++;
      this.#turns.take(party);
      return free;
    }
    if (this.#turns.waiting(party) >= this.#maximumWaiting) throw tooManyWaiting();
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#turns.leave(party, waiter);
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
      this.#turns.wait(party, waiter);
    });
  }

  #release(party: string, connection: DuckDBConnection): void {
    this.#turns.giveBack(party);
    const next = this.#turns.next();
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

function tooManyWaiting(): CloudActError {
  return new CloudActError('rate_limited', {
    detail: 'Too many questions of this organisation wait for an answer already. Ask again in a few seconds.',
    retryAfterSeconds: 5,
  });
}

function closedError(): Error {
  return new DOMException('The warehouse is closed.', 'AbortError');
}
