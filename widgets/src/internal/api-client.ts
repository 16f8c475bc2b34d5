import { ApiError, AuthError, readProblem } from './api-error.js';
import type { TokenSource } from './token-source.js';

/** A request to the API with the organisation's token. `path` begins with a slash. */
export type ApiRequest = <T>(path: string, init?: { signal?: AbortSignal }) => Promise<T>;

/**
 * Sends a request, and once more with a new token when the API answers 401.
 * An answer the API calls unchanged (304) is given again as the same object, so nothing is drawn twice.
 */
export class ApiClient {
  /** Origin and base path of the API, without a slash at the end. */
  base = '';

  readonly #tokens: TokenSource;
  readonly #onAuthError: (error: AuthError) => void;
  readonly #answers = new Map<string, { etag: string; body: unknown }>();
  #reported?: AuthError;

  constructor(tokens: TokenSource, onAuthError: (error: AuthError) => void) {
    this.#tokens = tokens;
    this.#onAuthError = onAuthError;
  }

  /** Another organisation or another API: nothing that was answered before may be shown. */
  reset(): void {
    this.#answers.clear();
    this.#tokens.reset();
  }

  readonly request: ApiRequest = async <T>(path: string, { signal }: { signal?: AbortSignal } = {}): Promise<T> => {
    const url = `${this.base.replace(/\/+$/, '')}${path}`;
    const response = await this.#authorised(url, signal);
    const known = this.#answers.get(url);
    if (response.status === 304 && known) return known.body as T;
    if (!response.ok) throw await readProblem(response);
    const body = (await response.json()) as T;
    this.#remember(url, response.headers.get('etag'), body);
    return body;
  };

  async #authorised(url: string, signal?: AbortSignal): Promise<Response> {
    try {
      const token = await this.#tokens.get();
      const response = await this.#send(url, token, signal);
      if (response.status !== 401) return response;
      const second = await this.#send(url, await this.#tokens.get(token), signal);
      if (second.status !== 401) return second;
      throw new AuthError('The API refused two tokens in a row.', { cause: await readProblem(second) });
    } catch (error) {
      if (error instanceof AuthError && !signal?.aborted) this.#report(error);
      throw error;
    }
  }

  #send(url: string, token: string, signal?: AbortSignal): Promise<Response> {
    const etag = this.#answers.get(url)?.etag;
    return fetch(url, {
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${token}`,
        ...(etag !== undefined && { 'if-none-match': etag }),
      },
      credentials: 'omit',
      // The browser's cache knows addresses, not organisations: two of them on one page would share answers.
      cache: 'no-store',
      ...(signal && { signal }),
    });
  }

  #remember(url: string, etag: string | null, body: unknown): void {
    this.#answers.delete(url);
    if (etag === null) return;
    this.#answers.set(url, { etag, body });
    const oldest = this.#answers.keys().next();
    if (this.#answers.size > MOST_ANSWERS && !oldest.done) this.#answers.delete(oldest.value);
  }

  /** Ten widgets that wait for one token fail with one error; the host hears of it once. */
  #report(error: AuthError): void {
    if (error === this.#reported) return;
    this.#reported = error;
    this.#onAuthError(error);
  }
}

const MOST_ANSWERS = 50;

/** True where asking again can help: the server or the network failed, not the question. */
export function isTransient(error: unknown): boolean {
  if (error instanceof AuthError) return false;
  return !(error instanceof ApiError) || error.status >= 500 || error.status === 429;
}
