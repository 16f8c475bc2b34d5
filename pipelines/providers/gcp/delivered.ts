import type { ExportColumns } from './columns.ts';
import { billingPeriodSql } from './control-totals.ts';
import { creditsSql } from './credits.ts';
import { preparedFields, preparedSql } from './fields.ts';
import { isRoundedSql, measureSql, moneySql } from './money.ts';
import { labelSql, tagPairsSql, tagsSql } from './tags.ts';
import { unitSql } from './units.ts';

/**
 * One row per delivered row: its values typed and named, nothing interpreted further. Money and quantities as
 * DECIMAL(38,18), times as TIMESTAMP in UTC.
 */
export function deliveredSql(columns: ExportColumns, rawTable: string): string {
  const fields = preparedFields(columns);
  const { text, list } = fields;
  const money = (name: string) => moneySql(text(name));
  const measure = (name: string) => measureSql(text(name));
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
    conversion_rate: measure('currency_conversion_rate'),
    cost: money('cost'),
    cost_rounded: `CASE WHEN ${isRoundedSql(text('cost'))} THEN ${text('cost')} END`,
    cost_at_list: money('cost_at_list'),
    cost_at_contract: money('cost_at_effective_price_default'),
    list_rate: measure('price.list_price'),
    contracted_rate: measureSql(`COALESCE(${text('price.effective_price_default')}, ${text('price.effective_price')})`),
    effective_rate: measure('price.effective_price'),
    rate_quantity: measure('price.pricing_unit_quantity'),
    tier_start: measure('price.tier_start_amount'),
    consumed: measure('usage.amount'),
    consumed_unit: unitSql(text('usage.unit')),
    quantity: measure('usage.amount_in_pricing_units'),
    unit: unitSql(text('usage.pricing_unit')),
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
    originating_sku: labelSql(list('labels'), 'goog-originating-sku-id'),
    kubernetes_cluster: labelSql(list('labels'), 'goog-k8s-cluster-name'),
    kubernetes_namespace: labelSql(list('labels'), 'k8s-namespace'),
    kubernetes_workload: labelSql(list('labels'), 'k8s-workload-name'),
    machine: labelSql(list('system_labels'), 'compute.googleapis.com/machine_spec'),
    cores: labelSql(list('system_labels'), 'compute.googleapis.com/cores'),
    memory: labelSql(list('system_labels'), 'compute.googleapis.com/memory'),
    unused_reservation: labelSql(list('system_labels'), 'compute.googleapis.com/is_unused_reservation'),
    tags: tagsSql('tag_pairs'),
    x_SourceFile: '"x_SourceFile"',
    x_SourceRow: '"x_SourceRow"',
  };
  const select = Object.entries(selected).map(([name, sql]) => `${sql} AS ${name}`);
  return `SELECT ${select.join(',\n  ')}\nFROM (SELECT *, ${tagPairsSql(fields)} AS tag_pairs FROM (${preparedSql(columns, rawTable)}))`;
}
