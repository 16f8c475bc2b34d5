import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { CloudActError } from '../errors.ts';
import { refusal } from './refusals.ts';

export interface SupabaseOptions {
  /** Origin of the Supabase project, hosted or Supabase Lite: `https://<ref>.supabase.co`, `http://127.0.0.1:54321`. */
  url: string;
  /** The project's secret key. It passes every row-level security policy, so it never leaves the servers. */
  serviceRoleKey: string;
  /** For tests at the network's edge; the global `fetch` otherwise. */
  fetch?: typeof globalThis.fetch;
}

export type Client = SupabaseClient;

/** Throws `configuration_invalid` when the URL or the key cannot be used at all. */
export function serviceClient({ url, serviceRoleKey, fetch = globalThis.fetch }: SupabaseOptions): Client {
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

/**
 * What Supabase answered. `what` says what could not be done, as the start of a sentence.
 * Throws what the database refused with (`refusals.ts`), and `unavailable` for everything else.
 */
export async function ask<Data>(what: string, request: PromiseLike<Answer>): Promise<Data> {
  const { data, error, status } = await request;
  if (error) throw refusal(error) ?? unavailable(what, error, status);
  return data as Data;
}

/**
 * All rows of a query, however many: one answer ends at the project's `max_rows`. The query selects with
 * `{ count: 'exact' }`, and `key` is unique among its rows.
 */
export async function askAll<Row extends object>(
  what: string,
  key: keyof Row & string,
  query: () => RowQuery,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const last = rows.at(-1);
    const rest = last === undefined ? query() : query().gt(key, last[key]);
    const answer = await rest.order(key);
    const page = await ask<Row[]>(what, Promise.resolve(answer));
    rows.push(...page);
    if (page.length === 0 || page.length === answer.count) return rows;
  }
}

/** PostgREST writes `2026-11-23T15:00:45.203+00:00`, Supabase Lite `2026-11-23 15:00:45.203+00`. */
export function isoTime(text: string): string {
  return new Date(text).toISOString();
}

export function isoTimeOrNull(text: string | null): string | null {
  return text === null ? null : isoTime(text);
}

const TIMEOUT_MS = 10_000;

interface Answer {
  data: unknown;
  error: { code?: string; message: string; details?: string | null } | null;
  status: number;
  count?: number | null;
}

/** The part of a PostgREST query that paging needs. */
interface RowQuery {
  gt(column: string, value: unknown): RowQuery;
  order(column: string): PromiseLike<Answer>;
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
