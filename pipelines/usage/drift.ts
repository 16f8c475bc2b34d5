import { type Decimal, decimal, isZero, subtract } from '@cloudact/core/money';
import type { LandingSession } from '../landing/session.ts';
import type { BillPlan } from '../providers/bill-format.ts';

/** How far the estimate by the price book lies from what the provider billed, for one day and model. */
export interface Drift {
  /** UTC, `YYYY-MM-DD`. */
  day: string;
  /** As delivered; null where the provider names none. */
  model: string | null;
  currency: string;
  billed: Decimal;
  /** Null where some of the usage has no price. */
  estimated: Decimal | null;
  /** Estimate less bill. */
  difference: Decimal | null;
  cause: DriftCause;
}

export type DriftCause =
  | 'none'
  /** Some of the usage has no price in the book. */
  | 'price missing'
  /** The provider has settled the day without billing the usage: blocked or free requests. */
  | 'not billed'
  /** A cost for which there is no usage: storage, sessions, fine-tuning. */
  | 'cost without usage'
  /** Every model pays the same share of its estimate: a discount that the book does not know. */
  | 'discount'
  /** Half: batch or flex requests that the usage does not tell apart. */
  | 'batch or flex'
  /** Up to twice: requests of a priority tier, or longer than the base price reaches. */
  | 'priority or long context'
  | 'unknown';

interface EstimateRow {
  day: string;
  model: string | null;
  currency: string;
  billed: string;
  estimated: string | null;
  has_usage: boolean;
}

/** The estimates of a bill that was prepared, one per day, model and currency; those without drift too. */
export async function driftOf(session: LandingSession, { estimates }: BillPlan, rawTable: string): Promise<Drift[]> {
  if (!estimates) return [];
  const rows = await session.rows<EstimateRow>(
    `SELECT CAST(day AS VARCHAR) AS day, model, currency, CAST(billed AS VARCHAR) AS billed,
      CAST(estimated AS VARCHAR) AS estimated, has_usage FROM (${estimates(rawTable)}) ORDER BY 1, 2 NULLS LAST, 3`,
  );
  const discounted = commonRatio(rows);
  return rows.map((row) => {
    const billed = decimal(row.billed);
    const estimated = row.estimated === null ? null : decimal(row.estimated);
    const difference = estimated === null ? null : subtract(estimated, billed);
    return {
      day: row.day,
      model: row.model,
      currency: row.currency,
      billed,
      estimated,
      difference,
      cause: causeOf(row, discounted),
    };
  });
}

/** A tenth of a percent: what rounding of a report explains. */
const TOLERANCE = 0.001;

function causeOf(row: EstimateRow, discounted: number | undefined): DriftCause {
  if (!row.has_usage) return 'cost without usage';
  if (row.estimated === null) return 'price missing';
  const estimated = decimal(row.estimated);
  const billed = decimal(row.billed);
  if (isZero(subtract(estimated, billed))) return 'none';
  if (isZero(billed)) return 'not billed';
  const ratio = ratioOf(row);
  if (ratio === undefined) return 'unknown';
  if (Math.abs(ratio - 1) < TOLERANCE) return 'none';
  if (discounted !== undefined && Math.abs(ratio - discounted) < TOLERANCE) return 'discount';
  if (Math.abs(ratio - 0.5) < TOLERANCE) return 'batch or flex';
  return ratio > 1 && ratio <= 2 + TOLERANCE ? 'priority or long context' : 'unknown';
}

/** The share of its estimate that at least three models pay alike, when that is less than all of it. */
function commonRatio(rows: readonly EstimateRow[]): number | undefined {
  const models = new Map<string, Set<string>>();
  for (const row of rows) {
    const ratio = ratioOf(row);
    if (ratio === undefined || ratio >= 1 - TOLERANCE || row.model === null) continue;
    const key = ratio.toFixed(3);
    models.set(key, (models.get(key) ?? new Set()).add(row.model));
  }
  const [common] = [...models].filter(([, of]) => of.size >= 3).sort((left, right) => right[1].size - left[1].size);
  return common && Number(common[0]);
}

/** For telling causes apart only; no money is computed with it. */
function ratioOf({ billed, estimated }: EstimateRow): number | undefined {
  const whole = Number(estimated ?? 0);
  return whole === 0 ? undefined : Number(billed) / whole;
}
