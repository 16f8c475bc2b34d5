import {
  type CostAndUsageColumnId,
  contractCommitmentColumns,
  costAndUsageColumnIds,
  costAndUsageColumns,
} from '@cloudact/core/focus';
import { quoteName } from '../landing/index.ts';

export type OutputFormat = 'csv' | 'parquet' | 'ndjson';

/**
 * What is written: the 65 FOCUS columns in the order of FOCUS, then our `x_` columns. In text, times are
 * `YYYY-MM-DDTHH:MM:SSZ` and decimals have neither exponent nor trailing zeros; in NDJSON they are strings, so that no
 * reader makes floats of them; in Parquet they are DECIMAL(38,18) and TIMESTAMP. Missing values are null, never "".
 */
export function projectionSql(focus: string, extensionColumns: readonly string[], format: OutputFormat): string {
  const own = ownColumns(extensionColumns).map(quoteName);
  if (format === 'parquet')
    return `SELECT ${[...costAndUsageColumnIds.map(quoteName), ...own].join(', ')} FROM (${focus})`;
  const columns = costAndUsageColumns.map(({ id, dataType }) => {
    if (dataType === 'Decimal') return `${sharedTextSql(id)} AS ${quoteName(id)}`;
    if (dataType === 'Date/Time') return `${timeText(quoteName(id))} AS ${quoteName(id)}`;
    return quoteName(id);
  });
  const texts = WRITTEN_FIRST.map((id) => `${decimalTextSql(id)} AS ${textName(id)}`);
  return `SELECT ${[...columns, ...own].join(', ')} FROM (SELECT *, ${texts.join(', ')} FROM (${focus}))`;
}

/** The names of the written columns, in order. */
export function writtenColumns(extensionColumns: readonly string[]): string[] {
  return [...costAndUsageColumnIds, ...ownColumns(extensionColumns)];
}

/**
 * FOCUS's Contract Commitment dataset, its 13 columns, written as `projectionSql` writes. Of a commitment that the bills
 * of several months tell of, the last word stands.
 */
export function commitmentsSql(commitments: string, format: OutputFormat): string {
  const columns = contractCommitmentColumns.map(({ id, dataType }) => {
    const name = quoteName(id);
    if (format === 'parquet' || dataType === 'String') return name;
    return `${dataType === 'Decimal' ? decimalText(name) : timeText(name)} AS ${name}`;
  });
  return `SELECT ${columns.join(', ')} FROM (${commitments})
    QUALIFY row_number() OVER (PARTITION BY "ContractId", "ContractCommitmentId" ORDER BY "x_BillingPeriodStart" DESC) = 1
    ORDER BY "ContractId", "ContractCommitmentId"`;
}

function ownColumns(extensionColumns: readonly string[]): string[] {
  return [...extensionColumns, 'x_SourceFile', 'x_SourceRow'];
}

/** Writing a decimal is the dearest step of the output, and most rows repeat a few numbers over many columns. */
const WRITTEN_FIRST: readonly CostAndUsageColumnId[] = [
  'BilledCost',
  'EffectiveCost',
  'ListCost',
  'ListUnitPrice',
  'PricingQuantity',
];
const OFTEN_EQUAL: Partial<Record<CostAndUsageColumnId, CostAndUsageColumnId>> = {
  ConsumedQuantity: 'PricingQuantity',
  ContractedCost: 'ListCost',
  ContractedUnitPrice: 'ListUnitPrice',
  PricingCurrencyContractedUnitPrice: 'ListUnitPrice',
  PricingCurrencyEffectiveCost: 'EffectiveCost',
  PricingCurrencyListUnitPrice: 'ListUnitPrice',
};

function sharedTextSql(id: CostAndUsageColumnId): string {
  if (WRITTEN_FIRST.includes(id)) return textName(id);
  const other = OFTEN_EQUAL[id];
  if (!other) return decimalTextSql(id);
  return `CASE WHEN ${quoteName(id)} = ${quoteName(other)} THEN ${textName(other)} ELSE ${decimalTextSql(id)} END`;
}

function timeText(name: string): string {
  return `strftime(${name}, '%Y-%m-%dT%H:%M:%SZ')`;
}

function decimalTextSql(id: CostAndUsageColumnId): string {
  return decimalText(quoteName(id));
}

function decimalText(name: string): string {
  return `CASE WHEN ${name} = 0 THEN '0' ELSE rtrim(rtrim(CAST(${name} AS VARCHAR), '0'), '.') END`;
}

function textName(id: CostAndUsageColumnId): string {
  return quoteName(`text of ${id}`);
}
