import type { OrgSlug } from '@cloudact/core/org';
import { type ControlWarehouse, defineQuery, type Query, type QueryParams } from '@cloudact/core/warehouse';

/** What the control dataset keeps of an organisation. */
const tables = {
  api_keys: 'api_keys',
  data_keys: 'data_keys',
  credentials: 'credentials',
  pipeline_runs: 'runs',
} as const;

export type ControlCounts = Record<keyof typeof tables, number>;

export async function countControlRecords(control: ControlWarehouse, org: OrgSlug): Promise<ControlCounts> {
  const [row] = await control.rows(countRecords, { org });
  const counted = Object.keys(tables).map((name) => [name, Number(row![name as keyof typeof tables])]);
  return Object.fromEntries(counted) as ControlCounts;
}

/** Deletes all of it in one transaction. Doing it again changes nothing. */
export async function deleteControlRecords(control: ControlWarehouse, org: OrgSlug): Promise<void> {
  await control.write(deletions.map((query) => ({ query, params: { org } })));
}

const countRecords = defineQuery<{ org: string }, Record<keyof typeof tables, string>>({
  name: 'count_control_records',
  params: { org: 'string' },
  sql: (_dialect, { org }) => {
    const counts = Object.entries(tables).map(
      ([name, table]) => `(SELECT COUNT(*) FROM ${table} WHERE org_slug = ${org}) AS ${name}`,
    );
    return `SELECT ${counts.join(', ')}`;
  },
});

const deletions: readonly Query<QueryParams, unknown>[] = Object.values(tables).map((table) =>
  defineQuery<QueryParams, unknown>({
    name: `delete_${table}`,
    params: { org: 'string' },
    sql: (_dialect, { org }) => `DELETE FROM ${table} WHERE org_slug = ${org}`,
  }),
);
