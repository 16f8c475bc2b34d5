import { createContext } from '@lit/context';
import type { QueryClient } from '@tanstack/query-core';
import type { ApiRequest } from './api-client.js';

/** What a widget gets from the nearest `<cloudact-provider>`. */
export interface CloudActRuntime {
  readonly queryClient: QueryClient;
  readonly request: ApiRequest;
  /** Part of every cache key. */
  readonly orgKey: string;
  readonly locale: string;
  readonly currency: string;
}

/** `Symbol.for` is equal across two copies of the package on one page. A change of the shape takes a new number. */
export const runtimeContext = createContext<CloudActRuntime | undefined>(Symbol.for('cloudact.runtime.v1'));
