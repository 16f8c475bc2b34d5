import { describe, expect, test } from 'vitest';
import { bareLine, baseLine, billCsv, type Line } from './fixtures/bill.ts';
import { focusRows, withBill } from './fixtures/converted.ts';

const PLAN = 'arn:aws:savingsplans::111111111111:savingsplan/p-1';
const RESERVATION = 'arn:aws:ec2:us-west-2:111111111111:reserved-instances/r-1';

describe('AWS line item types become FOCUS charges', () => {
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
      CommitmentDiscountQuantity: '1.5',
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

  test('a Fee is an upfront reservation when it names one, else a purchase of its own', async () => {
    const fee = { ...bareLine, 'lineItem/LineItemType': 'Fee', 'lineItem/UnblendedCost': '100' };
    const rows = await focusRows(
      billCsv([{ ...fee, 'reservation/ReservationARN': RESERVATION }, fee, { ...fee, 'bill/BillType': 'Purchase' }]),
    );
    expect(rows.map((row) => [row.ChargeCategory, row.ChargeFrequency, row.BilledCost, row.EffectiveCost])).toEqual([
      ['Purchase', 'One-Time', '100', '0'],
      ['Purchase', 'Recurring', '100', '100'],
      ['Purchase', 'One-Time', '100', '100'],
    ]);
  });

  test('Tax has neither SKU, price nor quantity, and no host', async () => {
    const [row] = await focusRows(
      billCsv([
        { 'lineItem/LineItemType': 'Tax', 'lineItem/UnblendedCost': '3.21', 'pricing/publicOnDemandCost': '0.0' },
      ]),
    );
    expect(row).toMatchObject({
      ChargeCategory: 'Tax',
      ChargeFrequency: 'Recurring',
      BilledCost: '3.21',
      EffectiveCost: '3.21',
      ListCost: '3.21',
      ContractedCost: '3.21',
      SkuId: null,
      SkuPriceId: null,
      SkuMeter: null,
      SkuPriceDetails: null,
      PricingQuantity: null,
      PricingUnit: null,
      PricingCategory: null,
      ListUnitPrice: null,
      ContractedUnitPrice: null,
      HostProviderName: null,
    });
  });

  test('Credit lowers every cost', async () => {
    const [row] = await focusRows(
      billCsv([{ ...bareLine, 'lineItem/LineItemType': 'Credit', 'lineItem/UnblendedCost': '-5' }]),
    );
    expect(row).toMatchObject({
      ChargeCategory: 'Credit',
      ChargeFrequency: 'One-Time',
      BilledCost: '-5',
      EffectiveCost: '-5',
      ListCost: '-5',
      ContractedCost: '-5',
      ListUnitPrice: null,
    });
  });

  test('a Refund of an earlier period is a correction, with a negative quantity where its price is known', async () => {
    const refund = {
      'lineItem/LineItemType': 'Refund',
      'lineItem/UnblendedCost': '-0.096',
      'lineItem/UnblendedRate': '',
    };
    const [earlier, current] = await focusRows(
      billCsv([
        {
          ...refund,
          'lineItem/UsageStartDate': '2025-02-01T00:00:00Z',
          'lineItem/UsageEndDate': '2025-02-02T00:00:00Z',
          'pricing/publicOnDemandCost': '',
          'pricing/publicOnDemandRate': '',
        },
        refund,
      ]),
    );
    expect(earlier).toMatchObject({
      ChargeCategory: 'Usage',
      ChargeFrequency: 'One-Time',
      ChargeClass: 'Correction',
      BilledCost: '-0.096',
      ContractedUnitPrice: '0.096',
      PricingQuantity: '-1',
      ContractedCost: '-0.096',
      ListCost: '-0.096',
    });
    expect(current).toMatchObject({ ChargeClass: null, BilledCost: '-0.096' });
  });

  test.each(['EdpDiscount', 'PrivateRateDiscount', 'RiVolumeDiscount', 'SppDiscount', 'BundledDiscount', 'Discount'])(
    '%s lowers what is paid and takes nothing off the list',
    async (type) => {
      const [row] = await focusRows(
        billCsv([{ ...bareLine, 'lineItem/LineItemType': type, 'lineItem/UnblendedCost': '-0.01' }]),
      );
      expect(row).toMatchObject({
        ChargeCategory: 'Usage',
        BilledCost: '-0.01',
        EffectiveCost: '-0.01',
        ContractedCost: '-0.01',
        ListCost: '0',
        SkuPriceId: null,
      });
    },
  );

  test('a type that nobody knows keeps its cost, as an adjustment', async () => {
    const [row] = await focusRows(
      billCsv([{ ...bareLine, 'lineItem/LineItemType': 'SomethingNew', 'lineItem/UnblendedCost': '7' }]),
    );
    expect(row).toMatchObject({
      ChargeCategory: 'Adjustment',
      BilledCost: '7',
      EffectiveCost: '7',
      x_LineItemType: 'SomethingNew',
    });
  });
});

