import { describe, expect, test } from 'vitest';
import { bareLine, billCsv } from './fixtures/bill.ts';
import { focusRows } from './fixtures/converted.ts';

const RESERVATION = 'arn:aws:ec2:us-west-2:111111111111:reserved-instances/r-1';

describe('fees, taxes, credits, refunds and discounts become FOCUS charges', () => {
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
        ChargeCategory: 'Adjustment',
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
