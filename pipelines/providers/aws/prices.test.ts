import { describe, expect, test } from 'vitest';
import { billCsv } from './fixtures/bill.ts';
import { focusRows } from './fixtures/converted.ts';

const RESERVATION = 'arn:aws:ec2:us-west-2:111111111111:reserved-instances/r-1';

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
