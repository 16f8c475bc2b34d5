import { exactProductSql } from '@cloudact/core/focus';
import { quoteText } from '../landing/session.ts';
import { quotientDigits, quotientSql, quotientStart } from '../providers/exact-quotient.ts';
import { pricingQuantitySql, wholeQuantitySql } from './exact-cost.ts';
import { metersSql } from './tables.ts';

/**
 * Laying the provider's amounts over its usage. A group is all usage and all costs of one day with one `cost_key`. Its amount
 * goes to the rows by what they cost at list price, in one running sum: the parts add up to the amount to the last digit.
 */

/** A decimal as a count of 10^-18, with its sign. */
const whole = (value: string) => `CAST(replace(CAST(${value} AS VARCHAR), '.', '') AS HUGEINT)`;
/** A count of 10^-12 as a decimal. */
const decimal = (units: string) =>
  `CAST(CAST(${units} AS DECIMAL(38,0)) * CAST(0.000000000001 AS DECIMAL(12,12)) AS DECIMAL(38,18))`;
/** The weights of a group are brought to this at most, so that the product of a weight and an amount fits 128 bits. */
const FINEST = 'CASE WHEN abs(amount_units) < 10000000000000000000000 THEN 1000000000000000 ELSE 1000000 END';

const isUsageCost = (row: string) => `COALESCE(${row}.charge_category, 'Usage') = 'Usage'`;

/** One row per group that has usage, in one currency and on one invoice. */
export function groupsSql(costs: string, priced: string): string {
  return `WITH used AS (
    SELECT charge_date, cost_key, count(DISTINCT meter) AS meters, count(*) AS parts, sum(pricing_quantity) AS pricing_quantity,
      sum(list_cost) > 0 AND count(list_cost) = count(*) AND count(DISTINCT list_currency) = 1 AS is_priced, min(list_currency) AS list_currency
    FROM ${priced} WHERE cost_key IS NOT NULL GROUP BY 1, 2
  ), billed AS (
    SELECT costs.charge_date, costs.cost_key, min(currency) AS currency, min(invoice_id) AS invoice_id, sum(amount) AS amount,
      CASE WHEN count(list_amount) = count(*) THEN sum(list_amount) END AS list_amount, min(line_item) AS line_item
    FROM ${costs} AS costs WHERE costs.cost_key IS NOT NULL AND ${isUsageCost('costs')}
    GROUP BY 1, 2 HAVING count(DISTINCT currency) = 1 AND count(DISTINCT COALESCE(invoice_id, '')) = 1
  ), sums AS (
    SELECT billed.charge_date, billed.cost_key, billed.currency, billed.invoice_id, billed.line_item, used.parts, used.meters,
      used.is_priced AND used.list_currency = billed.currency AS by_price, CAST(used.pricing_quantity AS DECIMAL(38,18)) AS pricing_quantity,
      CAST(billed.amount AS DECIMAL(38,18)) AS amount, CAST(billed.list_amount AS DECIMAL(38,18)) AS list_amount
    FROM billed JOIN used ON used.charge_date = billed.charge_date AND used.cost_key = billed.cost_key
  ), starts AS (
    SELECT *, ${[
      ...quotientStart(
        'told',
        'list_amount',
        'pricing_quantity',
        'meters = 1 AND pricing_quantity > 0 AND list_amount >= 0',
      ),
      ...quotientStart(
        'paid',
        'amount',
        'pricing_quantity',
        '(meters = 1 OR NOT by_price) AND pricing_quantity > 0 AND amount >= 0',
      ),
    ].join(', ')} FROM sums
  ), digits AS (SELECT *, ${[...quotientDigits('told'), ...quotientDigits('paid')].join(', ')} FROM starts)
  SELECT row_number() OVER () AS cost_group, charge_date, cost_key, currency AS billed_currency, invoice_id, line_item, parts, by_price,
    amount, ${whole('amount')} // 1000000 AS amount_units, ${quotientSql('told')} AS told_unit_price, ${quotientSql('paid')} AS paid_unit_price
  FROM digits`;
}

/**
 * Every row's part of its group's amount: `usage_row` and `billed_cost`. Of the first rows together it is the amount × their weight
 * ÷ the weight of all, cut at the 12th place, and the last row has what is left.
 */
