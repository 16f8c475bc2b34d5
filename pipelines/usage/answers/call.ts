import { setTimeout as sleep } from 'node:timers/promises';
import { CloudActError } from '@cloudact/core/errors';
import { refuseOtherHosts, type SafeFetchInit } from '@cloudact/core/net';
import { parseExact } from './exact-json.ts';

export interface CallOptions {
  /** What it is, for errors, for example `the spend of the team`. */
  readonly name: string;
  readonly method?: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** The hosts that the connector may call; not asked for another address of tests. */
  readonly allowedHosts: readonly string[] | null;
  /** Whether errors quote what a refusal says. Default true; not where strangers choose the host. */
  readonly quotesAnswers?: boolean;
  /** Ends the sentence that begins with "The provider denied …", for 401 and 403: what the key lacks and what to do. */
  readonly whenDenied: string;
  /** Other statuses that have a meaning: undefined is left to the rules below. */
  readonly onStatus?: (status: number, body: string) => CloudActError | undefined;
  /** Of the answer. Default 64 MiB. */
  readonly maximumBytes?: number;
  readonly signal?: AbortSignal;
  /** How the server is called, where its address is not a provider's. Default: as everything is. */
  readonly fetch?: (url: URL, init: SafeFetchInit) => Promise<Response>;
  /** Waits between attempts; tests replace it. */
  readonly wait?: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

const ATTEMPTS = 6;
/** What a provider may ask to wait; longer is for the next run. */
const LONGEST_WAIT = 120_000;
/** Of one answer: from the call to its last byte, and its size. */
export const answerLimits = { milliseconds: 60_000, maximumBytes: 64 * 1024 * 1024 };

/**
 * Asks a provider's API that has no SDK of its own, and returns its JSON with exact numbers. Asks again after 408, 409, 429 and 5xx and
 * when the connection breaks, six times at most, and waits as long as `retry-after` says.
 *
 * Throws `source_denied` (401, 403), `source_unavailable` (no answer, or too busy for all attempts), `source_incomplete`
 * (an answer that is cut off or no JSON), the signal's reason. No error holds a header that was sent.
 */
export async function callJson(url: URL, options: CallOptions): Promise<unknown> {
  const { name, signal, allowedHosts, wait = pause } = options;
  if (allowedHosts) refuseOtherHosts(url.hostname, allowedHosts);
  let last = 'no answer';
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    signal?.throwIfAborted();
    const answer = await ask(url, options).catch((error: unknown) => {
      signal?.throwIfAborted();
      if (error instanceof CloudActError) throw error;
      return error as Error;
    });
    if (answer instanceof Error) {
      last = `the connection failed (${reasonOf(answer)})`;
    } else if (answer.ok) {
      return parsed(answer.body, name);
    } else {
      const known = options.onStatus?.(answer.status, answer.body);
      if (known) throw known;
      if (answer.status === 401 || answer.status === 403) throw denied(options, answer.status);
      if (!PASSING.has(answer.status) && answer.status < 500) throw refused(options, answer.status, answer.body);
      last = `it answered with status ${answer.status}`;
    }
    if (attempt === ATTEMPTS) break;
    const asked = answer instanceof Error ? undefined : answer.retryAfter;
    if (asked !== undefined && asked > LONGEST_WAIT) {
      last += ` and asks to wait ${Math.ceil(asked / 1000)} seconds`;
      break;
    }
    await wait(asked ?? backOff(attempt), signal);
  }
  throw new CloudActError('source_unavailable', {
    detail: `${sentence(name)} could not be read: ${last}. Nothing is loaded; the next synchronisation tries again.`,
  });
}

const PASSING = new Set([408, 409, 425, 429]);

interface Answer {
  ok: boolean;
  status: number;
  body: string;
  retryAfter: number | undefined;
}

async function ask(url: URL, options: CallOptions): Promise<Answer> {
  const { method = 'GET', headers, body, signal, name, fetch: call = callProvider } = options;
  const { maximumBytes = answerLimits.maximumBytes } = options;
  const timeout = AbortSignal.timeout(answerLimits.milliseconds);
  const response = await call(url, {
    method,
    headers: {
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
  });
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > maximumBytes) {
      throw new CloudActError('source_incomplete', {
        detail: `${sentence(name)} is larger than ${maximumBytes / 1024 / 1024} MiB in one answer. Nothing is loaded.`,
      });
    }
    chunks.push(chunk);
  }
  return {
    ok: response.ok,
    status: response.status,
    body: Buffer.concat(chunks).toString('utf8'),
    retryAfter: retryAfter(response.headers.get('retry-after')),
  };
}

/** A redirect would carry the key to a host that nobody allowed. */
function callProvider(url: URL, init: SafeFetchInit): Promise<Response> {
  return fetch(url, { ...init, redirect: 'error' });
}

/** Milliseconds: the header is seconds or a date. */
export function retryAfter(header: string | null, now = Date.now()): number | undefined {
  if (header === null) return undefined;
  const seconds = Number(header);
  const until = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now;
  return Number.isFinite(until) ? Math.max(0, until) : undefined;
}

/** 1, 2, 4 … seconds, more or less a quarter, so that many connections do not come back together. */
function backOff(attempt: number): number {
  return 1000 * 2 ** (attempt - 1) * (0.75 + Math.random() / 2);
}

async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, signal && { signal }).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw error;
  });
}

function parsed(body: string, name: string): unknown {
  try {
    return parseExact(body);
  } catch (error) {
    throw new CloudActError('source_incomplete', {
      detail: `${sentence(name)} is no whole JSON: it was cut off, or something between answered in the provider's place. Nothing is loaded. Try again.`,
      cause: error,
    });
  }
}

function denied({ name, whenDenied }: CallOptions, status: number): CloudActError {
  return new CloudActError('source_denied', {
    detail: `The provider denied ${name} (status ${status}). ${whenDenied}`,
  });
}

function refused({ name, headers, quotesAnswers = true }: CallOptions, status: number, body: string): CloudActError {
  // Some servers say what they were sent.
  const sent = Object.values(headers).flatMap((value) => [value, value.split(' ').at(-1)!]);
  const said = sent.filter(({ length }) => length >= 8).reduce((text, value) => text.replaceAll(value, '…'), body);
  return new CloudActError('source_incomplete', {
    detail: `${sentence(name)} was refused with status ${status}${quotesAnswers ? `: ${said.slice(0, 200).replaceAll(/\s+/g, ' ')}` : ''}. Check the settings of the connection.`,
  });
}

function sentence(name: string): string {
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}

function reasonOf(error: Error): string {
  const { code } = (error.cause ?? error) as { code?: unknown };
  return typeof code === 'string' ? code : error.name;
}
