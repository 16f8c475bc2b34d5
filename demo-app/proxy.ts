import { type NextRequest, NextResponse } from 'next/server';

/** Names under which this product is served. */
const hosts = (process.env.CLOUDACT_WEB_HOSTS ?? 'localhost,127.0.0.1').split(',');

/** A strict content security policy with a nonce for each page view; the widgets need nothing beyond it. */
export function proxy(request: NextRequest): NextResponse {
  // A foreign name that was made to point at this machine is another site in disguise (DNS rebinding).
  const host = (request.headers.get('host') ?? '').replace(/:\d+$/, '');
  if (!hosts.includes(host)) return new NextResponse(null, { status: 421 });
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
  response.headers.set('content-security-policy', policy);
  response.headers.set('referrer-policy', 'strict-origin-when-cross-origin');
  response.headers.set('x-content-type-options', 'nosniff');
  return response;
}

export const config = { matcher: [{ source: '/((?!_next/static|icon.svg).*)' }] };