export function sharesSql(priced: string, groups: string): string {
  return `WITH weighed AS MATERIALIZED (
    SELECT usage.rowid AS usage_row, usage.source_file, usage.source_row, usage.meter, usage.charge_start, usage.allocated_tags, usage.quantity,
      billed.cost_group, billed.parts, billed.amount, billed.amount_units, ${WEIGHT} AS weight
    FROM ${priced} AS usage
    JOIN ${groups} AS billed ON billed.charge_date = usage.charge_date AND billed.cost_key = usage.cost_key
  ), totals AS (
    SELECT cost_group, CASE WHEN sum(weight) > finest THEN sum(weight) // finest + 1 ELSE 1 END AS scale
    FROM (SELECT cost_group, weight, ${FINEST} AS finest FROM weighed) GROUP BY cost_group, finest
  ), scaled AS (
    SELECT weighed.*, CASE WHEN scale = 1 THEN weight ELSE weight // scale END AS portion
    FROM weighed JOIN totals ON totals.cost_group = weighed.cost_group
  ), running AS (
    SELECT usage_row, parts, amount, amount_units, portion, sum(portion) OVER (PARTITION BY cost_group) AS portions,
      sum(portion) OVER so_far AS portions_so_far, row_number() OVER so_far AS place
    FROM scaled
    WINDOW so_far AS (PARTITION BY cost_group ORDER BY source_row, source_file, meter, charge_start, allocated_tags, quantity
      ROWS UNBOUNDED PRECEDING)
  ), parted AS (
    SELECT *, ${unitsSql('portions_so_far', 'place')} AS units_so_far, ${unitsSql('portions_so_far - portion', '(place - 1)')} AS units_before
    FROM running
  )
  SELECT usage_row, CASE WHEN place = parts THEN amount - ${decimal('units_before')}
    ELSE ${decimal('units_so_far - units_before')} END AS billed_cost
  FROM parted`;
}

/** What the first rows of a group have of its amount together, in 10^-12. */
function unitsSql(portions: string, place: string): string {
  return `CASE WHEN portions = 0 THEN amount_units * ${place} // parts ELSE amount_units * (${portions}) // portions END`;
}

/** By what a row costs at list price, in 10^-12 of the currency; by its quantity where a price of the group is not known. */
const WEIGHT = `CASE WHEN NOT billed.by_price THEN ${whole('abs(usage.pricing_quantity)')} // 1000000
  WHEN usage.whole_quantity IS NOT NULL AND usage.list_unit_weight IS NOT NULL
    THEN CAST(usage.whole_quantity AS HUGEINT) * usage.list_unit_weight
  ELSE ${whole('usage.list_cost')} // 1000000 END`;

/** The usage as charges: with its part of the group's amount, else at its own price, else with an unknown cost. */
export function allocatedSql(priced: string, groups: string, shares: string): string {
  return `WITH costed AS (
    SELECT usage.*, billed.billed_currency, billed.invoice_id, billed.line_item, billed.parts, billed.told_unit_price, billed.paid_unit_price,
      share.usage_row IS NOT NULL AS is_allocated, CASE WHEN share.usage_row IS NOT NULL THEN share.billed_cost
        WHEN usage.is_estimate THEN usage.contracted_cost ELSE CAST(0 AS DECIMAL(38,18)) END AS billed_cost
    FROM ${priced} AS usage
    LEFT JOIN ${groups} AS billed ON billed.charge_date = usage.charge_date AND billed.cost_key = usage.cost_key
    LEFT JOIN ${shares} AS share ON share.usage_row = usage.rowid
  ), chosen AS (
    SELECT *, COALESCE(billed_currency, currency, ${quoteText('USD')}) AS charge_currency,
      CASE WHEN billed_currency IS NULL OR billed_currency = list_currency THEN list_unit_price END AS book_list,
      CASE WHEN billed_currency IS NULL OR billed_currency = currency THEN contracted_unit_price END AS book_contracted
    FROM costed
  ), valued AS (
    SELECT *, COALESCE(told_unit_price, book_list, book_contracted, paid_unit_price, CAST(0 AS DECIMAL(38,18))) AS charge_list_price,
      CASE WHEN told_unit_price IS NOT NULL THEN 'provider_reported' WHEN book_list IS NOT NULL THEN 'price_book'
        WHEN book_contracted IS NOT NULL THEN 'contracted' WHEN paid_unit_price IS NOT NULL THEN 'billed' ELSE 'unknown' END AS list_price_source,
      COALESCE(CASE WHEN told_unit_price IS NOT NULL THEN paid_unit_price END, book_contracted, told_unit_price, book_list,
        paid_unit_price, CAST(0 AS DECIMAL(38,18))) AS charge_contracted_price
    FROM chosen
  )
  SELECT ${SHARED}, api_key_id AS resource_id, api_key_name AS resource_name,
    CASE WHEN api_key_id IS NOT NULL THEN 'API Key' END AS resource_type, question, COALESCE(contracted_price, list_price) AS price,
    quantity, pricing_quantity, requests, allocated_tags, allocated_share, split_of,
    charge_list_price AS list_unit_price, charge_contracted_price AS contracted_unit_price,
    ${atPrice('charge_list_price')} AS list_cost, ${atPrice('charge_contracted_price')} AS contracted_cost,
    billed_cost, charge_currency AS currency, 'Usage' AS charge_category, line_item, invoice_id, list_price_source,
    CASE WHEN is_allocated THEN CASE WHEN parts = 1 THEN 'provider_reported' ELSE 'allocated' END
      WHEN NOT is_estimate THEN 'unbilled' WHEN billed_cost IS NOT NULL THEN 'priced' END AS cost_basis,
    contracted_cost AS estimated_cost, true AS has_usage, is_estimate AS is_provisional
  FROM valued`;
}

