import { describe, expect, test } from 'vitest';
import { bareLine, baseLine, billCsv } from './fixtures/bill.ts';
import { focusRows } from './fixtures/converted.ts';

const PLAN = 'arn:aws:savingsplans::111111111111:savingsplan/p-1';
const RESERVATION = 'arn:aws:ec2:us-west-2:111111111111:reserved-instances/r-1';

describe('lines of commitments become FOCUS charges', () => {
  test('DiscountedUsage costs nothing on the bill and its share of the reservation in effect', async () => {
    const [row] = await focusRows(
      billCsv([
        {
          'lineItem/LineItemType': 'DiscountedUsage',
          'lineItem/UnblendedRate': '0.0',
          'lineItem/UnblendedCost': '0.0',
          'reservation/ReservationARN': RESERVATION,
          'reservation/EffectiveCost': '0.0601234567',
        },
      ]),
    );
    expect(row).toMatchObject({
      BilledCost: '0',
      EffectiveCost: '0.0601234567',
      ListCost: '0.096',
      ContractedCost: '0.096',
      PricingCategory: 'Committed',
      CommitmentDiscountId: RESERVATION,
      CommitmentDiscountCategory: 'Usage',
      CommitmentDiscountType: 'Reserved Instance',
      CommitmentDiscountStatus: 'Used',
      CommitmentDiscountQuantity: '4',
      CommitmentDiscountUnit: 'Normalized Hours',
    });
  });

  test('covered usage is billed 0, its negation goes, and the two cancel out', async () => {
    const plan = { 'savingsPlan/SavingsPlanARN': PLAN };
    const rows = await focusRows(
      billCsv([
        { ...plan, 'lineItem/LineItemType': 'SavingsPlanCoveredUsage', 'savingsPlan/SavingsPlanEffectiveCost': '0.07' },
        { ...plan, 'lineItem/LineItemType': 'SavingsPlanNegation', 'lineItem/UnblendedCost': '-0.096' },
      ]),
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      BilledCost: '0',
      EffectiveCost: '0.07',
      ContractedCost: '0.096',
      ListCost: '0.096',
      PricingCategory: 'Committed',
      CommitmentDiscountId: PLAN,
      CommitmentDiscountCategory: 'Spend',
      CommitmentDiscountType: 'Savings Plan',
      CommitmentDiscountStatus: 'Used',
      CommitmentDiscountQuantity: '0.07',
      CommitmentDiscountUnit: 'USD',
      ConsumedQuantity: '1',
    });
  });

  test('a plan fee is a purchase without effective cost, and adds a row for what was not used', async () => {
    const rows = await focusRows(
      billCsv([
        {
          ...bareLine,
          'lineItem/LineItemType': 'SavingsPlanRecurringFee',
          'lineItem/ProductCode': 'ComputeSavingsPlans',
          'lineItem/UnblendedRate': '1.5',
          'lineItem/UnblendedCost': '1.5',
          'product/ProductName': 'Savings Plans for AWS Compute usage',
          'product/sku': 'PLANSKU',
          'pricing/RateCode': 'PLANSKU.T.R',
          'pricing/unit': 'Hrs',
          'savingsPlan/SavingsPlanARN': PLAN,
          'savingsPlan/TotalCommitmentToDate': '2.5',
          'savingsPlan/UsedCommitment': '2.1',
          'savingsPlan/RecurringCommitmentForBillingPeriod': '1.5',
        },
      ]),
    );
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({
      ChargeCategory: 'Purchase',
      ChargeFrequency: 'Recurring',
      BilledCost: '1.5',
      EffectiveCost: '0',
      ListCost: '1.5',
      ContractedCost: '1.5',
      PricingCategory: 'Standard',
      ResourceId: PLAN,
      ResourceType: 'Savings Plan',
      ConsumedQuantity: null,
      CommitmentDiscountStatus: null,
      CommitmentDiscountQuantity: '2.5',
    });
    expect(rows[1]).toMatchObject({
      ChargeCategory: 'Usage',
      ChargeFrequency: 'Usage-Based',
      BilledCost: '0',
      EffectiveCost: '0.4',
      ListCost: '0',
      ContractedCost: '0',
      PricingCategory: 'Committed',
      PricingQuantity: '0',
      ConsumedQuantity: null,
      ConsumedUnit: null,
      CommitmentDiscountStatus: 'Unused',
      CommitmentDiscountQuantity: '0.4',
      CommitmentDiscountUnit: 'USD',
      x_SourceRow: '1',
    });
  });

  test('an upfront plan fee is a one-time purchase', async () => {
    const [row, ...rest] = await focusRows(
      billCsv([
        {
          ...bareLine,
          'lineItem/LineItemType': 'SavingsPlanUpfrontFee',
          'lineItem/UnblendedCost': '8760',
          'savingsPlan/SavingsPlanARN': PLAN,
        },
      ]),
    );
    expect(rest).toEqual([]);
    expect(row).toMatchObject({
      ChargeCategory: 'Purchase',
      ChargeFrequency: 'One-Time',
      BilledCost: '8760',
      EffectiveCost: '0',
      CommitmentDiscountId: PLAN,
    });
  });

  test('RIFee is a purchase without effective cost, and adds a row for what was not used', async () => {
    const rows = await focusRows(
      billCsv([
        {
          ...baseLine,
          'lineItem/LineItemType': 'RIFee',
          'lineItem/ResourceId': '',
          'lineItem/UsageAmount': '744',
          'lineItem/UnblendedRate': '0.05',
          'lineItem/UnblendedCost': '37.2',
          'pricing/publicOnDemandCost': '',
          'pricing/publicOnDemandRate': '',
          'reservation/ReservationARN': RESERVATION,
          'reservation/TotalReservedUnits': '744',
          'reservation/TotalReservedNormalizedUnits': '2976',
          'reservation/UnusedQuantity': '44',
          'reservation/UnusedNormalizedUnitQuantity': '176',
          'reservation/UnusedAmortizedUpfrontFeeForBillingPeriod': '1.1',
          'reservation/UnusedRecurringFee': '2.2',
        },
      ]),
    );
    expect(rows[0]).toMatchObject({
      ChargeCategory: 'Purchase',
      ChargeFrequency: 'Recurring',
      BilledCost: '37.2',
      EffectiveCost: '0',
      ListUnitPrice: '0.05',
      ListCost: '37.2',
      CommitmentDiscountQuantity: '2976',
      CommitmentDiscountUnit: 'Normalized Hours',
      ResourceId: RESERVATION,
      ResourceType: 'Reserved Instance',
    });
    expect(rows[1]).toMatchObject({
      ChargeCategory: 'Usage',
      BilledCost: '0',
      EffectiveCost: '3.3',
      CommitmentDiscountStatus: 'Unused',
      CommitmentDiscountQuantity: '176',
      PricingCategory: 'Committed',
    });
  });
});
