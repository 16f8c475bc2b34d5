import { CloudActError } from '@cloudact/core/errors';
import { type AnswerLine, callJson } from '../../../usage/answers/index.ts';
import type { ConnectorContext } from '../../connector.ts';
import type { OpenRouterSettings } from './settings.ts';

export const allowedHosts = ['openrouter.ai'];

/**
 * The `data` of an answer of OpenRouter's API, with exact numbers. Throws `source_denied`, `source_unavailable`,
 * `source_incomplete`.
 */
async function ask(
  path: string,
  query: Readonly<Record<string, string>>,
  name: string,
  { managementKey }: OpenRouterSettings,
  { endpoint, signal }: ConnectorContext,
): Promise<unknown> {
  const url = new URL(`/api/v1/${path}`, endpoint ?? `https://${allowedHosts[0]}`);
  url.search = new URLSearchParams(query).toString();
  const answer = await callJson(url, {
    name,
    headers: { authorization: `Bearer ${managementKey}` },
    allowedHosts: endpoint === undefined ? allowedHosts : null,
    whenDenied:
      'It takes a management key: a key for inference is not enough. Make one in OpenRouter under Settings, Management keys, as an administrator of the account, and check that it was not deleted.',
    ...(signal && { signal }),
  });
  return (answer as { data?: unknown } | null)?.data;
}

/** One result per UTC day, model and endpoint, for the last 30 completed days; with `byWorkspace` per workspace too. */
export async function activity(
  settings: OpenRouterSettings,
  context: ConnectorContext,
  byWorkspace: boolean,
): Promise<AnswerLine[]> {
  const name = 'the activity of the account';
  const data = await ask('activity', byWorkspace ? { group_by: 'workspace' } : {}, name, settings, context);
  return objects(data, name);
}

/** Name by id of the account's workspaces. */
export async function workspaceNames(
  settings: OpenRouterSettings,
  context: ConnectorContext,
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  const limit = 100;
  for (let offset = 0; ; offset += limit) {
    const name = 'the list of workspaces';
    const query = { offset: String(offset), limit: String(limit) };
    const page = objects(await ask('workspaces', query, name, settings, context), name);
    const before = names.size;
    for (const { id, name: own } of page) {
      if (typeof id === 'string' && typeof own === 'string') names.set(id, own);
    }
    // A page without anything new is the end, too: an offset that is not understood gives the same page for ever.
    if (page.length < limit || names.size === before) return names;
  }
}

/** Whether the key is a management key, as OpenRouter says of it; undefined where it does not say. */
export async function isManagementKey(
  settings: OpenRouterSettings,
  context: ConnectorContext,
): Promise<boolean | undefined> {
  const data = await ask('key', {}, 'the key itself', settings, context);
  const { is_management_key: management, is_provisioning_key: provisioning } = (data ?? {}) as Record<string, unknown>;
  const said = management ?? provisioning;
  return typeof said === 'boolean' ? said : undefined;
}

function objects(data: unknown, name: string): AnswerLine[] {
  if (Array.isArray(data) && data.every((item) => typeof item === 'object' && item !== null)) return data;
  throw new CloudActError('source_incomplete', {
    detail: `OpenRouter’s answer to ${name} has no list "data": it is not what its API documents. Nothing is loaded. Try again later.`,
  });
}
