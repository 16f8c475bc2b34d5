import { CloudActError } from '@cloudact/core/errors';
import { parseOrgSlug } from '@cloudact/core/org';
import fc from 'fast-check';
import {
  type CryptoKey,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWTPayload,
  SignJWT,
} from 'jose';
import { describe, expect, it } from 'vitest';
import { openSealedClaim } from './sealed-claim.ts';
import { generateSigningKey, type SigningKey } from './signing-keys.ts';
import { openWidgetTokens, type WidgetGrant, widgetAudience } from './widget-token.ts';

const issuer = 'https://api.example.com';
const org = parseOrgSlug('acme_inc');
const start = new Date('2026-10-01T12:00:00Z');
const grant = { org, scopes: ['costs:read'], filters: ['SubAccountId:123'] } as const;

const key = await generateSigningKey();
const tokens = (now: Date = start, keys: readonly SigningKey[] = [key]) =>
  openWidgetTokens({ issuer, keys, now: () => now });

describe('a minted token', () => {
  it('tells organisation, scopes and filters, and lasts ten minutes', async () => {
    const { token, tokenId, expiresAt } = await (await tokens()).mint(grant);
    expect(tokenId).toMatch(/^[0-9a-f-]{36}$/);
    expect(expiresAt).toBe('2026-10-01T12:10:00.000Z');
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'ES256', typ: 'cloudact-widget+jwt', kid: key.kid });
    expect(await (await tokens()).verify(token)).toEqual({
      kind: 'widget',
      org,
      scopes: ['costs:read'],
      filters: ['SubAccountId:123'],
      widgets: [],
      origins: [],
      markUp: null,
      displayCurrency: null,
      subject: 'org:acme_inc',
      mintedBy: null,
      jti: tokenId,
      issuedAt: start.getTime() / 1000,
    });
  });

  it('tells everything that it was granted', async () => {
    const whole: Required<WidgetGrant> = {
      ...grant,
      widgets: ['ca-cost-trend'],
      origins: ['https://portal.example.com'],
      markUp: '1.15',
      displayCurrency: { currency: 'EUR', rates: { USD: '0.92', GBP: '1.17' } },
      subject: 'customer-7',
      mintedBy: 'key:key_0b7e2c1a-8f5e-4a3a-9a55-0c2f4a1d9b11',
    };
    const { token } = await (await tokens()).mint(whole);
    expect(await (await tokens()).verify(token)).toMatchObject(whole);
  });

  it.each<[string, Partial<WidgetGrant>]>([
    ['a scope that no page needs', { scopes: ['keys:write'] }],
    ['a widget that is no element', { widgets: ['Trend'] }],
    ['an origin with a path', { origins: ['https://portal.example.com/'] }],
    ['a mark-up of nothing', { markUp: '0.00' }],
    ['a mark-up that is no decimal', { markUp: '1e3' }],
    ['a currency that is none', { displayCurrency: { currency: 'euro', rates: {} } }],
    ['a rate below zero', { displayCurrency: { currency: 'EUR', rates: { USD: '-1' } } }],
    ['an empty subject', { subject: '' }],
    ['a minter that is neither member nor key', { mintedBy: 'root:x' as 'key:x' }],
    ['filters, and a scope that they do not narrow', { scopes: ['costs:read', 'budgets:read'] }],
  ])('is not minted with %s', async (_name, changes) => {
    await expect((await tokens()).mint({ ...grant, ...changes })).rejects.toMatchObject({ code: 'request_invalid' });
  });

  it('is good until its last second and five more, then it has expired', async () => {
    const { token } = await (await tokens()).mint(grant);
    const verifyAt = async (time: string) => (await tokens(new Date(time))).verify(token);
    await expect(verifyAt('2026-10-01T12:10:04Z')).resolves.toMatchObject({ org });
    await expect(verifyAt('2026-10-01T12:10:06Z')).rejects.toMatchObject({ code: 'credential_expired' });
  });

  it('is good with the next key in front of its own, and not once its own is gone', async () => {
    const { token } = await (await tokens()).mint(grant);
    const next = await generateSigningKey();
    await expect((await tokens(start, [next, key])).verify(token)).resolves.toMatchObject({ org });
    await expect((await tokens(start, [next])).verify(token)).rejects.toMatchObject({ code: 'credential_invalid' });
  });

  it('that would not fit into a header is not minted', async () => {
    const filters = Array.from({ length: 50 }, (_, index) => `SubAccountId:${'x'.repeat(200)}${index}`);
    await expect((await tokens()).mint({ ...grant, filters })).rejects.toMatchObject({ code: 'request_invalid' });
  });
});

