import { literal } from './readers.ts';
import { ruleFor, type UpgradeStep } from './step.ts';

/** AWS's FOCUS exports leave one of two units empty; where both quantities are one, so are their units. */
export const awsSteps: readonly UpgradeStep[] = [
  {
    rules: [
      ruleFor('aws', {
        column: 'ConsumedUnit',
        sql: 'COALESCE(ConsumedUnit, CASE WHEN ConsumedQuantity = PricingQuantity THEN PricingUnit END)',
        note: literal('from PricingUnit'),
      }),
      ruleFor('aws', {
        column: 'PricingUnit',
        sql: 'COALESCE(PricingUnit, CASE WHEN ConsumedQuantity = PricingQuantity THEN ConsumedUnit END)',
        note: literal('from ConsumedUnit'),
      }),
    ],
  },
];
