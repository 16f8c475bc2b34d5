import { quoteName, quoteText } from '../../landing/session.ts';
import { moneyOf, roundedCostsSql } from '../money.ts';
import type { CurColumns } from './columns.ts';
import { commitmentNumbers } from './commitment-numbers.ts';
import { approximateSql, numberSql, sharedNumbers, textSql } from './delivered-values.ts';
import { costCategoriesSql, discountsSql, skuPriceDetailsSql, tagsSql } from './key-values.ts';
import { discountTypeSql, kindSql } from './line-items.ts';
import { mapJsonSql } from './maps.ts';
import { unitSql } from './units.ts';

/** The month that the row's bill is for. */
export const billingPeriodSql = "CAST(date_trunc('month', CAST(bill_billing_period_start_date AS TIMESTAMP)) AS DATE)";

/**
 * What the customer pays: the net column, else the gross one. Where a bill has net costs, a discount's own row repeats
 * what they already contain, so an empty net cost there means nothing. A bill is that of one payer for one billing
 * period: what other bills are read with it changes nothing.
 */
export function costSql(cur: CurColumns, rawTable: string): string {
  return paidSql(cur, rawTable, (raw) => numberSql(cur, raw));
}

function paidSql(cur: CurColumns, rawTable: string, read: (raw: string) => string): string {
  const paid = netOrGrossSql(cur, rawTable, read);
  return canSplit(cur) ? `CASE WHEN ${isShareSql(cur)} THEN 0 ELSE ${paid} END` : paid;
}

function netOrGrossSql(cur: CurColumns, rawTable: string, read: (raw: string) => string): string {
  const gross = read('line_item_unblended_cost');
  const net = 'line_item_net_unblended_cost';
  if (!cur.has(net)) return gross;
  const bill = `concat(${billingPeriodSql}, ' ', bill_payer_account_id)`;
  const netBills = `(SELECT list(DISTINCT ${bill}) FROM (SELECT DISTINCT bill_payer_account_id, bill_billing_period_start_date
    FROM ${rawTable} WHERE ${textSql(cur, net)} IS NOT NULL))`;
  const hasNets = `COALESCE(list_contains(${netBills}, ${bill}), false)`;
  return `COALESCE(${read(net)}, CASE WHEN ${discountTypeSql(TYPE)} AND ${hasNets} THEN 0 END, ${gross})`;
}

/** Whether the bill may divide the cost of machines among what runs on them (split cost allocation data). */
export function canSplit(cur: CurColumns): boolean {
  return cur.has('split_line_item_parent_resource_id');
}

/** A line that says which part of its parent's cost a task or pod used. It costs nothing beside its parent. */
function isShareSql(cur: CurColumns): string {
  const parent = textSql(cur, 'split_line_item_parent_resource_id');
  return `COALESCE(${parent} <> COALESCE(${textSql(cur, 'line_item_resource_id')}, ''), false)`;
}

const TYPE = quoteName('line_item_line_item_type');

/**
 * One row per delivered line: its values typed and named, `kind` set, nothing interpreted further. Money and quantities
 * as DECIMAL(38,18), times as TIMESTAMP. `only` names the columns that are wanted.
 */
export function deliveredSql(cur: CurColumns, rawTable: string, only: readonly string[]): string {
  return selectSql(cur, rawTable, deliveredColumns(cur, rawTable), { only });
}

/**
 * All columns of `deliveredSql`, and a commitment's fee twice when the commitment was not used up: the second is of kind
 * `unused_plan` or `unused_reservation`. It is added to the raw rows, so that everything above is computed in one place.
 */
