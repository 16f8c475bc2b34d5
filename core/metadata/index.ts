export type { Organisation, OrganisationDirectory } from './port.ts';
export { type SupabaseOptions, supabaseOrganisationDirectory } from './supabase.ts';
