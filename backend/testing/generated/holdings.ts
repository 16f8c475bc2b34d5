import type { OrgSlug } from '@cloudact/core/org';
import { defineQuery } from '@cloudact/core/warehouse';
import { createClient } from '@supabase/supabase-js';
import { testSupabase } from '../../../scripts/test-supabase.ts';
import type { TestBackend } from '../backend.ts';
import { migratedTables } from '../tables.ts';
import type { Tenant } from './tenant.ts';

/** Rows by table. */
export type Holdings = Readonly<Record<string, readonly Record<string, unknown>[]>>;

/**
 * All that the organisation has, in every table of Supabase and of the control dataset, and its costs. Without when keys
 * were used, which is written late, and without the audit log, of which parts are.
 */
export async function holdingsOf({ deps, get }: TestBackend, { org, keys }: Tenant): Promise<Holdings> {
  const supabase = await supabaseRows(org);
  const control = await Promise.all(
    CONTROL_TABLES.map(async (query) => {
      const rows = await deps.warehouse.control.rows(query, { org });
      return [query.name, sorted(rows.map(({ last_used_at: _, ...row }) => row))] as const;
    }),
  );
  const costs = await get('/v1/costs', keys.everything!, {
    from: '2026-01-01',
    to: '2027-01-01',
    group_by: ['ServiceName', 'x_IntegrationId'],
  });
  return { ...supabase, ...Object.fromEntries(control), costs: [{ status: costs.statusCode, body: costs.body }] };
}

/** What is not as it was, a line for each row. */
export function differences(before: Holdings, after: Holdings): string[] {
  return Object.keys(after).flatMap((table) => {
    const [old, now] = [before, after].map((holdings) => holdings[table]!.map((row) => JSON.stringify(row)));
    return [
      ...old!.filter((row) => !now!.includes(row)).map((row) => `${table} lost ${row}`),
      ...now!.filter((row) => !old!.includes(row)).map((row) => `${table} got ${row}`),
    ];
  });
}

async function supabaseRows(org: OrgSlug): Promise<Holdings> {
  const { url, serviceRoleKey } = await testSupabase();
  const client = createClient(url, serviceRoleKey, { auth: { persistSession: false, autoRefreshToken: false } });
  const tables = migratedTables().filter((table) => table !== 'audit_events');
  const rows = await Promise.all(
    tables.map(async (table) => {
      const column = table === 'organisations' || table === 'retired_slugs' ? 'slug' : 'org_slug';
      const { data, error } = await client.from(table).select('*').eq(column, org);
      if (error !== null) throw new Error(`${table}: ${error.message}`);
      return [table, sorted(data)] as const;
    }),
  );
  return Object.fromEntries(rows);
}

const CONTROL_TABLES = ['api_keys', 'data_keys', 'credentials'].map((table) =>
  defineQuery<{ org: string }, Record<string, unknown>>({
    name: table,
    params: { org: 'string' },
    sql: (_dialect, { org }) => `SELECT * FROM ${table} WHERE org_slug = ${org}`,
  }),
);

function sorted(rows: readonly Record<string, unknown>[]): Record<string, unknown>[] {
  return rows.toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}
