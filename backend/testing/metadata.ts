import { type Metadata, supabaseMetadata } from '@cloudact/core/metadata';
import { testSupabase } from '../../scripts/test-supabase.ts';

/** The metadata of the test run's Supabase Lite, which all test files share; a test replaces what it needs to fail. */
export async function testMetadata(): Promise<Metadata> {
  return supabaseMetadata(await testSupabase());
}
