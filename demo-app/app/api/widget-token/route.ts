import { widgetToken } from '../../../lib/api';

/** Gives this product's own pages a token for the signed-in organisation. */
export async function POST(request: Request): Promise<Response> {
  // Browsers say where a request comes from; other sites get no token through a visitor's browser.
  const site = request.headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin') return Response.json({ code: 'forbidden' }, { status: 403 });
  try {
    const { token } = await widgetToken();
    return Response.json({ token }, { headers: { 'cache-control': 'no-store' } });
  } catch {
    return Response.json({ code: 'unavailable' }, { status: 503 });
  }
}
