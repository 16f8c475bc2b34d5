import { type OrganisationDirectory, supabaseOrganisationDirectory } from '@cloudact/core/metadata';
import { testSupabase } from '../../scripts/test-supabase.ts';

/** The directory of the test run's Supabase Lite, which all test files share: use slugs of your own. */
export async function testOrganisations(): Promise<OrganisationDirectory> {
  const { url, serviceRoleKey } = await testSupabase();
  return supabaseOrganisationDirectory({ url, serviceRoleKey });
}
