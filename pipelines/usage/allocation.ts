import { quoteText } from '../landing/session.ts';
import { meters } from '../prices/meters.ts';
import { quotientDigits, quotientSql, quotientStart } from '../providers/exact-quotient.ts';
import { pricedProductSql, pricingQuantitySql } from './exact-cost.ts';

/**
 * Laying the provider's amounts over its usage. A group is all usage and all costs of one day with one `cost_key`. Its amount
 * goes to the rows by what they cost at list price, in one running sum: the parts add up to the amount to the last digit.
 */

const isUsageCost = (row: string) => `COALESCE(${row}.charge_category, 'Usage') = 'Usage'`;

/** One row per group that has usage, in one currency and on one invoice. */
export function groupsSql(costs: string, priced: string): string {
  return `WITH used AS (
    SELECT charge_date, cost_key, count(DISTINCT meter) AS meters, count(*) AS parts, sum(pricing_quantity) AS pricing_quantity,
      bool_and(list_cost IS NOT NULL) AND sum(list_cost) > 0 AS by_price
    FROM ${priced} WHERE cost_key IS NOT NULL GROUP BY 1, 2
  ), billed AS (
    SELECT costs.charge_date, costs.cost_key, min(currency) AS currency, min(invoice_id) AS invoice_id, sum(amount) AS amount,
      CASE WHEN count(list_amount) = count(*) THEN sum(list_amount) END AS list_amount, min(line_item) AS line_item
    FROM ${costs} AS costs WHERE costs.cost_key IS NOT NULL AND ${isUsageCost('costs')}
    GROUP BY 1, 2 HAVING count(DISTINCT currency) = 1 AND count(DISTINCT COALESCE(invoice_id, '')) = 1
  ), sums AS (
    SELECT billed.charge_date, billed.cost_key, billed.currency, billed.invoice_id, billed.line_item, used.parts, used.by_price,
      used.meters = 1 AND used.pricing_quantity > 0 AND billed.amount >= 0 AS has_unit_price,
      CAST(used.pricing_quantity AS DECIMAL(38,18)) AS pricing_quantity,
      CAST(billed.amount AS DECIMAL(38,18)) AS amount, CAST(billed.list_amount AS DECIMAL(38,18)) AS list_amount
    FROM billed JOIN used ON used.charge_date = billed.charge_date AND used.cost_key = billed.cost_key
  ), starts AS (
    SELECT *, ${[
      ...quotientStart('told', 'list_amount', 'pricing_quantity', 'has_unit_price AND list_amount >= 0'),
      ...quotientStart('paid', 'amount', 'pricing_quantity', 'has_unit_price'),
    ].join(', ')} FROM sums
  ), digits AS (SELECT *, ${[...quotientDigits('told'), ...quotientDigits('paid')].join(', ')} FROM starts)
  SELECT charge_date, cost_key, currency, invoice_id, line_item, parts, by_price, amount,
    ${quotientSql('told')} AS told_unit_price, ${quotientSql('paid')} AS paid_unit_price
  FROM digits`;
}

/** A decimal as a count of 10^-18, with its sign. */
const whole = (value: string) => `CAST(replace(CAST(${value} AS VARCHAR), '.', '') AS HUGEINT)`;
/** And back. */
const decimal = (count: string) =>
  `(CAST(CAST(${count} // 1000000000000000000 AS DECIMAL(38,0)) AS DECIMAL(38,18))
    + CAST(${count} % 1000000000000000000 AS DECIMAL(38,0)) * CAST(0.000000000000000001 AS DECIMAL(18,18)))`;
/** The weights of a group are brought to this at most, so that the product of two of them fits 128 bits. */
const FINEST = 1_000_000_000_000_000n;