export function deliveredWithUnusedSql(cur: CurColumns, rawTable: string): string {
  const columns = deliveredColumns(cur, rawTable);
  const added = `CASE ${columns.kind}
      WHEN 'plan_fee' THEN ${columns.plan_unused} <> 0
      WHEN 'reservation_fee' THEN ${columns.reservation_unused} <> 0 OR ${columns.reservation_unused_quantity} > 0
        OR ${columns.reservation_unused_normalized} > 0 END`;
  const source = `(SELECT *, false AS "unused row" FROM ${rawTable}
    UNION ALL SELECT *, true AS "unused row" FROM ${rawTable} WHERE ${TYPE} IN ('SavingsPlanRecurringFee', 'RIFee') AND ${added})`;
  const kind = `CASE WHEN NOT "unused row" THEN ${columns.kind} WHEN ${TYPE} = 'RIFee' THEN 'unused_reservation' ELSE 'unused_plan' END`;
  return selectSql(cur, source, { ...columns, kind });
}

function selectSql(
  cur: CurColumns,
  source: string,
  columns: Readonly<Record<string, string>>,
  { only }: { only?: readonly string[] } = {},
): string {
  const shared = sharedNumbers(cur, SHARED).columns;
  const maps = Object.values(cur.maps).map((raw) => `${mapJsonSql(raw)} AS ${quoteName(raw)}`);
  const all = maps.length === 0 ? '*' : `* REPLACE (${maps.join(',\n  ')})`;
  const layered =
    maps.length + shared.length === 0 ? source : `(SELECT ${[all, ...shared].join(',\n  ')}\nFROM ${source})`;
  const select = Object.entries(columns)
    .filter(([name]) => only?.includes(name) ?? true)
    .map(([name, sql]) => `${sql} AS ${name}`);
  return `SELECT ${select.join(',\n  ')}\nFROM ${layered}`;
}

function deliveredColumns(cur: CurColumns, rawTable: string) {
  const text = (...raws: readonly string[]) => textSql(cur, ...raws);
  const decimal = (...raws: readonly string[]) => numberSql(cur, ...raws);
  const approximate = (...raws: readonly string[]) => approximateSql(cur, ...raws);
  const shared = sharedNumbers(cur, SHARED);
  const time = (raw: string) => `CAST(${text(raw)} AS TIMESTAMP)`;
  const reservationId = reservationIdSql(cur);
  const rateCode = text('pricing_rate_code');
  const tags = tagsSql(cur);
  return {
    kind: canSplit(cur)
      ? `CASE WHEN ${isShareSql(cur)} THEN 'share' ELSE ${kindSql(TYPE, reservationId)} END`
      : kindSql(TYPE, reservationId),
    line_item_type: TYPE,
    line_item_id: text('identity_line_item_id'),
    bill_type: text('bill_bill_type'),
    invoice_id: text('bill_invoice_id'),
    invoice_issuer: text('bill_invoicing_entity'),
    marketplace: `COALESCE(${text('bill_billing_entity')} = 'AWS Marketplace', false)`,
    legal_entity: text('line_item_legal_entity'),
    payer: text('bill_payer_account_id'),
    payer_name: text('bill_payer_account_name'),
    account: text('line_item_usage_account_id'),
    account_name: text('line_item_usage_account_name'),
    period_start: time('bill_billing_period_start_date'),
    period_end: `COALESCE(${time('bill_billing_period_end_date')}, CAST(${billingPeriodSql} + INTERVAL 1 MONTH AS TIMESTAMP))`,
    charge_start: time('line_item_usage_start_date'),
    charge_end: time('line_item_usage_end_date'),
    currency: text('line_item_currency_code'),
    pricing_currency: `COALESCE(${text('pricing_currency')}, ${text('line_item_currency_code')})`,
    description: text('line_item_line_item_description'),
    product_code: text('line_item_product_code'),
    product_name: text('product_product_name'),
    service_code: text('product_servicecode'),
    usage_type: text('line_item_usage_type'),
    operation: text('line_item_operation'),
    availability_zone: text('line_item_availability_zone'),
    region: text('product_region_code', 'product_region'),
    location: text('product_location'),
    delivered_resource: text('line_item_resource_id'),
    resource_name: nameTagSql(cur, tags),
    capacity_reservation: text('capacity_reservation_capacity_reservation_arn'),
    capacity_status: text('capacity_reservation_capacity_reservation_status'),
    iam_principal: text('line_item_iam_principal'),
    reservation_id: reservationId,
    plan_id: text('savings_plan_savings_plan_arn'),
    sku: `COALESCE(${text('product_sku')}, nullif(regexp_extract(${rateCode}, '^([^.]+)\\.[^.]+\\.[^.]+$', 1), ''))`,
    sku_price: text('pricing_rate_code', 'pricing_rate_id'),
    sku_details: skuPriceDetailsSql(cur),
    unit: unitSql(text('pricing_unit')),
    quantity: shared.long(...AMOUNT),
    cost: paidSql(cur, rawTable, shared.long),
    cost_rounded: `CASE WHEN ${mayBeRoundedSql(cur)} THEN ${roundedCostsSql(moneyOf(cur.columns))} END`,
    rate: shared.long(...RATE),
    public_cost: shared.long(...PUBLIC_COST),
    public_rate: shared.long(...PUBLIC_RATE),
    quantity_short: shared.short(...AMOUNT),
    rate_short: shared.short(...RATE),
    public_rate_short: shared.short(...PUBLIC_RATE),
    quantity_approximate: approximate(...AMOUNT),
    cost_approximate: paidSql(cur, rawTable, approximate),
    rate_approximate: approximate(...RATE),
    public_cost_approximate: approximate(...PUBLIC_COST),
    public_rate_approximate: approximate(...PUBLIC_RATE),
    ...commitmentNumbers(cur),
    plan_start: text('savings_plan_start_time'),
    plan_end: text('savings_plan_end_time'),
    reservation_start: text('reservation_start_time'),
    reservation_end: text('reservation_end_time'),
    share_parent: text('split_line_item_parent_resource_id'),
    share_cost: decimal('split_line_item_net_split_cost', 'split_line_item_split_cost'),
    share_usage: decimal('split_line_item_split_usage'),
    tags,
    cost_categories: costCategoriesSql(cur),
    discounts: discountsSql(cur),
    x_SourceFile: '"x_SourceFile"',
    x_SourceRow: '"x_SourceRow"',
  };
}

