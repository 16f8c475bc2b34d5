import { describe, expect, test } from 'vitest';
import { billCsv } from './fixtures/bill.ts';
import { focusRows } from './fixtures/converted.ts';

describe('usage becomes a FOCUS charge', () => {
  test('Usage has its price, quantity and place', async () => {
    const [row] = await focusRows(
      billCsv([
        { 'resourceTags/user:team': 'core "a"', 'resourceTags/aws:createdBy': 'me', 'costCategory/Unit': 'R&D' },
      ]),
    );
    expect(row).toMatchObject({
      BilledCost: '0.096',
      EffectiveCost: '0.096',
      ListCost: '0.096',
      ListUnitPrice: '0.096',
      ContractedCost: '0.096',
      ContractedUnitPrice: '0.096',
      PricingQuantity: '1',
      PricingUnit: 'Hours',
      ConsumedQuantity: '1',
      ConsumedUnit: 'Hours',
      PricingCategory: 'Standard',
      PricingCurrency: 'USD',
      PricingCurrencyEffectiveCost: '0.096',
      ChargeCategory: 'Usage',
      ChargeFrequency: 'Usage-Based',
      ChargeClass: null,
      BillingAccountId: '111111111111',
      BillingAccountType: 'Management Account',
      SubAccountId: '222222222222',
      SubAccountName: '222222222222',
      SubAccountType: 'Member Account',
      BillingPeriodStart: '2025-03-01 00:00:00',
      BillingPeriodEnd: '2025-04-01 00:00:00',
      ChargePeriodStart: '2025-03-05 10:00:00',
      ChargePeriodEnd: '2025-03-05 11:00:00',
      ServiceName: 'Amazon Elastic Compute Cloud',
      ServiceCategory: 'Compute',
      ServiceSubcategory: 'Virtual Machines',
      ServiceProviderName: 'AWS',
      HostProviderName: 'AWS',
      ProviderName: 'AWS',
      PublisherName: 'Amazon Web Services, Inc.',
      InvoiceIssuerName: 'Amazon Web Services, Inc.',
      InvoiceId: 'INV-1',
      RegionId: 'us-west-2',
      RegionName: 'US West (Oregon)',
      AvailabilityZone: 'us-west-2a',
      ResourceId: 'i-0123456789abcdef0',
      ResourceName: 'web-1',
      ResourceType: 'Instance',
      SkuId: 'SKU1',
      SkuPriceId: 'SKU1.TERM.RATE',
      SkuMeter: 'USW2-BoxUsage:m5.large',
      SkuPriceDetails:
        '{"CoreCount":2,"InstanceType":"m5.large","MemorySize":8,"x_Memory":"8 GiB","x_Tenancy":"Shared","x_Vcpu":"2"}',
      Tags: String.raw`{"Name":"web-1","aws:createdBy":"me","team":"core \"a\""}`,
      CommitmentDiscountId: null,
      CommitmentDiscountStatus: null,
      x_CostCategories: '{"Unit":"R&D"}',
      x_LineItemType: 'Usage',
      x_ServiceCategoryUnmapped: null,
      x_InvoiceIssuerAssumed: null,
      x_SourceFile: 'bill.csv',
      x_SourceRow: '1',
    });
  });

  test('spot usage is priced dynamically', async () => {
    const [row] = await focusRows(billCsv([{ 'lineItem/UsageType': 'USW2-SpotUsage:m5.large' }]));
    expect(row).toMatchObject({ PricingCategory: 'Dynamic', ChargeCategory: 'Usage' });
  });
});

describe('services, sellers and places', () => {
  test('traffic of a service belongs to the service: one name, one category', async () => {
    const rows = await focusRows(
      billCsv([
        {
          'lineItem/ProductCode': 'AmazonS3',
          'product/ProductName': 'Amazon Simple Storage Service',
          'product/servicecode': 'AWSDataTransfer',
        },
        {
          'lineItem/ProductCode': 'AmazonS3',
          'product/ProductName': 'Amazon Simple Storage Service',
          'product/servicecode': 'AmazonS3',
        },
      ]),
    );
    expect(rows.map((row) => row.ServiceCategory)).toEqual(['Storage', 'Storage']);
    expect(rows.map((row) => row.x_ServiceCode)).toEqual(['AWSDataTransfer', 'AmazonS3']);
  });

  test('an unknown service is Other, and says so', async () => {
    const [row] = await focusRows(
      billCsv([{ 'lineItem/ProductCode': 'AmazonNew', 'product/ProductName': 'Amazon New' }]),
    );
    expect(row).toMatchObject({
      ServiceName: 'Amazon New',
      ServiceCategory: 'Other',
      ServiceSubcategory: 'Other (Other)',
      x_ServiceCategoryUnmapped: true,
    });
  });

  test('the Marketplace is sold by its sellers and hosted by AWS', async () => {
    const [row] = await focusRows(
      billCsv([
        {
          'bill/BillingEntity': 'AWS Marketplace',
          'lineItem/LegalEntity': 'Seller Ltd',
          'lineItem/ProductCode': '9x8y7z',
          'product/ProductName': 'Claude 4 Sonnet (Amazon Bedrock Edition)',
        },
      ]),
    );
    expect(row).toMatchObject({
      ServiceProviderName: 'Seller Ltd',
      PublisherName: 'Seller Ltd',
      HostProviderName: 'AWS',
      ProviderName: 'AWS',
      ServiceCategory: 'AI and Machine Learning',
      ServiceSubcategory: 'Generative AI',
      x_ServiceCategoryUnmapped: null,
    });
  });

  test.each([
    [{ 'product/regionCode': '', 'lineItem/AvailabilityZone': 'eu-central-1b' }, 'eu-central-1', 'Europe (Frankfurt)'],
    [
      { 'product/regionCode': '', 'lineItem/AvailabilityZone': '', 'lineItem/UsageType': 'APN1-Requests' },
      'ap-northeast-1',
      'Asia Pacific (Tokyo)',
    ],
    [{ 'product/regionCode': 'global', 'lineItem/AvailabilityZone': '', 'lineItem/UsageType': 'Requests' }, null, null],
    [{ 'product/regionCode': 'xx-moon-1' }, 'xx-moon-1', 'xx-moon-1'],
  ])('the Region of %j is %s', async (line, id, name) => {
    const [row] = await focusRows(billCsv([line as Record<string, string>]));
    expect([row!.RegionId, row!.RegionName]).toEqual([id, name]);
  });

  test('rows stay in the order of the file', async () => {
    const rows = await focusRows(
      billCsv(Array.from({ length: 5000 }, (_, index) => ({ 'identity/LineItemId': `${index}` }))),
    );
    expect(rows.map((row) => row.x_LineItemId)).toEqual(Array.from({ length: 5000 }, (_, index) => `${index}`));
  });
});
