import { defineQuery, type OrgWarehouse } from '@cloudact/core/warehouse';

const loadedTokens = defineQuery<{ integration: string }, { period: string; token: string | null }>({
  name: 'loaded_tokens',
  params: { integration: 'string' },
  sql: (dialect, p) => `
SELECT ${dialect.dateText('BillingPeriodStart')} AS period, SourceToken AS token FROM _loads
WHERE org_slug = ${dialect.param('org_slug')} AND x_IntegrationId = ${p.integration} ORDER BY 1`,
});

/** The billing periods that an integration has loaded, each with the token that it was loaded with. */
export async function loadedPeriods(
  warehouse: OrgWarehouse,
  integrationId: string,
): Promise<ReadonlyMap<string, string | null>> {
  const rows = await warehouse.rows(loadedTokens, { integration: integrationId });
  return new Map(rows.map(({ period, token }) => [period, token]));
}
