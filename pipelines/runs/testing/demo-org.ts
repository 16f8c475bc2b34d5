import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OrgSlug, parseOrgSlug } from '@cloudact/core/org';
import { defineQuery, type OrgWarehouse, type Warehouse } from '@cloudact/core/warehouse';
import { openDuckDBWarehouse } from '@cloudact/core/warehouse/duckdb';

export interface DemoOrg {
  warehouse: Warehouse;
  org: OrgSlug;
  close(): Promise<void>;
}

/** An organisation with an empty dataset, in a warehouse of its own that may read `inbox`. */
export async function openDemoOrg(inbox: string): Promise<DemoOrg> {
  const directory = await mkdtemp(join(tmpdir(), 'runs-warehouse-'));
  const warehouse = await openDuckDBWarehouse({ directory, inboxDirectories: [inbox] });
  const org = parseOrgSlug('larkmoor');
  await warehouse.createDataset(org);
  return {
    warehouse,
    org,
    async close() {
      await warehouse.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

const contents = (table: string) =>
  defineQuery<Record<string, never>, { rows: string; hash: string | null }>({
    name: `contents_of_${table}`,
    params: {},
    sql: (dialect) =>
      `SELECT count(*) AS rows, CAST(sum(CAST(hash(CAST(t AS VARCHAR)) AS HUGEINT)) AS VARCHAR) AS hash
       FROM ${table} AS t WHERE org_slug = ${dialect.param('org_slug')}`,
  });

/** Number of rows and a hash over all of them, whatever their order, of every table that a load writes. */
export async function fingerprint(
  warehouse: OrgWarehouse,
): Promise<Record<string, { rows: string; hash: string | null }>> {
  const tables = ['cost_data_standard_1_3', 'cost_daily', 'raw_aws_cur'];
  const entries = tables.map(async (table) => [table, (await warehouse.rows(contents(table), {}))[0]!] as const);
  return Object.fromEntries(await Promise.all(entries));
}

const billed = defineQuery<Record<string, never>, { integration: string; month: string; rows: string; total: string }>({
  name: 'billed_by_month',
  params: {},
  sql: (dialect) => `
    SELECT x_IntegrationId AS integration, ${dialect.dateText(dialect.truncate('month', 'BillingPeriodStart'))} AS month,
      count(*) AS rows, ${dialect.decimalText('SUM(BilledCost)')} AS total
    FROM cost_data_standard_1_3 WHERE org_slug = ${dialect.param('org_slug')} GROUP BY 1, 2 ORDER BY 1, 2`,
});

/** What is billed in each month, by integration: `aws-demo 2026-10` → exact decimal text. */
export async function billedByMonth(warehouse: OrgWarehouse): Promise<Record<string, string>> {
  const rows = await warehouse.rows(billed, {});
  return Object.fromEntries(
    rows.map(({ integration, month, total }) => [`${integration} ${month.slice(0, 7)}`, total]),
  );
}
