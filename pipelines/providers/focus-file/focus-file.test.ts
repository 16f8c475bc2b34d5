import { costAndUsageColumnIds } from '@cloudact/core/focus';
import { describe, expect, test } from 'vitest';
import { awsUsage, convert, type Row } from './test-bill.ts';

async function upgrade(change: Row): Promise<Row> {
  const { rows } = await convert([{ ...awsUsage, ...change }]);
  return rows[0]!;
}

const notes = (row: Row) => JSON.parse(row.x_UpgradeNotes ?? '{}') as Record<string, string>;

describe('every file', () => {
  test('has the 65 columns of FOCUS 1.3, then its own columns, then the notes, then where the row is from', async () => {
    const { rows } = await convert([{ ...awsUsage, Id: '7', x_Operation: 'RunInstances' }]);
    expect(Object.keys(rows[0]!)).toEqual([
      ...costAndUsageColumnIds,
      'x_Id',
      'x_Operation',
      'x_CostRounded',
      'x_UpgradeNotes',
      'x_SourceFile',
      'x_SourceRow',
    ]);
    expect(rows[0]).toMatchObject({
      x_Id: '7',
      x_Operation: 'RunInstances',
      x_SourceFile: 'bill.csv',
      x_SourceRow: '1',
    });
  });

  test('keeps delivered values, and the words that mean "no value" become null', async () => {
    const row = await upgrade({
      ChargeDescription: ' two  spaces ',
      AvailabilityZone: 'NULL',
      ResourceName: 'N/A',
      Tags: '"b":"2","a":"1"',
    });
    expect(row).toMatchObject({
      ChargeDescription: ' two  spaces ',
      AvailabilityZone: null,
      ResourceName: null,
      Tags: '{"a":"1","b":"2"}',
      BilledCost: '0.500000000000000000',
      ChargePeriodStart: '2024-09-02 00:00:00',
    });
  });

  test('the sum of BilledCost is the control total of its month and currency, to the last digit', async () => {
    const { rows, totals } = await convert([
      { ...awsUsage, BilledCost: '0.000000000000000001' },
      { ...awsUsage, BilledCost: '1e-7' },
      { ...awsUsage, BilledCost: '-99999999999999999.9', BillingCurrency: 'EUR' },
    ]);
    expect(rows).toHaveLength(3);
    expect(totals).toHaveLength(2);
    expect(totals).toContainEqual({
      billing_period: '2024-09-01',
      currency: 'USD',
      invoice: null,
      total: '0.000000100000000001',
    });
    expect(totals).toContainEqual({
      billing_period: '2024-09-01',
      currency: 'EUR',
      invoice: null,
      total: '-99999999999999999.900000000000000000',
    });
  });

  test('a row whose money or time cannot be read stops the bill, and is named', async () => {
    await expect(convert([awsUsage, { ...awsUsage, BilledCost: 'free' }])).rejects.toMatchObject({
      code: 'rows_unreadable',
      faults: [{ file: 'bill.csv', row: 2, column: 'BilledCost', value: 'free' }],
    });
    await expect(convert([{ ...awsUsage, ChargePeriodStart: 'soon' }])).rejects.toMatchObject({
      code: 'rows_unreadable',
    });
    await expect(convert([{ ...awsUsage, BillingCurrency: null }, awsUsage])).rejects.toMatchObject({
      code: 'rows_unreadable',
    });
  });

  test('a byte order mark and columns in another case change nothing', async () => {
    const plain = await convert([awsUsage]);
    const shouted = await convert(
      [Object.fromEntries(Object.entries(awsUsage).map(([name, value]) => [name.toUpperCase(), value]))],
      {
        prefix: '\ufeff',
      },
    );
    expect(shouted.rows).toEqual(plain.rows);
  });
});

