import type { LandingSession } from '../landing/session.ts';
import { quoteText } from '../landing/session.ts';
import { meters } from '../prices/meters.ts';
import type { PriceBook } from '../prices/price-book.ts';
import type { BillContext } from '../providers/bill-format.ts';
import { allocatedSql, costLinesSql, groupsSql } from './allocation.ts';
import { pricedProductSql, pricingQuantitySql } from './exact-cost.ts';
import { questionKeySql } from './question-key.ts';
import { splitColumns, splitUsageSql } from './split-usage.ts';
import { stagePrices } from './stage-prices.ts';
import { costColumns, envelope, type UsageSource, usageColumns } from './usage-source.ts';

/** The temporary tables between the raw rows and FOCUS. Each is made once per bill, from the one before. */
const deliveredTable = 'usage_delivered';
/** The same, split by who it was for. */
const usageTable = 'usage_split';
/** What the provider says that it billed: columns `costColumns`, `charge_date` and `cost_line`. */
export const costsTable = 'usage_costs';
/** One row per part of usage with its prices; `is_estimate` where the provider has not said yet what it bills. */
export const pricedTable = 'usage_priced';
const groupsTable = 'usage_groups';
/** One row per charge; `billed_cost` is null where nobody knows it. */
export const chargesTable = 'usage_charges';

/** Prices the usage of a bill, lays over it what was billed, and leaves the charges in {@link chargesTable}. */
export async function stageUsage(
  session: LandingSession,
  source: UsageSource,
  rawTable: string,
  context: BillContext,
): Promise<void> {
  await session.run(`CREATE OR REPLACE TEMP TABLE ${deliveredTable} AS
    SELECT ${Object.keys(usageColumns).join(', ')}, ${quoteText(source.priceList)} AS provider, CAST(charge_start AS DATE) AS charge_date
    FROM (${source.usage(rawTable)}) AS delivered`);
  await session.run(`CREATE OR REPLACE TEMP TABLE ${usageTable} AS ${await splitSql(session, source, context)}`);
  await session.run(`CREATE OR REPLACE TEMP TABLE ${costsTable} AS
    SELECT ${Object.keys(costColumns).join(', ')}, CAST(charge_start AS DATE) AS charge_date,
      row_number() OVER (ORDER BY source_file, source_row, line_item, amount) AS cost_line
    FROM (${source.costs?.(rawTable) ?? noCosts()}) AS delivered`);
  await stagePrices(session, source, usageTable, context.prices);
  await session.run(`CREATE OR REPLACE TEMP TABLE ${pricedTable} AS ${pricedSql(source, rawTable)}`);
  await session.run(`CREATE OR REPLACE TEMP TABLE ${groupsTable} AS ${groupsSql(costsTable, pricedTable)}`);
  await session.run(`CREATE OR REPLACE TEMP TABLE ${chargesTable} AS
    SELECT * FROM (${allocatedSql(pricedTable, groupsTable)})
    UNION ALL BY NAME SELECT * FROM (${costLinesSql(costsTable, groupsTable)})`);
}

/** The usage by who it was for, where somebody told; else as it is. */
async function splitSql(
  session: LandingSession,
  { priceList }: UsageSource,
  { attribution, prices }: BillContext,
): Promise<string> {
  if (attribution === undefined) {
    const nulls = Object.entries(splitColumns).map(([name, type]) => `CAST(NULL AS ${type}) AS ${name}`);
    return `SELECT *, ${nulls.join(', ')} FROM ${deliveredTable}`;
  }
  const delivered = await session.rows<{ model: string }>(
    `SELECT DISTINCT model FROM (SELECT model FROM ${deliveredTable} UNION ALL
      SELECT model FROM ${attribution} WHERE provider = $provider) WHERE model IS NOT NULL`,
    { provider: priceList },
  );
  await session.run(`CREATE OR REPLACE TEMP TABLE usage_model_names (delivered VARCHAR, canonical VARCHAR)`);
  for (const { model } of delivered) {
    const canonical = modelName(prices, priceList, model);
    await session.run(`INSERT INTO usage_model_names VALUES ($model, $canonical)`, { model, canonical });
  }
  return splitUsageSql({ usage: deliveredTable, attribution, models: 'usage_model_names' });
}

