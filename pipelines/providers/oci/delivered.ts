import { exactProductSql } from '@cloudact/core/focus';
import { quoteText } from '../../landing/session.ts';
import { itemSql, lookUpSql } from '../look-up.ts';
import { decimalSql, moneyOf, roundedCostsSql } from '../money.ts';
import { firstOf, type OciColumns } from './columns.ts';
import { ociRegions } from './regions.ts';
import { resourceKindSql } from './resources.ts';
import { ociServices } from './services.ts';
import { blockSizeSql, consumedUnitSql, pricingUnitSql } from './units.ts';
import { flagSql, timeSql } from './values.ts';

/** The calendar month, UTC, in which the usage began; corrections belong to the month that they correct. */
export function billingPeriodSql(oci: OciColumns): string {
  return `CAST(date_trunc('month', ${timeSql(oci.text('usage_start'))}) AS DATE)`;
}

/** One row per delivered line: its values typed and named. Money and quantities DECIMAL(38,18), times TIMESTAMP. */
export function deliveredSql(oci: OciColumns, rawTable: string): string {
  const unit = oci.text('billing_unit');
  const columns: Record<string, string> = {
    reference_no: oci.text('reference_no'),
    is_correction: flagSql(oci.text('is_correction')),
    backreference_no: oci.text('backreference_no'),
    tenant_id: oci.text('tenant_id'),
    subscription_id: oci.text('subscription_id'),
    compartment_id: oci.text('compartment_id'),
    compartment_name: oci.text('compartment_name'),
    charge_start: timeSql(oci.text('usage_start')),
    charge_end: timeSql(oci.text('usage_end')),
    service_code: oci.text('service'),
    service_key: serviceKeySql(oci.text('service')),
    region_key: `lower(${oci.text('region')})`,
    availability_domain: oci.text('availability_domain'),
    resource_id: oci.text('resource_id'),
    resource_name: tagNameSql(oci),
    description: oci.text('description'),
    sku: oci.text('product_sku'),
    billing_unit: unit,
    billing_words: `string_split(${unit}, ' ')`,
    unit_description: oci.text('unit_description'),
    unit_key: `lower(${oci.text('unit_description')})`,
    quantity: decimalSql(oci.text('billed_quantity')),
    price: `abs(${decimalSql(oci.text('unit_price'))})`,
    cost: decimalSql(oci.text('my_cost')),
    cost_rounded: roundedCostsSql(moneyOf(oci.columns)),
    currency: oci.text('currency_code'),
    overage_flag: flagSql(oci.text('overage_flag')),
    overage_quantity: decimalSql(oci.text('billed_quantity_overage')),
    overage_price: decimalSql(oci.text('unit_price_overage')),
    overage_cost: decimalSql(oci.text('my_cost_overage')),
    attributed_usage: decimalSql(oci.text('attributed_usage')),
    attributed_cost: decimalSql(oci.text('attributed_cost')),
    tags: tagsSql(oci),
    x_SourceFile: '"x_SourceFile"',
    x_SourceRow: '"x_SourceRow"',
  };
  const select = Object.entries(columns).map(([name, sql]) => `${sql} AS ${name}`);
  return `SELECT ${select.join(',\n  ')}\nFROM ${rawTable}`;
}

/**
 * The charges with quantity, price and what they make together. What is given back has a negative quantity, as FOCUS
 * prices are never negative. `priced`: all that FOCUS ties to a SKU price is known.
 */
export function pricedSql(delivered: string): string {
  const measured = `SELECT *, date_trunc('month', charge_start) AS period_start, ${resourceKindSql('resource_id')} AS resource_kind, ${serviceIndexSql('service_key')} AS service,
    ${regionIdSql('region_key')} AS region, ${pricingUnitSql('unit_description', 'unit_key')} AS described_unit,
    CASE WHEN COALESCE(nullif(cost, 0), quantity) < 0 THEN -abs(quantity) ELSE abs(quantity) END AS pricing_quantity,
    ${consumedUnitSql('billing_words')} AS consumed_unit, ${blockSizeSql('billing_words')} AS block_size
    FROM ${delivered}`;
  const multiplied = `SELECT *, COALESCE(described_unit, consumed_unit, billing_unit) AS pricing_unit,
    TRY(${exactProductSql('price', 'pricing_quantity')}) AS price_cost,
    period_start + INTERVAL 1 MONTH AS period_end,
    CASE WHEN block_size = 1 THEN pricing_quantity ELSE TRY(${exactProductSql('pricing_quantity', 'block_size')}) END AS block_quantity
    FROM (${measured})`;
  return `SELECT *, sku IS NOT NULL AND price_cost IS NOT NULL AND pricing_unit IS NOT NULL AS priced FROM (${multiplied})`;
}

const serviceCodes = Object.keys(ociServices);

/** A service's code as the lookup has it. */
export function serviceKeySql(service: string): string {
  return `regexp_replace(upper(${service}), '[ -]+', '_', 'g')`;
}

const positions = Object.fromEntries(serviceCodes.map((code, index) => [code, String(index + 1)]));

/** Position of the service in the lookup, from 1; null where it is not in it. */
export function serviceIndexSql(key: string): string {
  return `CAST(${lookUpSql(key, positions)} AS INTEGER)`;
}

/** A column of the lookup, by the position in `service`. */
export function ofServiceSql(value: (code: string) => string): string {
  return itemSql(serviceCodes.map(value), 'service');
}

const regionIds = Object.fromEntries(ociRegions.map(({ key, id }) => [key, id]));

function regionIdSql(key: string): string {
  return `COALESCE(${lookUpSql(key, regionIds)}, ${key})`;
}

/** The free-form tag "Name". */
function tagNameSql(oci: OciColumns): string {
  return firstOf(oci.tags.filter(({ key }) => key.toLowerCase() === 'name').flatMap(({ raws }) => raws));
}

/** Tags that have a value, as a JSON object with sorted keys; a tag of a namespace is `namespace.key`. */
function tagsSql(oci: OciColumns): string {
  if (oci.tags.length === 0) return 'CAST(NULL AS VARCHAR)';
  const members = oci.tags.map(({ key, raws }) => {
    const value = firstOf(raws);
    return `CASE WHEN ${value} IS NOT NULL THEN ${quoteText(`${JSON.stringify(key)}:`)} || CAST(to_json(${value}) AS VARCHAR) END`;
  });
  return `'{' || nullif(concat_ws(',', ${members.join(', ')}), '') || '}'`;
}
