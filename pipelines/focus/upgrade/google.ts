import { serviceCategories } from '@cloudact/core/focus';
import { literal } from './readers.ts';
import { serviceCategorySql } from './services.ts';
import { type Extension, ruleFor, type UpgradeRule, type UpgradeStep } from './step.ts';

/**
 * What Google's FOCUS export (1.2 preview) and its older BigQuery view say differently from FOCUS: billing periods in
 * Pacific time or with their last day as end, no columns of commitments, credits that are no rows, a list of categories.
 */
export function googleSteps(extension: Extension): readonly UpgradeStep[] {
  const credits = extension('x_Credits');
  const project = (member: string) => `CASE WHEN json_valid(${extension('x_Project')})
    THEN json_extract_string(${extension('x_Project')}, ['$.${member}', '$.${member.toLowerCase()}']) END`;
  const fromProject = (member: string) =>
    `CASE WHEN SubAccountId = BillingAccountId THEN COALESCE(list_filter(${project(member)}, lambda p: p IS NOT NULL)[1], ${extension(`x_Project${member}`)}) END`;
  const model = `COALESCE(${extension('x_ConsumptionModelDescription')}, ${extension('x_ConsumptionModelId')})`;
  return [
    {
      rules: [],
      helpers: {
        google_project_id: `CASE WHEN provider = 'google' THEN ${fromProject('Id')} END`,
        google_project_name: `CASE WHEN provider = 'google' THEN ${fromProject('Name')} END`,
        google_commitment: `CASE WHEN provider = 'google'
          AND (ChargeCategory = 'Purchase' OR (ChargeCategory = 'Usage' AND lower(${model}) <> 'default'))
          THEN ${extension('x_SubscriptionInstanceId')} END`,
        google_credits: `CASE WHEN provider = 'google' AND json_valid(${credits}) THEN ${creditTotal(credits)} END`,
      },
    },
    {
      rules: [
        {
          column: 'BilledCost',
          sql: 'BilledCost',
          remark: `CASE WHEN google_credits <> 0 THEN 'as delivered; x_Credits holds ' || rtrim(rtrim(CAST(google_credits AS VARCHAR), '0'), '.')
            || ' and Google does not say whether it is part of BilledCost: compare with the invoice' END`,
        },
        { column: 'BillingPeriodStart', sql: `date_trunc('month', BillingPeriodStart)` },
        { column: 'BillingPeriodEnd', sql: `date_trunc('month', BillingPeriodStart) + INTERVAL 1 MONTH` },
        { column: 'SubAccountId', sql: 'COALESCE(google_project_id, SubAccountId)' },
        { column: 'SubAccountName', sql: 'COALESCE(google_project_name, SubAccountName)' },
        {
          column: 'ServiceCategory',
          sql: `CASE WHEN starts_with(ServiceCategory, '[') THEN COALESCE(${firstCategory}, ${serviceCategorySql('ServiceName')}, 'Other') ELSE ServiceCategory END`,
        },
        {
          column: 'ChargeFrequency',
          sql: `COALESCE(ChargeFrequency, CASE WHEN ChargeCategory IN ('Purchase', 'Tax') THEN 'Recurring' END)`,
        },
        {
          column: 'CommitmentDiscountId',
          sql: 'COALESCE(CommitmentDiscountId, google_commitment)',
          note: literal('from x_SubscriptionInstanceId'),
        },
        {
          column: 'CommitmentDiscountName',
          sql: `COALESCE(CommitmentDiscountName, CASE WHEN google_commitment IS NOT NULL AND lower(${model}) <> 'default' THEN ${model} END)`,
          note: literal('from x_ConsumptionModelDescription'),
        },
        ofCommitment('CommitmentDiscountCategory', literal('Spend')),
        ofCommitment('CommitmentDiscountType', literal('Spend-based CUD')),
        ofCommitment('CommitmentDiscountStatus', `CASE ChargeCategory WHEN 'Usage' THEN 'Used' END`),
      ].map((rule) => ruleFor('google', rule)),
    },
  ];
}

/** Google's export names the commitments of one kind only, those on spend. */
function ofCommitment(column: string, sql: string): UpgradeRule {
  return {
    column,
    sql: `COALESCE(${column}, CASE WHEN CommitmentDiscountId IS NULL AND google_commitment IS NOT NULL THEN ${sql} END)`,
    note: literal('from x_SubscriptionInstanceId'),
  };
}

/** The first of a list of categories that FOCUS knows. */
const firstCategory = `CASE WHEN json_valid(ServiceCategory) THEN list_filter(json_extract_string(ServiceCategory, '$[*]'),
  lambda c: c IN (${serviceCategories.map(literal).join(', ')}))[1] END`;

/** Sum of the amounts in a list of credits, `Amount` or `amount`, as DECIMAL(38,18). */
function creditTotal(credits: string): string {
  return `CAST(list_sum(list_transform(json_extract_string(${credits}, '$[*].Amount') || json_extract_string(${credits}, '$[*].amount'),
    lambda amount: TRY_CAST(amount AS DECIMAL(38,18)))) AS DECIMAL(38,18))`;
}
