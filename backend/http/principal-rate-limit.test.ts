import { randomUUID } from 'node:crypto';
import { parseOrgSlug } from '@cloudact/core/org';
import { afterAll, expect, it } from 'vitest';
import { openPlumbing } from './testing.ts';

const { app, credential } = await openPlumbing({ perMinute: { principal: 3 } });
app.get('/things', { config: { auth: { principals: ['api_key', 'member', 'widget'], scopes: [] } } }, async () => ({}));
app.get('/open', { config: { auth: 'public' } }, async () => ({}));
await app.ready();
afterAll(() => app.close());

const userId = randomUUID();
const member = (slug: string) =>
  credential({ kind: 'member', org: parseOrgSlug(slug), userId, email: 'e@example.com', role: 'viewer', scopes: [] });
const key = (keyId: string) =>
  credential({ kind: 'api_key', org: parseOrgSlug('acme_inc'), keyId, scopes: [], expiresAt: null });
const widget = (subject: string, jti: string) =>
  credential({
    kind: 'widget',
    org: parseOrgSlug('acme_inc'),
    scopes: [],
    filters: [],
    widgets: [],
    origins: [],
    markUp: null,
    displayCurrency: null,
    subject,
    mintedBy: null,
    jti,
    issuedAt: 0,
  });

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

it('tokens of one subject share a limit; those of nobody in particular have one each', async () => {
  expect(await statuses(3, widget('customer-7', 'one'))).toEqual([200, 200, 200]);
  expect(await statuses(1, widget('customer-7', 'two'))).toEqual([429]);
  expect(await statuses(4, widget('org:acme_inc', 'three'))).toEqual([200, 200, 200, 429]);
  expect(await statuses(1, widget('org:acme_inc', 'four'))).toEqual([200]);
});

it('a refusal is a problem that says how long to wait', async () => {
  const bearer = key('key_3');
  await statuses(3, bearer);
  const refused = await app.inject({ url: '/things', headers: { authorization: `Bearer ${bearer}` } });
  expect(refused.json()).toMatchObject({ status: 429, code: 'rate_limited', detail: expect.stringContaining('Wait') });
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
});

it('all credentials of one organisation together have a limit, and other organisations are not affected', async () => {
  const bounded = await openPlumbing({ perMinute: { principal: 3, organisation: 5 } });
  bounded.app.get('/things', { config: { auth: { principals: ['api_key'], scopes: [] } } }, async () => ({}));
  const ask = async (slug: string, keyId: string, count: number) => {
    const bearer = bounded.credential({ kind: 'api_key', org: parseOrgSlug(slug), keyId, scopes: [], expiresAt: null });
    const answers = [];
    for (let index = 0; index < count; index++) {
      answers.push(await bounded.app.inject({ url: '/things', headers: { authorization: `Bearer ${bearer}` } }));
    }
    return answers;
  };
  const codes = (answers: { statusCode: number }[]) => answers.map(({ statusCode }) => statusCode);
  // What a credential asks beyond its own limit takes nothing from its colleagues.
  expect(codes(await ask('acme_inc', 'key_1', 6))).toEqual([200, 200, 200, 429, 429, 429]);
  const second = await ask('acme_inc', 'key_2', 3);
  expect(codes(second)).toEqual([200, 200, 429]);
  expect(second[2]!.json()).toMatchObject({ detail: expect.stringContaining('organisation') });
  expect(Number(second[2]!.headers['retry-after'])).toBeGreaterThan(0);
  expect(codes(await ask('other_inc', 'key_3', 1))).toEqual([200]);
  await bounded.app.close();
});

it('what is open to all is counted by address alone', async () => {
  expect(await statuses(5, undefined, '/open')).toEqual([200, 200, 200, 200, 200]);
});
