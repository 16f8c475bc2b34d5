import { afterEach, expect, it, vi } from 'vitest';
import { ApiClient } from './api-client.js';
import type { AuthError } from './api-error.js';
import { TokenSource } from './token-source.js';

const problem = (status: number, code: string) =>
  Response.json({ type: 'about:blank', title: 'Title', status, detail: `Detail of ${code}`, code }, { status });

function clientWith(answer: (request: Request) => Response | Promise<Response>) {
  const requests: Request[] = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const request = new Request(url, init);
    requests.push(request);
    return answer(request);
  });
  const tokens = new TokenSource();
  let count = 0;
  tokens.fetchToken = async () => `token-${++count}`;
  const errors: AuthError[] = [];
  const client = new ApiClient(tokens, (error) => errors.push(error));
  client.base = 'https://api.example/base/';
  return { client, requests, errors, sent: () => requests.map(({ headers }) => headers.get('authorization')) };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

it('sends the token in the header only, without cookies', async () => {
  const { client, requests } = clientWith(() => Response.json({ fine: true }));
  expect(await client.request('/v1/costs?top=8')).toEqual({ fine: true });
  expect(requests[0]).toMatchObject({
    url: 'https://api.example/base/v1/costs?top=8',
    credentials: 'omit',
    cache: 'no-store',
  });
  expect(requests[0]?.headers.get('authorization')).toBe('Bearer token-1');
});

it('tries once more with a new token after a 401', async () => {
  const { client, errors, sent } = clientWith(({ headers }) =>
    headers.get('authorization') === 'Bearer token-1' ? problem(401, 'credential_invalid') : Response.json(1),
  );
  expect(await client.request('/v1/costs')).toBe(1);
  expect(sent()).toEqual(['Bearer token-1', 'Bearer token-2']);
  expect(errors).toEqual([]);
});

it('gives up after the second refusal and says so once', async () => {
  const { client, errors, sent } = clientWith(() => problem(401, 'credential_invalid'));
  await expect(client.request('/v1/costs')).rejects.toMatchObject({ name: 'AuthError' });
  expect(sent()).toHaveLength(2);
  expect(errors).toHaveLength(1);
});

it('tells the host once when ten widgets fail for one token', async () => {
  const errors: AuthError[] = [];
  const tokens = new TokenSource();
  tokens.fetchToken = async () => {
    throw new Error('signed out');
  };
  const failing = new ApiClient(tokens, (error) => errors.push(error));
  await Promise.allSettled(Array.from({ length: 10 }, () => failing.request('/v1/costs')));
  expect(errors).toHaveLength(1);
});

it("hands on the API's code and words, and survives an answer that is not JSON", async () => {
  const { client } = clientWith(({ url }) =>
    url.endsWith('a') ? problem(403, 'forbidden') : new Response('<html>', { status: 502 }),
  );
  await expect(client.request('/a')).rejects.toMatchObject({
    status: 403,
    code: 'forbidden',
    message: 'Detail of forbidden',
  });
  await expect(client.request('/b')).rejects.toMatchObject({ status: 502, code: 'unknown' });
});

it('gives the very same object again when nothing has changed', async () => {
  const { client, requests } = clientWith(({ headers }) =>
    headers.get('if-none-match') === 'W/"7"'
      ? new Response(null, { status: 304 })
      : Response.json({ data_version: 7 }, { headers: { etag: 'W/"7"' } }),
  );
  const first = await client.request('/v1/costs');
  expect(await client.request('/v1/costs')).toBe(first);
  expect(requests).toHaveLength(2);
});

it('does not offer the answer of one organisation to another', async () => {
  const { client, requests } = clientWith(() => Response.json({}, { headers: { etag: 'W/"7"' } }));
  await client.request('/v1/costs');
  client.reset();
  await client.request('/v1/costs');
  expect(requests[1]?.headers.has('if-none-match')).toBe(false);
});
