/** An exact decimal as text. Only `internal/decimal.ts` calculates with it, only `internal/format.ts` shows it. */
export type DecimalText = string;

/** A FOCUS cost column. */
export type Metric = 'BilledCost' | 'EffectiveCost' | 'ListCost' | 'ContractedCost';

/** What `GET /v1/costs` answers. Days are `YYYY-MM-DD`, UTC; ranges are half-open. */
export interface CostAnswer {
  query: {
    metric: string;
    granularity: string;
    from: string;
    to: string;
    group_by: string[];
    filter: string[];
    top: number | null;
  };
  query_hash: string;
  data_version: number;
  rows: CostRow[];
  /** Over the whole range, largest first, `other` last. */
  groups: CostGroup[];
  /** One per currency; currencies are never summed. */
  totals: CostTotal[];
  /** How far each billing period of each integration has been loaded. */
  periods: LoadedPeriod[];
}

/** The cost of one group in one period and currency. */
export interface CostRow extends CostGroup {
  period_start: string;
  period_end: string;
}

export interface CostGroup extends CostTotal {
  /** Aligned with `query.group_by`; null where the rows have no value. */
  group: (string | null)[];
  /** True for the one group that holds everything beyond `query.top`. */
  other: boolean;
}

export interface CostTotal {
  currency: string;
  cost: DecimalText;
}

export interface LoadedPeriod {
  billing_period: string;
  integration_id: string;
  last_loaded_at: string;
  charges_through: string | null;
  complete: boolean;
}

/** RFC 9457 problem details, as every CloudAct error answers. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance?: string;
  code: string;
  errors?: { pointer: string; message: string }[];
}
