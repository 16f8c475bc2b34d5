import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { testSupabase } from '../../../scripts/test-supabase.ts';
import { type OrgSlug, parseOrgSlug } from '../../org.ts';
import { supabaseMetadata } from '../index.ts';

const supabase = await testSupabase();

/** The same migrations, policies and client as against hosted Supabase. */
export const metadata = supabaseMetadata(supabase);
/** Passes every policy: what there really is. */
export const service = client(supabase.serviceRoleKey);
export const anonymous = client(supabase.anonKey);

export interface User {
  id: string;
  email: string;
  /** With the person's own session. */
  client: SupabaseClient;
}

export async function signUp(): Promise<User> {
  const own = client(supabase.anonKey);
  const email = `${crypto.randomUUID()}@example.com`;
  const { data, error } = await own.auth.signUp({ email, password: crypto.randomUUID() });
  if (error !== null || data.user === null) throw new Error(`${email} could not sign up: ${error?.message}`);
  return { id: data.user.id, email, client: own };
}

export function newSlug(): OrgSlug {
  return parseOrgSlug(`org_${crypto.randomUUID().replaceAll('-', '').slice(0, 20)}`);
}

/** An organisation whose onboarding has begun. */
export async function newOrg(owner: User | null = null): Promise<OrgSlug> {
  const slug = newSlug();
  const by = owner === null ? null : { userId: owner.id, email: owner.email };
  await metadata.onboarding.begin({ slug, name: 'Acme', plan: 'free', owner: by });
  return slug;
}

function client(key: string): SupabaseClient {
  return createClient(supabase.url, key, { auth: { persistSession: false, autoRefreshToken: false } });
}
