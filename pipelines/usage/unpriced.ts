import { type Decimal, decimal } from '@cloudact/core/money';
import type { LandingSession } from '../landing/session.ts';
import type { BillPlan } from '../providers/bill-format.ts';

/** Usage of which no charge can be made because its price is not known. */
export interface UnpricedUsage {
  service: string;
  model: string | null;
  /** FOCUS SkuMeter. */
  meter: string;
  quantity: Decimal;
  /** FOCUS ConsumedUnit. */
  unit: string;
  rows: number;
  /** What is not known: `model`, `meter`, `tier`, `context_window` or `day`. */
  reason: string;
}

/** The unpriced usage of a bill that was prepared, most rows first. */
export async function unpricedUsage(
  session: LandingSession,
  { unpricedUsage: select }: BillPlan,
  rawTable: string,
): Promise<UnpricedUsage[]> {
  if (!select) return [];
  const rows = await session.rows<
    Record<'service' | 'meter' | 'quantity' | 'unit' | 'rows' | 'reason', string> & { model: string | null }
  >(
    `SELECT "ServiceName" AS service, "x_Model" AS model, "SkuMeter" AS meter, CAST(sum("ConsumedQuantity") AS VARCHAR) AS quantity,
      "ConsumedUnit" AS unit, CAST(count(*) AS VARCHAR) AS rows, "x_UnpricedReason" AS reason
    FROM (${select(rawTable)}) GROUP BY ALL ORDER BY count(*) DESC, 2, 3`,
  );
  return rows.map((row) => ({ ...row, quantity: decimal(row.quantity), rows: Number(row.rows) }));
}
