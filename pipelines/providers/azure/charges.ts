import { keyValueEntriesSql, keyValueTextSql, literal } from '../../focus/upgrade/index.ts';
import { type DatasetRole, datasetRoleSql } from './datasets.ts';
import type { AzureColumn, AzureHeader } from './header.ts';
import type { AzureRow } from './rows.ts';

/**
 * One row per FOCUS charge: the delivered values typed and named, and what kind of charge it is. Rows that are in both
 * datasets of a month are taken from AmortizedCost; from ActualCost come the purchases and refunds of commitments.
 * What a commitment costs is billed with its purchase, and takes effect where it is used or stays unused.
 */
export function chargesSql(header: AzureHeader, row: AzureRow, rawTable: string): string {
  return `SELECT *,
  CASE WHEN commitment IS NOT NULL AND charge_category = 'Usage' THEN 0 ELSE cost END AS billed,
  CASE WHEN commitment_bought THEN 0 ELSE cost END AS effective
FROM (SELECT *,
    ${CATEGORY} AS charge_category,
    ${PURCHASE} AS commitment_bought,
    ${COMMITMENT_ID} AS commitment_id,
    ${CAPACITY_RESERVATION} AS capacity_reservation,
    ${NORMALIZATION} AS normalization_ratio
  FROM (${deliveredSql(header, row, rawTable)})
  WHERE ${COUNTS})`;
}

/** Rows of a delivery that cannot be placed are left out: the totals differ, and say why. */
const WHOLE: readonly DatasetRole[] = ['all', 'actual_alone', 'amortized', 'amortized_alone'];
const COUNTS = `role IN (${WHOLE.map(literal).join(', ')})
  OR (role = 'purchases' AND commitment IS NOT NULL AND charge_type IN ('purchase', 'refund'))`;

/** A refund is of a purchase. What is neither usage, purchase, credit nor tax (RoundingAdjustment) adjusts. */
const CATEGORY = `CASE
    WHEN charge_type = 'usage' OR starts_with(charge_type, 'unused') THEN 'Usage'
    WHEN charge_type IN ('purchase', 'refund') THEN 'Purchase'
    WHEN charge_type = 'credit' THEN 'Credit'
    WHEN charge_type = 'tax' THEN 'Tax'
    ELSE 'Adjustment' END`;

const PURCHASE = `(commitment IS NOT NULL AND charge_type IN ('purchase', 'refund'))`;

/** Older files have no benefit id, but what its ARM id is made of. */
const COMMITMENT_ID = `CASE WHEN commitment IS NULL THEN NULL ELSE COALESCE(benefit_id,
    CASE commitment WHEN 'reservation' THEN CASE
      WHEN contains(reservation_id, '/') OR product_order_id IS NULL THEN reservation_id
      ELSE concat_ws('/', '/providers/microsoft.capacity/reservationorders', product_order_id, 'reservations/' || reservation_id) END
    ELSE '/providers/microsoft.billingbenefits/savingsplanorders/' || product_order_id END) END`;

/** The text of a key of `AdditionalInfo`, named in lower case. */
const detailSql = (key: string) =>
  `nullif(trim(list_filter(details, lambda detail: lower(detail.k) = '${key}')[1].v, '"'), 'null')`;
const CAPACITY_RESERVATION = `lower(${detailSql('vmcapacityreservationid')})`;
const NORMALIZATION = `TRY_CAST(${detailSql('rinormalizationratio')} AS DECIMAL(38,18))`;

