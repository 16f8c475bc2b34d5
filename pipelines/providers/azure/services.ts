import { type ServiceSubcategory, serviceSubcategories } from '@cloudact/core/focus';
import { quoteText } from '../../landing/session.ts';
import { azureServices, serviceOfConsumer } from './data/services.ts';

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
const position = (name: string) => names.indexOf(name) + 1;

const byType = Object.entries(azureServices).flatMap(([name, [, types]]) =>
  types.split(' ').map((type) => when(type, name)),
);
const byConsumer = Object.entries(serviceOfConsumer).map(([consumer, name]) => when(consumer, name));
const byMeter = [
  ...names.map((name) => when(name.toLowerCase(), name)),
  ...Object.entries(SERVICE_OF_METER)
    .filter(([, name]) => all.has(name))
    .map(([meter, name]) => when(meter, name)),
];

/**
 * Position of the row's service in the list of services: by the resource's type, by who was consumed, by the meter. Null
 * where none is known, and for the Marketplace. Look-ups are CASE and lists, not joins: a join may turn the order of
 * the rows around.
 */
export const serviceIndexSql = `CASE
    WHEN ${marketplaceSql()} THEN NULL
    WHEN contains(lower(concat_ws(' ', meter_sub_category, product_name)), 'openai') THEN ${position('Azure OpenAI')}
    WHEN lower(meter_category) = 'bandwidth' AND resource_provider IS NULL THEN ${position('Bandwidth')}
    WHEN lower(consumed_service) = 'functions' OR (resource_kind = 'sites' AND lower(meter_category) = 'functions') THEN ${position('Functions')}
    ELSE COALESCE(
      CASE resource_provider || '/' || resource_kind ${byType.join(' ')} END,
      CASE lower(consumed_service) ${byConsumer.join(' ')} END,
      CASE lower(meter_category) ${byMeter.join(' ')} END) END`;

export const serviceCategorySql = `COALESCE(${pick((name) => categories.get(all.get(name)!)!)}, 'Other')`;
export const serviceSubcategorySql = `COALESCE(${pick((name) => all.get(name)!)}, 'Other (Other)')`;

/** The Marketplace's services are named by their sellers; what no list knows is named by its meter. */
export const serviceNameSql = `COALESCE(${pick((name) => name)},
    CASE WHEN ${marketplaceSql()} THEN COALESCE(publisher_name, product_order_name) END, meter_category, consumed_service, product_name, 'Azure')`;

/** Sold by others than Microsoft. Pay-as-you-go files do not say, so what they hold is Microsoft's. */
export function marketplaceSql(): string {
  return `COALESCE(lower(publisher_type) = 'marketplace', false)`;
}

function pick(value: (name: string) => string): string {
  return `([${names.map((name) => quoteText(value(name))).join(', ')}])[service]`;
}

function when(text: string, name: string): string {
  return `WHEN ${quoteText(text)} THEN ${position(name)}`;
}