const AMOUNT = ['line_item_usage_amount'];
const RATE = ['line_item_net_unblended_rate', 'line_item_unblended_rate'];
const PUBLIC_COST = ['pricing_public_on_demand_cost'];
const PUBLIC_RATE = ['pricing_public_on_demand_rate'];
const SHARED = [AMOUNT, RATE, PUBLIC_COST, PUBLIC_RATE, ['line_item_unblended_cost'], ['line_item_net_unblended_cost']];

/**
 * Almost no row has money with more than 18 places: that takes 20 characters, or an exponent of two digits or behind ten
 * places. One look at all of them leaves the others alone.
 */
function mayBeRoundedSql(cur: CurColumns): string {
  const texts = moneyOf(cur.columns).map(({ text }) => text);
  return `regexp_matches(concat_ws(' ', ${texts.join(', ')}), '[^ ]{20}|[eE]-?[0-9]{2}|[.][0-9]{10,}[eE]')`;
}

/** The tag that the console shows as a resource's name. */
function nameTagSql(cur: CurColumns, tags: string): string {
  const columns = cur.tags.filter(({ key }) => key === 'Name' || key === 'name').map(({ raw }) => quoteName(raw));
  const hasMap = cur.maps.tags !== undefined || cur.maps.resource_tags !== undefined;
  const members = hasMap ? ['$.Name', '$.name'].map((path) => `json_extract_string(${tags}, ${quoteText(path)})`) : [];
  return [...columns, ...members].length === 0
    ? 'CAST(NULL AS VARCHAR)'
    : `COALESCE(${[...columns, ...members].join(', ')})`;
}

/** Older reports name a reservation by its subscription alone; other lines have a subscription of another sense. */
function reservationIdSql(cur: CurColumns): string {
  const arn = textSql(cur, 'reservation_reservation_arn');
  const subscription = textSql(cur, 'reservation_subscription_id');
  const types = ['DiscountedUsage', 'RIFee'].map(quoteText).join(', ');
  return `COALESCE(${arn}, CASE WHEN ${TYPE} IN (${types}) THEN ${subscription} END)`;
}
