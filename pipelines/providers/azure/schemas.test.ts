import { describe, expect, test } from 'vitest';
import { detectFormat } from '../registry.ts';
import { csvOf, eaLine, focusRows, focusRowsOf, type Line, reserved, withFiles } from './fixtures/bill.ts';
import { azureHeader } from './header.ts';
import { azureCostDetails } from './index.ts';

/** A line of a Customer Agreement: priced in dollars, billed in euros. */
const mcaLine: Line = {
  invoiceId: 'E01',
  previousInvoiceId: '',
  billingAccountId: 'acc',
  billingProfileId: '/providers/x/billingProfiles/p',
  billingProfileName: 'Profile',
  billingPeriodStartDate: '',
  billingPeriodEndDate: '',
  date: '2025-03-05',
  meterId: 'm-1',
  meterName: 'D4s v5',
  meterCategory: 'Virtual Machines',
  ProductId: 'DZH1/0001',
  ProductName: 'D4s v5',
  SubscriptionId: 'AAAA-1',
  publisherType: 'Microsoft',
  consumedService: 'Microsoft.Compute',
  location: 'northeurope',
  effectivePrice: '2',
  quantity: '3',
  unitOfMeasure: '1 Hour',
  chargeType: 'Usage',
  billingCurrency: 'EUR',
  pricingCurrency: 'USD',
  costInBillingCurrency: '5.4',
  costInPricingCurrency: '6',
  exchangeRatePricingToBilling: '0.9',
  PayGPrice: '2.5',
  unitPrice: '2',
  frequency: 'UsageBased',
  pricingModel: 'OnDemand',
};

const paygLine: Line = {
  SubscriptionGuid: 'AAAA-1',
  ResourceGroup: 'rg',
  ResourceLocation: 'US East 2',
  UsageDateTime: '2019-07-29',
  MeterCategory: 'Storage',
  MeterId: 'm-2',
  MeterName: 'LRS Data Stored',
  UnitOfMeasure: '1 GB',
  UsageQuantity: '3',
  ResourceRate: '0.5',
  PreTaxCost: '1.5',
  ConsumedService: 'Microsoft.Storage',
  InstanceId: '/subscriptions/AAAA-1/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/s1',
  Currency: 'USD',
};

const partnerCenterLine: Line = {
  PartnerId: 'partner',
  PartnerName: 'Partner',
  CustomerName: 'Customer',
  InvoiceNumber: 'G1',
  ProductId: 'DZH1',
  ProductName: 'D4s v5',
  SubscriptionId: 'AAAA-1',
  SubscriptionDescription: 'Shop',
  ChargeStartDate: '2026-09-01T00:00:00',
  ChargeEndDate: '2026-09-30T00:00:00',
  UsageDate: '2026-09-03T00:00:00',
  MeterCategory: 'Virtual Machines',
  MeterId: 'm-1',
  MeterName: 'D4s v5',
  Unit: '1 Hour',
  ConsumedService: 'Microsoft.Compute',
  ResourceURI: '/subscriptions/AAAA-1/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/web-1',
  ChargeType: 'Usage',
  UnitPrice: '2',
  Quantity: '3',
  UnitType: '1 Hour',
  BillingPreTaxTotal: '4.5',
  BillingCurrency: 'EUR',
  PricingPreTaxTotal: '6',
  PricingCurrency: 'USD',
  PCToBCExchangeRate: '0.75',
  EffectiveUnitPrice: '2',
};

