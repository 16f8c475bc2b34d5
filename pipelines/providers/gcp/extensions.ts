import { cloudModelSql } from '../../usage/cloud-models.ts';
import { partIn } from './charges.ts';
import { creditsOf } from './credits.ts';

const IN_ROW = `list_filter(credits, lambda c: c.type <> 'PROMOTION')`;
const WITH_COST = partIn('whole', 'uncovered');
const CREDITS_ROUNDED = `array_to_string(list_transform(${IN_ROW}, lambda c: c.rounded), ' ')`;

/** What the export says beyond FOCUS, and what we had to assume or round; SQL over the located charges. */
const extensions = {
  x_AdjustmentId: 'adjustment_id',
  x_AdjustmentMode: 'adjustment_mode',
  x_AdjustmentType: 'adjustment_type',
  x_CommitmentDiscountIdAssumed: 'commitment_assumed',
  x_CommitmentDiscountStatusAssumed: 'status_assumed',
  x_ConsumptionModelDescription: 'model_name',
  x_ConsumptionModelId: 'model',
  x_CostRounded: `CASE WHEN ${partIn('promotion')} THEN '{"credits":"' || promotion_rounded || '"}'
    WHEN ${WITH_COST} THEN '{' || nullif(concat_ws(',', rtrim(ltrim(cost_rounded, '{'), '}'), '"credits":"' || nullif(${CREDITS_ROUNDED}, '') || '"'), '') || '}' END`,
  x_CostType: 'cost_type',
  x_CreditIds: `CASE WHEN ${partIn('promotion')} THEN promotion_id
    WHEN ${WITH_COST} THEN nullif(array_to_string(list_transform(${IN_ROW}, lambda c: COALESCE(c.id, c.name)), ', '), '') END`,
  x_CreditTypes: `CASE WHEN ${partIn('promotion')} THEN 'PROMOTION'
    WHEN ${WITH_COST} THEN nullif(array_to_string(list_sort(list_distinct(list_transform(${IN_ROW}, lambda c: c.type))), ', '), '') END`,
  x_CurrencyConversionRate: 'conversion_rate',
  x_DiscountAmount: `CASE WHEN ${WITH_COST} THEN CAST(list_sum(list_transform(${creditsOf('discount')}, lambda c: c.amount)) AS DECIMAL(38,18)) END`,
  x_ExportTime: 'export_time',
  x_InvoicePublisherType: 'publisher_type',
  x_KubernetesCluster: 'kubernetes_cluster',
  x_KubernetesNamespace: 'kubernetes_namespace',
  x_KubernetesWorkload: 'kubernetes_workload',
  x_Location: 'location',
  x_PayerBillingAccountId: 'payer_account',
  x_ProjectAncestry: 'project_ancestry',
  x_ProjectNumber: 'project_number',
  x_SellerName: 'seller',
  x_ServiceCategoryUnmapped: 'CASE WHEN service IS NULL THEN true END',
  x_ServiceId: 'service_id',
  x_TransactionType: 'transaction_type',
  ...cloudModelSql,
} as const;

export const extensionSql: Readonly<Record<string, string>> = extensions;
export const extensionColumns = Object.keys(extensions);
