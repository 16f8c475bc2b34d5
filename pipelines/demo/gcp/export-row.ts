import type { Day, Month } from '../calendar.ts';
import { dayText } from '../calendar.ts';
import type { AccountKey, Region, Resource } from '../company.ts';
import { accounts, teams } from '../company.ts';
import type { Fixed } from '../fixed-point.ts';
import { fixedText } from '../fixed-point.ts';
import { randomText } from '../random.ts';
import type { Sku } from './sku.ts';

/** One row of the detailed usage cost export, as BigQuery writes it to JSON. */
export type ExportRow = Readonly<Record<string, unknown>>;

/** A row with what the bill goes on to compute with. US dollars. */
export interface Line {
  readonly row: ExportRow;
  readonly cost: Fixed;
  /** Negative. */
  readonly credits: readonly Credit[];
  readonly account: AccountKey | undefined;
  readonly day: Day;
}

export interface Credit {
  readonly type: string;
  readonly id: string;
  readonly name: string;
  readonly amount: Fixed;
}

/** Identifiers that are the same in every month: account, projects, SKUs. */
export function gcpIdentifiers(seed: number) {
  const hex = (name: string, length: number) => randomText(seed, name, length, '0123456789ABCDEF');
  return {
    billingAccount: `${hex('billing account', 6)}-${hex('billing account 2', 6)}-${hex('billing account 3', 6)}`,
    organization: randomText(seed, 'organization', 12, '123456789'),
    subscription: `subscriptions/${hex('subscription', 8).toLowerCase()}-${hex('subscription 2', 4).toLowerCase()}`,
    project: (account: AccountKey) => `larkmoor-${account}`,
    projectNumber: (account: AccountKey) => randomText(seed, `project|${account}`, 12, '123456789'),
    sku: (name: string) => [1, 2, 3].map((part) => hex(`sku|${name}|${part}`, 4)).join('-'),
    resource: (name: string) => randomText(seed, `resource|${name}`, 19, '123456789'),
  };
}
export type GcpIdentifiers = ReturnType<typeof gcpIdentifiers>;

export const regions: Readonly<Record<Region, { id: string; name: string }>> = {
  'us-east': { id: 'us-east1', name: 'South Carolina' },
  'eu-west': { id: 'europe-west1', name: 'Belgium' },
  'us-west': { id: 'us-west1', name: 'Oregon' },
};

const CLUSTER = 'analytics-us';

/** What every row of these days has. */
export function commonCells(
  identifiers: GcpIdentifiers,
  month: Month,
  start: Day,
  end: Day,
  account?: AccountKey,
): ExportRow {
  return {
    billing_account_id: identifiers.billingAccount,
    invoice: { month: month.text.replace('-', ''), publisher_type: 'GOOGLE' },
    cost_type: 'regular',
    usage_start_time: `${dayText(start)}T00:00:00Z`,
    usage_end_time: `${dayText(end)}T00:00:00Z`,
    ...(account && {
      project: {
        id: identifiers.project(account),
        number: identifiers.projectNumber(account),
        name: accounts[account],
        labels: [],
        ancestry_numbers: `/${identifiers.organization}/`,
      },
    }),
    labels: [],
    system_labels: [],
    tags: [],
    currency: 'USD',
    currency_conversion_rate: 1,
    transaction_type: 'GOOGLE',
    export_time: `${dayText(end)}T05:12:40Z`,
  };
}

export function skuCells(
  identifiers: GcpIdentifiers,
  sku: Pick<Sku, 'service' | 'serviceId' | 'name' | 'global'>,
  region?: Region,
): ExportRow {
  const name = region && !sku.global ? `${sku.name} in ${regions[region].name}` : sku.name;
  return {
    service: { id: sku.serviceId, description: sku.service },
    sku: { id: identifiers.sku(`${sku.service}|${name}`), description: name },
  };
}

