import { AuthError } from './api-error.js';

/** Why a token is asked for: the first one, the last one is about to expire, or the API refused it. */
export type TokenReason = 'initial' | 'expiring' | 'rejected';

/**
 * Asks the host's own backend for a token. `signal` aborts when nobody waits any more.
 * The answer is the token itself; it is kept in memory only.
 */
export type FetchToken = (request: { reason: TokenReason; signal: AbortSignal }) => Promise<string>;

/**
 * One token for many widgets: those that ask at once share one call of `fetchToken`.
 *
 * A token's age is counted from its arrival, on this machine's clocks and against the token's own lifetime
 * (`exp - iat`), so that a device whose clock is wrong by hours is no different from any other.
 */
export class TokenSource {
  /** Frameworks pass a new function with every render, so replacing it does not drop the token. */
  fetchToken?: FetchToken;

  #current?: { token: string; lifetime: number; arrived: Instant };
  #pending?: Promise<string>;
  #abort = new AbortController();

  /** The token to send. `rejected` is the one that the API just refused; it is not handed out again. */
  get(rejected?: string): Promise<string> {
    const current = this.#current;
    if (current && current.token !== rejected && remaining(current) > margin(current)) {
      return Promise.resolve(current.token);
    }
    this.#pending ??= this.#refresh(
      current === undefined ? 'initial' : current.token === rejected ? 'rejected' : 'expiring',
    );
    return this.#pending;
  }

  /** Forgets everything; a call in flight is aborted and its answer ignored. */
  reset(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#current = undefined;
    this.#pending = undefined;
  }

  async #refresh(reason: TokenReason): Promise<string> {
    const { signal } = this.#abort;
    try {
      const token = await this.#call(reason, signal);
      this.#current = { token, lifetime: lifetimeOf(token), arrived: now() };
      return token;
    } catch (cause) {
      // A hiccup of the host's backend a minute early is no reason to show an error.
      if (reason === 'expiring' && !signal.aborted && this.#current && remaining(this.#current) > 0) {
        return this.#current.token;
      }
      if (signal.aborted) throw signal.reason;
      throw cause instanceof AuthError ? cause : new AuthError('The token callback failed.', { cause });
    } finally {
      if (!signal.aborted) this.#pending = undefined;
    }
  }

  /** Ends with the callback, the time-out or `reset()`, whichever is first: a callback may ignore its signal. */
  async #call(reason: TokenReason, reset: AbortSignal): Promise<string> {
    if (!this.fetchToken) throw new AuthError('The provider has no token callback.');
    const deadline = new AbortController();
    const timer = setTimeout(
      () => deadline.abort(new AuthError('The token callback took longer than 10 seconds.')),
      TIMEOUT,
    );
    const signal = AbortSignal.any([reset, deadline.signal]);
    try {
      const aborted = new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      });
      aborted.catch(() => {});
      const token = await Promise.race([this.fetchToken({ reason, signal }), aborted]);
      if (typeof token !== 'string' || token === '') throw new AuthError('The token callback returned no token.');
      return token;
    } finally {
      clearTimeout(timer);
    }
  }
}

const TIMEOUT = 10_000;
const REFRESH_EARLY = 60_000;
/** For a token that does not say how long it lives. */
const USUAL_LIFETIME = 300_000;

interface Instant {
  monotonic: number;
  wall: number;
}

const now = (): Instant => ({ monotonic: performance.now(), wall: Date.now() });

/** The monotonic clock cannot be set back but may stand still in sleep; the wall clock runs through sleep. The larger is true. */
const remaining = ({ lifetime, arrived }: { lifetime: number; arrived: Instant }): number => {
  const { monotonic, wall } = now();
  return lifetime - Math.max(monotonic - arrived.monotonic, wall - arrived.wall);
};

const margin = ({ lifetime }: { lifetime: number }): number => Math.min(REFRESH_EARLY, lifetime / 2);

function lifetimeOf(token: string): number {
  try {
    const payload = token.split('.')[1] ?? '';
    const { exp, iat } = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) as {
      exp?: unknown;
      iat?: unknown;
    };
    if (typeof exp === 'number' && typeof iat === 'number' && exp > iat) return (exp - iat) * 1000;
  } catch {
    // Not a JWT: an opaque token is as good.
  }
  return USUAL_LIFETIME;
}
