import { contractCommitmentDdl, contractCommitmentTableName, costAndUsageDdl, costTableName } from '../focus/index.ts';

/** The tables that every organisation's dataset has. */
export const datasetTables = {
  /** One row per charge: FOCUS 1.3 columns, then `x_` columns. */
  cost: costTableName,
  /** One row per contract commitment, integration and billing period whose bill tells of it: FOCUS 1.3 columns. */
  contractCommitments: contractCommitmentTableName,
  /** One row per integration, billing period, day and combination of {@link rollupDimensions}. */
  costDaily: 'cost_daily',
  /** One row per integration and billing period: the load that is in place. */
  loads: '_loads',
  /** One row: grows by one with every committed load. */
  version: '_version',
} as const;

/** FOCUS columns by which the daily roll-up is grouped. A question about other columns reads the cost table. */
export const rollupDimensions = [
  'ServiceProviderName',
  'InvoiceIssuerName',
  'BillingAccountId',
  'BillingAccountName',
  'SubAccountId',
  'SubAccountName',
  'RegionId',
  'RegionName',
  'ServiceCategory',
  'ServiceSubcategory',
  'ServiceName',
  'ChargeCategory',
  'ChargeFrequency',
  'PricingCategory',
  'CommitmentDiscountStatus',
  'BillingCurrency',
] as const;

export type RollupDimension = (typeof rollupDimensions)[number];

/** FOCUS cost columns that the daily roll-up sums, in BillingCurrency. */
export const rollupMetrics = ['BilledCost', 'EffectiveCost', 'ListCost', 'ContractedCost'] as const;

export type RollupMetric = (typeof rollupMetrics)[number];

const types = {
  duckdb: { text: 'VARCHAR', money: 'DECIMAL(38,18)', count: 'BIGINT', boolean: 'BOOLEAN' },
  bigquery: { text: 'STRING', money: 'BIGNUMERIC(38,18)', count: 'INT64', boolean: 'BOOL' },
} as const;

/**
 * `CREATE TABLE IF NOT EXISTS` for every table of a dataset. `qualify` turns a table's name into what stands in the
 * statement. BillingPeriodStart is the first day of the billing period; times are UTC.
 */
export function datasetDdl(dialect: 'duckdb' | 'bigquery', qualify: (table: string) => string): string[] {
  const { text, money, count, boolean } = types[dialect];
  const required = (name: string, type: string) => `${name} ${type} NOT NULL`;
  const optional = (name: string, type: string) => `${name} ${type}`;
  const create = (table: string, columns: string[]) =>
    `CREATE TABLE IF NOT EXISTS ${qualify(table)} (\n  ${columns.join(',\n  ')}\n)`;
  return [
    costAndUsageDdl(qualify(datasetTables.cost), dialect),
    contractCommitmentDdl(qualify(datasetTables.contractCommitments), dialect),
    create(datasetTables.costDaily, [
      required('org_slug', text),
      required('x_IntegrationId', text),
      required('BillingPeriodStart', 'DATE'),
      required('ChargeDate', 'DATE'),
      ...rollupDimensions.map((name) => optional(name, text)),
      ...rollupMetrics.map((name) => required(name, money)),
      required('ChargeCount', count),
    ]),
    create(datasetTables.loads, [
      required('org_slug', text),
      required('x_IntegrationId', text),
      required('BillingPeriodStart', 'DATE'),
      required('RunId', text),
      required('ExtractedAt', 'TIMESTAMP'),
      required('LoadedAt', 'TIMESTAMP'),
      `${dialect === 'bigquery' ? '`Rows`' : '"Rows"'} ${count} NOT NULL`,
      optional('ChargesThrough', 'DATE'),
      required('Closed', boolean),
      optional('SourceToken', text),
    ]),
    create(datasetTables.version, [required('org_slug', text), required('DataVersion', count)]),
  ];
}

/**
 * Columns that came after a dataset's tables were first made. Every statement does nothing where the column is there,
 * and all of them run after {@link datasetDdl} whenever a dataset is opened. Only ever added to at the end.
 */
export function datasetUpgrades(dialect: 'duckdb' | 'bigquery', qualify: (table: string) => string): string[] {
  const { text } = types[dialect];
  return [`ALTER TABLE ${qualify(datasetTables.loads)} ADD COLUMN IF NOT EXISTS SourceToken ${text}`];
}
