import 'server-only';
import { createServerClient } from '@supabase/ssr';
import { cookies } from 'next/headers';
import { connection } from 'next/server';

/** Where people's accounts are; undefined for a product that shows one organisation to whoever opens it. */
export function supabaseSettings(): { url: string; key: string } | undefined {
  const url = process.env.CLOUDACT_SUPABASE_URL;
  const key = process.env.CLOUDACT_SUPABASE_PUBLISHABLE_KEY;
  return url && key ? { url, key } : undefined;
}

/** A session is for this product's servers alone: no script of a page reads it. */
export const sessionCookie = {
  httpOnly: true,
  sameSite: 'lax',
  secure: (process.env.CLOUDACT_WEB_ORIGIN ?? '').startsWith('https://'),
  path: '/',
} as const;

/** Supabase, as the person whose cookies came with the request. */
export async function supabase() {
  const settings = supabaseSettings();
  if (settings === undefined)
    throw new Error('CLOUDACT_SUPABASE_URL and CLOUDACT_SUPABASE_PUBLISHABLE_KEY are not set');
  const store = await cookies();
  return createServerClient(settings.url, settings.key, {
    cookieOptions: sessionCookie,
    cookies: {
      getAll: () => store.getAll(),
      setAll(changed) {
        try {
          for (const { name, value, options } of changed) store.set(name, value, options);
        } catch {
          // A page that is being rendered cannot set cookies; the proxy has renewed the session before.
        }
      },
    },
  });
}

/** The access token of the signed-in person, or undefined. The API verifies it; here it is only passed on. */
export async function accessToken(): Promise<string | undefined> {
  // The settings are those of the running server, not of the build.
  await connection();
  if (supabaseSettings() === undefined) return undefined;
  const { data } = await (await supabase()).auth.getSession();
  return data.session?.access_token;
}