/** Where a resource is, what it is called and whose it is; a workload of the cluster is told by its labels. */
export function resourceCells(identifiers: GcpIdentifiers, resource: Resource): ExportRow {
  const region = regions[resource.region].id;
  const [namespace, workload] = resource.name.split('/');
  const labels = [
    ...(resource.owner
      ? [
          { key: 'cost-center', value: teams[resource.owner.team].costCenter },
          { key: 'env', value: resource.owner.environment },
          { key: 'product', value: resource.owner.product },
          { key: 'team', value: resource.owner.team },
        ]
      : []),
    ...(workload
      ? [
          { key: 'goog-k8s-cluster-name', value: CLUSTER },
          { key: 'k8s-namespace', value: namespace! },
          { key: 'k8s-workload-name', value: workload },
        ]
      : []),
  ];
  const project = identifiers.project(resource.account);
  const [service, collection] = COLLECTIONS[resource.kind] ?? ['cloudresourcemanager', 'resources'];
  const name = workload ? `gke-${CLUSTER}-pool` : resource.name;
  return {
    location: { location: region, country: resource.region === 'eu-west' ? 'BE' : 'US', region },
    labels,
    resource: {
      name,
      global_name: `//${service}.googleapis.com/projects/${project}/locations/${region}/${collection}/${identifiers.resource(name)}`,
    },
  };
}

/** Service and collection in the full name of a resource. */
const COLLECTIONS: Partial<Readonly<Record<Resource['kind'], readonly [string, string]>>> = {
  'virtual-machine': ['compute', 'instances'],
  'container-service': ['compute', 'instances'],
  disk: ['compute', 'disks'],
  bucket: ['storage', 'buckets'],
  'query-workgroup': ['bigquery', 'reservations'],
  stream: ['pubsub', 'topics'],
  'etl-job': ['dataflow', 'jobs'],
  database: ['sqladmin', 'instances'],
  cache: ['redis', 'instances'],
  'kubernetes-cluster': ['container', 'clusters'],
  'load-balancer': ['compute', 'forwardingRules'],
  'model-endpoint': ['aiplatform', 'endpoints'],
  'training-job': ['aiplatform', 'customJobs'],
  notebook: ['notebooks', 'instances'],
};

/** Amount and prices. Newer columns are NUMERIC, which BigQuery writes as strings; the older ones are FLOAT. */
export function amountCells(
  sku: Sku,
  amount: Fixed,
  price: Fixed,
  cost: Fixed,
  list: Fixed,
  listPrice: Fixed,
): ExportRow {
  return {
    usage: {
      amount: Number((amount * BigInt(Math.round(sku.unitsEach))) / 10_000_000_000n),
      unit: sku.unit,
      amount_in_pricing_units: floating(amount),
      pricing_unit: sku.pricingUnit,
    },
    price: {
      effective_price: fixedText(price),
      effective_price_default: fixedText(listPrice),
      list_price: fixedText(listPrice),
      list_price_consumption_model: fixedText(price),
      tier_start_amount: '0',
      unit: sku.pricingUnit,
      pricing_unit_quantity: '1',
    },
    cost_at_list: fixedText(list),
    cost_at_effective_price_default: fixedText(list),
    cost_at_list_consumption_model: fixedText(cost),
  };
}

/** A line of which cost and credits are written as they are computed with. */
export function line(
  cells: ExportRow,
  cost: Fixed,
  day: Day,
  account: AccountKey | undefined,
  credits: readonly Credit[] = [],
): Line {
  const written = credits.map(({ amount, id, name, type }) => ({
    id,
    full_name: name,
    type,
    name,
    amount: floating(amount),
  }));
  return { row: { ...cells, cost: floating(cost), credits: written }, cost, credits, account, day };
}

/** FLOAT of BigQuery: at most fifteen digits here, so the text is that of the decimal. */
function floating(value: Fixed): number {
  return Number(fixedText(value));
}
