import { quoteText } from '../landing/session.ts';
import { meters } from '../prices/meters.ts';

/** The temporary tables that stay for the SELECTs of the bill: what was computed once. */

/** One row per charge; `billed_cost` is null where nobody knows it. */
export const chargesTable = 'usage_charges';
/** What the provider says that it billed: columns `costColumns` and `charge_date`. */
export const costsTable = 'usage_costs';
/** What is priced because the provider has not said yet what it bills: `month`, `currency`, `amount`. */
export const estimatesTable = 'usage_estimates';
/** One row per question to the price book: `question`, its `key` and what it is made of, and whose model it is. */
export const questionsTable = 'usage_questions';
/** One row per price: `price`, its `question`, `kind`, days and figures. */
export const pricesTable = 'usage_prices';

/** SELECT of the meters: `id`, `title`, `unit`, `per`, `direction`, `cache_action`, `cache_lifetime`, `modality`. */
export const metersSql = `SELECT * FROM (VALUES ${Object.entries(meters)
  .map(([id, meter]) => {
    const { title, unit, per, direction, cacheAction, cacheLifetime, modality } = {
      cacheLifetime: null,
      modality: null,
      ...meter,
    };
    const values = [id, title, unit, per, direction, cacheAction, cacheLifetime, modality];
    return `(${values.map((value) => (value === null ? 'CAST(NULL AS VARCHAR)' : quoteText(value))).join(', ')})`;
  })
  .join(', ')}) AS meter (id, title, unit, per, direction, cache_action, cache_lifetime, modality)`;
