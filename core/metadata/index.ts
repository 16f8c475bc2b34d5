export type { SupabaseOptions } from './client.ts';
export type * from './port.ts';
export { supabaseMetadata } from './supabase.ts';
