import { CloudActError } from '@cloudact/core/errors';
import { refuseOtherHosts } from '@cloudact/core/net';
import type OpenAI from 'openai';
import type { APIError } from 'openai';
import { parseExact } from '../../../usage/answers/index.ts';
import type { ConnectorContext } from '../../connector.ts';
import type { OpenAiSettings } from './settings.ts';

export const allowedHosts = ['api.openai.com'];

/** With waits of 0.5 to 8 seconds, or as `retry-after` says: half a minute in which a busy API may recover. */
const RETRIES = 6;

/**
 * OpenAI's own SDK with the settings' key alone: nothing is read from the machine's environment. Follows no redirect, which
 * would carry the key to another host.
 */
export async function openAi(settings: OpenAiSettings, { endpoint }: ConnectorContext): Promise<OpenAI> {
  const { default: Client } = await import('openai');
  const hosts = endpoint === undefined ? allowedHosts : [new URL(endpoint).hostname];
  return new Client({
    adminAPIKey: settings.adminKey,
    apiKey: null,
    organization: settings.organizationId,
    project: null,
    webhookSecret: null,
    baseURL: new URL('/v1', endpoint ?? `https://${allowedHosts[0]}`).href,
    timeout: 60_000,
    maxRetries: RETRIES,
    logLevel: 'off',
    fetchOptions: { redirect: 'error' },
    fetch: (url, init) => {
      const address = url instanceof Request ? url.url : url;
      refuseOtherHosts(new URL(address).hostname, hosts);
      return fetch(url, init);
    },
  });
}

/**
 * The JSON of an answer with exact numbers. `name` says what was asked, for errors. Throws `source_denied`,
 * `source_unavailable`, `source_incomplete`; the signal's reason. No error holds the key.
 */
export async function answerOf(
  name: string,
  request: { asResponse(): Promise<Response> },
  signal?: AbortSignal,
): Promise<unknown> {
  let text: string;
  try {
    const response = await request.asResponse();
    text = await response.text().catch((error: unknown) => {
      throw cutOff(name, error);
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw openAiError(error, name);
  }
  try {
    return parseExact(text);
  } catch (error) {
    throw cutOff(name, error);
  }
}

function cutOff(name: string, cause: unknown): CloudActError {
  return new CloudActError('source_incomplete', {
    detail: `OpenAI's answer about ${name} is cut off, or is no JSON. Nothing is loaded; try again.`,
    cause,
  });
}

/** What the SDK's error means for a person. */
function openAiError(error: unknown, name: string): Error {
  if (error instanceof CloudActError) return error;
  const own = causesOf(error).find((cause) => cause instanceof CloudActError);
  if (own) return own;
  const { status, code, message } = error as Partial<APIError>;
  const said = [status, code].filter(Boolean).join(' ') || 'no answer';
  if (status === 401) {
    return new CloudActError('source_denied', {
      detail: `OpenAI did not accept the key when asked for ${name} (${said}). Check that the admin key is not revoked or expired, and that it belongs to the organization of the settings; an owner makes a new one at platform.openai.com, Settings, Organization, Admin keys.`,
      cause: error,
    });
  }
  if (status === 403) {
    return new CloudActError('source_denied', {
      detail: `OpenAI does not let the key read ${name} (${said}). Give the admin key read rights for usage (Settings, Organization, Admin keys), or make another.`,
      cause: error,
    });
  }
  if (status !== undefined && status < 500 && ![408, 409, 429].includes(status)) {
    return new CloudActError('source_incomplete', {
      detail: `OpenAI refused to tell ${name}: ${String(message).slice(0, 200)}. Nothing is loaded.`,
      cause: error,
    });
  }
  return new CloudActError('source_unavailable', {
    detail: `OpenAI did not tell ${name} (${said}), also after ${RETRIES + 1} attempts. Nothing is loaded; the next synchronisation tries again.`,
    cause: error,
  });
}

/** OpenAI answered, and said no: another attempt would be told the same. */
export function isRefusal(error: unknown): boolean {
  if (!(error instanceof CloudActError) || error.code === 'source_unavailable') return false;
  return typeof (error.cause as Partial<APIError> | undefined)?.status === 'number';
}

function causesOf(error: unknown): unknown[] {
  const causes: unknown[] = [];
  for (let cause = error; cause instanceof Error && causes.length < 5; cause = cause.cause) causes.push(cause);
  return causes;
}
