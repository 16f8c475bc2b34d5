import { afterAll, expect, it } from 'vitest';
import { openTestBackend, rootKey } from '../testing/backend.ts';

const backend = await openTestBackend({ limits: { requestsPerMinute: 5, adminRequestsPerMinute: 2 } });
afterAll(() => backend.close());

const ask = (url: string, remoteAddress: string, headers: Record<string, string> = {}) =>
  backend.app.inject({ url, remoteAddress, headers });

async function statuses(count: number, request: () => ReturnType<typeof ask>): Promise<number[]> {
  const all: number[] = [];
  for (let index = 0; index < count; index++) all.push((await request()).statusCode);
  return all;
}

it('guessing credentials is slowed down', async () => {
  const guess = () => ask('/v1/costs', '192.0.2.1', { authorization: 'Bearer nonsense' });
  expect(await statuses(7, guess)).toEqual([401, 401, 401, 401, 401, 429, 429]);
});

it('looking for paths is slowed down', async () => {
  expect(await statuses(6, () => ask('/v1/guess', '192.0.2.2'))).toEqual([404, 404, 404, 404, 404, 429]);
});

it('a refusal is a problem that tells how long to wait, and other addresses are not affected', async () => {
  await statuses(5, () => ask('/v1/costs', '192.0.2.3'));
  const refused = await ask('/v1/costs', '192.0.2.3');
  expect(refused.json()).toMatchObject({ status: 429, code: 'rate_limited' });
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect((await ask('/v1/costs', '192.0.2.4')).statusCode).toBe(401);
});

it('an address in X-Forwarded-For is not believed without a trusted proxy', async () => {
  let forwarded = 0;
  const ask = () =>
    backend.app.inject({
      url: '/v1/costs',
      remoteAddress: '192.0.2.5',
      headers: { 'x-forwarded-for': `198.51.100.${forwarded++}` },
    });
  expect(await statuses(6, ask)).toEqual([401, 401, 401, 401, 401, 429]);
});

it('admin routes have one lower limit together', async () => {
  const admin = (url: string, authorization = `Bearer ${rootKey}`, remoteAddress = '192.0.2.6') =>
    backend.app.inject({ method: 'POST', url, remoteAddress, headers: { authorization } });
  expect((await admin('/v1/admin/bootstrap')).statusCode).toBe(200);
  expect((await admin('/v1/admin/orgs')).statusCode).toBe(400);
  const refused = await admin('/v1/admin/orgs/acme_inc/api-keys');
  expect(refused.json()).toMatchObject({ status: 429, code: 'rate_limited' });
  expect((await admin('/v1/admin/bootstrap')).statusCode).toBe(429);
  expect((await ask('/v1/costs', '192.0.2.6')).statusCode).toBe(401);
  const guess = () => admin('/v1/admin/bootstrap', 'Bearer nonsense', '192.0.2.8');
  expect(await statuses(3, guess)).toEqual([401, 401, 429]);
});

it('health checks are never refused', async () => {
  expect(new Set(await statuses(20, () => ask('/health/live', '192.0.2.7')))).toEqual(new Set([200]));
});
