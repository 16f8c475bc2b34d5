import type { FocusColumn } from './column.ts';
import { contractCommitmentColumns } from './columns-1.3/contract-commitment.ts';
import { costAndUsageColumns } from './columns-1.3/cost-and-usage.ts';

export type SqlDialect = 'duckdb' | 'bigquery';

/** The name of the one cost table of an organisation. */
export const costTableName = 'cost_data_standard_1_3';

/** The name of an organisation's table of usage that waits for its price. */
export const unpricedUsageTableName = 'unpriced_usage';

/** The name of an organisation's table of contract commitments. */
export const contractCommitmentTableName = 'contract_commitment_standard_1_3';

/**
 * Our columns of the cost table beside the 65 of FOCUS. `org_slug` stands first and exports leave it out; the others
 * stand last and start with `x_`, as FOCUS asks of custom columns.
 */
export const ownColumns = [
  { name: 'org_slug', type: { duckdb: 'VARCHAR', bigquery: 'STRING' }, nullable: false },
  { name: 'x_IntegrationId', type: { duckdb: 'VARCHAR', bigquery: 'STRING' }, nullable: false },
  { name: 'x_SourceFile', type: { duckdb: 'VARCHAR', bigquery: 'STRING' }, nullable: true },
  { name: 'x_SourceRow', type: { duckdb: 'BIGINT', bigquery: 'INT64' }, nullable: true },
] as const;

const sqlTypes = {
  String: { duckdb: 'VARCHAR', bigquery: 'STRING' },
  JSON: { duckdb: 'VARCHAR', bigquery: 'STRING' },
  Decimal: { duckdb: 'DECIMAL(38,18)', bigquery: 'BIGNUMERIC(38,18)' },
  'Date/Time': { duckdb: 'TIMESTAMP', bigquery: 'TIMESTAMP' },
} as const satisfies Record<FocusColumn['dataType'], Record<SqlDialect, string>>;

/**
 * The SQL type of a FOCUS column. Decimals keep 18 places, as real exports carry them; times are UTC; JSON stays text,
 * so that what was delivered is what is kept.
 */
export function sqlType(column: Pick<FocusColumn, 'dataType'>, dialect: SqlDialect): string {
  return sqlTypes[column.dataType][dialect];
}

/**
 * `CREATE TABLE IF NOT EXISTS` for the cost table: one row per charge, column names = FOCUS column IDs, NOT NULL where
 * FOCUS never allows null. `tableName` goes into the statement as it is, so the caller quotes and qualifies it.
 */
export function costAndUsageDdl(tableName: string, dialect: SqlDialect): string {
  const [first, ...last] = ownColumns.map((column) => definition(column.name, column.type[dialect], column.nullable));
  const focus = costAndUsageColumns.map((column) => definition(column.id, sqlType(column, dialect), column.nullable));
  const columns = [first, ...focus, ...last].map((line) => `  ${line}`).join(',\n');
  return `CREATE TABLE IF NOT EXISTS ${tableName} (\n${columns}\n)${layout[dialect]}`;
}

/**
 * `CREATE TABLE IF NOT EXISTS` for usage without a price: the columns of the cost table, every cost unknown. What waits
 * here is the same charge that it will be in the cost table, so one filter finds both.
 */
export function unpricedUsageDdl(tableName: string, dialect: SqlDialect): string {
  const [first, ...last] = ownColumns.map((column) => definition(column.name, column.type[dialect], column.nullable));
  const focus = costAndUsageColumns.map((column) =>
    definition(column.id, sqlType(column, dialect), !WAITING_NEEDS.has(column.id)),
  );
  const columns = [first, ...focus, ...last].map((line) => `  ${line}`).join(',\n');
  return `CREATE TABLE IF NOT EXISTS ${tableName} (\n${columns}\n)`;
}

const WAITING_NEEDS: ReadonlySet<string> = new Set([
  'BillingPeriodStart',
  'BillingPeriodEnd',
  'ChargePeriodStart',
  'ChargePeriodEnd',
  'ConsumedQuantity',
  'ConsumedUnit',
]);

/**
 * `CREATE TABLE IF NOT EXISTS` for the Contract Commitment dataset: one row per commitment, integration and billing
 * period whose bill tells of it.
 */
export function contractCommitmentDdl(tableName: string, dialect: SqlDialect): string {
  const columns = [
    definition('org_slug', sqlType({ dataType: 'String' }, dialect), false),
    ...contractCommitmentColumns.map((column) => definition(column.id, sqlType(column, dialect), column.nullable)),
    definition('x_IntegrationId', sqlType({ dataType: 'String' }, dialect), false),
    definition('x_BillingPeriodStart', 'DATE', false),
  ];
  return `CREATE TABLE IF NOT EXISTS ${tableName} (\n${columns.map((line) => `  ${line}`).join(',\n')}\n)`;
}

function definition(name: string, type: string, nullable: boolean): string {
  return `${name} ${type}${nullable ? '' : ' NOT NULL'}`;
}

/** BigQuery bills by bytes scanned: every cost query has a period, and every load replaces whole billing periods. */
const layout: Record<SqlDialect, string> = {
  duckdb: '',
  bigquery:
    '\nPARTITION BY TIMESTAMP_TRUNC(BillingPeriodStart, MONTH)\nCLUSTER BY x_IntegrationId, ServiceProviderName, ChargePeriodStart',
};
