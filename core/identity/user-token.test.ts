import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { exportJWK, exportSPKI, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';
import { afterAll, describe, expect, it } from 'vitest';
import { openUserTokens } from './user-token.ts';

const issuer = 'https://ref.supabase.co/auth/v1';
const sharedSecret = 'a-shared-secret-of-the-tests-0123456789';
const start = new Date('2026-10-01T12:00:00Z');
const userId = '01a20b05-86bc-736c-8470-c4726fc0047e';
const now = () => start;

const elliptic = await generateKeyPair('ES256', { extractable: true });
const rsa = await generateKeyPair('RS256', { extractable: true });
const stranger = await generateKeyPair('ES256');
let published: JWK[] = [
  { ...(await exportJWK(elliptic.publicKey)), kid: 'ec', alg: 'ES256', use: 'sig' },
  { ...(await exportJWK(rsa.publicKey)), kid: 'rsa', alg: 'RS256', use: 'sig' },
];

// The keys come from a server of ours, as Supabase publishes them.
let fetches = 0;
let isDown = false;
const server = createServer((_request, response) => {
  fetches++;
  if (isDown) response.writeHead(500).end();
  else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: published }));
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
afterAll(() => server.close());
const jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/auth/v1/.well-known/jwks.json`;

const hosted = () => openUserTokens({ issuer, keys: { jwksUrl }, now });
const lite = openUserTokens({ issuer, keys: { sharedSecret }, now });

interface Changes {
  claims?: JWTPayload;
  header?: Record<string, unknown>;
  signWith?: Parameters<SignJWT['sign']>[0];
}

function session({ claims, header, signWith = elliptic.privateKey }: Changes = {}): Promise<string> {
  const seconds = start.getTime() / 1000;
  return new SignJWT({
    iss: issuer,
    aud: 'authenticated',
    sub: userId,
    role: 'authenticated',
    email: 'Ada@Example.com',
    is_anonymous: false,
    iat: seconds,
    exp: seconds + 3600,
    ...claims,
  })
    .setProtectedHeader({ alg: 'ES256', typ: 'JWT', kid: 'ec', ...header })
    .sign(signWith);
}

const secretKey = new TextEncoder().encode(sharedSecret);
const liteSession = (changes: Changes = {}) =>
  session({ signWith: secretKey, ...changes, header: { alg: 'HS256', kid: undefined, ...changes.header } });

describe('a session', () => {
  it.each<[string, Changes]>([
    ['ES256', {}],
    ['RS256', { header: { alg: 'RS256', kid: 'rsa' }, signWith: rsa.privateKey }],
  ])('signed with a published key, %s, tells the person, with the address in lower case', async (_name, changes) => {
    expect(await hosted().verify(await session(changes))).toEqual({ userId, email: 'ada@example.com' });
  });

  it('signed with the shared secret tells the person where there is one, and names no issuer there', async () => {
    const token = await liteSession({ claims: { iss: undefined, is_anonymous: undefined } });
    expect(await lite.verify(token)).toEqual({ userId, email: 'ada@example.com' });
  });

  it('says nothing by what people can write about themselves', async () => {
    const claims = { user_metadata: { email: 'owner@example.com', sub: 'other', role: 'service_role', org: 'other' } };
    expect(await hosted().verify(await session({ claims }))).toEqual({ userId, email: 'ada@example.com' });
  });

  it('is good until its last second and five more, then it has expired', async () => {
    const token = await session();
    const at = (time: string) => openUserTokens({ issuer, keys: { jwksUrl }, now: () => new Date(time) }).verify(token);
    await expect(at('2026-10-01T13:00:04Z')).resolves.toMatchObject({ userId });
    await expect(at('2026-10-01T13:00:06Z')).rejects.toMatchObject({ code: 'credential_expired' });
  });
});

const publicText = await exportSPKI(rsa.publicKey);

describe('refused is', () => {
  it.each<[string, () => Promise<string>]>([
    ['another audience', () => session({ claims: { aud: 'cloudact-widgets' } })],
    ['no audience', () => session({ claims: { aud: undefined } })],
    ['another project', () => session({ claims: { iss: 'https://other.supabase.co/auth/v1' } })],
    ['no issuer', () => session({ claims: { iss: undefined } })],
    ['the anonymous key', () => session({ claims: { role: 'anon' } })],
    ['the service role key', () => session({ claims: { role: 'service_role' } })],
    ['no role', () => session({ claims: { role: undefined } })],
    ['an anonymous person', () => session({ claims: { is_anonymous: true } })],
    ['an anonymous person, oddly told', () => session({ claims: { is_anonymous: 'true' } })],
    ['a person without an address', () => session({ claims: { email: '' } })],
    ['an address that is no text', () => session({ claims: { email: ['ada@example.com'] } })],
    ['nobody', () => session({ claims: { sub: undefined } })],
    ['somebody who is no account', () => session({ claims: { sub: 'key_1' } })],
    ['no end', () => session({ claims: { exp: undefined } })],
    ['a session that has not begun', () => session({ claims: { nbf: start.getTime() / 1000 + 60 } })],
    ['another type', () => session({ header: { typ: 'cloudact-widget+jwt' } })],
    ['no type', () => session({ header: { typ: undefined } })],
    ['a stranger’s key under a published id', () => session({ signWith: stranger.privateKey })],
    ['an unknown key id', () => session({ header: { kid: 'unknown' } })],
    ['no key id', () => session({ header: { kid: undefined } })],
    ['the id of a key of another kind', () => session({ header: { kid: 'rsa' } })],
    [
      'a header that brings its own key',
      async () => {
        const own = await generateKeyPair('ES256', { extractable: true });
        return session({ header: { jwk: await exportJWK(own.publicKey) }, signWith: own.privateKey });
      },
    ],
    [
      'a header that names its own key server',
      () => session({ header: { jku: jwksUrl }, signWith: stranger.privateKey }),
    ],
    ['the shared secret, where keys are published', () => liteSession({ header: { kid: 'ec' } })],
    [
      'a public key taken for a shared secret',
      () => session({ header: { alg: 'HS256', kid: 'rsa' }, signWith: new TextEncoder().encode(publicText) }),
    ],
    ['no signature', async () => unsigned(await session())],
  ])('%s', async (_name, forged) => {
    await expect(hosted().verify(await forged())).rejects.toMatchObject({ code: 'credential_invalid' });
  });

  it.each<[string, () => Promise<string>]>([
    ['another secret', () => liteSession({ signWith: new TextEncoder().encode(`${sharedSecret}x`) })],
    ['another algorithm of secrets', () => liteSession({ header: { alg: 'HS512' }, signWith: new Uint8Array(64) })],
    ['a published key', () => session()],
    ['another issuer', () => liteSession({ claims: { iss: 'https://other.example.com' } })],
    ['no signature', async () => unsigned(await liteSession())],
  ])('where the secret is shared, %s', async (_name, forged) => {
    await expect(lite.verify(await forged())).rejects.toMatchObject({ code: 'credential_invalid' });
  });

  it('any text, with nothing but a refusal', async () => {
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
        await expect(lite.verify(candidate)).rejects.toMatchObject({ code: 'credential_invalid' });
        await expect(hosted().verify(candidate)).rejects.toMatchObject({ code: 'credential_invalid' });
      }),
    );
  });
});

describe('the published keys', () => {
  it('are fetched once for many sessions, and not for what is no session', async () => {
    const users = hosted();
    const before = fetches;
    await expect(users.verify(await liteSession())).rejects.toThrow();
    await expect(users.verify('nonsense')).rejects.toThrow();
    expect(fetches).toBe(before);
    for (let count = 0; count < 5; count++) await users.verify(await session());
    expect(fetches).toBe(before + 1);
  });

  it('are not asked for again and again by guessed key ids', async () => {
    const users = hosted();
    await users.verify(await session());
    const before = fetches;
    const guesses = Array.from({ length: 20 }, (_, index) => session({ header: { kid: `guess-${index}` } }));
    for (const guess of await Promise.all(guesses)) await expect(users.verify(guess)).rejects.toThrow();
    expect(fetches).toBe(before);
  });

  it('that cannot be fetched are no verdict on the session', async () => {
    isDown = true;
    await expect(hosted().verify(await session())).rejects.toMatchObject({ code: 'unavailable' });
    isDown = false;
    published = published.slice(1);
    await expect(hosted().verify(await session())).rejects.toMatchObject({ code: 'credential_invalid' });
  });
});

it.each([
  ['an address that is none', { jwksUrl: 'supabase' }],
  ['a short secret', { sharedSecret: 'short' }],
])('%s stops the start, and is not in the error', (_name, keys) => {
  const opening = () => openUserTokens({ issuer, keys, now });
  expect(opening).toThrow(expect.objectContaining({ code: 'configuration_invalid' }));
  expect(opening).not.toThrow('"short"');
});

function unsigned(token: string): string {
  const header = Buffer.from('{"alg":"none","typ":"JWT","kid":"ec"}').toString('base64url');
  return `${header}.${token.split('.')[1]}.`;
}
