import { focusExportColumns } from './columns.ts';
import type { BigQuerySettings } from './settings.ts';

/** How far back is looked: what was loaded before stays as it is. */
export const HISTORY_MONTHS = 25;

/** Adds up what changes: one row per month with text columns `month`, `exported`, `charges`, `cost`, `credits`. */
export function monthsQuery(settings: BigQuerySettings): string {
  const { month, exported, cost, credit } = shapeOf(settings);
  return `SELECT ${month} AS month,
  FORMAT_TIMESTAMP('%FT%H:%M:%E6SZ', MAX(${exported})) AS exported,
  CAST(COUNT(*) AS STRING) AS charges,
  CAST(SUM(CAST(${cost} AS BIGNUMERIC)) AS STRING) AS cost,
  CAST(SUM((SELECT SUM(CAST(credit.${credit} AS BIGNUMERIC)) FROM UNNEST(${settings.dataset === 'focus' ? 'x_Credits' : 'credits'}) AS credit)) AS STRING) AS credits
FROM ${tableName(settings)} AS export
WHERE ${month} >= @first${partitions(settings)}
GROUP BY month ORDER BY month`;
}

/** Every row of one month that was there when the month was listed, each as one JSON text with the digits of the table. */
export function rowsQuery(settings: BigQuerySettings): string {
  const { month, exported } = shapeOf(settings);
  const row =
    settings.dataset === 'focus'
      ? `TO_JSON_STRING(STRUCT(${focusExportColumns.map((name) => `export.${name}`).join(', ')}))`
      : 'TO_JSON_STRING(export)';
  return `SELECT ${row} AS charge
FROM ${tableName(settings)} AS export
WHERE ${month} = @month AND ${exported} <= TIMESTAMP(@exported)${partitions(settings)}`;
}

function shapeOf({ dataset }: BigQuerySettings) {
  return dataset === 'focus'
    ? {
        month: "FORMAT_TIMESTAMP('%Y%m', BillingPeriodStart)",
        exported: 'x_ExportTime',
        cost: 'BilledCost',
        credit: 'Amount',
      }
    : { month: 'invoice.month', exported: 'export_time', cost: 'cost', credit: 'amount' };
}

function tableName({ datasetProject, datasetName, table }: BigQuerySettings): string {
  return `\`${datasetProject}.${datasetName}.${table}\``;
}

/** A charge is exported in the month of its use or later; what still streams in has no partition yet. */
function partitions({ dataset }: BigQuerySettings): string {
  if (dataset === 'focus') return '';
  return `
  AND (_PARTITIONTIME >= TIMESTAMP(@since) OR _PARTITIONTIME IS NULL)`;
}
