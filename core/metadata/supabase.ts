import { createClient } from '@supabase/supabase-js';
import { CloudActError } from '../errors.ts';
import type { OrgSlug } from '../org.ts';
import type { Organisation, OrganisationDirectory } from './port.ts';

export interface SupabaseOptions {
  /** Origin of the Supabase project, hosted or Supabase Lite: `https://<ref>.supabase.co`, `http://127.0.0.1:54321`. */
  url: string;
  /** The project's secret key. It passes every row-level security policy, so it never leaves the servers. */
  serviceRoleKey: string;
  /** For tests at the network's edge; the global `fetch` otherwise. */
  fetch?: typeof globalThis.fetch;
}

/**
 * The directory of organisations in Supabase (`supabase/migrations`), reached with the service role.
 * Throws `configuration_invalid` when `url` or `serviceRoleKey` cannot be used at all.
 * Its methods throw `org_exists`, `request_invalid` (an unusable name), and `unavailable` for all that Supabase
 * refuses or does not answer within ten seconds. Nothing is tried twice here: the caller knows what may be repeated.
 */
export function supabaseOrganisationDirectory(options: SupabaseOptions): OrganisationDirectory {
  const client = serviceClient(options);
  const columns = 'slug,name,created_at';

  return {
    async create({ slug, name }) {
      requireName(name);
      const { data, error, status } = await client.rpc('create_organisation', { slug, name }).single<OrganisationRow>();
      if (error?.message === 'org_exists') {
        throw new CloudActError('org_exists', {
          detail: `The slug "${slug}" belongs to an organisation with another name. Choose another slug.`,
        });
      }
      if (error) throw unavailable('An organisation could not be created', error, status);
      return organisation(data);
    },

    async find(slug) {
      const { data, error, status } = await client
        .from('organisations')
        .select(columns)
        .eq('slug', slug)
        .maybeSingle<OrganisationRow>();
      if (error) throw unavailable('An organisation could not be read', error, status);
      return data ? organisation(data) : undefined;
    },

    async ping() {
      const { error, status } = await client.from('organisations').select('slug').limit(1);
      if (error) throw unavailable('Supabase could not be reached', error, status);
    },
  };
}

const TIMEOUT_MS = 10_000;
/** The same limit as the check on `organisations.name`. */
const NAME_LENGTH = 200;

interface OrganisationRow {
  slug: OrgSlug;
  name: string;
  created_at: string;
}

function serviceClient({ url, serviceRoleKey, fetch = globalThis.fetch }: SupabaseOptions) {
  if (!/^https?:\/\//.test(url) || !URL.canParse(url) || serviceRoleKey === '') {
    throw new CloudActError('configuration_invalid', {
      detail: 'Supabase needs the URL of the project (https://…) and its service role key.',
    });
  }
  return createClient(url, serviceRoleKey, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    db: { retry: false },
    global: {
      fetch: (input, init) => {
        const limit = AbortSignal.timeout(TIMEOUT_MS);
        return fetch(input, { ...init, signal: init?.signal ? AbortSignal.any([init.signal, limit]) : limit });
      },
    },
  });
}

function requireName(name: string): void {
  const length = [...name].length;
  if (name.trim() === '' || length > NAME_LENGTH) {
    throw new CloudActError('request_invalid', {
      detail: `An organisation's name has 1 to ${NAME_LENGTH} characters; this one has ${length}.`,
      faults: [{ column: 'name', reason: `1 to ${NAME_LENGTH} characters` }],
    });
  }
}

/** PostgREST writes `2026-11-23T15:00:45.203+00:00`, Supabase Lite `2026-11-23 15:00:45.203+00`. */
function organisation({ slug, name, created_at }: OrganisationRow): Organisation {
  return { slug, name, createdAt: new Date(created_at).toISOString() };
}

/** Codes of PostgREST and Postgres for a function or table that is not there. */
const NOT_MIGRATED = new Set(['PGRST202', 'PGRST205', '42883', '42P01']);

function unavailable(what: string, error: { code?: string; message: string }, status: number): CloudActError {
  return new CloudActError('unavailable', {
    detail: `${what}: ${reason(error.code, status)}`,
    cause: { code: error.code, message: error.message, status },
  });
}

function reason(code: string | undefined, status: number): string {
  if (status === 0) return 'no answer. Check that Supabase runs and that its URL is right.';
  if (status === 401 || status === 403)
    return 'the service role key was refused. Check that it belongs to this project.';
  if (code !== undefined && NOT_MIGRATED.has(code)) return 'its tables are missing. Apply supabase/migrations.';
  return `Supabase answered with status ${status}. Try again.`;
}