/** What the price book calls a model; tools and bills write it with and without its date. */
function modelName(prices: PriceBook, provider: string, model: string): string {
  const question = {
    provider,
    model,
    meter: 'input_tokens',
    tier: 'standard',
    contextWindow: null,
    geography: null,
    speed: null,
  } as const;
  return prices.find(question).list.model?.id ?? model;
}

function noCosts(): string {
  const nulls = Object.entries(costColumns).map(([name, type]) => `CAST(NULL AS ${type}) AS ${name}`);
  return `SELECT ${nulls.join(', ')} WHERE false`;
}

/**
 * Usage with its prices on its day. Grain: one row per row of usage. `per` units of the meter are priced together.
 * A row belongs to a cost, or the provider has settled its day without one (`unbilled`), or it is an estimate.
 */
function pricedSql({ costs }: UsageSource, rawTable: string): string {
  const settled = `(SELECT max(CAST(${envelope.settled_before} AS DATE)) FROM ${rawTable})`;
  const hasCost = `EXISTS (SELECT 1 FROM ${costsTable} AS costs WHERE costs.charge_date = usage.charge_date AND costs.cost_key = usage.cost_key
    AND COALESCE(costs.charge_category, 'Usage') = 'Usage')`;
  return `WITH known AS (
    SELECT usage.*, meter.title AS meter_title, meter.unit AS meter_unit, meter.per AS meter_per,
      meter.direction AS token_direction, meter.cache_action AS token_cache_action, meter.cache_lifetime, meter.modality,
      question.developer, question.family, question.model_id, question.model_version, question.unknown_reason,
      list.unit_price AS list_unit_price, list.version AS list_version, list.source AS list_source, list.currency AS list_currency,
      contracted.unit_price AS contracted_unit_price, contracted.version AS contracted_version,
      contracted.source AS contracted_source, contracted.currency AS contracted_currency,
      ${costs ? hasCost : 'false'} AS has_cost,
      ${costs ? `COALESCE(usage.charge_date < ${settled}, false)` : 'false'} AS is_settled
    FROM ${usageTable} AS usage
    JOIN usage_questions AS question ON question.key = ${questionKeySql('usage')}
    JOIN (${metersSql()}) AS meter ON meter.id = usage.meter
    LEFT JOIN usage_prices AS list ON list.question = question.question AND list.kind = 'list'
      AND usage.charge_date >= list.valid_from AND usage.charge_date < list.valid_to
    LEFT JOIN usage_prices AS contracted ON contracted.question = question.question AND contracted.kind = 'contracted'
      AND usage.charge_date >= contracted.valid_from AND usage.charge_date < contracted.valid_to
  ), measured AS (
    SELECT *, ${pricingQuantitySql('quantity', 'meter_per')} AS pricing_quantity FROM known
  )
  SELECT *, contracted_currency AS currency,
    ${pricedProductSql('pricing_quantity', 'list_unit_price')} AS list_cost,
    ${pricedProductSql('pricing_quantity', 'contracted_unit_price')} AS contracted_cost,
    NOT has_cost AND NOT is_settled AS is_estimate
  FROM measured`;
}

function metersSql(): string {
  const text = (value: string | null | undefined) => (value == null ? 'CAST(NULL AS VARCHAR)' : quoteText(value));
  const rows = Object.entries(meters).map(([id, meter]) => {
    const { title, unit, per, direction, cacheAction, cacheLifetime, modality } = {
      cacheLifetime: null,
      modality: null,
      ...meter,
    };
    return `(${[id, title, unit, per, direction, cacheAction, cacheLifetime, modality].map(text).join(', ')})`;
  });
  return `SELECT * FROM (VALUES ${rows.join(', ')})
    AS meter (id, title, unit, per, direction, cache_action, cache_lifetime, modality)`;
}
