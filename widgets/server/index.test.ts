import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, it } from 'vitest';
import { openTestBackend } from '../../backend/testing/backend.ts';
import { loadCharges } from '../../backend/testing/charges.ts';
import { randomSlug } from '../../backend/testing/tenants.ts';
import { CloudActApiError, mintWidgetToken, openWidgetTokenCache } from './index.ts';

const backend = await openTestBackend();
const { org, key: apiKey } = await backend.organisation(randomSlug('host'));
await loadCharges(backend.warehouse, org, [
  { day: '2026-10-01', cost: '10', SubAccountId: 'mine' },
  { day: '2026-10-01', cost: '90', SubAccountId: 'theirs' },
]);
const apiBase = await backend.app.listen({ port: 0, host: '127.0.0.1' });
afterAll(() => backend.close());

const all = { filters: [] };
const october = { from: '2026-10-01', to: '2026-11-01' };
const totals = async (token: string) => (await backend.get('/v1/costs', token, october)).json().totals;
const refusal = (promise: Promise<unknown>): Promise<CloudActApiError> =>
  promise.then(
    () => expect.unreachable(),
    (error) => {
      expect(error).toBeInstanceOf(CloudActApiError);
      return error;
    },
  );

it('a token is minted in one line, and shows its slice in its terms', async () => {
  const { token, tokenId, expiresAt } = await mintWidgetToken({
    apiBase: `${apiBase}/`,
    apiKey,
    scopes: ['costs:read'],
    filters: ['SubAccountId:mine'],
    widgets: ['cloudact-cost-trend'],
    origins: ['https://portal.example.com'],
    markUp: '1.5',
    displayCurrency: { currency: 'EUR', rates: { USD: '2' } },
    subject: 'customer-7',
  });
  expect(await totals(token)).toEqual([{ currency: 'EUR', cost: '30' }]);
  expect(tokenId).not.toBe('');
  expect(expiresAt.getTime() - backend.clock.time.getTime()).toBeGreaterThan(9 * 60_000);
});

it('what the API refuses is an error with its code and words, and without the key', async () => {
  const unknown = await refusal(mintWidgetToken({ apiBase, apiKey, filters: ['Account:1'] }));
  expect(unknown).toMatchObject({ code: 'request_invalid', status: 400 });
  expect(unknown.message).toContain('SubAccountId');
  const wrongKey = `${apiKey.slice(0, -1)}${apiKey.endsWith('0') ? '1' : '0'}`;
  const refused = await refusal(mintWidgetToken({ apiBase, apiKey: wrongKey, filters: [] }));
  expect(refused).toMatchObject({ code: 'credential_invalid', status: 401 });
  expect(JSON.stringify([refused, refused.message, refused.stack])).not.toContain(wrongKey);
});

it('an API that does not answer, or something else that does, is unavailable; the key follows no redirect', async () => {
  const asked: string[] = [];
  const other = createServer((request, response) => {
    asked.push(request.url!);
    if (request.url!.startsWith('/moved')) response.writeHead(307, { location: '/elsewhere' });
    response.end('<html>');
  }).listen(0, '127.0.0.1');
  await new Promise((listening) => other.once('listening', listening));
  const origin = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  expect(await refusal(mintWidgetToken({ apiBase: origin, apiKey, filters: [] }))).toMatchObject({
    code: 'unavailable',
    status: 200,
  });
  expect(await refusal(mintWidgetToken({ apiBase: `${origin}/moved`, apiKey, filters: [] }))).toMatchObject({
    status: 0,
  });
  expect(asked).not.toContain('/elsewhere');
  await new Promise((closed) => other.close(closed));
  expect(await refusal(mintWidgetToken({ apiBase: origin, apiKey, filters: [] }))).toMatchObject({
    code: 'unavailable',
    status: 0,
  });
});

it('equal grants share a token until a minute before it expires', async () => {
  let time = 0;
  const tokens = openWidgetTokenCache({ apiBase, apiKey, now: () => time });
  const grant = { filters: ['SubAccountId:mine'] };
  const token = await tokens.token(grant);
  expect(await tokens.token({ filters: ['SubAccountId:mine'] })).toBe(token);
  expect(await tokens.token({ filters: ['SubAccountId:theirs'] })).not.toBe(token);
  time = 9 * 60_000 - 1;
  expect(await tokens.token(grant)).toBe(token);
  time += 1;
  const renewed = await tokens.token(grant);
  expect(renewed).not.toBe(token);
  expect(await totals(renewed)).toEqual([{ currency: 'USD', cost: '10' }]);
});

it('pages that ask at the same time wait for one token, and a refused token is replaced', async () => {
  const tokens = openWidgetTokenCache({ apiBase, apiKey });
  const [one, other] = await Promise.all([tokens.token(all), tokens.token(all)]);
  expect(other).toBe(one);
  const fresh = await tokens.token(all, { fresh: true });
  expect(fresh).not.toBe(one);
  expect(await tokens.token(all)).toBe(fresh);
  tokens.clear();
  expect(await tokens.token(all)).not.toBe(fresh);
});

it('a refusal is not kept, and no more grants are than was said', async () => {
  const tokens = openWidgetTokenCache({ apiBase, apiKey, maximumGrants: 1 });
  const wrong = { filters: ['Account:1'] };
  await refusal(tokens.token(wrong));
  await refusal(tokens.token(wrong));
  const first = await tokens.token({ ...all, subject: 'a' });
  await tokens.token({ ...all, subject: 'b' });
  expect(await tokens.token({ ...all, subject: 'a' })).not.toBe(first);
});

it('nobody gets all cost of the organisation by forgetting the filters', () => {
  // @ts-expect-error Filters are to be said, and are `[]` where all cost is meant.
  const forgotten: Parameters<typeof mintWidgetToken>[0] = { apiBase, apiKey };
  expect(forgotten).not.toHaveProperty('filters');
});
