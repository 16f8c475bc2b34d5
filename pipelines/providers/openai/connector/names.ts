import { type AnswerLine, allPages } from '../../../usage/answers/index.ts';
import { MARK, type NameAnswer } from '../answers.ts';
import { collected, dayOf, isRecord, type Reading } from './buckets.ts';
import { answerOf, isRefusal } from './client.ts';

/** Ids that occur in lines; keys by the project that they belong to. */
export class SeenIds {
  readonly projects = new Set<string>();
  readonly users = new Set<string>();
  readonly keys = new Map<string, Set<string>>();

  see({ project_id, user_id, api_key_id }: AnswerLine): void {
    if (typeof user_id === 'string') this.users.add(user_id);
    if (typeof project_id !== 'string') return;
    this.projects.add(project_id);
    if (typeof api_key_id !== 'string') return;
    const keys = this.keys.get(project_id) ?? new Set();
    this.keys.set(project_id, keys.add(api_key_id));
  }
}

/**
 * One line for each id that was seen and has a name. The right to read names is optional: without it there are none, and
 * ids stand for themselves.
 */
export async function* nameLines(seen: SeenIds, reading: Reading): AsyncGenerator<AnswerLine> {
  const { projects, users, apiKeys } = namesApi(reading);
  if (seen.projects.size > 0) yield* linesOf('project', projects, seen.projects, reading);
  if (seen.users.size > 0) yield* linesOf('user', users, seen.users, reading);
  for (const [project, keys] of seen.keys) yield* linesOf('api_key', apiKeys(project), keys, reading);
}

/** How many projects and users the key may name. Throws `source_denied` where it may not. */
export async function countNames(reading: Reading): Promise<{ projects: number; users: number }> {
  const { projects, users } = namesApi(reading);
  return { projects: (await collected(projects)).length, users: (await collected(users)).length };
}

interface Named {
  id: string;
  name: string;
}

function namesApi(reading: Reading) {
  const { client, signal } = reading;
  const call = { ...(signal && { signal }) };
  const { projects, users } = client.admin.organization;
  const page = (after?: string) => ({ limit: 100, ...(after !== undefined && { after }) });
  return {
    projects: listed(
      'the names of projects',
      (after) => projects.list({ ...page(after), include_archived: true }, call),
      reading,
    ),
    users: listed('the names of users', (after) => users.list(page(after), call), reading),
    apiKeys: (project: string) =>
      listed('the names of API keys', (after) => projects.apiKeys.list(project, page(after), call), reading),
  };
}

async function* listed(
  name: string,
  ask: (after?: string) => { asResponse(): Promise<Response> },
  { signal }: Reading,
): AsyncGenerator<Named> {
  const pages = allPages(
    name,
    async (after) => {
      const answer = await answerOf(name, ask(after), signal);
      const { data, has_more, last_id } = isRecord(answer) ? answer : {};
      const more = has_more === true && typeof last_id === 'string';
      return { page: Array.isArray(data) ? data : [], next: more ? last_id : null };
    },
    signal,
  );
  for await (const page of pages) {
    for (const one of page.filter(isRecord)) {
      // People are known by their address: names repeat.
      const text = [one.email, one.name].find((value) => typeof value === 'string' && value !== '');
      if (typeof one.id === 'string' && typeof text === 'string') yield { id: one.id, name: text };
    }
  }
}

async function* linesOf(
  kind: NameAnswer,
  names: AsyncGenerator<Named>,
  seen: ReadonlySet<string>,
  { span, organizationId }: Reading,
): AsyncGenerator<AnswerLine> {
  const own = {
    [MARK]: kind,
    charge_start: `${dayOf(span.start)}T00:00:00Z`,
    charge_end: `${dayOf(span.end)}T00:00:00Z`,
    account_id: organizationId,
  };
  try {
    for await (const { id, name } of names) {
      if (seen.has(id)) yield { ...own, name_id: id, name_text: name };
    }
  } catch (error) {
    // Of a project that is archived, keys may not be listed even with the right to.
    if (!isRefusal(error)) throw error;
  }
}
