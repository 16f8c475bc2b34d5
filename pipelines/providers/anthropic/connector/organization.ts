import type Anthropic from '@anthropic-ai/sdk';
import { allPages } from '../../../usage/answers/index.ts';
import { type Answer, answerIn, answerOf, listIn, nextPage, textIn } from './client.ts';

/** Whose usage it is, and what its workspaces and keys are called. */
export interface Organization {
  readonly id: string;
  readonly name: string;
  readonly workspaces: ReadonlyMap<string, { name: string; tags: Answer | null }>;
  /** `principal` is the user or service account that the key acts as. */
  readonly apiKeys: ReadonlyMap<string, { name: string; principal: string | null }>;
}

/** Throws what `answerOf` throws. */
export async function readOrganization(client: Anthropic, signal: AbortSignal | undefined): Promise<Organization> {
  const { id, name } = await readIdentity(client, signal);
  return { id, name, workspaces: await readWorkspaces(client, signal), apiKeys: await readApiKeys(client, signal) };
}

export async function readIdentity(
  client: Anthropic,
  signal: AbortSignal | undefined,
): Promise<{ id: string; name: string }> {
  const name = 'the organisation';
  const answer = await answerOf(name, client.beta.organization.retrieve({ ...(signal && { signal }) }), signal);
  return { id: textIn(answer, 'id', name), name: textIn(answer, 'name', name) };
}

/** The default workspace and archived ones too. */
export async function readWorkspaces(
  client: Anthropic,
  signal: AbortSignal | undefined,
): Promise<Organization['workspaces']> {
  const name = 'the list of workspaces';
  const items = await readList(name, signal, (page) =>
    client.beta.organization.workspaces.list(
      { ...page, include_archived: true, include_default: true },
      { ...(signal && { signal }) },
    ),
  );
  return new Map(
    items.map((item) => {
      const tags = item.tags == null ? {} : answerIn(item.tags, name);
      const hasTags = Object.keys(tags).length > 0;
      return [textIn(item, 'id', name), { name: textIn(item, 'name', name), tags: hasTags ? tags : null }];
    }),
  );
}

export async function readApiKeys(
  client: Anthropic,
  signal: AbortSignal | undefined,
): Promise<Organization['apiKeys']> {
  const name = 'the list of API keys';
  const items = await readList(name, signal, (page) =>
    client.beta.organization.apiKeys.list(page, { ...(signal && { signal }) }),
  );
  return new Map(
    items.map((item) => {
      const { user_id, service_account_id } = item.principal == null ? {} : answerIn(item.principal, name);
      const principal = user_id ?? service_account_id ?? null;
      return [
        textIn(item, 'id', name),
        { name: textIn(item, 'name', name), principal: typeof principal === 'string' ? principal : null },
      ];
    }),
  );
}

async function readList(
  name: string,
  signal: AbortSignal | undefined,
  ask: (page: { limit: number; after_id?: string }) => { asResponse(): Promise<Response> },
): Promise<Answer[]> {
  const items: Answer[] = [];
  const pages = allPages(
    name,
    async (cursor) => {
      const page = { limit: 1000, ...(cursor !== undefined && { after_id: cursor }) };
      const answer = await answerOf(name, ask(page), signal);
      return { page: answer, next: nextPage(answer, 'last_id', name) };
    },
    signal,
  );
  for await (const page of pages) items.push(...listIn(page, 'data', name));
  return items;
}