describe('FOCUS 1.0 to 1.2 become 1.3', () => {
  test('AWS legal entities are AWS, third parties are the service provider, and AWS stays the host', async () => {
    expect(await upgrade({ PublisherName: 'Amazon Web Services EMEA SARL' })).toMatchObject({
      ServiceProviderName: 'AWS',
      HostProviderName: 'AWS',
      PublisherName: 'Amazon Web Services EMEA SARL',
    });
    expect(await upgrade({ PublisherName: 'Datadog, Inc.' })).toMatchObject({
      ServiceProviderName: 'Datadog, Inc.',
      HostProviderName: 'AWS',
    });
    expect(await upgrade({ ProviderName: 'Microsoft', PublisherName: 'Microsoft Corporation' })).toMatchObject({
      ServiceProviderName: 'Microsoft',
    });
    expect(await upgrade({ ProviderName: 'Acme', PublisherName: 'Acme GmbH' })).toMatchObject({
      ServiceProviderName: 'Acme',
    });
    expect(await upgrade({ ProviderName: 'Acme', PublisherName: 'Amazon Web Services, Inc.' })).toMatchObject({
      ServiceProviderName: 'Amazon Web Services, Inc.',
    });
  });

  test('taxes and adjustments have no host', async () => {
    expect(await upgrade({ ChargeCategory: 'Tax' })).toMatchObject({
      HostProviderName: null,
      ServiceProviderName: 'AWS',
    });
    expect(await upgrade({ ChargeCategory: 'Adjustment' })).toMatchObject({ HostProviderName: null });
  });

  test('an unknown invoice issuer or publisher is assumed, and says so', async () => {
    const row = await upgrade({ InvoiceIssuerName: null, PublisherName: null });
    expect(row).toMatchObject({
      InvoiceIssuerName: 'Amazon Web Services, Inc.',
      PublisherName: 'AWS',
      ServiceProviderName: 'AWS',
    });
    expect(notes(row)).toMatchObject({
      InvoiceIssuerName: 'assumed for this provider',
      PublisherName: 'assumed: ProviderName',
    });
  });

  test('accounts have the types that their provider calls them by', async () => {
    const microsoft = '/providers/Microsoft.Billing/billingAccounts/1';
    const accounts = [
      ['AWS', '1', 'Management Account', 'Member Account'],
      ['Google Cloud', '1', 'Billing Account', 'Project'],
      ['Microsoft', microsoft, 'Billing Account', 'Subscription'],
      ['Microsoft', `${microsoft}/billingProfiles/2`, 'Billing Profile', 'Subscription'],
      ['Oracle', '1', 'Subscription', 'Tenancy'],
      ['Acme', '1', 'Billing Account', 'Sub Account'],
    ] as const;
    const { rows } = await convert(
      accounts.map(([ProviderName, BillingAccountId]) => ({ ...awsUsage, ProviderName, BillingAccountId })),
    );
    expect(
      rows.map((row) => [row.ProviderName, row.BillingAccountId, row.BillingAccountType, row.SubAccountType]),
    ).toEqual(accounts);
  });

  test('no sub account, no type of it', async () => {
    expect(await upgrade({ SubAccountId: null, SubAccountName: null })).toMatchObject({ SubAccountType: null });
  });

  test('prices are in the billing currency unless the file says otherwise', async () => {
    expect(await upgrade({})).toMatchObject({
      PricingCurrency: 'USD',
      PricingCurrencyEffectiveCost: '0.500000000000000000',
      PricingCurrencyListUnitPrice: '0.200000000000000000',
      PricingCurrencyContractedUnitPrice: '0.100000000000000000',
    });
    expect(await upgrade({ x_PricingCurrency: 'EUR' })).toMatchObject({
      PricingCurrency: 'EUR',
      PricingCurrencyListUnitPrice: null,
    });
  });

  test('ServiceSubcategory is looked up within the category, else "Other" and told', async () => {
    expect(await upgrade({ ServiceCategory: 'Storage' })).toMatchObject({ ServiceSubcategory: 'Block Storage' });
    const row = await upgrade({ ServiceName: 'Something New' });
    expect(row).toMatchObject({ ServiceSubcategory: 'Other (Compute)' });
    expect(notes(row).ServiceSubcategory).toBe('assumed');
    expect(await upgrade({ ServiceSubcategory: 'Containers' })).toMatchObject({ ServiceSubcategory: 'Containers' });
  });

  test('a resource without a type gets the one that its identifier names, or none', async () => {
    const resources = [
      ['AWS', 'arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/app/x/y', 'loadbalancer'],
      ['AWS', 'arn:aws:lambda:us-east-1:1:function:f', 'function'],
      ['AWS', 'arn:aws:apigateway:us-east-1::/restapis/x/stages/prod', 'restapis'],
      ['AWS', 'arn:aws:wafv2:us-east-1:1:regional/webacl/x/y', 'webacl'],
      ['AWS', 'arn:aws:sqs:us-east-1:1:jobs', 'queue'],
      ['AWS', 'arn:aws:s3:::bucket-name/key', 'bucket'],
      ['AWS', 'i-0123456789abcdef0', 'instance'],
      ['AWS', 'vol-0123456789abcdef0', 'volume'],
      ['AWS', 'something-else', null],
      ['Oracle', 'ocid1.bootvolume.oc1.phx.abc', 'bootvolume'],
      [
        'Microsoft',
        '/subscriptions/s/resourcegroups/g/providers/microsoft.storage/storageaccounts/a',
        'microsoft.storage/storageaccounts',
      ],
      ['Acme', 'i-0123456789abcdef0', null],
    ] as const;
    const { rows } = await convert(
      resources.map(([ProviderName, ResourceId]) => ({
        ...awsUsage,
        ProviderName,
        PublisherName: ProviderName,
        ResourceId,
        ResourceType: null,
      })),
    );
    expect(rows.map((row) => [row.ProviderName, row.ResourceId, row.ResourceType])).toEqual(resources);
    expect(notes(rows[0]!).ResourceType).toBe('from ResourceId');
  });

  test('commitment quantity of used spend is the effective cost in its currency, of used usage the consumed quantity', async () => {
    const commitment = {
      CommitmentDiscountId: 'sp-1',
      CommitmentDiscountName: 'SP',
      CommitmentDiscountType: 'Savings Plan',
      CommitmentDiscountStatus: 'Used',
      PricingCategory: 'Committed',
    };
    expect(await upgrade({ ...commitment, CommitmentDiscountCategory: 'spend' })).toMatchObject({
      CommitmentDiscountCategory: 'Spend',
      CommitmentDiscountQuantity: '0.500000000000000000',
      CommitmentDiscountUnit: 'USD',
    });
    expect(await upgrade({ ...commitment, CommitmentDiscountCategory: 'Usage' })).toMatchObject({
      CommitmentDiscountQuantity: '5.000000000000000000',
      CommitmentDiscountUnit: 'Hours',
    });
    expect(await upgrade({})).toMatchObject({ CommitmentDiscountQuantity: null, CommitmentDiscountUnit: null });
  });

  test('a service without a name has the name of its meter, or of the third party that sells it', async () => {
    const azure = { ProviderName: 'Microsoft', PublisherName: 'Microsoft', ServiceName: null };
    expect(await upgrade({ ...azure, x_SkuMeterSubcategory: 'Reservations' })).toMatchObject({
      ServiceName: 'Reservations',
    });
    expect(await upgrade({ ...azure, PublisherName: 'Contoso' })).toMatchObject({
      ServiceName: 'Contoso',
      ServiceProviderName: 'Contoso',
    });
  });

  test('AWS leaves one of two equal units out', async () => {
    const row = await upgrade({ ConsumedUnit: null });
    expect(row).toMatchObject({ ConsumedUnit: 'Hours', PricingUnit: 'Hours' });
    expect(notes(row).ConsumedUnit).toBe('from PricingUnit');
    expect(await upgrade({ ConsumedUnit: null, ConsumedQuantity: '300' })).toMatchObject({ ConsumedUnit: null });
  });

  test('how often a charge comes is assumed where the file has no such column', async () => {
    const { ChargeFrequency: _, ...row } = awsUsage;
    const categories = ['Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment'];
    const { rows } = await convert(categories.map((ChargeCategory) => ({ ...row, ChargeCategory })));
    expect(rows.map(({ ChargeFrequency }) => ChargeFrequency)).toEqual(['Usage-Based', ...Array(4).fill('One-Time')]);
    expect(notes(rows[1]!).ChargeFrequency).toBe('assumed from ChargeCategory');
  });

  test('SkuMeter comes from the column in which the provider has it', async () => {
    expect(await upgrade({ x_UsageType: 'BoxUsage:m6i.large' })).toMatchObject({ SkuMeter: 'BoxUsage:m6i.large' });
    expect(await upgrade({ x_SkuMeterName: 'D2s v5' })).toMatchObject({ SkuMeter: 'D2s v5' });
  });

  test('Google labels become tags, their kinds told apart by prefix', async () => {
    const { Tags: _, ...row } = awsUsage;
    const { rows } = await convert([
      {
        ...row,
        ProviderName: 'Google Cloud',
        x_Labels: '[{"Key":"team","Value":"web"}]',
        x_ProjectLabels: '[{"Key":"team","Value":"core"}]',
        x_Tags: '[]',
      },
      { ...row, ProviderName: 'Google Cloud', x_Labels: null, x_ProjectLabels: null, x_Tags: null },
    ]);
    expect(rows.map(({ Tags }) => Tags)).toEqual(['{"project/team":"core","team":"web"}', null]);
  });

  test('without SkuPriceId, price columns of a credit are empty as FOCUS 1.3 asks, and the notes hold what they were', async () => {
    const row = await upgrade({
      ChargeCategory: 'Credit',
      SkuPriceId: null,
      ConsumedQuantity: null,
      ConsumedUnit: null,
    });
    expect(row).toMatchObject({
      PricingQuantity: null,
      PricingUnit: null,
      PricingCategory: null,
      ListUnitPrice: null,
      ListCost: '1.000000000000000000',
    });
    expect(notes(row)).toMatchObject({ PricingQuantity: 'delivered as 5', PricingCategory: 'delivered as Standard' });
  });
});
