import { randomUUID } from 'node:crypto';
import { parseOrgSlug } from '@cloudact/core/org';
import { afterAll, expect, it } from 'vitest';
import { openPlumbing } from './testing.ts';

const { app, credential } = await openPlumbing({ perMinute: 3 });
app.get('/things', { config: { auth: { principals: ['api_key', 'member'], scopes: [] } } }, async () => ({}));
app.get('/open', { config: { auth: 'public' } }, async () => ({}));
await app.ready();
afterAll(() => app.close());

const userId = randomUUID();
const member = (slug: string) =>
  credential({ kind: 'member', org: parseOrgSlug(slug), userId, email: 'e@example.com', role: 'viewer', scopes: [] });
const key = (keyId: string) => credential({ kind: 'api_key', org: parseOrgSlug('acme_inc'), keyId, scopes: [], expiresAt: null });

async function statuses(count: number, bearer?: string, url = '/things'): Promise<number[]> {
  const all: number[] = [];
  for (let index = 0; index < count; index++) {
    const headers = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
    all.push((await app.inject({ url, headers, remoteAddress: `192.0.2.${index}` })).statusCode);
  }
  return all;
}

it('one credential has one limit for all addresses, and others are not affected', async () => {
  expect(await statuses(5, key('key_1'))).toEqual([200, 200, 200, 429, 429]);
  expect(await statuses(1, key('key_2'))).toEqual([200]);
});

it('a person has a limit of her own in each organisation', async () => {
  expect(await statuses(4, member('acme_inc'))).toEqual([200, 200, 200, 429]);
  expect(await statuses(1, member('other_inc'))).toEqual([200]);
});

it('a refusal is a problem that says how long to wait', async () => {
  const bearer = key('key_3');
  await statuses(3, bearer);
  const refused = await app.inject({ url: '/things', headers: { authorization: `Bearer ${bearer}` } });
  expect(refused.json()).toMatchObject({ status: 429, code: 'rate_limited', detail: expect.stringContaining('Wait') });
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
});

it('what is open to all is counted by address alone', async () => {
  expect(await statuses(5, undefined, '/open')).toEqual([200, 200, 200, 200, 200]);
});