/** The usage as charges: with its part of the group's amount, else at its own price, else with an unknown cost. */
export function allocatedSql(priced: string, groups: string): string {
  return `WITH grouped AS (
    SELECT usage.*, billed.currency AS billed_currency, billed.invoice_id, billed.line_item, billed.amount, billed.parts,
      billed.told_unit_price, billed.paid_unit_price, billed.cost_key IS NOT NULL AS is_allocated,
      CASE WHEN billed.by_price THEN ${whole('usage.list_cost')} ELSE ${whole('abs(usage.pricing_quantity)')} END // 1000000 AS weight
    FROM ${priced} AS usage
    LEFT JOIN ${groups} AS billed ON billed.charge_date = usage.charge_date AND billed.cost_key = usage.cost_key
  ), running AS (
    SELECT *, sum(weight) OVER everything AS weight_of_all, sum(weight) OVER so_far AS weight_so_far,
      row_number() OVER so_far AS place
    FROM grouped WHERE is_allocated
    WINDOW everything AS (PARTITION BY charge_date, cost_key),
      so_far AS (PARTITION BY charge_date, cost_key ORDER BY source_file, source_row, meter, charge_start, allocated_tags, quantity
        ROWS UNBOUNDED PRECEDING)
  ), scaled AS (
    SELECT *, ${whole('amount')} AS all_amount, weight_of_all // ${FINEST} + 1 AS scale,
      CASE WHEN weight_of_all = 0 THEN parts ELSE weight_of_all // (weight_of_all // ${FINEST} + 1) END AS divisor
    FROM running
  ), weighed AS (
    SELECT *, CASE WHEN weight_of_all = 0 THEN place ELSE weight_so_far // scale END AS multiplier FROM scaled
  ), summed AS (
    SELECT *, CASE WHEN place = parts THEN all_amount
      ELSE all_amount // divisor * multiplier + all_amount % divisor * multiplier // divisor END AS amount_so_far
    FROM weighed
  ), shared AS (
    SELECT *, amount_so_far - lag(amount_so_far, 1, 0::HUGEINT) OVER (PARTITION BY charge_date, cost_key ORDER BY place) AS share
    FROM summed
  ), costed AS (
    SELECT ${USAGE}, billed_currency, invoice_id, line_item, parts, told_unit_price, paid_unit_price, true AS is_allocated,
      ${decimal('share')} AS billed_cost FROM shared
    UNION ALL BY NAME
    SELECT ${USAGE}, billed_currency, invoice_id, line_item, parts, told_unit_price, paid_unit_price, false AS is_allocated,
      CASE WHEN is_estimate THEN contracted_cost ELSE CAST(0 AS DECIMAL(38,18)) END AS billed_cost FROM grouped WHERE NOT is_allocated
  ), starts AS (
    SELECT *, ${quotientStart('own', 'billed_cost', 'pricing_quantity', 'is_allocated AND list_unit_price IS NULL AND told_unit_price IS NULL AND paid_unit_price IS NULL AND billed_cost >= 0 AND pricing_quantity > 0').join(', ')}
    FROM costed
  ), digits AS (SELECT *, ${quotientDigits('own').join(', ')} FROM starts),
  chosen AS (
    SELECT *, COALESCE(billed_currency, currency, ${quoteText('USD')}) AS charge_currency,
      CASE WHEN billed_currency IS NULL OR billed_currency = list_currency THEN list_unit_price END AS book_list,
      CASE WHEN billed_currency IS NULL OR billed_currency = contracted_currency THEN contracted_unit_price END AS book_contracted,
      COALESCE(paid_unit_price, ${quotientSql('own')}) AS paid_price
    FROM digits
  ), valued AS (
    SELECT *, COALESCE(told_unit_price, book_list, book_contracted, paid_price, CAST(0 AS DECIMAL(38,18))) AS charge_list_price,
      CASE WHEN told_unit_price IS NOT NULL THEN 'provider_reported' WHEN book_list IS NOT NULL THEN 'price_book'
        WHEN book_contracted IS NOT NULL THEN 'contracted' WHEN paid_price IS NOT NULL THEN 'billed' ELSE 'unknown' END AS list_price_source,
      COALESCE(CASE WHEN told_unit_price IS NOT NULL THEN paid_unit_price END, book_contracted, told_unit_price, book_list,
        paid_price, CAST(0 AS DECIMAL(38,18))) AS charge_contracted_price
    FROM chosen
  )
  SELECT ${SHARED}, api_key_id AS resource_id, api_key_name AS resource_name,
    CASE WHEN api_key_id IS NOT NULL THEN 'API Key' END AS resource_type,
    developer, family, model_id, model_version, meter_title, token_direction, token_cache_action, cache_lifetime, modality,
    meter_unit AS unit, CASE WHEN meter_per = '1' THEN meter_unit ELSE meter_per || ' ' || meter_unit END AS pricing_unit,
    quantity, pricing_quantity, requests, allocated_tags, allocated_share, split_of,
    charge_list_price AS list_unit_price, charge_contracted_price AS contracted_unit_price,
    ${pricedProductSql('pricing_quantity', 'charge_list_price')} AS list_cost,
    ${pricedProductSql('pricing_quantity', 'charge_contracted_price')} AS contracted_cost,
    billed_cost, charge_currency AS currency, 'Usage' AS charge_category, line_item, invoice_id, list_price_source,
    CASE WHEN is_allocated THEN CASE WHEN parts = 1 THEN 'provider_reported' ELSE 'allocated' END
      WHEN NOT is_estimate THEN 'unbilled' WHEN billed_cost IS NOT NULL THEN 'priced' END AS cost_basis,
    COALESCE(contracted_version, list_version) AS price_version, COALESCE(contracted_source, list_source) AS price_source,
    estimated_cost, true AS has_usage, is_estimate AS is_provisional, CASE WHEN billed_cost IS NULL THEN unknown_reason END AS unpriced_reason
  FROM valued`;
}

