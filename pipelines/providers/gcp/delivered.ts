import { decimalSql, moneyOf, roundedCostsSql } from '../money.ts';
import type { ExportColumns } from './columns.ts';
import { billingPeriodSql } from './control-totals.ts';
import { creditsSql } from './credits.ts';
import { preparedFields, preparedSql } from './fields.ts';
import { labelColumns, labelSql, tagPairsSql, tagsSql } from './tags.ts';
import { unitSql } from './units.ts';

/**
 * One row per delivered row: its values typed and named, nothing interpreted further. Money and quantities as
 * DECIMAL(38,18), times as TIMESTAMP in UTC.
 */
export function deliveredSql(columns: ExportColumns, rawTable: string): string {
  const fields = preparedFields(columns);
  const { text } = fields;
  // Texts of which several things are looked at are columns first.
  const texts: string[] = [];
  const named = (sql: string) => {
    const name = `text_${texts.length + 1}`;
    texts.push(`${sql} AS ${name}`);
    return name;
  };
  const decimal = (...names: readonly [string, ...string[]]) =>
    decimalSql(named(names.length === 1 ? text(names[0]) : `COALESCE(${names.map(text).join(', ')})`));
  const time = (name: string) => `CAST(${text(name)} AS TIMESTAMP)`;
  const selected: Record<string, string> = {
    billing_account: text('billing_account_id'),
    payer_account: text('payer_billing_account_id'),
    period_start: `CAST(${billingPeriodSql(text('invoice.month'))} AS TIMESTAMP)`,
    publisher_type: text('invoice.publisher_type'),
    cost_type: text('cost_type'),
    service_id: text('service.id'),
    service_name: text('service.description'),
    sku: text('sku.id'),
    sku_name: text('sku.description'),
    charge_start: time('usage_start_time'),
    charge_end: time('usage_end_time'),
    export_time: time('export_time'),
    project: text('project.id'),
    project_name: text('project.name'),
    project_number: text('project.number'),
    project_ancestry: text('project.ancestry_numbers'),
    location: text('location.location'),
    region: text('location.region'),
    zone: text('location.zone'),
    resource_name: text('resource.name'),
    resource_global_name: text('resource.global_name'),
    currency: text('currency'),
    conversion_rate: decimal('currency_conversion_rate'),
    cost: decimal('cost'),
    cost_rounded: roundedCostsSql(moneyOf(columns.columns)),
    cost_at_list: decimal('cost_at_list'),
    cost_at_contract: decimal('cost_at_effective_price_default'),
    list_rate: decimal('price.list_price'),
    contracted_rate: decimal('price.effective_price_default', 'price.effective_price'),
    effective_rate: decimal('price.effective_price'),
    rate_quantity: decimal('price.pricing_unit_quantity'),
    tier_start: decimal('price.tier_start_amount'),
    consumed: countSql(named(text('usage.amount'))),
    consumed_unit: unitSql(named(text('usage.unit'))),
    quantity: decimal('usage.amount_in_pricing_units'),
    unit: unitSql(named(text('usage.pricing_unit'))),
    credits: creditsSql(fields),
    adjustment_id: text('adjustment_info.id'),
    adjustment_description: text('adjustment_info.description'),
    adjustment_mode: text('adjustment_info.mode'),
    adjustment_type: text('adjustment_info.type'),
    transaction_type: text('transaction_type'),
    seller: text('seller_name'),
    subscription: text('subscription.instance_id'),
    model: text('consumption_model.id'),
    model_name: text('consumption_model.description'),
    originating_sku: labelSql('label_list', 'goog-originating-sku-id'),
    kubernetes_cluster: labelSql('label_list', 'goog-k8s-cluster-name'),
    kubernetes_namespace: labelSql('label_list', 'k8s-namespace'),
    kubernetes_workload: labelSql('label_list', 'k8s-workload-name'),
    machine: labelSql('system_label_list', 'compute.googleapis.com/machine_spec'),
    cores: labelSql('system_label_list', 'compute.googleapis.com/cores'),
    memory: labelSql('system_label_list', 'compute.googleapis.com/memory'),
    unused_reservation: labelSql('system_label_list', 'compute.googleapis.com/is_unused_reservation'),
    tags: tagsSql('tag_pairs'),
    x_SourceFile: '"x_SourceFile"',
    x_SourceRow: '"x_SourceRow"',
  };
  const select = Object.entries(selected).map(([name, sql]) => `${sql} AS ${name}`);
  return `SELECT ${select.join(',\n  ')}\nFROM (SELECT *, ${tagPairsSql} AS tag_pairs FROM (SELECT *, ${[...texts, ...labelColumns(fields)].join(',\n  ')} FROM (${preparedSql(columns, rawTable)})))`;
}

/** Amounts in base units are often whole numbers too long for the quick ways of {@link decimalSql}: byte-seconds. */
function countSql(text: string): string {
  return `CASE WHEN regexp_full_match(${text}, '[0-9]{16,20}') THEN CAST(CAST(${text} AS HUGEINT) AS DECIMAL(38,18)) ELSE ${decimalSql(text)} END`;
}
