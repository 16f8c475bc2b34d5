import { literal } from './readers.ts';
import { ruleFor, type UpgradeRule, type UpgradeStep } from './step.ts';

/**
 * What Oracle's FOCUS reports (1.0-preview) say differently from FOCUS: EffectiveCost 0 beside a cost, corrections of
 * usage as Adjustment, prices of 0 that are unknown, one part number for the SKU and its price, a region without a name.
 */
export const oracleSteps: readonly UpgradeStep[] = [
  {
    rules: [
      {
        // Oracle has no amortised purchases, so both costs are one.
        column: 'EffectiveCost',
        sql: 'CASE WHEN COALESCE(EffectiveCost, 0) = 0 THEN BilledCost ELSE EffectiveCost END',
        note: literal('from BilledCost'),
      },
      {
        column: 'ChargeCategory',
        sql: `CASE WHEN ChargeCategory = 'Adjustment' AND PricingQuantity IS NOT NULL THEN 'Usage' ELSE ChargeCategory END`,
      },
      {
        column: 'ListUnitPrice',
        sql: 'CASE WHEN ListUnitPrice = 0 AND BilledCost <> 0 THEN NULL ELSE ListUnitPrice END',
      },
      {
        column: 'ListCost',
        sql: 'CASE WHEN ListCost = 0 AND BilledCost <> 0 AND COALESCE(ListUnitPrice, 0) = 0 THEN NULL ELSE ListCost END',
        note: literal('from BilledCost'),
      },
      { column: 'RegionName', sql: 'COALESCE(RegionName, RegionId)', note: literal('from RegionId') },
    ].map(ofOracle),
  },
  {
    rules: [
      {
        column: 'SkuPriceId',
        sql: `COALESCE(SkuPriceId, CASE WHEN ChargeCategory = 'Usage' THEN SkuId END)`,
        note: literal('from SkuId'),
      },
      {
        column: 'PricingCategory',
        sql: `COALESCE(PricingCategory, CASE WHEN ChargeCategory = 'Usage' AND SkuId IS NOT NULL
          THEN CASE WHEN contains(lower(ChargeDescription), 'preemptible') THEN 'Dynamic' ELSE 'Standard' END END)`,
        note: literal('assumed from ChargeDescription'),
      },
      {
        // Where the list price is what was billed, it is the price that was agreed.
        column: 'ContractedUnitPrice',
        sql: `COALESCE(ContractedUnitPrice, CASE WHEN ChargeCategory = 'Usage' AND ListCost = BilledCost THEN ListUnitPrice END)`,
        note: literal('from ListUnitPrice, as ListCost is BilledCost'),
      },
    ].map(ofOracle),
  },
];

function ofOracle(rule: UpgradeRule): UpgradeRule {
  return ruleFor('oracle', rule);
}
