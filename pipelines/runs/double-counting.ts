import { datasetTables, defineQuery, type OrgWarehouse } from '@cloudact/core/warehouse';
import {
  type BilledService,
  billedServicesSql,
  type DoubleCounting,
  doubleCounted,
  type PlanDocument,
} from '../subscriptions/index.ts';

const billedServices = defineQuery<{ integration: string }, BilledService>({
  name: 'billed_services',
  params: { integration: 'string' },
  sql: (dialect) => billedServicesSql(datasetTables.cost, (name) => dialect.param(name)),
});

/**
 * The months in which a subscription is there as a plan and on a bill of the organisation as well, so that its seats would be
 * counted twice. `integrationId`: under which the plans are loaded; its own rows are no bill.
 */
export async function seatsCountedTwice(
  warehouse: OrgWarehouse,
  plans: PlanDocument,
  integrationId: string,
): Promise<DoubleCounting[]> {
  return doubleCounted(plans, await warehouse.rows(billedServices, { integration: integrationId }));
}