/** What usage and costs have in common. */
const SHARED = `charge_start, charge_end, account_id, account_name, sub_account_id, sub_account_name, api_key_id, principal_id,
  model, tier, context_window, geography, speed, meter, tags, source_file, source_row`;

const USAGE = `charge_date, cost_key, ${SHARED}, api_key_name, developer, family, model_id, model_version, meter_title, token_direction,
  token_cache_action, cache_lifetime, modality, meter_unit, meter_per, quantity, pricing_quantity, requests, allocated_tags, allocated_share, split_of,
  list_unit_price, list_currency, list_version, list_source, contracted_unit_price, contracted_currency, contracted_version,
  contracted_source, contracted_cost AS estimated_cost, currency, is_estimate, unknown_reason`;

/** Costs without usage as charges: at what the line itself counts, or as one unit of it. */
export function costLinesSql(costs: string, groups: string): string {
  const kinds = Object.entries(meters).map(([id, { title, unit, per, direction, cacheAction }]) =>
    [id, title, unit, per, direction, cacheAction].map((text) => (text === null ? 'NULL' : quoteText(text))).join(', '),
  );
  return `WITH left_over AS (
    SELECT costs.*, COALESCE(costs.charge_category, CASE WHEN costs.amount < 0 THEN 'Adjustment' ELSE 'Usage' END) AS category,
      kind.title, kind.unit AS kind_unit, kind.direction, kind.cache_action, COALESCE(costs.quantity, 0) > 0 AS is_counted,
      CASE WHEN costs.list_unit_price IS NULL AND COALESCE(costs.unit, kind.unit) = kind.unit THEN kind.per ELSE '1' END AS block
    FROM ${costs} AS costs
    LEFT JOIN ${groups} AS billed ON billed.charge_date = costs.charge_date AND billed.cost_key = costs.cost_key AND ${isUsageCost('costs')}
    LEFT JOIN (SELECT * FROM (VALUES ${kinds.map((kind) => `(${kind})`).join(', ')})
      AS kind (id, title, unit, per, direction, cache_action)) AS kind ON kind.id = costs.meter
    WHERE billed.cost_key IS NULL
  ), counted AS (
    SELECT *, category IN ('Usage', 'Purchase') AS is_charge,
      CASE WHEN is_counted THEN quantity ELSE CAST(1 AS DECIMAL(38,18)) END AS units,
      CASE WHEN is_counted THEN COALESCE(unit, kind_unit, 'Units') ELSE 'Units' END AS units_name,
      CASE WHEN is_counted THEN block ELSE '1' END AS units_block
    FROM left_over
  ), blocks AS (SELECT *, ${pricingQuantitySql('units', 'units_block')} AS pricing_units FROM counted),
  starts AS (
    SELECT *, ${[
      ...quotientStart(
        'told',
        'list_amount',
        'pricing_units',
        'is_charge AND list_amount >= 0 AND list_unit_price IS NULL',
      ),
      ...quotientStart('paid', 'amount', 'pricing_units', 'is_charge AND amount >= 0'),
    ].join(', ')} FROM blocks
  ), digits AS (SELECT *, ${[...quotientDigits('told'), ...quotientDigits('paid')].join(', ')} FROM starts),
  valued AS (
    SELECT *, COALESCE(CASE WHEN is_charge THEN list_unit_price END, ${quotientSql('told')}, ${quotientSql('paid')}) AS list_price,
      COALESCE(${quotientSql('paid')}, ${quotientSql('told')}) AS paid_price
    FROM digits
  )
  SELECT ${SHARED}, COALESCE(resource_id, api_key_id) AS resource_id, COALESCE(resource_name, api_key_name) AS resource_name,
    COALESCE(resource_type, CASE WHEN resource_id IS NULL AND api_key_id IS NOT NULL THEN 'API Key' END) AS resource_type,
    title AS meter_title, direction AS token_direction, cache_action AS token_cache_action,
    CASE WHEN is_charge THEN units_name END AS unit,
    CASE WHEN is_charge THEN CASE WHEN units_block = '1' THEN units_name ELSE units_block || ' ' || units_name END END AS pricing_unit,
    CASE WHEN is_charge THEN units END AS quantity, CASE WHEN is_charge THEN pricing_units END AS pricing_quantity,
    list_price AS list_unit_price, paid_price AS contracted_unit_price,
    COALESCE(${pricedProductSql('pricing_units', 'list_price')}, amount) AS list_cost,
    COALESCE(${pricedProductSql('pricing_units', 'paid_price')}, amount) AS contracted_cost,
    amount AS billed_cost, currency, category AS charge_category, line_item, invoice_id, sku_id, service_name, service_subcategory,
    CASE WHEN list_unit_price IS NOT NULL OR list_amount IS NOT NULL THEN 'provider_reported' ELSE 'billed' END AS list_price_source,
    'provider_reported' AS cost_basis, false AS has_usage, false AS is_provisional, is_charge AND NOT is_counted AS quantity_assumed
  FROM valued`;
}
