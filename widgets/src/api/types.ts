import type { components } from './schema.generated.js';

/** What `GET /v1/costs` answers. Days are `YYYY-MM-DD`, UTC; ranges are half-open; amounts are `DecimalText`. */
export type CostAnswer = components['schemas']['CostAnswer'];

/** RFC 9457 problem details, as every CloudAct error answers. */
export type Problem = components['schemas']['Problem'];

/** A FOCUS cost column. */
export type Metric = CostAnswer['query']['metric'];

/** The cost of one group in one period and currency. */
export type CostRow = CostAnswer['rows'][number];

/** The cost of one group and currency over the whole range. */
export type CostGroup = CostAnswer['groups'][number];

/** The cost of the whole range in one currency; currencies are never added up. */
export type CostTotal = CostAnswer['totals'][number];

/** Usage of one kind whose price is not known. No cost holds it. */
export type UnpricedUsage = CostAnswer['unpriced'][number];

/** How far one billing period of one integration has been loaded. */
export type LoadedPeriod = CostAnswer['periods'][number];

/** An exact decimal as text. Only `internal/decimal.ts` calculates with it, only `internal/format.ts` shows it. */
export type DecimalText = string;
