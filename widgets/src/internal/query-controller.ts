import { ContextConsumer } from '@lit/context';
import {
  type QueryKey,
  QueryObserver,
  type QueryObserverOptions,
  type QueryObserverResult,
} from '@tanstack/query-core';
import type { ReactiveController, ReactiveElement } from 'lit';
import { LoadErrorEvent } from '../events.js';
import { type CloudActRuntime, runtimeContext } from './context.js';

export interface QueryViews<TData> {
  /** No answer yet, or no provider yet. */
  pending: () => unknown;
  error: (error: Error, retry: () => void) => unknown;
  success: (data: TData, state: Freshness) => unknown;
}

export interface Freshness {
  /** A newer answer, or the answer to a newer question, is on its way. */
  refreshing: boolean;
  /** The last attempt to get a newer answer failed; what is shown is the earlier one. */
  outdated: boolean;
}

type Options<TData> = Omit<QueryObserverOptions<TData, Error, TData, TData, QueryKey>, 'queryHash'>;

/**
 * Binds one query to a host element. `options` is read again before every update of the host, so the key
 * follows its reactive properties; returning `undefined` switches the query off.
 */
export class QueryController<TData> implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #options: (runtime: CloudActRuntime) => Options<TData> | undefined;
  readonly #consumer: ContextConsumer<typeof runtimeContext, ReactiveElement>;
  #observer?: QueryObserver<TData, Error, TData, TData, QueryKey>;
  #unsubscribe?: () => void;
  #runtime?: CloudActRuntime;
  #reported?: Error;

  constructor(host: ReactiveElement, options: (runtime: CloudActRuntime) => Options<TData> | undefined) {
    this.#host = host;
    this.#options = options;
    this.#consumer = new ContextConsumer(host, { context: runtimeContext, subscribe: true });
    host.addController(this);
  }

  get runtime(): CloudActRuntime | undefined {
    return this.#consumer.value;
  }

  get result(): QueryObserverResult<TData, Error> | undefined {
    return this.#observer?.getCurrentResult();
  }

  readonly refetch = (): void => void this.#observer?.refetch();

  render({ pending, error, success }: QueryViews<TData>): unknown {
    const result = this.result;
    if (!result || result.isPending) return pending();
    if (result.data !== undefined)
      return success(result.data, { refreshing: result.isFetching, outdated: result.isError });
    return error(result.error as Error, this.refetch);
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }

  hostUpdate(): void {
    const runtime = this.#consumer.value;
    const options = runtime && this.#options(runtime);
    if (!runtime || !options) {
      this.#stop();
      return;
    }
    // Data of one organisation must not stand in as the old data of another.
    if (runtime.queryClient !== this.#runtime?.queryClient || runtime.orgKey !== this.#runtime.orgKey) this.#stop();
    this.#runtime = runtime;

    const scoped = { ...options, queryKey: ['cloudact', runtime.orgKey, ...options.queryKey] };
    if (this.#observer) this.#observer.setOptions(scoped);
    else this.#observer = new QueryObserver(runtime.queryClient, scoped);
    // Subscribing starts the request; never while detached, or a removed widget goes on asking.
    if (this.#host.isConnected) this.#unsubscribe ??= this.#observer.subscribe((result) => this.#onResult(result));
  }

  #onResult({ error }: QueryObserverResult<TData, Error>): void {
    if (error && error !== this.#reported) this.#host.dispatchEvent(new LoadErrorEvent(error));
    this.#reported = error ?? undefined;
    this.#host.requestUpdate();
  }

  #stop(): void {
    this.hostDisconnected();
    this.#observer = undefined;
  }
}