/** The quantity at a price; at the prices of the book it is known already. */
function atPrice(price: string): string {
  return `CASE WHEN ${price} = list_unit_price THEN list_cost WHEN ${price} = contracted_unit_price THEN contracted_cost
      ELSE ${exactProductSql('pricing_quantity', price)} END`;
}

/** What usage and costs have in common. */
const SHARED = `charge_start, charge_end, account_id, account_name, sub_account_id, sub_account_name, api_key_id, principal_id,
  model, tier, context_window, geography, speed, meter, tags, source_file, source_row`;

/** Costs without usage as charges: at what the line itself counts, or as one unit of it. */
export function costLinesSql(costs: string, groups: string): string {
  return `WITH left_over AS (
    SELECT costs.*, COALESCE(costs.charge_category, CASE WHEN costs.amount < 0 THEN 'Adjustment' ELSE 'Usage' END) AS category,
      kind.unit AS kind_unit, COALESCE(costs.quantity, 0) > 0 AS is_counted,
      CASE WHEN costs.list_unit_price IS NULL AND COALESCE(costs.unit, kind.unit) = kind.unit THEN kind.per ELSE '1' END AS block
    FROM ${costs} AS costs
    LEFT JOIN ${groups} AS billed ON billed.charge_date = costs.charge_date AND billed.cost_key = costs.cost_key AND ${isUsageCost('costs')}
    LEFT JOIN (${metersSql}) AS kind ON kind.id = costs.meter
    WHERE billed.cost_key IS NULL
  ), counted AS (
    SELECT *, category IN ('Usage', 'Purchase') AS is_charge,
      CASE WHEN is_counted THEN quantity ELSE CAST(1 AS DECIMAL(38,18)) END AS units,
      CASE WHEN is_counted THEN COALESCE(unit, kind_unit, 'Units') ELSE 'Units' END AS units_name,
      CASE WHEN is_counted THEN block ELSE '1' END AS units_block
    FROM left_over
  ), blocks AS (SELECT *, ${pricingQuantitySql('units', wholeQuantitySql('units'), 'units_block')} AS pricing_units FROM counted),
  starts AS (
    SELECT *, ${[
      ...quotientStart(
        'told',
        'list_amount',
        'pricing_units',
        'is_charge AND list_amount >= 0 AND (list_unit_price IS NULL OR NOT is_counted)',
      ),
      ...quotientStart('paid', 'amount', 'pricing_units', 'is_charge AND amount >= 0'),
    ].join(', ')} FROM blocks
  ), digits AS (SELECT *, ${[...quotientDigits('told'), ...quotientDigits('paid')].join(', ')} FROM starts),
  valued AS (
    SELECT *, COALESCE(CASE WHEN is_charge AND is_counted THEN list_unit_price END, ${quotientSql('told')}, ${quotientSql('paid')}) AS list_price,
      COALESCE(${quotientSql('paid')}, ${quotientSql('told')}) AS paid_price
    FROM digits
  )
  SELECT ${SHARED}, COALESCE(resource_id, api_key_id) AS resource_id, COALESCE(resource_name, api_key_name) AS resource_name,
    COALESCE(resource_type, CASE WHEN resource_id IS NULL AND api_key_id IS NOT NULL THEN 'API Key' END) AS resource_type,
    CASE WHEN is_charge THEN units_name END AS unit,
    CASE WHEN is_charge THEN CASE WHEN units_block = '1' THEN units_name ELSE units_block || ' ' || units_name END END AS pricing_unit,
    CASE WHEN is_charge THEN units END AS quantity, CASE WHEN is_charge THEN pricing_units END AS pricing_quantity,
    list_price AS list_unit_price, paid_price AS contracted_unit_price,
    COALESCE(${exactProductSql('pricing_units', 'list_price')}, amount) AS list_cost,
    COALESCE(${exactProductSql('pricing_units', 'paid_price')}, amount) AS contracted_cost,
    amount AS billed_cost, currency, category AS charge_category, line_item, invoice_id, sku_id, service_name, service_subcategory,
    CASE WHEN list_unit_price IS NOT NULL OR list_amount IS NOT NULL THEN 'provider_reported' ELSE 'billed' END AS list_price_source,
    'provider_reported' AS cost_basis, row_number() OVER () AS cost_line, false AS has_usage, false AS is_provisional, is_charge AND NOT is_counted AS quantity_assumed
  FROM valued`;
}
