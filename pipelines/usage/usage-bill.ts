import type { BillFormat, BillPlan, RawColumn } from '../providers/bill-format.ts';
import { extensionColumns, focusSql } from './focus-columns.ts';
import { stageUsage } from './stage-usage.ts';
import { chargesTable, costsTable, estimatesTable } from './tables.ts';
import { envelope, type UsageSource } from './usage-source.ts';

/**
 * The bill format of an AI provider's usage and costs. What the provider says was billed is laid over its usage, so that
 * BilledCost adds up to the provider's figure; usage that it has not billed yet is priced by the price book; usage without
 * either waits beside the cost table.
 */
export function usageBill(source: UsageSource): BillFormat {
  return {
    id: source.id,
    title: source.title,
    isUsage: true,
    recognises: (header) => header.includes(source.mark),
    plan: (header) => usagePlan(source, header),
  };
}

function usagePlan(source: UsageSource, header: readonly string[]): BillPlan {
  return {
    columns: rawColumns(source, header),
    nullTokens: [],
    ...(source.rowRules && { rowRules: source.rowRules }),
    extensionColumns,
    prepare: (session, rawTable, context) => stageUsage(session, source, rawTable, context),
    toFocus: () => focusSql(source, 'billed_cost IS NOT NULL'),
    unpricedUsage: () => focusSql(source, 'billed_cost IS NULL'),
    billingPeriod: `CAST(date_trunc('month', CAST(${envelope.charge_start} AS TIMESTAMP)) AS DATE)`,
    chargeDay: `CAST(CAST(${envelope.charge_start} AS TIMESTAMP) AS DATE)`,
    controlTotals: () => controlTotalsSql(source),
    estimates: () => estimatesSql,
  };
}

/** What was billed, and what the book says of the same usage; charges that are estimates themselves tell nothing. */
const estimatesSql = `SELECT CAST(charge_start AS DATE) AS day, model, currency, sum(billed_cost) AS billed,
    CASE WHEN bool_and(NOT has_usage OR estimated_cost IS NOT NULL) THEN COALESCE(sum(estimated_cost), 0) END AS estimated,
    bool_or(has_usage) AS has_usage
  FROM ${chargesTable} WHERE NOT is_provisional AND billed_cost IS NOT NULL AND charge_category = 'Usage' GROUP BY 1, 2, 3`;

/**
 * Every delivered column; a column that the source knows has its type, any other is kept as text. Providers add fields of any
 * name: one that would take the raw name of another column has a number behind it.
 */
function rawColumns(source: UsageSource, header: readonly string[]): RawColumn[] {
  const known = new Map([...ENVELOPE, ...source.columns].map((column) => [column.source, column]));
  const there = new Set([...OWN_OF_TABLES, ...header.flatMap((name) => known.get(name)?.raw ?? [])]);
  const names = new Map<string, string>();
  // What is written like its raw name keeps it, wherever it stands.
  for (const name of [...header].sort((left, right) => Number(isRawName(right)) - Number(isRawName(left)))) {
    if (known.has(name)) continue;
    const raw = freeName(rawName(name), there);
    there.add(raw);
    names.set(name, raw);
  }
  const delivered = header.map(
    (name): RawColumn => known.get(name) ?? { source: name, raw: names.get(name)!, type: 'text' },
  );
  const absent = [...known.values(), ...source.needed.map((raw): RawColumn => ({ source: raw, raw, type: 'text' }))];
  for (const column of absent) {
    if (there.has(column.raw)) continue;
    there.add(column.raw);
    delivered.push({ source: column.source, raw: column.raw, type: column.type });
  }
  return delivered;
}

const ENVELOPE: readonly RawColumn[] = [
  { source: envelope.charge_start, raw: envelope.charge_start, type: 'timestamp', required: true },
  { source: envelope.charge_end, raw: envelope.charge_end, type: 'timestamp', required: true },
  { source: envelope.settled_before, raw: envelope.settled_before, type: 'timestamp' },
];

/** Columns that a raw table has for itself. */
const OWN_OF_TABLES: readonly string[] = ['org_slug', 'billing_period', 'rowid'];

function isRawName(name: string): boolean {
  return name === rawName(name);
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  for (let number = 2; ; number += 1) if (!taken.has(`${name}_${number}`)) return `${name}_${number}`;
}

/** `apiKeyId`, `api-key-id` and `api_key_id` are one name in the raw table. */
function rawName(name: string): string {
  const snake = name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').replaceAll(/[^A-Za-z0-9]+/g, '_');
  return snake.replaceAll(/^_+|_+$/g, '').toLowerCase() || 'unnamed';
}

/** What the provider billed, and what is priced because it has not billed it yet. */
function controlTotalsSql({ costs }: UsageSource): string {
  const billed = `SELECT date_trunc('month', charge_start) AS month, currency, invoice_id AS invoice, amount FROM ${costsTable}`;
  const priced = `SELECT month, currency, CAST(NULL AS VARCHAR) AS invoice, amount FROM ${estimatesTable}`;
  return `SELECT CAST(month AS DATE) AS billing_period, currency, invoice, CAST(sum(amount) AS DECIMAL(38,18)) AS total
    FROM (${costs ? `${billed} UNION ALL ` : ''}${priced}) GROUP BY 1, 2, 3`;
}
