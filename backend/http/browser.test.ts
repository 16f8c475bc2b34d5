import { afterAll, expect, it } from 'vitest';
import { openTestBackend } from '../testing/backend.ts';
import { randomSlug } from '../testing/tenants.ts';

const backend = await openTestBackend();
afterAll(() => backend.close());

const portal = 'https://portal.example.com';
const preflight = (origin: string, url = '/v1/costs') =>
  backend.app.inject({
    method: 'OPTIONS',
    url,
    headers: { origin, 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' },
  });

it('pages of an allowed origin may call the API with an Authorization header, without cookies', async () => {
  const { statusCode, headers } = await preflight(portal);
  expect(statusCode).toBe(204);
  expect(headers['access-control-allow-origin']).toBe(portal);
  expect(headers['access-control-allow-headers']).toBe(
    'authorization, content-type, if-none-match, cloudact-org, idempotency-key',
  );
  expect(headers['access-control-allow-methods']).toBe('GET, HEAD, POST, PATCH, PUT, DELETE');
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

it('pages of an origin that an organisation allows may too, within 30 seconds', async () => {
  const { org } = await backend.organisation(randomSlug('origins'));
  const origin = `https://${org.replaceAll('_', '-')}.example.com`;
  const allowed = async () => (await preflight(origin)).headers['access-control-allow-origin'];
  expect(await allowed()).toBeUndefined();
  await backend.deps.metadata.forOrg(org).update({ allowedOrigins: [origin] });
  backend.clock.time = new Date(backend.clock.time.getTime() + 30_000);
  expect(await allowed()).toBe(origin);
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
