import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  generateSigningKey,
  openApiKeys,
  openServiceTokens,
  openTokenRevocations,
  openUserTokens,
  openWidgetTokens,
} from '@cloudact/core/identity';
import { supabaseMetadata } from '@cloudact/core/metadata';
import { parseOrgSlug } from '@cloudact/core/org';
import { openDuckDBWarehouse } from '@cloudact/core/warehouse/duckdb';
import { createClient } from '@supabase/supabase-js';
import { createLocalJWKSet, exportJWK, generateKeyPair, type JWTVerifyGetKey, jwtVerify, SignJWT } from 'jose';
import { startSupabaseLite } from '../demo-app/local/supabase-lite.ts';
import { printTable } from './measure.ts';

const org = parseOrgSlug('bench_org');
const issuer = 'https://api.example.com';

/**
 * What it costs to know who is asking, one request after the other, in microseconds: each kind of credential beside
 * jose's bare check of the same token. `requests`: how often each is done; what asks a store is done a hundredth as often.
 */
export async function measureAuth(requests: number): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'cloudact-bench-auth-'));
  const warehouse = await openDuckDBWarehouse({ directory: join(directory, 'warehouse') });
  const supabase = await startSupabaseLite({ directory: join(directory, 'supabase') });
  try {
    const now = () => new Date();
    const signingKey = await generateSigningKey();
    const published = await generateKeyPair('ES256', { extractable: true });
    const jwks = { keys: [{ ...(await exportJWK(published.publicKey)), kid: 'one', alg: 'ES256' }] };
    const metadata = supabaseMetadata(supabase);
    const owner = await signUp(supabase);
    await metadata.onboarding.begin({ slug: org, name: 'Bench', plan: 'self_hosted', owner });

    const peppers = { current: 1, peppers: { 1: randomBytes(32).toString('hex') } };
    const apiKeys = openApiKeys({ control: warehouse.control, peppers, now });
    let later = Date.now();
    // By the clock of this one, what it looked up is too old every time.
    const elapsing = () => {
      later += 31_000;
      return new Date(later);
    };
    const forgetful = openApiKeys({ control: warehouse.control, peppers, now: elapsing });
    const { key } = await apiKeys.issue({ org, name: 'Bench', scopes: ['costs:read'] });
    const widgetTokens = await openWidgetTokens({ issuer, keys: [signingKey], now });
    const { token: widgetToken } = await widgetTokens.mint({ org, scopes: ['costs:read'], filters: [] });
    const widget = await widgetTokens.verify(widgetToken);
    const revocations = openTokenRevocations({ metadata, now });
    const services = await openServiceTokens({ issuer, keys: [signingKey], now });
    const serviceToken = await services.mint({ service: 'api', audience: 'pipelines', org });
    const hosted = openUserTokens({
      issuer,
      keys: { jwksUrl: `${issuer}/jwks.json` },
      now,
      fetch: async () => Response.json(jwks),
    });
    const lite = openUserTokens({ issuer, keys: { sharedSecret: supabase.jwtSecret }, now });
    const claims = {
      iss: issuer,
      aud: 'authenticated',
      sub: owner.userId,
      role: 'authenticated',
      email: 'ada@example.com',
      exp: Math.floor(Date.now() / 1000) + 3600,
    };
    const sign = (alg: string, signWith: Parameters<SignJWT['sign']>[0]) =>
      new SignJWT(claims).setProtectedHeader({ alg, typ: 'JWT', kid: 'one' }).sign(signWith);
    const session = await sign('ES256', published.privateKey);
    const liteSession = await sign('HS256', Buffer.from(supabase.jwtSecret));
    const bareKeys = createLocalJWKSet({ keys: [...widgetTokens.jwks().keys, ...jwks.keys] });
    const bare = (token: string, keys: JWTVerifyGetKey) => () => jwtVerify(token, keys, { algorithms: ['ES256'] });

    const few = Math.max(1, Math.round(requests / 100));
    const lines: [string, number, () => Promise<unknown>][] = [
      ['jose jwtVerify, ES256, the widget token', requests, bare(widgetToken, bareKeys)],
      ['jose jwtVerify, ES256, the session', requests, bare(session, bareKeys)],
      ['API key, looked up within 30 s', requests, () => apiKeys.verify(key)],
      ['API key, from the control dataset', few, () => forgetful.verify(key)],
      ['widget token', requests, () => widgetTokens.verify(widgetToken)],
      ['widget token: was it taken back', requests, () => revocations.check(widget)],
      ['service token', requests, () => services.verify(serviceToken, 'pipelines')],
      ['session, ES256 (hosted Supabase)', requests, () => hosted.verify(session)],
      ['session, HS256 (Supabase Lite)', requests, () => lite.verify(liteSession)],
      ['membership, from Supabase Lite', few, () => metadata.people.memberships(owner.userId)],
    ];
    const rows: string[][] = [];
    let floor = 0;
    for (const [name, times, work] of lines) {
      const microseconds = await each(times, work);
      floor ||= microseconds;
      rows.push([name, microseconds.toFixed(1), (microseconds / floor).toFixed(2)]);
    }
    printTable(
      `Who is asking: ${requests.toLocaleString('en')} requests, one after the other`,
      ['', 'µs', '÷ jose'],
      rows,
    );
  } finally {
    await supabase.stop();
    await warehouse.close();
    await rm(directory, { recursive: true });
  }
}

async function signUp({ url, anonKey }: { url: string; anonKey: string }): Promise<{ userId: string; email: string }> {
  const email = `${randomUUID()}@example.com`;
  const { auth } = createClient(url, anonKey, { auth: { persistSession: false, autoRefreshToken: false } });
  const { data, error } = await auth.signUp({ email, password: randomUUID() });
  if (data.user === null) throw error ?? new Error('nobody signed up');
  return { userId: data.user.id, email };
}

/** Median of the means of ten parts, so that somebody else's burst of work counts little. */
async function each(times: number, work: () => Promise<unknown>): Promise<number> {
  const part = Math.max(1, Math.round(times / 10));
  const means: number[] = [];
  for (let round = 0; round <= 10; round++) {
    const started = performance.now();
    for (let count = 0; count < part; count++) await work();
    means.push(((performance.now() - started) / part) * 1000);
  }
  // The first part warms up.
  return means.slice(1).sort((one, other) => one - other)[5]!;
}