const TEXTS: readonly AzureColumn[] = [
  'account_id',
  'account_name',
  'account_owner_id',
  'benefit_name',
  'billing_account_id',
  'billing_account_name',
  'billing_currency',
  'billing_profile_id',
  'billing_profile_name',
  'consumed_service',
  'cost_allocation_rule_name',
  'cost_center',
  'exchange_rate_date',
  'frequency',
  'invoice_id',
  'invoice_section_id',
  'invoice_section_name',
  'is_azure_credit_eligible',
  'meter_category',
  'meter_name',
  'meter_region',
  'meter_sub_category',
  'offer_id',
  'part_number',
  'partner_name',
  'plan_name',
  'previous_invoice_id',
  'pricing_currency',
  'product_name',
  'product_order_name',
  'publisher_name',
  'publisher_type',
  'reseller_name',
  'reservation_name',
  'resource_group',
  'resource_location',
  'resource_location_normalized',
  'resource_name',
  'service_family',
  'service_info_1',
  'service_info_2',
  'service_period_end',
  'service_period_start',
  'subscription_id',
  'subscription_name',
  'tags',
  'term',
  'unit_of_measure',
];

/** Identifiers, which Azure writes in any case. */
const IDENTIFIERS: readonly AzureColumn[] = [
  'benefit_id',
  'product_order_id',
  'reservation_id',
  'resource_id',
  'resource_type',
];

const DECIMALS: readonly AzureColumn[] = [
  'cost_in_pricing_currency',
  'effective_price',
  'exchange_rate',
  'payg_price',
  'quantity',
  'unit_price',
];

function deliveredSql(header: AzureHeader, row: AzureRow, rawTable: string): string {
  const additional = keyValueEntriesSql(bracedSql(header.text('additional_info')));
  const columns: Record<string, string> = {
    role: datasetRoleSql(row),
    ...Object.fromEntries(TEXTS.map((column) => [column, header.text(column)])),
    ...Object.fromEntries(IDENTIFIERS.map((column) => [column, `lower(${header.text(column)})`])),
    ...Object.fromEntries(DECIMALS.map((column) => [column, `CAST(${header.text(column)} AS DECIMAL(38,18))`])),
    cost: row.cost,
    day: row.day,
    period_start: `COALESCE(${row.periodStart}, CAST(${row.billingPeriod} AS TIMESTAMP))`,
    period_end: `COALESCE(${row.periodEnd} + INTERVAL 1 DAY, CAST(${row.billingPeriod} AS TIMESTAMP) + INTERVAL 1 MONTH)`,
    charge_type: row.chargeType,
    delivered_charge_type: header.text('charge_type'),
    pricing_model: row.pricingModel,
    delivered_pricing_model: header.text('pricing_model'),
    commitment: row.commitment,
    meter_id: givenIdSql(header.text('meter_id')),
    product_id: givenIdSql(header.text('product_id')),
    focus_tags: header.has('tags') ? keyValueTextSql(keyValueEntriesSql(bracedSql(header.text('tags')))) : NO_TEXT,
    details: header.has('additional_info') ? additional : 'CAST(NULL AS STRUCT(k VARCHAR, v VARCHAR)[])',
    x_SourceFile: '"x_SourceFile"',
    x_SourceRow: '"x_SourceRow"',
  };
  const select = Object.entries(columns).map(([name, sql]) => `${sql} AS ${name}`);
  return `SELECT ${select.join(',\n  ')}\nFROM ${rawTable}`;
}

const NO_TEXT = 'CAST(NULL AS VARCHAR)';

/** Azure leaves out the outer braces of key-values, or one of them. `keyValueEntriesSql` adds them where both are missing. */
function bracedSql(text: string): string {
  return `CASE
    WHEN starts_with(${text}, '{') AND NOT ends_with(${text}, '}') THEN ${text} || '}'
    WHEN ends_with(${text}, '}') AND NOT starts_with(${text}, '{') AND NOT contains(${text}, '{') THEN '{' || ${text}
    ELSE ${text} END`;
}

/** Purchases carry ids that mean "none". */
function givenIdSql(id: string): string {
  return `CASE WHEN lower(${id}) IN ('00000000-0000-0000-0000-000000000000', 'unassigned', '-2') THEN NULL ELSE ${id} END`;
}
