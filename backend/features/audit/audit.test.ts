import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestBackend } from '../../testing/backend.ts';
import { randomSlug } from '../../testing/tenants.ts';

const backend = await openTestBackend();
afterAll(() => backend.close());

const mine = await backend.organisation(randomSlug());
const other = await backend.organisation(randomSlug());

interface Page {
  events: { id: string; at: string; action: string; target: string | null; outcome: string; actor: { id: string } }[];
  next: string | null;
}
async function page(credential: string, query: Record<string, string | number> = {}): Promise<Page> {
  const answer = await backend.get('/v1/audit-events', credential, query);
  expect(answer.statusCode).toBe(200);
  return answer.json();
}

beforeAll(async () => {
  for (const name of ['one', 'two', 'three']) {
    const body = { name, scopes: ['costs:read'] };
    const created = await backend.request('POST', '/v1/api-keys', { credential: mine.key, body });
    expect(created.statusCode).toBe(201);
    await backend.request('DELETE', `/v1/api-keys/${created.json().api_key.id}`, { credential: mine.key });
  }
});

it('lists what was changed and by whom, newest first', async () => {
  const { events } = await page(mine.key);
  expect(events.map(({ action }) => action)).toEqual(
    ['one', 'two', 'three'].flatMap(() => ['api_key.revoke', 'api_key.create']),
  );
  expect(new Set(events.map(({ outcome }) => outcome))).toEqual(new Set(['succeeded']));
  expect(new Set(events.map(({ actor }) => actor.id)).size).toBe(1);
  const times = events.map(({ at }) => at);
  expect(times).toEqual([...times].sort().reverse());
});

it('pages lead through all events, each once, to an end', async () => {
  const all = (await page(mine.key)).events;
  const seen: string[] = [];
  let next: string | null = null;
  do {
    const { events, next: following }: Page = await page(mine.key, {
      limit: 4,
      ...(next !== null && { before: next }),
    });
    seen.push(...events.map(({ id }) => id));
    next = following;
  } while (next !== null);
  expect(seen).toEqual(all.map(({ id }) => id));
});

it('shows nothing of another organisation, not even by the id of its event', async () => {
  const { events } = await page(mine.key);
  expect((await page(other.key)).events).toEqual([]);
  expect((await page(other.key, { before: events[0]!.id })).events).toEqual([]);
  expect((await page(other.key, { before: randomUUID() })).events).toEqual([]);
});

it('an admin reads it, an analyst and a key without the scope do not', async () => {
  const [admin, analyst] = [await backend.member(mine.org, 'admin'), await backend.member(mine.org, 'analyst')];
  const ask = (credential: string, org?: string) =>
    backend.request('GET', '/v1/audit-events', { credential, ...(org !== undefined && { org }) });
  expect((await ask(admin.token, mine.org)).statusCode).toBe(200);
  expect((await ask(analyst.token, mine.org)).statusCode).toBe(403);
  const reader = await backend.deps.identity.apiKeys.issue({ org: mine.org, name: 'Costs', scopes: ['costs:read'] });
  expect((await ask(reader.key)).statusCode).toBe(403);
});

it.each([{ limit: 0 }, { limit: 201 }, { limit: 'all' }, { before: 'yesterday' }, { org: 'other_inc' }])(
  'refuses a page that is none: %j',
  async (query) => {
    const answer = await backend.get('/v1/audit-events', mine.key, query as unknown as Record<string, string>);
    expect(answer.json()).toMatchObject({ status: 400, code: 'request_invalid' });
  },
);
