import type Anthropic from '@anthropic-ai/sdk';
import type { APIError } from '@anthropic-ai/sdk';
import { CloudActError } from '@cloudact/core/errors';
import { refuseOtherHosts } from '@cloudact/core/net';
import { type CallOptions, callJson, parseExact, retryAfter } from '../../../usage/answers/index.ts';
import type { ConnectorContext } from '../../connector.ts';

export const allowedHosts = ['api.anthropic.com'];

/** Longer waits are for the next synchronisation. */
const LONGEST_WAIT = 120_000;

const WHEN_DENIED =
  'The Admin API key must be one of this organisation that is still active; make another one in the Claude Console, Settings, Admin keys.';

/** The SDK with the settings' own key and address, whatever the machine's configuration says. Follows no redirect. */
export async function anthropicClient(adminKey: string, { endpoint }: ConnectorContext): Promise<Anthropic> {
  const { default: Client } = await import('@anthropic-ai/sdk');
  return new Client({
    apiKey: adminKey,
    authToken: null,
    baseURL: endpoint ?? `https://${allowedHosts[0]}`,
    maxRetries: 5,
    timeout: 60_000,
    logLevel: 'off',
    openTelemetry: false,
    fetchOptions: { redirect: 'error' },
    async fetch(input, init) {
      const url = input instanceof Request ? input.url : String(input);
      if (endpoint === undefined) refuseOtherHosts(new URL(url).hostname, allowedHosts);
      const response = await fetch(input, init);
      const asked = retryAfter(response.headers.get('retry-after'));
      if (response.ok || asked === undefined || asked <= LONGEST_WAIT) return response;
      // The SDK would wait for as long as it is asked to.
      const headers = new Headers(response.headers);
      headers.set('x-should-retry', 'false');
      return new Response(response.body, { status: response.status, headers });
    },
  });
}

/**
 * The answer to a request of the SDK, with exact numbers. `name` is what it is, for errors. `whenDenied` says what to do
 * about 401, 403 and 404. Throws `source_denied`, `source_unavailable`, `source_incomplete`, the signal's reason.
 */
export async function answerOf(
  name: string,
  request: { asResponse(): Promise<Response> },
  signal: AbortSignal | undefined,
  whenDenied = WHEN_DENIED,
): Promise<Answer> {
  const response = await request.asResponse().catch((error: unknown) => {
    signal?.throwIfAborted();
    throw sdkError(error, name, whenDenied);
  });
  try {
    return answerIn(parseExact(await response.text()), name);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof CloudActError) throw error;
    throw new CloudActError('source_incomplete', {
      detail: `${sentence(name)} is no whole JSON: it was cut off, or something between answered in Anthropic's place. Nothing is loaded. Try again.`,
      cause: error,
    });
  }
}

/** The Admin API's reports, which the SDK does not know. Query values that are lists are written as `name[]`. */
export async function askAdmin(
  adminKey: string,
  path: string,
  query: Readonly<Record<string, string | readonly string[] | undefined>>,
  options: Pick<CallOptions, 'name' | 'onStatus'> & { beta?: string },
  { endpoint, signal }: ConnectorContext,
): Promise<Answer> {
  const { beta, ...call } = options;
  const url = new URL(path, endpoint ?? `https://${allowedHosts[0]}`);
  for (const [name, value] of Object.entries(query)) {
    if (typeof value === 'string') url.searchParams.append(name, value);
    else for (const one of value ?? []) url.searchParams.append(`${name}[]`, one);
  }
  const answer = await callJson(url, {
    ...call,
    headers: {
      'x-api-key': adminKey,
      'anthropic-version': '2023-06-01',
      'user-agent': 'CloudAct/0.1.0',
      ...(beta !== undefined && { 'anthropic-beta': beta }),
    },
    allowedHosts: endpoint === undefined ? allowedHosts : null,
    whenDenied: WHEN_DENIED,
    ...(signal && { signal }),
  });
  return answerIn(answer, call.name);
}

/** A JSON object as it was answered. */
export type Answer = Readonly<Record<string, unknown>>;

/** Throws `source_incomplete` for anything that is no JSON object. */
export function answerIn(value: unknown, name: string): Answer {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw otherShape(name, 'no object');
  return value as Answer;
}

/** The list below `key`. Throws `source_incomplete` where there is none. */
export function listIn(answer: Answer, key: string, name: string): Answer[] {
  const list = answer[key];
  if (!Array.isArray(list)) throw otherShape(name, `no list "${key}"`);
  return list.map((item) => answerIn(item, name));
}

/** The text below `key`. Throws `source_incomplete` where there is none. */
export function textIn(answer: Answer, key: string, name: string): string {
  const text = answer[key];
  if (typeof text !== 'string' || text === '') throw otherShape(name, `no text "${key}"`);
  return text;
}

/** The text, or null for anything else: for dimensions. */
export function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Where the next page is; null where this was the last. */
export function nextPage(answer: Answer, key: string, name: string): string | null {
  if (answer.has_more !== true) return null;
  return textIn(answer, key, name);
}

function otherShape(name: string, what: string): CloudActError {
  return new CloudActError('source_incomplete', {
    detail: `${sentence(name)}: the answer has another shape than Anthropic documents (${what}). Nothing is loaded. When it stays so, look for a newer version of CloudAct.`,
  });
}

function sdkError(error: unknown, name: string, whenDenied: string): CloudActError {
  if (error instanceof CloudActError) return error;
  const { status, cause, name: kind, errorCode, apiMessage } = error as Partial<APIError> & { cause?: unknown };
  if (cause instanceof CloudActError) return cause;
  const said = status === undefined ? `no answer, ${kind ?? 'Error'}` : `status ${status}`;
  if (status === 401 || status === 403 || status === 404 || errorCode?.includes('not_enrolled')) {
    return new CloudActError('source_denied', {
      detail: `Anthropic denied ${name} (${said}). ${whenDenied}`,
      cause: error,
    });
  }
  if (status === undefined || status >= 500 || [408, 409, 429].includes(status)) {
    return new CloudActError('source_unavailable', {
      detail: `${sentence(name)} could not be read (${said}). Nothing is loaded; the next synchronisation tries again.`,
      cause: error,
    });
  }
  return new CloudActError('source_incomplete', {
    detail: `${sentence(name)} was refused (${said}${apiMessage ? `: ${apiMessage.slice(0, 200)}` : ''}). Check the settings of the connection.`,
    cause: error,
  });
}

function sentence(name: string): string {
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}
