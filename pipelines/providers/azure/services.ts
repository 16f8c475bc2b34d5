import { type ServiceSubcategory, serviceSubcategories } from '@cloudact/core/focus';
import { itemSql, lookUpSql } from '../look-up.ts';
import { azureServices, serviceOfConsumer } from './data/services.ts';
import { resourceTypeSql } from './places.ts';

/** Services that no resource type tells apart: models of OpenAI among the AI services, and traffic. */
const OWN_SERVICES: Readonly<Record<string, ServiceSubcategory>> = {
  'Azure OpenAI': 'Generative AI',
  Bandwidth: 'Network Connectivity',
};

/** What meter categories are called among the services, where they have another name there. */
const SERVICE_OF_METER: Readonly<Record<string, string>> = {
  'azure cosmos db': 'Cosmos DB',
  'azure database for mysql': 'Azure DB for MySQL',
  'azure database for postgresql': 'Azure DB for PostgreSQL',
  'azure front door service': 'Azure Front Door',
  'cognitive services': 'Azure AI Services',
  'container instances': 'Azure Container Instances',
  'container registry': 'Azure Container Registry',
  'foundry models': 'Azure AI Services',
  'log analytics': 'Azure Monitor',
  'nat gateway': 'Azure NAT Gateway',
  'redis cache': 'Azure Cache for Redis',
  'sql database': 'Azure SQL Database',
  'sql managed instance': 'Azure SQL Database',
  storage: 'Storage Accounts',
  'virtual machines licenses': 'Virtual Machines',
};

const all = new Map<string, ServiceSubcategory>([
  ...Object.entries(azureServices).map(([name, [subcategory]]) => [name, subcategory] as const),
  ...Object.entries(OWN_SERVICES),
]);
const names = [...all.keys()];
const categories = new Map<string, string>(serviceSubcategories.map((row) => [row.subcategory, row.category]));
const position = (name: string) => String(names.indexOf(name) + 1);

const byType = Object.fromEntries(
  Object.entries(azureServices).flatMap(([name, [, types]]) => types.split(' ').map((type) => [type, position(name)])),
);
const byConsumer = Object.fromEntries(
  Object.entries(serviceOfConsumer).map(([consumer, name]) => [consumer, position(name)]),
);
/** The services' own names before the other ones. */
const byMeter = Object.fromEntries([
  ...Object.entries(SERVICE_OF_METER)
    .filter(([, name]) => all.has(name))
    .map(([meter, name]) => [meter, position(name)]),
  ...names.map((name) => [name.toLowerCase(), position(name)]),
]);

/** Columns of which {@link serviceIndexSql} is made, over the located charges. */
export const serviceKeyColumns = [
  `${resourceTypeSql} AS focus_resource_type`,
  'lower(consumed_service) AS consumer',
  'lower(meter_category) AS meter',
  `COALESCE(lower(publisher_type) = 'marketplace', false) AS from_marketplace`,
];

/**
 * Position of the row's service in the list of services: by the resource's type, by who was consumed, by the meter. Null
 * where none is known, and for the Marketplace.
 */
export const serviceIndexSql = `CAST(CASE
    WHEN from_marketplace THEN NULL
    WHEN contains(lower(concat_ws(' ', meter_sub_category, product_name)), 'openai') THEN '${position('Azure OpenAI')}'
    WHEN meter = 'bandwidth' AND resource_provider IS NULL THEN '${position('Bandwidth')}'
    WHEN consumer = 'functions' OR (resource_kind = 'sites' AND meter = 'functions') THEN '${position('Functions')}'
    ELSE COALESCE(${lookUpSql('focus_resource_type', byType)},
      ${lookUpSql('consumer', byConsumer)},
      ${lookUpSql('meter', byMeter)}) END AS INTEGER)`;

export const serviceCategorySql = `COALESCE(${pick((name) => categories.get(all.get(name)!)!)}, 'Other')`;
export const serviceSubcategorySql = `COALESCE(${pick((name) => all.get(name)!)}, 'Other (Other)')`;

/** The Marketplace's services are named by their sellers; what no list knows is named by its meter. */
export const serviceNameSql = `COALESCE(${pick((name) => name)},
    CASE WHEN from_marketplace THEN COALESCE(publisher_name, product_order_name) END, meter_category, consumed_service, product_name, 'Azure')`;

function pick(value: (name: string) => string): string {
  return itemSql(names.map(value), 'service');
}
