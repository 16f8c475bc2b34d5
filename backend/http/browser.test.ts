import { afterAll, expect, it } from 'vitest';
import { openTestBackend } from '../testing/backend.ts';

const backend = await openTestBackend();
afterAll(() => backend.close());

const portal = 'https://portal.example.com';
const preflight = (origin: string, url = '/v1/costs') =>
  backend.app.inject({
    method: 'OPTIONS',
    url,
    headers: { origin, 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' },
  });

it('pages of an allowed origin may read with an Authorization header, without cookies', async () => {
  const { statusCode, headers } = await preflight(portal);
  expect(statusCode).toBe(204);
  expect(headers['access-control-allow-origin']).toBe(portal);
  expect(headers['access-control-allow-headers']).toContain('authorization');
  expect(headers['access-control-allow-methods']).toBe('GET, HEAD');
  expect(headers['access-control-allow-credentials']).toBeUndefined();
});

it('pages of other origins may not', async () => {
  for (const origin of [
    'https://evil.example.com',
    'null',
    `${portal}.evil.example.com`,
    'http://portal.example.com',
  ]) {
    expect((await preflight(origin)).headers['access-control-allow-origin']).toBeUndefined();
  }
});

it('a page can read a refusal, and every answer varies by origin', async () => {
  const refused = await backend.app.inject({ url: '/v1/costs', headers: { origin: portal } });
  expect(refused.statusCode).toBe(401);
  expect(refused.headers['access-control-allow-origin']).toBe(portal);
  expect(refused.headers.vary).toContain('Origin');
});

it('no answer can be framed, sniffed, or run as a page', async () => {
  const { headers } = await backend.app.inject('/health/live');
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'content-security-policy': "default-src 'none';frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
  });
});
