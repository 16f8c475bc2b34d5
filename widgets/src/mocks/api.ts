import type { Problem } from '../api/types.js';
import { answerTo, type Scenario } from './answers.js';

/** Answers a request to the API. */
export type Handler = (request: Request) => Response | Promise<Response>;

/**
 * Answers the requests to one API (`base` as in the provider's `api-base`) in place of the network.
 * Several stand side by side, so that a page of stories can hold one state each. The returned function takes it away.
 */
export function mockApi(handler: Handler, base = ''): () => void {
  const address = new URL(`${base}/v1/`, location.href).href;
  if (handlers.size === 0) globalThis.fetch = answerOrAsk;
  handlers.set(address, handler);
  return () => {
    if (handlers.get(address) === handler) handlers.delete(address);
    if (handlers.size === 0) globalThis.fetch = network;
  };
}

const handlers = new Map<string, Handler>();
const network = globalThis.fetch;

const answerOrAsk: typeof fetch = async (input, init) => {
  const request = new Request(input instanceof Request ? input : new URL(String(input), location.href), init);
  for (const [address, handler] of handlers) {
    if (request.url.startsWith(address)) return Promise.race([handler(request), rejectOnAbort(request.signal)]);
  }
  return network(input, init);
};

export const answers =
  (scenario?: Scenario): Handler =>
  ({ url }) =>
    Response.json(answerTo(new URL(url), scenario));

export const never: Handler = () => new Promise(() => {});

export const refuses =
  (status: number, code: string, title: string, detail: string): Handler =>
  () =>
    Response.json({ type: 'about:blank', title, status, detail, code, instance: 'urn:uuid:0' } satisfies Problem, {
      status,
      headers: { 'content-type': 'application/problem+json' },
    });

export const forbids = refuses(403, 'forbidden', 'Not allowed', 'This token may not read costs.');
export const fails = refuses(503, 'unavailable', 'Not available right now', 'The warehouse is restarting.');

const rejectOnAbort = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
