import { randomUUID } from 'node:crypto';
import { supabaseMetadata } from '@cloudact/core/metadata';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testSupabase } from '../scripts/test-supabase.ts';
import { openTestBackend, rootKey } from './testing/backend.ts';
import type { Answer, Method, RequestOptions } from './testing/requests.ts';
import { randomSlug } from './testing/tenants.ts';

/** What Supabase does for the API: its work, nothing at all, or nonsense. */
let supabaseIs: 'there' | 'away' | 'confused' = 'there';
const log: string[] = [];
const backend = await openTestBackend({
  logger: { level: 'trace', stream: { write: (line: string) => void log.push(line) } },
  metadata: supabaseMetadata({
    ...(await testSupabase()),
    fetch: async (input, init) => {
      if (supabaseIs === 'away') throw new TypeError('fetch failed');
      return supabaseIs === 'there' ? fetch(input, init) : Response.json({ nonsense: true });
    },
  }),
});
const { app } = backend;
afterAll(() => backend.close());

const { org, key } = await backend.organisation(randomSlug());
const owner = await backend.member(org, 'owner');
const minted = await backend.request('POST', '/v1/widget-tokens', {
  credential: key,
  body: { scopes: ['costs:read'] },
});
const widgetToken: string = minted.json().token;
/** A credential of a provider, as people send it where it belongs and where it does not. */
const providerSecret = `provider-secret-${randomUUID()}`;
/** Keys that were shown once in this run. */
const shownOnce: string[] = [];

const credentials: RequestOptions[] = [
  {},
  { credential: key },
  { credential: owner.token, org },
  { credential: owner.token },
  { credential: owner.token, org: 'nobody_inc' },
  { credential: widgetToken },
  { credential: rootKey },
  { credential: `${key.slice(0, -1)}x` },
  { credential: `${owner.token}x` },
];
const bodies: (object | string | undefined)[] = [
  undefined,
  { name: 'Canary', values: { api_key: providerSecret }, settings: { api_key: providerSecret }, token: providerSecret },
  {
    scopes: [providerSecret],
    email: providerSecret,
    confirm: providerSecret,
    plan: providerSecret,
    role: providerSecret,
  },
  `{"api_key": "${providerSecret}`,
];

/** Every route with parameters filled in; deleting the organisation or a person is for other tests. */
function requests(): { method: Method; url: string }[] {
  const ending = ['DELETE /v1/org', 'DELETE /v1/me', 'DELETE /v1/admin/orgs/:slug'];
  return app.routeRegistry
    .filter(
      ({ method, url }) => method !== 'HEAD' && !url.startsWith('/reference') && !ending.includes(`${method} ${url}`),
    )
    .map(({ method, url }) => ({ method: method as Method, url: url.replaceAll(/:[a-z_]+/g, randomUUID()) }));
}

function keep(answer: Answer): void {
  for (const [found] of answer.body.matchAll(/ca_live_[A-Za-z0-9]{39}/g)) shownOnce.push(found);
}
function expectNoSecret(text: string, where: string): void {
  const secrets = { key, rootKey, session: owner.token, widgetToken, providerSecret };
  for (const [name, secret] of Object.entries(secrets))
    if (text.includes(secret)) throw new Error(`${name} in ${where}`);
}

beforeAll(async () => {
  for (supabaseIs of ['there', 'away', 'confused'] as const) {
    for (const { method, url } of requests()) {
      for (const credential of credentials) {
        for (const body of method === 'GET' ? [undefined] : bodies) {
          const headers = {
            'x-api-key': providerSecret,
            cookie: `session=${owner.token}`,
            ...(typeof body === 'string' && { 'content-type': 'application/json' }),
            ...(method === 'POST' && { 'idempotency-key': randomUUID() }),
          };
          const query = { api_key: providerSecret };
          const options = { ...credential, query, headers, ...(body !== undefined && { body }) };
          const answer = await backend.request(method, url, options);
          expectNoSecret(answer.body + JSON.stringify(answer.headers), `the answer to ${method} ${url}`);
          keep(answer);
        }
      }
    }
  }
  supabaseIs = 'there';
}, 300_000);

it('no answer of any route shows a credential, whatever it is asked and whatever fails behind it', () => {
  // Every request of the run was looked at as it was answered; these are the kinds of answers that came.
  const statuses = new Set(log.flatMap((line) => (JSON.parse(line) as { status?: number }).status ?? []));
  expect([...statuses]).toEqual(expect.arrayContaining([200, 400, 401, 403, 404, 500, 503]));
});

it('no log line shows a credential', () => {
  expect(log.length).toBeGreaterThan(1_000);
  expectNoSecret(log.join(''), 'the log');
});

it('a key that is shown once is in its answer, in the same answer again, and nowhere else', async () => {
  const options = {
    credential: key,
    body: { name: 'Shown once', scopes: ['costs:read'] },
    headers: { 'idempotency-key': randomUUID() },
  };
  const [first, again] = [
    await backend.request('POST', '/v1/api-keys', options),
    await backend.request('POST', '/v1/api-keys', options),
  ];
  keep(first);
  expect(first.statusCode).toBe(201);
  expect([again.body, again.headers['idempotent-replayed']]).toEqual([first.body, 'true']);
  const listed = (await backend.get('/v1/api-keys', key)).body + (await backend.get('/v1/audit-events', key)).body;
  expect(shownOnce.length).toBeGreaterThan(0);
  for (const secret of shownOnce) {
    expect(listed).not.toContain(secret);
    expect(log.join('')).not.toContain(secret);
  }
});

it('the audit log shows no credential', async () => {
  const events = await backend.get('/v1/audit-events', key, { limit: 200 });
  expect(events.json().events.length).toBeGreaterThan(10);
  expectNoSecret(events.body, 'the audit log');
});