describe('a forged token is refused', () => {
  const good = { org, scp: ['costs:read'], flt: [], wid: [], origins: [] };
  const issuedAt = start.getTime() / 1000;

  async function forge(changes: {
    claims?: JWTPayload;
    header?: Record<string, unknown>;
    times?: { iat?: number; exp?: number };
    audience?: string;
    issuer?: string;
    signWith?: CryptoKey;
  }): Promise<string> {
    return new SignJWT({ ...good, ...changes.claims })
      .setProtectedHeader({ alg: 'ES256', typ: 'cloudact-widget+jwt', kid: key.kid, ...changes.header })
      .setIssuer(changes.issuer ?? issuer)
      .setAudience(changes.audience ?? widgetAudience)
      .setSubject('org:acme_inc')
      .setJti('one')
      .setIssuedAt(changes.times?.iat ?? issuedAt)
      .setExpirationTime(changes.times?.exp ?? issuedAt + 600)
      .sign(changes.signWith ?? ((await importJWK(key, 'ES256')) as CryptoKey));
  }

  /** With terms, sealed with a key under our key id. */
  async function terms(value: unknown, sealingKey = key): Promise<string> {
    const claim = openSealedClaim([{ ...sealingKey, kid: key.kid }], 'cloudact widget token terms');
    return forge({ claims: { terms: await claim.seal(value) } });
  }

  it('(the same token, not forged, passes, with terms too)', async () => {
    await expect((await tokens()).verify(await terms({ mark_up: '1.15' }))).resolves.toMatchObject({ markUp: '1.15' });
    await expect((await tokens()).verify(await forge({}))).resolves.toMatchObject({ jti: 'one' });
  });

  it.each<[string, () => Promise<string>]>([
    ['other audience', () => forge({ audience: 'somebody-else' })],
    ['other issuer', () => forge({ issuer: 'https://evil.example.com' })],
    ['other type', () => forge({ header: { typ: 'JWT' } })],
    ['unknown key id', () => forge({ header: { kid: 'unknown' } })],
    ['another key under our key id', async () => forge({ signWith: (await generateKeyPair('ES256')).privateKey })],
    ['a life longer than ours', () => forge({ times: { iat: issuedAt - 3600, exp: issuedAt + 3600 } })],
    ['issued in the future', () => forge({ times: { iat: issuedAt + 3600, exp: issuedAt + 4000 } })],
    ['an organisation that is no slug', () => forge({ claims: { org: '../other' } })],
    ['no organisation', () => forge({ claims: { org: undefined } })],
    ['an unknown scope', () => forge({ claims: { scp: ['everything'] } })],
    ['filters that are no list', () => forge({ claims: { flt: 'SubAccountId:123' } })],
    ['filters that are not text', () => forge({ claims: { flt: [{}] } })],
    ['no filters', () => forge({ claims: { flt: undefined } })],
    ['a scope that no page needs', () => forge({ claims: { scp: ['costs:read', 'keys:write'] } })],
    ['no widgets', () => forge({ claims: { wid: undefined } })],
    ['no origins', () => forge({ claims: { origins: undefined } })],
    ['an origin that is a pattern', () => forge({ claims: { origins: ['https://*.example.com'] } })],
    ['terms that are not sealed', () => forge({ claims: { mark_up: '1.15' } })],
    ['terms that are no sealed text', () => forge({ claims: { terms: '1.15' } })],
    ['terms sealed with another key', async () => terms({ mark_up: '1.15' }, await generateSigningKey())],
    ['a mark-up that is a number', () => terms({ mark_up: 1.15 })],
    [
      'a scope that its filters do not narrow',
      () => forge({ claims: { flt: ['SubAccountId:1'], scp: ['runs:read'] } }),
    ],
    ['a minter that is neither member nor key', () => terms({ by: 'root' })],
    ['terms that are not known', () => terms({ mark_down: '0.5' })],
    ['a display currency without rates', () => terms({ display_currency: { currency: 'EUR' } })],
    ['a rate that is a number', () => terms({ display_currency: { currency: 'EUR', rates: { USD: 1 } } })],
    ['a claim that is not known', () => forge({ claims: { rows: ['own'] } })],
    ['a claim named as a part of every object', () => forge({ claims: { constructor: 'x' } })],
    ['the type of another of our tokens', () => forge({ header: { typ: 'cloudact-service+jwt' } })],
    [
      'a header that brings its own key',
      async () => {
        const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
        return forge({ header: { jwk: await exportJWK(publicKey) }, signWith: privateKey });
      },
    ],
    [
      'signed with the public key as a shared secret',
      async () =>
        new SignJWT({ ...good, jti: 'one' })
          .setProtectedHeader({ alg: 'HS256', typ: 'cloudact-widget+jwt', kid: key.kid })
          .setIssuer(issuer)
          .setAudience(widgetAudience)
          .setSubject('x')
          .setIssuedAt(issuedAt)
          .setExpirationTime(issuedAt + 600)
          .sign(new TextEncoder().encode(JSON.stringify(key.x))),
    ],
    [
      'not signed at all',
      async () => {
        const [, payload] = (await forge({})).split('.');
        const header = Buffer.from('{"alg":"none","typ":"cloudact-widget+jwt"}').toString('base64url');
        return `${header}.${payload}.`;
      },
    ],
  ])('%s', async (_name, forged) => {
    const verifying = (await tokens()).verify(await forged());
    await expect(verifying).rejects.toBeInstanceOf(CloudActError);
    await expect(verifying).rejects.toMatchObject({ status: 401 });
  });

  it('any change of any character', async () => {
    const service = await tokens();
    const { token } = await service.mint(grant);
    await fc.assert(
      // The last character of a signature carries two bits that decoders ignore.
      fc.asyncProperty(fc.integer({ min: 0, max: token.length - 2 }), async (position) => {
        const changed = token.slice(0, position) + (token[position] === 'A' ? 'B' : 'A') + token.slice(position + 1);
        await expect(service.verify(changed)).rejects.toMatchObject({ status: 401 });
      }),
    );
  });

  it('any text, and the verifier throws nothing but a refusal', async () => {
    const service = await tokens();
    const part = fc.oneof(
      fc.string(),
      fc.json().map((json) => Buffer.from(json).toString('base64url')),
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.tuple(part, part, part).map((parts) => parts.join('.')),
    );
    await fc.assert(
      fc.asyncProperty(text, async (candidate) => {
        await expect(service.verify(candidate)).rejects.toBeInstanceOf(CloudActError);
      }),
    );
  });
});

it('the public key set holds no private part', async () => {
  const { keys } = (await tokens()).jwks();
  expect(keys).toEqual([{ kty: 'EC', crv: 'P-256', x: key.x, y: key.y, kid: key.kid, alg: 'ES256', use: 'sig' }]);
});

it.each([
  ['empty', []],
  ['of a public key', [{ ...key, d: undefined }]],
  ['of a broken key', [{ ...key, x: 'AAAA' }]],
])('a key ring %s stops the start, and no key is in the error', async (_name, keys) => {
  const opening = tokens(start, keys as unknown as SigningKey[]);
  await expect(opening).rejects.toMatchObject({ code: 'configuration_invalid' });
  await expect(opening).rejects.not.toThrow(key.d);
});