describe('schemas', () => {
  test('a Customer Agreement bills its profile, in the billing currency at the exchange rate', async () => {
    const [row] = await focusRows([{}], mcaLine);
    expect(row).toMatchObject({
      BilledCost: '5.4',
      BillingCurrency: 'EUR',
      BillingAccountId: '/providers/x/billingProfiles/p',
      BillingAccountType: 'Billing Profile',
      BillingPeriodStart: '2025-03-01 00:00:00',
      BillingPeriodEnd: '2025-04-01 00:00:00',
      InvoiceId: 'E01',
      ContractedUnitPrice: '1.8',
      ContractedCost: '5.4',
      ListUnitPrice: '2.25',
      ListCost: '6.75',
      PricingCurrency: 'USD',
      PricingCurrencyContractedUnitPrice: '2',
      PricingCurrencyListUnitPrice: '2.5',
      PricingCurrencyEffectiveCost: '6',
      SkuId: 'DZH1/0001',
      RegionId: 'northeurope',
      x_BillingExchangeRate: '0.9',
    });
  });

  test('its refunds are corrections when they name the invoice that they correct', async () => {
    const refund = { chargeType: 'Refund', costInBillingCurrency: '-5.4' };
    const rows = await focusRows([refund, { ...refund, previousInvoiceId: 'E00' }], mcaLine);
    expect(rows.map((row) => row.ChargeClass)).toEqual([null, 'Correction']);
  });

  test('a price that it does not tell is the cost in the pricing currency by the quantity, where that is exact', async () => {
    const unpriced = { unitPrice: '0', PayGPrice: '0', effectivePrice: '1.8' };
    const rows = await focusRows([unpriced, { ...unpriced, quantity: '7' }], mcaLine);
    expect(rows[0]).toMatchObject({
      PricingCurrencyContractedUnitPrice: '2',
      PricingCurrencyListUnitPrice: '2',
      ContractedUnitPrice: '1.8',
      x_ContractedUnitPriceAssumed: true,
      x_ListUnitPriceAssumed: true,
    });
    expect(rows[1]).toMatchObject({ PricingCurrencyContractedUnitPrice: null, PricingCurrencyListUnitPrice: null });
  });

  test('its refunds of reservations without an earlier invoice take back the hours of their term, assumed', async () => {
    const refund = { ...reserved, chargeType: 'Refund', costInBillingCurrency: '-5.4', quantity: '1', term: 'P1Y' };
    const rows = await focusRows([refund, { ...refund, previousInvoiceId: 'E00' }], mcaLine);
    expect(
      rows.map((row) => [
        row.CommitmentDiscountQuantity,
        row.CommitmentDiscountUnit,
        row.x_CommitmentDiscountQuantityAssumed,
      ]),
    ).toEqual([
      ['-8760', 'Hours', true],
      [null, null, null],
    ]);
  });

  test('the daily rated usage of Partner Center has the period of its invoice', async () => {
    const [row] = await focusRows([{}], partnerCenterLine);
    expect(row).toMatchObject({
      BilledCost: '4.5',
      BillingCurrency: 'EUR',
      BillingPeriodStart: '2026-09-01 00:00:00',
      BillingPeriodEnd: '2026-10-01 00:00:00',
      ChargePeriodStart: '2026-09-03 00:00:00',
      ContractedUnitPrice: '1.5',
      InvoiceId: 'G1',
      InvoiceIssuerName: 'Microsoft',
      PricingCurrencyContractedUnitPrice: '2',
      PricingCurrencyEffectiveCost: '6',
      PricingUnit: 'Hours',
      ResourceName: 'web-1',
    });
  });

  test('a charge that nothing names has no description', async () => {
    const unnamed = { ProductName: '', meterName: '', meterCategory: '' };
    expect((await focusRows([unnamed], mcaLine))[0]!.ChargeDescription).toBeNull();
  });

  test('pay-as-you-go of 2019 is billed to its subscription at the resource rate', async () => {
    const [row] = await focusRows([{}], paygLine);
    expect(row).toMatchObject({
      BilledCost: '1.5',
      BillingAccountId: '/subscriptions/aaaa-1',
      BillingAccountType: 'Subscription',
      x_BillingAccountAssumed: true,
      ContractedUnitPrice: '0.5',
      ResourceType: 'Storage account',
      ServiceName: 'Storage Accounts',
    });
  });

  test.each([
    ['camel case', (name: string) => name[0]!.toLowerCase() + name.slice(1)],
    ['capitals', (name: string) => name.toUpperCase()],
    ['another language', (name: string) => `Übersetzung (${name})`],
  ])('names in %s are the same columns', async (_, spelled) => {
    const line = Object.fromEntries(Object.entries(eaLine).map(([name, value]) => [spelled(name), value]));
    expect(detectFormat(Object.keys(line), 'auto')).toBe(azureCostDetails);
    expect((await focusRows([{}], line))[0]).toMatchObject({ BilledCost: '4.8', SkuId: 'm-1', SubAccountName: 'Shop' });
  });

  test('files of one bill may spell their columns differently', async () => {
    const lower = Object.fromEntries(Object.entries(eaLine).map(([name, value]) => [name.toLowerCase(), value]));
    const rows = await focusRowsOf({
      'a.csv': csvOf([{}]),
      'b.csv': `\uFEFF${csvOf([{ date: '03/09/2025' }], lower)}`,
    });
    expect(rows.map((row) => [row.BilledCost, row.x_MeterId])).toEqual([
      ['4.8', 'm-1'],
      ['4.8', 'm-1'],
    ]);
  });

  test.each([
    ['3/5/2025', '3/1/2025', '3/31/2025', '2025-03-05 00:00:00'],
    ['05/03/2025', '01/03/2025', '31/03/2025', '2025-03-05 00:00:00'],
    ['3/5/2025 12:00:00 AM', '3/1/2025 12:00:00 AM', '3/31/2025 12:00:00 AM', '2025-03-05 00:00:00'],
    ['05/03/2025 5:30:00 PM', '01/03/2025', '31/03/2025', '2025-03-05 00:00:00'],
    ['2025-03-05T00:00:00Z', '2025-03-01', '2025-03-31', '2025-03-05 00:00:00'],
  ])('%s in %s to %s is %s', async (day, first, last, expected) => {
    const [row] = await focusRows([{ Date: day, BillingPeriodStartDate: first, BillingPeriodEndDate: last }]);
    expect(row).toMatchObject({ ChargePeriodStart: expected, BillingPeriodEnd: '2025-04-01 00:00:00' });
  });

  test.each([
    [{ Date: '25/03/2025' }, 'Date', 'is not a day such as 2025-01-31 or 01/31/2025'],
    [{ CostInBillingCurrency: '' }, 'CostInBillingCurrency', 'is empty'],
    [
      { CostInBillingCurrency: '0.1234567890123456789' },
      'CostInBillingCurrency',
      'is not a decimal number with at most 20 digits before and 18 after the point, nor a double of at most 17 digits',
    ],
    [{ BillingCurrencyCode: '' }, 'BillingCurrencyCode', 'is empty'],
    [
      { BillingAccountId: '', SubscriptionId: '' },
      'BillingAccountId',
      'is empty, and there is no billing profile and no subscription either',
    ],
  ])('%j is unreadable: %s %s', async (line, column, reason) => {
    await expect(withFiles({ 'bill.csv': csvOf([line as Line]) }, async () => undefined)).rejects.toMatchObject({
      code: 'rows_unreadable',
      faults: [expect.objectContaining({ row: 1, column, reason })],
    });
  });

  test('a file without a needed column is refused by name; other bills are not recognised', () => {
    const names = Object.keys(eaLine).filter((name) => name !== 'BillingCurrencyCode');
    expect(() => azureCostDetails.plan(names)).toThrow(
      expect.objectContaining({ code: 'file_format_unknown', detail: expect.stringContaining('billing currency') }),
    );
    expect(azureCostDetails.recognises(['BilledCost', 'Date'])).toBe(false);
  });

  test('of two names of one column in a file the newer decides', () => {
    expect(azureHeader(['InstanceName', 'ResourceId']).text('resource_id')).toBe(
      `COALESCE(nullif(trim("resource_id_2"), ''), nullif(trim("resource_id"), ''))`,
    );
  });
});
