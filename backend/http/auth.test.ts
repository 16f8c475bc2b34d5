import { generateSigningKey, openWidgetTokens, roles } from '@cloudact/core/identity';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { issuer, openTestBackend, rootKey, signingKey } from '../testing/backend.ts';
import { randomSlug } from '../testing/tenants.ts';

const backend = await openTestBackend();
const { clock, deps, request } = backend;
afterAll(() => backend.close());

const { org, key } = await backend.organisation(randomSlug());
const { org: other } = await backend.organisation(randomSlug());
const october = { from: '2026-10-01', to: '2026-11-01' };
const costs = (options: Parameters<typeof request>[2]) => request('GET', '/v1/costs', { query: october, ...options });
/** Without what is different in every answer. */
const told = (answer: { json(): Record<string, unknown> }) => ({ ...answer.json(), instance: '' });

describe('a person who is signed in', () => {
  it.each(roles)('acts as %s in the organisation that the header names', async (role) => {
    const { token } = await backend.member(org, role);
    expect((await costs({ credential: token, org })).statusCode).toBe(200);
  });

  it('gets what the role allows at this moment, and nothing once the membership has ended', async () => {
    const owner = await backend.member(org, 'owner');
    const { token, userId } = await backend.member(org, 'admin');
    const keys = () => request('GET', '/v1/api-keys', { credential: token, org });
    expect((await keys()).statusCode).toBe(200);
    await deps.metadata.forOrg(org).members.changeRole(userId, 'viewer', owner.userId);
    expect((await keys()).json()).toMatchObject({ status: 403, detail: expect.stringContaining('viewer') });
    await deps.metadata.forOrg(org).members.remove(userId, owner.userId);
    expect((await keys()).json()).toMatchObject({ status: 404, code: 'not_found' });
    expect((await costs({ credential: owner.token, org })).statusCode).toBe(200);
  });

  it('cannot tell an organisation of others from one that is not there, or not active', async () => {
    const { token } = await backend.member(org, 'owner');
    const unfinished = randomSlug();
    const person = await backend.person();
    await deps.metadata.onboarding.begin({ slug: unfinished as never, name: 'A', plan: 'self_hosted', owner: person });
    const answers = [
      await costs({ credential: token, org: other }),
      await costs({ credential: token, org: randomSlug() }),
      await costs({ credential: person.token, org: unfinished }),
    ];
    expect(answers[0]!.json()).toMatchObject({ status: 404, code: 'not_found' });
    for (const answer of answers) expect(told(answer)).toEqual(told(answers[0]!));
  });

  it.each([
    ['missing', {}],
    ['empty', { 'cloudact-org': '' }],
    ['no slug', { 'cloudact-org': '../other' }],
    ['a list', { 'cloudact-org': 'acme_inc, other_inc' }],
  ])('is told when the header is %s', async (_name, headers) => {
    const { token } = await backend.member(org, 'owner');
    const answer = await costs({ credential: token, headers });
    expect(answer.json()).toMatchObject({ status: 400, code: 'request_invalid' });
    expect(answer.json().detail).toContain('CloudAct-Org');
  });

  it('is refused where only keys or the operator may come, whatever the header says', async () => {
    const { token } = await backend.member(org, 'owner');
    const answer = await request('POST', '/v1/admin/bootstrap', { credential: token, org });
    expect(answer.json()).toMatchObject({ status: 403, code: 'forbidden' });
  });
});

it('the header gives keys no other organisation', async () => {
  const { token } = await deps.identity.widgetTokens.mint({ org, scopes: ['costs:read'], filters: [] });
  for (const credential of [key, token]) {
    const [plain, named] = [await costs({ credential }), await costs({ credential, org: other })];
    expect(named.json()).toEqual(plain.json());
  }
});

describe('a widget token', () => {
  const mint = async (origins: readonly string[] = []) =>
    (await deps.identity.widgetTokens.mint({ org, scopes: ['costs:read'], filters: [], origins })).token;

  it('bound to origins serves pages of these and no others', async () => {
    const credential = await mint(['https://portal.example.com']);
    const from = async (origin: string) => (await costs({ credential, headers: { origin } })).statusCode;
    expect(await from('https://portal.example.com')).toBe(200);
    for (const origin of ['https://evil.example.com', 'null', 'http://portal.example.com']) {
      expect(await from(origin)).toBe(403);
    }
    expect((await costs({ credential })).statusCode).toBe(200);
  });

  it('that was taken back is refused at once', async () => {
    const credential = await mint();
    expect((await costs({ credential })).statusCode).toBe(200);
    await deps.identity.revocations.revoke({ org, kind: 'org', value: '' });
    expect((await costs({ credential })).json()).toMatchObject({ status: 401, code: 'credential_invalid' });
    clock.time = new Date(clock.time.getTime() + 6000);
    expect((await costs({ credential: await mint() })).statusCode).toBe(200);
  });

  it('of another key with our key’s id is refused', async () => {
    const forger = { ...(await generateSigningKey()), kid: signingKey.kid };
    const forged = await openWidgetTokens({ issuer, keys: [forger], now: deps.now });
    const { token } = await forged.mint({ org, scopes: ['costs:read'], filters: [] });
    expect((await costs({ credential: token })).statusCode).toBe(401);
  });
});

it('a service token opens no route that does not name services, and none of another service', async () => {
  const { services } = deps.identity;
  const own = await services.mint({ service: 'scheduler', audience: 'api', org });
  expect((await costs({ credential: own })).statusCode).toBe(403);
  const others = await services.mint({ service: 'api', audience: 'pipelines', org });
  expect((await costs({ credential: others })).statusCode).toBe(401);
});

it('whatever is sent as a credential, it is refused and never a failure of ours', async () => {
  const base64 = (text: string) => Buffer.from(text).toString('base64url');
  const header = fc.oneof(
    fc.json(),
    fc
      .record({
        alg: fc.constantFrom('none', 'HS256', 'ES256', 'RS256', 'constructor'),
        typ: fc.constantFrom('JWT', 'cloudact-widget+jwt', 'cloudact-service+jwt', '__proto__'),
        kid: fc.constantFrom(signingKey.kid, 'unknown', '../../etc/passwd'),
      })
      .map((value) => JSON.stringify(value)),
  );
  const credential = fc.oneof(
    fc.stringMatching(/^[A-Za-z0-9._~+/-]{1,200}$/),
    fc.tuple(header, fc.json(), fc.string()).map((parts) => parts.map(base64).join('.')),
    fc.tuple(fc.nat(rootKey.length - 1), fc.constantFrom(rootKey, key)).map(([at, good]) => good.slice(0, at)),
  );
  await fc.assert(
    fc.asyncProperty(credential, async (text) => {
      expect((await costs({ credential: text, org })).statusCode).toBe(401);
    }),
    { numRuns: 200 },
  );
});
