import 'server-only';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { type Caller, request } from './request';
import { accessToken, sessionCookie, supabaseSettings } from './supabase';

export interface Membership {
  slug: string;
  name: string;
  role: 'owner' | 'admin' | 'analyst' | 'viewer';
  state: 'onboarding' | 'active' | 'leaving';
}

/** Who looks at a page, and at whose costs. */
export interface Viewer {
  caller: Caller;
  organisationName: string;
  /** Null where the product shows one organisation to whoever opens it. */
  person: { email: string; role: Membership['role']; organisations: readonly Membership[] } | null;
}

/** The signed-in person, with the organisations that he or she belongs to. Sends others to sign in. */
export const person = cache(async (): Promise<{ caller: Caller; email: string; organisations: Membership[] }> => {
  const credential = await accessToken();
  if (credential === undefined) redirect('/sign-in');
  const as = { credential, organisation: null };
  const me = await request<{ email: string; organisations: Membership[] }>(as, 'GET', '/v1/me');
  return { caller: as, ...me! };
});

/** Whoever looks: the signed-in person in the organisation chosen, else the demo. Sends others where they can choose. */
export const viewer = cache(async (): Promise<Viewer> => {
  const token = await accessToken();
  const key = process.env.CLOUDACT_ORG_API_KEY;
  if (token === undefined && key) {
    const organisationName = process.env.CLOUDACT_ORG_NAME ?? 'Your organisation';
    return { caller: { credential: key, organisation: null }, organisationName, person: null };
  }
  const { caller: as, email, organisations } = await person();
  const chosen = (await cookies()).get(organisationCookie)?.value;
  const active = organisations.filter(({ state }) => state === 'active');
  const membership = active.find(({ slug }) => slug === chosen) ?? active[0];
  if (membership === undefined) redirect('/organisations');
  return {
    caller: { ...as, organisation: membership.slug },
    organisationName: membership.name,
    person: { email, role: membership.role, organisations },
  };
});

export async function caller(): Promise<Caller> {
  return (await viewer()).caller;
}

/** Whether people can sign in here. */
export function hasAccounts(): boolean {
  return supabaseSettings() !== undefined;
}

export async function chooseOrganisation(slug: string): Promise<void> {
  (await cookies()).set(organisationCookie, slug, { ...sessionCookie, maxAge: 400 * 86_400 });
}

const organisationCookie = 'cloudact_org';
