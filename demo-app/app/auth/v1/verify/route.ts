import { ownPath } from '../../../../lib/form';

/** Where links of Supabase's own mail templates lead when they name this site: the page that confirms by a click. */
export function GET(request: Request): Response {
  const { searchParams } = new URL(request.url);
  const query = new URLSearchParams({
    token_hash: searchParams.get('token') ?? '',
    type: searchParams.get('type') ?? '',
  });
  return new Response(null, { status: 303, headers: { location: ownPath(`/auth/confirm?${query}`) } });
}