describe('prices', () => {
  test('a rate that does not make the cost gives way to cost ÷ amount', async () => {
    const [row] = await focusRows(
      billCsv([
        {
          'lineItem/UsageAmount': '3',
          'lineItem/UnblendedRate': '0.09',
          'lineItem/UnblendedCost': '0.1',
          'pricing/publicOnDemandRate': '0.09',
          'pricing/publicOnDemandCost': '0.27',
        },
      ]),
    );
    expect(row).toMatchObject({
      BilledCost: '0.1',
      ContractedUnitPrice: '0.033333333333333333',
      ContractedCost: '0.099999999999999999',
      ListUnitPrice: '0.09',
      ListCost: '0.27',
    });
  });

  test("the bill's digits stand while the priced costs are exact products", async () => {
    const [row] = await focusRows(
      billCsv([
        {
          'lineItem/UsageAmount': '0.1214012512',
          'lineItem/UnblendedRate': '0.0036',
          'lineItem/UnblendedCost': '4.370444E-4',
          'pricing/publicOnDemandRate': '0.0036',
          'pricing/publicOnDemandCost': '4.370445E-4',
        },
      ]),
    );
    expect(row).toMatchObject({
      BilledCost: '0.0004370444',
      EffectiveCost: '0.0004370444',
      ContractedUnitPrice: '0.0036',
      ContractedCost: '0.00043704450432',
      ListCost: '0.00043704450432',
    });
  });

  test('the free tier is contracted at 0 and listed at its price', async () => {
    const [row] = await focusRows(billCsv([{ 'lineItem/UnblendedRate': '0.0', 'lineItem/UnblendedCost': '0.0' }]));
    expect(row).toMatchObject({
      BilledCost: '0',
      ContractedUnitPrice: '0',
      ContractedCost: '0',
      ListUnitPrice: '0.096',
      ListCost: '0.096',
    });
  });

  test('without a SKU price nothing that hangs on it is said', async () => {
    const [row] = await focusRows(billCsv([{ 'pricing/RateCode': '' }]));
    expect(row).toMatchObject({
      SkuPriceId: null,
      ListUnitPrice: null,
      ContractedUnitPrice: null,
      PricingQuantity: null,
      PricingUnit: null,
      PricingCategory: null,
      ConsumedQuantity: null,
      ConsumedUnit: null,
      SkuPriceDetails: null,
      ListCost: '0.096',
      ContractedCost: '0.096',
      SkuId: 'SKU1',
    });
  });
});

describe('net costs', () => {
  test('what is paid after discounts wins, and a discount row is not counted twice', async () => {
    const rows = await focusRows(
      billCsv([
        { 'lineItem/NetUnblendedCost': '0.09', 'lineItem/NetUnblendedRate': '0.09' },
        { ...bareLine, 'lineItem/LineItemType': 'EdpDiscount', 'lineItem/UnblendedCost': '-0.006' },
      ]),
    );
    expect(rows.map((row) => row.BilledCost)).toEqual(['0.09', '0']);
    expect(rows[0]).toMatchObject({ ContractedUnitPrice: '0.09', ListUnitPrice: '0.096' });
  });

  test('a net column without any value changes nothing', async () => {
    const rows = await focusRows(
      billCsv([
        { 'lineItem/NetUnblendedCost': '' },
        { ...bareLine, 'lineItem/LineItemType': 'EdpDiscount', 'lineItem/UnblendedCost': '-0.006' },
      ]),
    );
    expect(rows.map((row) => row.BilledCost)).toEqual(['0.096', '-0.006']);
  });

  test('a bill costs the same whatever other months and payers are given with it', async () => {
    const net = { 'lineItem/NetUnblendedCost': '0.09' };
    const discount = { ...bareLine, 'lineItem/LineItemType': 'EdpDiscount', 'lineItem/UnblendedCost': '-0.006' };
    const april = {
      'bill/BillingPeriodStartDate': '2025-04-01T00:00:00Z',
      'bill/BillingPeriodEndDate': '2025-05-01T00:00:00Z',
    };
    const otherPayer = { 'bill/PayerAccountId': '333333333333' };
    const bills = [
      [net, discount],
      [april, { ...discount, ...april }],
      [otherPayer, { ...discount, ...otherPayer }],
    ].map((lines) => lines.map((line) => ({ 'lineItem/NetUnblendedCost': '', ...line })));
    const costs = async (lines: Line[]) => (await focusRows(billCsv(lines))).map((row) => row.BilledCost);
    const alone = [];
    for (const bill of bills) alone.push(...(await costs(bill)));
    expect(alone).toEqual(['0.09', '0', '0.096', '-0.006', '0.096', '-0.006']);
    expect(await costs(bills.flat())).toEqual(alone);

    const totals = await withBill(billCsv(bills.flat()), (workbench, { plan, table }) =>
      workbench.rows<{ total: string }>(`SELECT total FROM (${plan.controlTotals(table)}) ORDER BY billing_period`),
    );
    expect(totals.map(({ total }) => total)).toEqual(['0.180000000000000000', '0.090000000000000000']);
  });

  test('times of one billing period in two spellings are one bill', async () => {
    const rows = await focusRows(
      billCsv([
        { 'lineItem/NetUnblendedCost': '0.09', 'bill/BillingPeriodStartDate': '2025-03-01T00:00:00.000Z' },
        { ...bareLine, 'lineItem/LineItemType': 'EdpDiscount', 'lineItem/UnblendedCost': '-0.006' },
      ]),
    );
    expect(rows.map((row) => row.BilledCost)).toEqual(['0.09', '0']);
  });
});

