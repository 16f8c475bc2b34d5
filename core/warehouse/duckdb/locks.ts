/** Any number of shared holders, or one exclusive holder. Who shares can share again while somebody waits. */
export class SharedLock {
  #shared = 0;
  #exclusive: Promise<void> | undefined;
  #freed: (() => void)[] = [];

  async shared<T>(work: () => Promise<T>): Promise<T> {
    while (this.#exclusive) await this.#exclusive;
    this.#shared++;
    try {
      return await work();
    } finally {
      this.#shared--;
      if (this.#shared === 0) for (const resolve of this.#freed.splice(0)) resolve();
    }
  }

  async exclusive<T>(work: () => Promise<T>): Promise<T> {
    while (this.#exclusive || this.#shared > 0) {
      await (this.#exclusive ?? new Promise<void>((resolve) => this.#freed.push(resolve)));
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#exclusive = promise;
    try {
      return await work();
    } finally {
      this.#exclusive = undefined;
      resolve();
    }
  }
}

/** Runs one after the other, in the order of asking. Who is aborted while waiting leaves the line. */
export class Line {
  #last: Promise<unknown> = Promise.resolve();

  async inTurn<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    const earlier = this.#last;
    const turn = untilAborted(earlier, signal).then(work);
    this.#last = Promise.allSettled([earlier, turn]);
    return turn;
  }
}

async function untilAborted(wait: Promise<unknown>, signal: AbortSignal | undefined): Promise<void> {
  if (!signal) {
    await wait;
    return;
  }
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    await Promise.race([wait, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
