import type { LandingSession } from '../landing/session.ts';
import { quoteText } from '../landing/session.ts';
import type { PriceBook } from '../prices/price-book.ts';
import type { BillContext } from '../providers/bill-format.ts';
import { allocatedSql, costLinesSql, groupsSql, sharesSql } from './allocation.ts';
import { costSql, pricingQuantitySql, wholeQuantitySql } from './exact-cost.ts';
import { questionKeySql } from './question-key.ts';
import { splitColumns, splitUsageSql } from './split-usage.ts';
import { stagePrices } from './stage-prices.ts';
import { chargesTable, costsTable, estimatesTable, metersSql, pricesTable, questionsTable } from './tables.ts';
import { costColumns, envelope, type UsageSource, usageColumns } from './usage-source.ts';

/*
 * The temporary tables between the raw rows and FOCUS. Each is made once per bill from those before it, and goes as soon as it
 * is not needed: a million rows of each would not fit into the memory together.
 */
const deliveredTable = 'usage_delivered';
/** The same, split by who it was for. */
const splitTable = 'usage_split';
const pricedTable = 'usage_priced';
const groupsTable = 'usage_groups';
const sharesTable = 'usage_shares';

/** Prices the usage of a bill, lays over it what was billed, and leaves the charges in `chargesTable` of tables.ts. */
export async function stageUsage(
  session: LandingSession,
  source: UsageSource,
  rawTable: string,
  context: BillContext,
): Promise<void> {
  const keep = (table: string, select: string) => session.run(`CREATE OR REPLACE TEMP TABLE ${table} AS ${select}`);
  const drop = async (...tables: string[]) => {
    for (const table of tables) await session.run(`DROP TABLE IF EXISTS ${table}`);
  };
  const staged = Object.entries(source.staged?.(rawTable) ?? {});
  for (const [name, select] of staged) await keep(name, select);
  await keep(
    deliveredTable,
    `SELECT ${columnsSql(usageColumns)}, ${quoteText(source.priceList)} AS provider, CAST(charge_start AS DATE) AS charge_date
    FROM (${source.usage(rawTable)}) AS delivered`,
  );
  await keep(
    costsTable,
    `SELECT ${columnsSql(costColumns)}, CAST(charge_start AS DATE) AS charge_date
    FROM (${source.costs?.(rawTable) ?? noCosts()}) AS delivered`,
  );
  await drop(...staged.map(([name]) => name));
  const usageTable = context.attribution === undefined ? deliveredTable : splitTable;
  if (context.attribution !== undefined) {
    await keep(splitTable, await splitSql(session, source, context.attribution, context.prices));
    await drop(deliveredTable);
  }
  await stagePrices(session, source, usageTable, context.prices);
  await keep(pricedTable, pricedSql(source, usageTable, rawTable));
  await drop(deliveredTable, splitTable);
  await keep(groupsTable, groupsSql(costsTable, pricedTable));
  await keep(sharesTable, sharesSql(pricedTable, groupsTable));
  await keep(
    estimatesTable,
    `SELECT date_trunc('month', charge_start) AS month, currency, contracted_cost AS amount FROM ${pricedTable}
    WHERE is_estimate AND contracted_cost IS NOT NULL`,
  );
  await keep(
    chargesTable,
    `SELECT * FROM (${allocatedSql(pricedTable, groupsTable, sharesTable)})
    UNION ALL BY NAME SELECT * FROM (${costLinesSql(costsTable, groupsTable)})`,
  );
  await drop(pricedTable, groupsTable, sharesTable);
}

/** The columns of one side; a group of usage and costs is never that of two accounts, whose files may be read together. */
function columnsSql(columns: typeof usageColumns | typeof costColumns): string {
  const names = Object.keys(columns).filter((name) => name !== 'cost_key');
  return `${names.join(', ')}, CASE WHEN cost_key IS NOT NULL THEN concat_ws(chr(31), account_id, cost_key) END AS cost_key`;
}

/** The usage by who it was for, as far as somebody told. */
async function splitSql(
  session: LandingSession,
  { priceList }: UsageSource,
  attribution: string,
  prices: PriceBook,
): Promise<string> {
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
 * A row belongs to a cost, or the provider has settled its day without one (`unbilled`), or it is an estimate. Until when costs
 * are settled is what its own file says; where it says nothing, the least that any other does.
 */
function pricedSql({ costs }: UsageSource, usageTable: string, rawTable: string): string {
  const settled = `SELECT "x_SourceFile" AS file, max(CAST(${envelope.settled_before} AS DATE)) AS settled_before FROM ${rawTable} GROUP BY 1`;
  const hasCost = `EXISTS (SELECT 1 FROM ${costsTable} AS costs WHERE costs.charge_date = usage.charge_date AND costs.cost_key = usage.cost_key
    AND COALESCE(costs.charge_category, 'Usage') = 'Usage')`;
  const unsplit = Object.entries(splitColumns).map(([name, type]) => `CAST(NULL AS ${type}) AS ${name}`);
  const priced = (
    kind: 'list' | 'contracted',
  ) => `LEFT JOIN ${pricesTable} AS ${kind} ON ${kind}.question = question.question
      AND ${kind}.kind = ${quoteText(kind)} AND usage.charge_date >= ${kind}.valid_from AND usage.charge_date < ${kind}.valid_to`;
  return `WITH settled AS MATERIALIZED (${settled}), known AS (
    SELECT usage.*, ${usageTable === splitTable ? '' : `${unsplit.join(', ')},`} question.question, meter.per AS meter_per,
      ${wholeQuantitySql('usage.quantity')} AS whole_quantity,
      list.price AS list_price, list.unit_price AS list_unit_price, list.narrow_price AS list_narrow_price,
      list.unit_weight AS list_unit_weight, list.currency AS list_currency,
      contracted.price AS contracted_price, contracted.unit_price AS contracted_unit_price,
      contracted.narrow_price AS contracted_narrow_price, contracted.currency,
      ${costs ? hasCost : 'false'} AS has_cost,
      ${costs ? 'COALESCE(usage.charge_date < COALESCE(settled.settled_before, (SELECT min(settled_before) FROM settled)), false)' : 'false'} AS is_settled
    FROM ${usageTable} AS usage
    JOIN ${questionsTable} AS question ON question.key = ${questionKeySql('usage')}
    JOIN (${metersSql}) AS meter ON meter.id = usage.meter
    LEFT JOIN settled ON settled.file = usage.source_file
    ${priced('list')}
    ${priced('contracted')}
  ), measured AS (
    SELECT *, ${pricingQuantitySql('quantity', 'whole_quantity', 'meter_per')} AS pricing_quantity FROM known
  )
  SELECT * EXCLUDE (list_narrow_price, contracted_narrow_price), ${priceOf('list')} AS list_cost,
    ${priceOf('contracted')} AS contracted_cost, NOT has_cost AND NOT is_settled AS is_estimate
  FROM measured`;
}

function priceOf(kind: 'list' | 'contracted'): string {
  return costSql({
    whole: 'whole_quantity',
    per: 'meter_per',
    pricingQuantity: 'pricing_quantity',
    price: `${kind}_unit_price`,
    narrow: `${kind}_narrow_price`,
  });
}