describe('prices that AWS publishes in another currency than it bills', () => {
  const yuan = {
    'lineItem/CurrencyCode': 'CNY',
    'lineItem/UnblendedRate': '0.7',
    'lineItem/UnblendedCost': '0.7',
    'pricing/currency': 'USD',
  };

  test('are no prices in the billing currency', async () => {
    const [row] = await focusRows(billCsv([yuan]));
    expect(row).toMatchObject({
      BillingCurrency: 'CNY',
      BilledCost: '0.7',
      ListCost: '0.7',
      ListUnitPrice: '0.7',
      ContractedCost: '0.7',
      ContractedUnitPrice: '0.7',
      PricingCurrency: 'USD',
      PricingCurrencyListUnitPrice: '0.096',
      PricingCurrencyContractedUnitPrice: null,
      PricingCurrencyEffectiveCost: '0.7',
      x_PricingCurrencyEffectiveCostAssumed: true,
    });
  });

  test('leave the price of reserved usage unknown, which is billed nothing', async () => {
    const [row] = await focusRows(
      billCsv([
        {
          ...yuan,
          'lineItem/LineItemType': 'DiscountedUsage',
          'lineItem/UnblendedRate': '0',
          'lineItem/UnblendedCost': '0',
          'reservation/ReservationARN': RESERVATION,
          'reservation/EffectiveCost': '0.4',
        },
      ]),
    );
    expect(row).toMatchObject({
      EffectiveCost: '0.4',
      ListCost: '0',
      ContractedCost: '0',
      ListUnitPrice: null,
      ContractedUnitPrice: null,
      SkuPriceId: null,
      PricingCurrencyListUnitPrice: null,
    });
  });

  test('are said where the rate makes the published cost, and 0 is not said', async () => {
    const rows = await focusRows(
      billCsv([
        { ...yuan, 'pricing/publicOnDemandCost': '0.05' },
        { ...yuan, 'pricing/publicOnDemandCost': '0', 'pricing/publicOnDemandRate': '0' },
      ]),
    );
    expect(rows.map((row) => row.PricingCurrencyListUnitPrice)).toEqual([null, null]);
  });

  test('are not assumed where AWS names no currency of the price', async () => {
    const [row] = await focusRows(billCsv([{ ...yuan, 'pricing/currency': '' }]));
    expect(row).toMatchObject({
      PricingCurrency: 'CNY',
      PricingCurrencyContractedUnitPrice: '0.7',
      x_PricingCurrencyEffectiveCostAssumed: null,
    });
  });
});

describe('columns in two spellings', () => {
  test('are one column: each row has the value of its own spelling', async () => {
    const plan = { 'lineItem/LineItemType': 'SavingsPlanCoveredUsage' };
    const rows = await focusRows(
      billCsv([
        { ...plan, 'savingsPlan/SavingsPlanARN': PLAN, 'savingsPlan/SavingsPlanEffectiveCost': '0.07' },
        { ...plan, 'savingsPlan/SavingsPlanArn': `${PLAN}b`, 'savingsPlan/savingsPlanEffectiveCost': '0.08' },
      ]),
    );
    expect(rows.map((row) => [row.CommitmentDiscountId, row.EffectiveCost])).toEqual([
      [PLAN, '0.07'],
      [`${PLAN}b`, '0.08'],
    ]);
  });

  test('are one attribute of the product', async () => {
    const rows = await focusRows(
      billCsv([
        { 'product/vcpu': '', 'product/Vcpu': '4', 'product/tenancy': '', 'product/Tenancy': 'Host' },
        { 'product/Tenancy': '', 'product/Vcpu': '' },
      ]),
    );
    expect(rows.map((row) => JSON.parse(row.SkuPriceDetails as string))).toMatchObject([
      { CoreCount: 4, x_Tenancy: 'Host', x_Vcpu: '4' },
      { CoreCount: 2, x_Tenancy: 'Shared', x_Vcpu: '2' },
    ]);
  });

  test('keep both values where tags differ in their prefix alone', async () => {
    const [row] = await focusRows(
      billCsv([{ 'resourceTags/user:Env': 'prod', 'resourceTags/Env': 'test', 'resourceTags/user:Name': '' }]),
    );
    expect(row!.Tags).toBe('{"Env":"test","user:Env":"prod"}');
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
