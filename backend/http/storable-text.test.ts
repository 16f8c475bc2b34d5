import { afterAll, expect, it } from 'vitest';
import { openTestBackend } from '../testing/backend.ts';
import { randomSlug } from '../testing/tenants.ts';

const backend = await openTestBackend();
afterAll(() => backend.close());
const { key } = await backend.organisation(randomSlug());

const unstorable = ['\0', 'a\0b', '\ud800', '\udc00a'];

it.each(unstorable)('a body with %j in a text or a name is refused, not failed on', async (text) => {
  for (const body of [
    `{"subject":${JSON.stringify(text)}}`,
    `{"display_currency":{"rates":{${JSON.stringify(text)}:"1"}}}`,
  ]) {
    const answer = await backend.request('POST', '/v1/widget-tokens', {
      credential: key,
      body,
      headers: { 'content-type': 'application/json' },
    });
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'request_invalid']);
  }
});

it('a path or a query string with U+0000 is refused', async () => {
  const inPath = await backend.request('DELETE', '/v1/api-keys/a%00b', { credential: key });
  const inQuery = await backend.get('/v1/costs', key, { from: '2026-01-01', to: '2026-02-01', filter: 'RegionId:\0' });
  expect([inPath.statusCode, inQuery.statusCode]).toEqual([400, 400]);
});

it.each(['[', '{"a":'])('a body nested 5000 deep with %s is refused, not failed on', async (opening) => {
  const closing = opening === '[' ? ']' : '}';
  const answer = await backend.request('POST', '/v1/widget-tokens', {
    credential: key,
    body: `${opening.repeat(5000)}1${closing.repeat(5000)}`,
    headers: { 'content-type': 'application/json' },
  });
  expect([answer.statusCode, answer.json().code]).toEqual([400, 'request_invalid']);
});

it('any other text goes through', async () => {
  const subject = '👩🏽‍💻 \u202e\u0001 İ';
  const answer = await backend.request('POST', '/v1/widget-tokens', { credential: key, body: { subject } });
  expect(answer.statusCode).toBe(200);
});
