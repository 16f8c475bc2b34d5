import { keyValueEntriesSql, keyValueTextSql, literal } from '../../focus/upgrade/index.ts';
import { decimalSql } from '../money.ts';
import { type DatasetRole, datasetRolesCte, withRoleSql } from './datasets.ts';
import type { AzureColumn, AzureHeader } from './header.ts';
import { rowsSql } from './rows.ts';

/**
 * CTEs up to `charges`: one row per FOCUS charge, the delivered values typed and named, and what kind of charge it is.
 * Rows that are in both datasets of a month are taken from AmortizedCost; from ActualCost come the purchases and refunds
 * of commitments. What a commitment costs is billed with its purchase, and takes effect where it is used or stays unused.
 */
export function chargesCtes(header: AzureHeader, rawTable: string): string {
  const rows = `(${rowsSql(header, rawTable)})`;
  return `${datasetRolesCte(rows)},
charges AS NOT MATERIALIZED (SELECT *,
  CASE WHEN commitment IS NOT NULL AND charge_category = 'Usage' THEN 0 ELSE cost END AS billed,
  CASE WHEN commitment_bought THEN 0 ELSE cost END AS effective
FROM (SELECT *,
    ${CATEGORY} AS charge_category,
    ${PURCHASE} AS commitment_bought,
    ${COMMITMENT_ID} AS commitment_id,
    lower(${detailSql('vmcapacityreservationid')}) AS capacity_reservation,
    TRY_CAST(${detailSql('rinormalizationratio')} AS DECIMAL(38,18)) AS normalization_ratio
  FROM (${deliveredSql(header, `(SELECT * FROM (${withRoleSql(rows)}) WHERE ${COUNTS})`)})))`;
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
function detailSql(key: string): string {
  return `CASE WHEN contains(lower(additional_info), '${key}') THEN
      nullif(trim(list_filter(details, lambda detail: lower(detail.k) = '${key}')[1].v, '"'), 'null') END`;
}

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

/** The rows with their values typed. */
function deliveredSql(header: AzureHeader, rows: string): string {
  const typed = [
    ...IDENTIFIERS.map((column) => `lower(${column}) AS ${column}`),
    ...DECIMALS.map((column) => `${decimalSql(column)} AS ${column}`),
    ...['meter_id', 'product_id'].map((column) => `${givenIdSql(column)} AS ${column}`),
  ];
  const keyValues = (column: AzureColumn) => keyValueEntriesSql(`braced_${column}`);
  return `SELECT * REPLACE (${typed.join(',\n  ')}),
  COALESCE(first_day, CAST(billing_period AS TIMESTAMP)) AS period_start,
  COALESCE(last_day + INTERVAL 1 DAY, CAST(billing_period AS TIMESTAMP) + INTERVAL 1 MONTH) AS period_end,
  ${header.has('tags') ? keyValueTextSql(keyValues('tags')) : 'CAST(NULL AS VARCHAR)'} AS focus_tags,
  ${header.has('additional_info') ? keyValues('additional_info') : 'CAST(NULL AS STRUCT(k VARCHAR, v VARCHAR)[])'} AS details
FROM (SELECT *, ${bracedSql('tags')} AS braced_tags, ${bracedSql('additional_info')} AS braced_additional_info FROM ${rows})`;
}

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
