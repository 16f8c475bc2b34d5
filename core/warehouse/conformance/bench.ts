import { parseOrgSlug } from '../../org.ts';
import type { Dialect } from '../dialect.ts';
import type { PartitionReplacement, Warehouse } from '../port.ts';
import { defineQuery, type ParamType, type QueryParams } from '../query.ts';
import { datasetTables } from '../tables.ts';
import { type Charge, stageCharges } from '../testing.ts';

export const acme = parseOrgSlug('acme_inc');
export const globex = parseOrgSlug('globex');

/** The warehouse of the running test, and short ways to load and read it. */
export class Bench {
  warehouse!: Warehouse;
  dialect!: Dialect;

  /** Replaces October 2026 of the integration `aws_main` with the charges, or what `replacement` says. */
  load(charges: readonly Charge[], replacement: Partial<PartitionReplacement> = {}, org = acme) {
    return this.warehouse.forOrg(org).load(async (session) => {
      await stageCharges(session, this.dialect, 'staged', charges);
      return session.replacePartitions({
        integrationId: 'aws_main',
        billingPeriods: ['2026-10-01'],
        costTable: 'staged',
        runId: 'run_1',
        extractedAt: '2026-11-02T00:00:00Z',
        ...replacement,
      });
    });
  }

  select<Row = Record<string, unknown>>(
    sql: (dialect: Dialect) => string,
    params: QueryParams = {},
    types: Record<string, ParamType> = {},
    org = acme,
  ): Promise<Row[]> {
    const query = defineQuery<QueryParams, Row>({ name: 'test', params: types, sql });
    return this.warehouse.forOrg(org).rows(query, params);
  }

  /** BilledCost of each integration and billing period. */
  totals(table: string = datasetTables.cost, org = acme) {
    const sql = (d: Dialect) =>
      `SELECT x_IntegrationId AS integration, ${d.dateText('BillingPeriodStart')} AS period,
              ${d.decimalText('SUM(BilledCost)')} AS cost
       FROM ${table} WHERE org_slug = ${d.param('org_slug')} GROUP BY 1, 2 ORDER BY 1, 2`;
    return this.select<{ integration: string; period: string; cost: string }>(sql, {}, {}, org);
  }
}

/** Would run for hours. */
export const slowQuery = defineQuery<Record<string, never>, { n: string }>({
  name: 'slow',
  params: {},
  sql: (
    d,
  ) => `WITH n AS (SELECT x FROM ${d.name === 'duckdb' ? 'range(10000000)' : 'UNNEST(GENERATE_ARRAY(1, 10000000))'} AS r(x))
    SELECT count(*) AS n FROM n AS a CROSS JOIN n AS b CROSS JOIN cost_daily
    WHERE org_slug = ${d.param('org_slug')} AND (a.x * b.x) % 7 = 3`,
});
