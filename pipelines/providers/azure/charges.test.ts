import { describe, expect, test } from 'vitest';
import { focusRows, type Line, purchase, reserved, unusedRest } from './fixtures/bill.ts';

async function one(line: Line) {
  return (await focusRows([line]))[0]!;
}

describe('charges of an Enterprise Agreement', () => {
  test('usage has its price, quantity, place and tags', async () => {
    expect(await one({})).toMatchObject({
      BilledCost: '4.8',
      EffectiveCost: '4.8',
      ContractedCost: '4.8',
      ContractedUnitPrice: '2',
      ListCost: '5.52',
      ListUnitPrice: '2.3',
      PricingQuantity: '2.4',
      PricingUnit: '10 Hours',
      ConsumedQuantity: '24',
      ConsumedUnit: 'Hours',
      PricingCategory: 'Standard',
      ChargeCategory: 'Usage',
      ChargeClass: null,
      ChargeFrequency: 'Usage-Based',
      ChargePeriodStart: '2025-03-05 00:00:00',
      ChargePeriodEnd: '2025-03-06 00:00:00',
      BillingPeriodStart: '2025-03-01 00:00:00',
      BillingPeriodEnd: '2025-04-01 00:00:00',
      BillingAccountId: '777',
      BillingAccountType: 'Billing Account',
      SubAccountId: '/subscriptions/aaaa-1',
      SubAccountName: 'Shop',
      RegionId: 'westeurope',
      RegionName: 'West Europe',
      ResourceId: '/subscriptions/aaaa-1/resourcegroups/rg-shop/providers/microsoft.compute/virtualmachines/web-1',
      ResourceName: 'web-1',
      ResourceType: 'Virtual machine',
      ServiceName: 'Virtual Machines',
      ServiceCategory: 'Compute',
      ServiceSubcategory: 'Virtual Machines',
      ServiceProviderName: 'Microsoft',
      HostProviderName: 'Microsoft',
      InvoiceIssuerName: 'Microsoft',
      InvoiceId: null,
      SkuId: 'm-1',
      SkuMeter: 'D4s v5',
      SkuPriceId: 'm-1_MS-AZR-0017P_Consumption',
      SkuPriceDetails:
        '{"CoreCount":4,"InstanceType":"Standard_D4s_v5","OperatingSystem":"Windows Server BYOL","x_AHB":"True"}',
      Tags: '{"env":"prod","team":"core"}',
      CommitmentDiscountId: null,
      x_CostCenter: '42',
      x_ResourceGroupName: 'rg-shop',
      x_PricingBlockSize: '10',
      x_ServiceCategoryUnmapped: null,
    });
  });

  test('a reservation is bought for the hours of its term, and has no list cost where it stays unused', async () => {
    const rows = [await one(purchase), await one(unusedRest)];
    const id = '/providers/microsoft.capacity/reservationorders/o-1/reservations/r-1';
    expect(rows[0]).toMatchObject({
      ChargeCategory: 'Purchase',
      ChargeFrequency: 'One-Time',
      PricingCategory: 'Standard',
      ResourceId: id,
      ResourceName: 'web',
      CommitmentDiscountId: id,
      CommitmentDiscountCategory: 'Usage',
      CommitmentDiscountType: 'Reservation',
      CommitmentDiscountStatus: null,
      CommitmentDiscountQuantity: '8760',
      CommitmentDiscountUnit: 'Hours',
      ConsumedQuantity: null,
      ListCost: '1314',
    });
    expect(rows[1]).toMatchObject({
      ChargeCategory: 'Usage',
      PricingCategory: 'Committed',
      CommitmentDiscountStatus: 'Unused',
      CommitmentDiscountQuantity: '4',
      PricingQuantity: '0',
      ListCost: '0',
      ConsumedQuantity: null,
      ResourceId: id,
    });
  });

  test('older files without a benefit id name a reservation by its order, and normalise its hours', async () => {
    const row = await one({
      ...reserved,
      benefitId: '',
      benefitName: '',
      AdditionalInfo: '"RINormalizationRatio": "2"',
    });
    expect(row).toMatchObject({
      CommitmentDiscountId: '/providers/microsoft.capacity/reservationorders/o-1/reservations/r-1',
      CommitmentDiscountName: 'web',
      CommitmentDiscountQuantity: '40',
      CommitmentDiscountUnit: 'Normalized Hours',
    });
  });

  test('a savings plan is measured in money', async () => {
    const row = await one({
      PricingModel: 'SavingsPlan',
      ChargeType: 'UnusedSavingsPlan',
      benefitId: '/providers/Microsoft.BillingBenefits/savingsPlanOrders/S/savingsPlans/P',
      CostInBillingCurrency: '1.25',
    });
    expect(row).toMatchObject({
      BilledCost: '0',
      EffectiveCost: '1.25',
      CommitmentDiscountCategory: 'Spend',
      CommitmentDiscountType: 'Savings Plan',
      CommitmentDiscountStatus: 'Unused',
      CommitmentDiscountQuantity: '1.25',
      CommitmentDiscountUnit: 'USD',
    });
  });

  test('a refund corrects a purchase with a negative quantity', async () => {
    const row = await one({ ChargeType: 'Refund', Frequency: 'OneTime', Quantity: '1', CostInBillingCurrency: '-2' });
    expect(row).toMatchObject({
      ChargeCategory: 'Purchase',
      ChargeClass: 'Correction',
      BilledCost: '-2',
      PricingQuantity: '-1',
      ContractedCost: '-2',
      ContractedUnitPrice: '2',
    });
  });

  test('prices of 0 on what costs something are unknown prices', async () => {
    const row = await one({ UnitPrice: '0', PayGPrice: '0' });
    expect(row).toMatchObject({
      ContractedUnitPrice: '2',
      ListUnitPrice: '2',
      x_ContractedUnitPriceAssumed: true,
      x_ListUnitPriceAssumed: true,
    });
    expect(
      await one({ UnitPrice: '0', PayGPrice: '0', EffectivePrice: '0', CostInBillingCurrency: '0' }),
    ).toMatchObject({
      ContractedUnitPrice: '0',
      ListUnitPrice: '0',
      x_ListUnitPriceAssumed: null,
    });
  });

  test.each([
    ['spot', { PricingModel: 'Spot' }, { PricingCategory: 'Dynamic' }],
    [
      'rounding',
      { ChargeType: 'RoundingAdjustment' },
      { ChargeCategory: 'Adjustment', ListUnitPrice: null, HostProviderName: null },
    ],
    ['tax', { ChargeType: 'Tax' }, { ChargeCategory: 'Tax', SkuId: null, PricingQuantity: null, ListCost: '4.8' }],
    ['credit', { ChargeType: 'Credit' }, { ChargeCategory: 'Credit', SkuPriceId: null }],
    [
      'the Marketplace',
      { PublisherType: 'Marketplace', PublisherName: 'Fancy Ltd.', ResourceId: '', ConsumedService: '' },
      {
        ServiceName: 'Fancy Ltd.',
        ServiceCategory: 'Other',
        ServiceProviderName: 'Fancy Ltd.',
        HostProviderName: 'Microsoft',
        x_ServiceCategoryUnmapped: true,
      },
    ],
    [
      'models of OpenAI',
      { MeterSubCategory: 'Azure OpenAI', ConsumedService: 'Microsoft.CognitiveServices' },
      { ServiceName: 'Azure OpenAI', ServiceSubcategory: 'Generative AI' },
    ],
    [
      'a capacity reservation',
      { AdditionalInfo: '{"VMCapacityReservationId":"/subscriptions/A/x/CR"}' },
      { CapacityReservationId: '/subscriptions/a/x/cr', CapacityReservationStatus: 'Used' },
    ],
    ['tags that cannot be read', { Tags: '"team" = core' }, { Tags: null, x_UnreadableTags: '"team" = core' }],
    ['a missing brace', { Tags: '{"team": "core"' }, { Tags: '{"team":"core"}' }],
    [
      'a block of ten thousand',
      { UnitOfMeasure: '10K' },
      { PricingUnit: '10000 Units', ConsumedQuantity: '24000', ConsumedUnit: 'Units' },
    ],
    ['a place that is none', { ResourceLocation: 'Global' }, { RegionId: null, RegionName: null }],
    ['another language', { UnitOfMeasure: '1 小时' }, { PricingUnit: 'Hours' }],
    ['bytes', { UnitOfMeasure: '1 TB' }, { PricingUnit: 'TB', x_PricingBlockSize: '1' }],
  ] as const)('%s', async (_, line, expected) => {
    expect(await one(line as Line)).toMatchObject(expected);
  });
});
