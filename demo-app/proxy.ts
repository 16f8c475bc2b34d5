import { createServerClient } from '@supabase/ssr';
import { type NextRequest, NextResponse } from 'next/server';

/** Names under which this product is served. */
const hosts = (process.env.CLOUDACT_WEB_HOSTS ?? 'localhost,127.0.0.1').split(',');

/** A strict content security policy with a nonce for each page view; the widgets need nothing beyond it. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  // A foreign name that was made to point at this machine is another site in disguise (DNS rebinding).
  const host = (request.headers.get('host') ?? '').replace(/:\d+$/, '');
  if (!hosts.includes(host)) return new NextResponse(null, { status: 421 });
  const renewed = await renewSession(request);
  const nonce = btoa(crypto.randomUUID());
  const api = process.env.CLOUDACT_PUBLIC_API_URL ?? '';
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self' ${api}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
  const headers = new Headers(request.headers);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  for (const { name, value, options } of renewed) response.cookies.set(name, value, options);
  response.headers.set('content-security-policy', policy);
  response.headers.set('referrer-policy', 'strict-origin-when-cross-origin');
  response.headers.set('x-content-type-options', 'nosniff');
  return response;
}

type ChangedCookies = Parameters<NonNullable<Parameters<typeof createServerClient>[2]['cookies']['setAll']>>[0];

/** Pages cannot set cookies while they are rendered, so a session that is about to expire is renewed before. */
async function renewSession(request: NextRequest): Promise<ChangedCookies> {
  const url = process.env.CLOUDACT_SUPABASE_URL;
  const key = process.env.CLOUDACT_SUPABASE_PUBLISHABLE_KEY;
  if (!url || !key || !request.cookies.getAll().some(({ name }) => name.startsWith('sb-'))) return [];
  const changed: ChangedCookies = [];
  const client = createServerClient(url, key, {
    cookieOptions: {
      httpOnly: true,
      sameSite: 'lax',
      secure: (process.env.CLOUDACT_WEB_ORIGIN ?? '').startsWith('https://'),
      path: '/',
    },
    cookies: {
      getAll: () => request.cookies.getAll(),
      setAll(cookies) {
        for (const { name, value } of cookies) request.cookies.set(name, value);
        changed.push(...cookies);
      },
    },
  });
  await client.auth.getSession().catch(() => undefined);
  return changed;
}

export const config = { matcher: [{ source: '/((?!_next/static/|icon\\.svg$).*)' }] };
