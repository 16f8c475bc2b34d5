import type { Meter } from './meters.ts';

/**
 * The invented company of the demo: Larkmoor Robotics makes robots that pick and count goods in warehouses.
 * This page says who it is; `workloads.ts` says what it runs; `usage.ts` says how much of it on which day.
 */
export const accounts = {
  management: 'Larkmoor Management',
  network: 'Larkmoor Network',
  security: 'Larkmoor Security',
  development: 'Larkmoor Development',
  staging: 'Larkmoor Staging',
  production: 'Larkmoor Production',
  'production-eu': 'Larkmoor Production EU',
  data: 'Larkmoor Data Platform',
  'machine-learning': 'Larkmoor Machine Learning',
  sandbox: 'Larkmoor Sandbox',
} as const;
export type AccountKey = keyof typeof accounts;

/** Where things run: the home region, the European one, and the one where graphics processors are rented. */
export type Region = 'us-east' | 'eu-west' | 'us-west';

export const teams = {
  'fleet-control': { businessUnit: 'Robotics', costCenter: '4100' },
  perception: { businessUnit: 'Robotics', costCenter: '4200' },
  'customer-portal': { businessUnit: 'Software', costCenter: '5100' },
  'data-platform': { businessUnit: 'Software', costCenter: '5200' },
  scout: { businessUnit: 'New Products', costCenter: '6100' },
  platform: { businessUnit: 'Engineering', costCenter: '7100' },
  security: { businessUnit: 'Engineering', costCenter: '7200' },
} as const;
export type Team = keyof typeof teams;

export type Product = 'fleet' | 'vision' | 'portal' | 'telemetry' | 'scout' | 'shared';
export type Environment = 'prod' | 'stage' | 'dev';

/** Who answers for a resource. Resources that nobody tagged have none of it. */
export interface Owner {
  readonly team: Team;
  readonly product: Product;
  readonly environment: Environment;
}

export type ResourceKind =
  | 'virtual-machine'
  | 'disk'
  | 'bucket'
  | 'network'
  | 'nat-gateway'
  | 'load-balancer'
  | 'cdn'
  | 'kubernetes-cluster'
  | 'container-service'
  | 'function'
  | 'database'
  | 'cache'
  | 'search'
  | 'key-value-table'
  | 'stream'
  | 'queue'
  | 'query-workgroup'
  | 'etl-job'
  | 'training-job'
  | 'model-endpoint'
  | 'notebook'
  | 'language-model'
  | 'log-group'
  | 'monitoring'
  | 'key'
  | 'secret-store'
  | 'dns-zone'
  | 'audit-trail'
  | 'threat-detector'
  | 'configuration-recorder'
  | 'firewall'
  | 'partner-product';

export interface Resource {
  /** Unique in the company and readable, for example `fleet-api-us-3`. */
  readonly name: string;
  readonly kind: ResourceKind;
  readonly account: AccountKey;
  readonly region: Region;
  readonly owner: Owner | undefined;
}

/**
 * How use moves over time.
 * `customers`: follows the working week of warehouses; `office`: follows ours, almost nothing at weekends;
 * `steady`: the same every day; `stock`: only ever grows; `batch`: uneven from day to day.
 */
export type Rhythm = 'customers' | 'office' | 'steady' | 'stock' | 'batch';

export interface Consumption {
  readonly resource: Resource;
  readonly meter: Meter;
  /** On a working day at the start of the story, in the meter's unit. */
  readonly perDay: number;
  readonly rhythm: Rhythm;
  /** Share that is added per 30 days. */
  readonly growth: number;
  /**
   * For machines that are switched on as needed: this one runs for the part of demand (counted in machines) that
   * lies between `slot` and `slot + 1`.
   */
  readonly slot?: { readonly index: number; readonly machines: number };
  /** Nothing before this event of the story. */
  readonly since?: 'launch';
}
