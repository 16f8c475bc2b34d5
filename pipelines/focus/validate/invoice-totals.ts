import { decimal } from '@cloudact/core/money';
import { type DeliveredTable, numberOf, textOf } from './delivered-table.ts';
import type { InvoiceTotal } from './report.ts';
import { isOverflow, type SqlConnection } from './sql.ts';

/** Σ BilledCost by invoice, issuer and currency, the largest first; empty where a column is absent or a sum does not fit. */
export async function invoiceTotals(connection: SqlConnection, table: DeliveredTable): Promise<InvoiceTotal[]> {
  const columns = ['InvoiceId', 'InvoiceIssuerName', 'BillingCurrency', 'BilledCost'];
  if (!columns.every((column) => table.columns.has(column))) return [];
  const sql = `
    SELECT ${textOf('InvoiceId')} AS "invoiceId", ${textOf('InvoiceIssuerName')} AS issuer, ${textOf('BillingCurrency')} AS currency,
      sum(${numberOf('BilledCost')}) AS "billedCost", CAST(count(*) AS VARCHAR) AS rows
    FROM ${table.source} GROUP BY ALL ORDER BY abs("billedCost") DESC NULLS LAST, "invoiceId" LIMIT 1000`;
  const totals = await connection.rows<Omit<InvoiceTotal, 'rows'> & { rows: string }>(sql).catch((error: unknown) => {
    if (isOverflow(error)) return [];
    throw error;
  });
  return totals.map(({ rows, billedCost, ...total }) => ({
    ...total,
    billedCost: billedCost === null ? null : decimal(billedCost),
    rows: Number(rows),
  }));
}
