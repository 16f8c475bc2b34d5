import { createApiKey } from '@cloudact/core/identity';
import type { OrgSlug } from '@cloudact/core/org';
import { importJWK, SignJWT } from 'jose';
import { testSupabase } from '../../scripts/test-supabase.ts';
import { issuer, rootKey, signingKey, type TestBackend } from './backend.ts';
import type { TestPerson } from './tenants.ts';

/**
 * `Authorization` headers that open no route at all, by name; undefined for none. Where they are made from good
 * credentials, these are of `tenant`.
 */
export async function forgedCredentials(
  { deps, clock }: TestBackend,
  tenant: { org: OrgSlug; key: string; owner: TestPerson },
): Promise<[name: string, authorization: string | undefined][]> {
  const { org, key, owner } = tenant;
  const { widgetTokens, services, apiKeys } = deps.identity;
  const { jwtSecret } = await testSupabase();
  const seconds = Math.floor(clock.time.getTime() / 1000);
  const ours = await importJWK(signingKey, 'ES256');

  const widgetToken = ({ issuedAt = seconds, audience = 'cloudact-widgets', type = 'cloudact-widget+jwt' }) =>
    new SignJWT({ org, scp: ['costs:read'], flt: [], wid: [], origins: [] })
      .setProtectedHeader({ alg: 'ES256', typ: type, kid: signingKey.kid })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject('test')
      .setJti('test')
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + 600)
      .sign(ours);
  const session = (changes: Record<string, unknown>, secret = jwtSecret) =>
    new SignJWT({
      aud: 'authenticated',
      role: 'authenticated',
      sub: owner.userId,
      email: owner.email,
      exp: seconds + 600,
      ...changes,
    })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .sign(new TextEncoder().encode(secret));
  const [, claims, signature] = owner.token.split('.');
  const unsigned = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
  const badFilters = await widgetTokens.mint({ org, scopes: ['costs:read'], filters: ['Nonsense:x'] });
  const revoked = await apiKeys.issue({ org, name: 'Revoked', scopes: ['costs:read'] });
  await apiKeys.revoke(org, revoked.record.id);
  const expired = new Date(clock.time.getTime() - 1000).toISOString();

  const credentials = {
    'a key that was never issued': createApiKey(),
    'a key with a typo': `${key.slice(0, -1)}${key.endsWith('0') ? '1' : '0'}`,
    'a revoked key': revoked.key,
    'an expired key': (await apiKeys.issue({ org, name: 'Expired', scopes: ['costs:read'], expiresAt: expired })).key,
    'a root key with a typo': `${rootKey}x`,
    'an expired widget token': await widgetToken({ issuedAt: seconds - 700 }),
    'a widget token for another audience': await widgetToken({ audience: 'authenticated' }),
    'a widget token that calls itself a session': await widgetToken({ type: 'JWT', audience: 'authenticated' }),
    'a widget token that calls itself a service': await widgetToken({ type: 'cloudact-service+jwt' }),
    'a widget token whose filters cannot be read': badFilters.token,
    'a token of a service that calls another one': await services.mint({ service: 'api', audience: 'pipelines', org }),
    'an expired session': await session({ exp: seconds - 60 }),
    'a session for another audience': await session({ aud: 'cloudact-widgets' }),
    'a session of another project': await session({ iss: 'https://other.supabase.co/auth/v1' }),
    'a session signed with another secret': await session({}, `${jwtSecret}x`),
    'a session that is not signed': `${unsigned}.${claims}.`,
    'a session with the signature of another': [(await session({ sub: 'x' })).split('.', 2).join('.'), signature].join(
      '.',
    ),
    'a session of nobody': await session({ role: 'anon' }),
    'a session of the servers': await session({ role: 'service_role' }),
    garbage: 'garbage',
  };
  return [
    ['no credential', undefined],
    ['an empty credential', 'Bearer '],
    ['binary garbage', 'Bearer \u00ff\u00fe'],
    ['basic authentication', `Basic ${Buffer.from(`${org}:${key}`).toString('base64')}`],
    ['two credentials', `Bearer ${key}, Bearer ${owner.token}`],
    ...Object.entries(credentials).map(([name, text]): [string, string] => [name, `Bearer ${text}`]),
  ];
}
