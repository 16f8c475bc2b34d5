import {
  contractCommitmentDdl,
  contractCommitmentTableName,
  costAndUsageDdl,
  costTableName,
  unpricedUsageDdl,
  unpricedUsageTableName,
} from '../focus/index.ts';

/** The tables that every organisation's dataset has. */
export const datasetTables = {
  /** One row per charge: FOCUS 1.3 columns, then `x_` columns. */
  cost: costTableName,
  /** One row per contract commitment, integration and billing period whose bill tells of it: FOCUS 1.3 columns. */
  contractCommitments: contractCommitmentTableName,
  /** One row per charge whose cost nobody knows yet: the cost table's columns, costs null. Shown next to every total. */
  unpricedUsage: unpricedUsageTableName,
  /** Who usage was for, as gateways and tracing tools tell: one row per day and {@link usageAttributionColumns}. */
  usageAttribution: 'usage_attribution',
  /** An organisation's own prices, as a document; the last one recorded is in force. Rows are only ever added. */
  ownPrices: '_own_prices',
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

/** Columns of the usage attribution; the grain is one row per combination of all but the quantity. */
export const usageAttributionColumns = {
  /** UTC day of the usage. Not null. */
  charge_date: 'DATE',
  /** Whose price list and bill: `openai`, `anthropic`, … Not null. */
  provider: 'VARCHAR',
  /** As the tool writes it; null: any model. */
  model: 'VARCHAR',
  /** The provider's id of the key, where the tool knows it; null: any key. */
  api_key_id: 'VARCHAR',
  /** The provider's id of the project or workspace; null: any. */
  sub_account_id: 'VARCHAR',
  /** What was metered; null: a share of every meter. */
  meter: 'VARCHAR',
  /** In the meter's unit; all tokens where the meter is null. More than 0. */
  quantity: 'DECIMAL(38,18)',
  /** JSON object of texts: `feature`, `user`, `customer`, `team`, and what else the tool tells. Not null. */
  tags: 'VARCHAR',
} as const;

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
    unpricedUsageDdl(qualify(datasetTables.unpricedUsage), dialect),
    create(datasetTables.usageAttribution, [
      required('org_slug', text),
      required('x_IntegrationId', text),
      required('BillingPeriodStart', 'DATE'),
      required('charge_date', 'DATE'),
      required('provider', text),
      ...['model', 'api_key_id', 'sub_account_id', 'meter'].map((name) => optional(name, text)),
      required('quantity', money),
      required('tags', text),
    ]),
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
    create(datasetTables.ownPrices, [
      required('org_slug', text),
      required('RecordedAt', 'TIMESTAMP'),
      required('RunId', text),
      required('Document', text),
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
  const add = (table: string, column: string) =>
    `ALTER TABLE ${qualify(table)} ADD COLUMN IF NOT EXISTS ${column} ${text}`;
  return [
    add(datasetTables.loads, 'SourceToken'),
    // Loads bring both along; until one has come, a question about what waits must find them too.
    add(datasetTables.unpricedUsage, 'x_Model'),
    add(datasetTables.unpricedUsage, 'x_UnpricedReason'),
  ];
}
