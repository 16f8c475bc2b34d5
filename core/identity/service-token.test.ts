import { parseOrgSlug } from '@cloudact/core/org';
import { decodeJwt, generateKeyPair, importJWK, type JWTPayload, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { openServiceTokens } from './service-token.ts';
import { generateSigningKey, type SigningKey } from './signing-keys.ts';
import { openWidgetTokens } from './widget-token.ts';

const issuer = 'https://api.example.com';
const org = parseOrgSlug('acme_inc');
const start = new Date('2026-10-01T12:00:00Z');
const key = await generateSigningKey();
const tokens = (now: Date = start, keys: readonly SigningKey[] = [key]) =>
  openServiceTokens({ issuer, keys, now: () => now });
const grant = { service: 'api', audience: 'pipelines', org } as const;

it('a service is known to the one it calls, with the organisation that it acts for', async () => {
  const services = await tokens();
  expect(await services.verify(await services.mint(grant), 'pipelines')).toEqual({
    kind: 'service',
    service: 'api',
    org,
  });
  const forNobody = await services.mint({ service: 'scheduler', audience: 'api', org: null });
  expect(await services.verify(forNobody, 'api')).toEqual({ kind: 'service', service: 'scheduler', org: null });
});

it('a token is good for a minute and five seconds, then it has expired', async () => {
  const token = await (await tokens()).mint(grant);
  const { iat, exp } = decodeJwt(token);
  expect(exp! - iat!).toBe(60);
  const at = async (time: string) => (await tokens(new Date(time))).verify(token, 'pipelines');
  await expect(at('2026-10-01T12:01:04Z')).resolves.toMatchObject({ service: 'api' });
  await expect(at('2026-10-01T12:01:06Z')).rejects.toMatchObject({ code: 'credential_expired' });
});

it('a token for one service is nothing to the other', async () => {
  const services = await tokens();
  await expect(services.verify(await services.mint(grant), 'api')).rejects.toMatchObject({
    code: 'credential_invalid',
  });
});

it('the next key in front of the old one verifies the old one’s tokens', async () => {
  const token = await (await tokens()).mint(grant);
  const next = await generateSigningKey();
  await expect((await tokens(start, [next, key])).verify(token, 'pipelines')).resolves.toMatchObject({ org });
  await expect((await tokens(start, [next])).verify(token, 'pipelines')).rejects.toMatchObject({ status: 401 });
});

describe('refused is', () => {
  const issuedAt = start.getTime() / 1000;
  async function forge(changes: {
    claims?: JWTPayload;
    header?: Record<string, unknown>;
    signWith?: Parameters<SignJWT['sign']>[0];
  }): Promise<string> {
    return new SignJWT({
      iss: issuer,
      aud: 'cloudact-pipelines',
      sub: 'api',
      org,
      jti: 'one',
      iat: issuedAt,
      exp: issuedAt + 60,
      ...changes.claims,
    })
      .setProtectedHeader({ alg: 'ES256', typ: 'cloudact-service+jwt', kid: key.kid, ...changes.header })
      .sign(changes.signWith ?? (await importJWK(key, 'ES256')));
  }

  it('(not the same token when nothing is forged)', async () => {
    await expect((await tokens()).verify(await forge({}), 'pipelines')).resolves.toMatchObject({ org });
  });

  it.each<[string, () => Promise<string>]>([
    [
      'a widget token of the same key',
      async () => {
        const widgetTokens = await openWidgetTokens({ issuer, keys: [key], now: () => start });
        return (await widgetTokens.mint({ org, scopes: ['costs:read'], filters: [] })).token;
      },
    ],
    ['a person’s session', () => forge({ header: { typ: 'JWT' }, claims: { aud: 'authenticated' } })],
    ['another type', () => forge({ header: { typ: 'JWT' } })],
    ['another audience', () => forge({ claims: { aud: 'cloudact-widgets' } })],
    ['another issuer', () => forge({ claims: { iss: 'https://evil.example.com' } })],
    ['a service that we do not have', () => forge({ claims: { sub: 'root' } })],
    ['an organisation that is no slug', () => forge({ claims: { org: '../other' } })],
    ['no organisation said', () => forge({ claims: { org: undefined } })],
    ['a life longer than ours', () => forge({ claims: { iat: issuedAt - 600, exp: issuedAt + 600 } })],
    ['one from the future', () => forge({ claims: { iat: issuedAt + 600, exp: issuedAt + 660 } })],
    ['a stranger’s key under our id', async () => forge({ signWith: (await generateKeyPair('ES256')).privateKey })],
    ['an unknown key id', () => forge({ header: { kid: 'unknown' } })],
    [
      'our public key taken for a shared secret',
      () => forge({ header: { alg: 'HS256' }, signWith: new TextEncoder().encode(JSON.stringify(key.x)) }),
    ],
    [
      'no signature',
      async () => {
        const header = Buffer.from(`{"alg":"none","typ":"cloudact-service+jwt","kid":"${key.kid}"}`).toString(
          'base64url',
        );
        return `${header}.${(await forge({})).split('.')[1]}.`;
      },
    ],
    [
      'a changed organisation',
      async () => {
        const [header, payload, signature] = (await forge({})).split('.');
        const claims = { ...JSON.parse(Buffer.from(payload!, 'base64url').toString()), org: 'other_inc' };
        return [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
      },
    ],
  ])('%s', async (_name, forged) => {
    await expect((await tokens()).verify(await forged(), 'pipelines')).rejects.toMatchObject({ status: 401 });
  });
});
