import { describe, expect, test } from 'vitest';
import { converted, focusRows } from './fixtures/converted.ts';
import { bare, credit, row } from './fixtures/export.ts';

describe('a row of usage', () => {
  test('is one Usage charge in the words of FOCUS', async () => {
    const [charge, ...more] = await focusRows([row({})]);
    expect(more).toEqual([]);
    expect(charge).toMatchObject({
      BilledCost: '0.25',
      EffectiveCost: '0.25',
      ListCost: '0.28',
      ListUnitPrice: '0.035',
      ContractedCost: '0.25',
      ContractedUnitPrice: '0.03125',
      PricingQuantity: '8',
      PricingUnit: 'Hours',
      ConsumedQuantity: '28800',
      ConsumedUnit: 'Seconds',
      ChargeCategory: 'Usage',
      ChargeClass: null,
      ChargeFrequency: 'Usage-Based',
      PricingCategory: 'Standard',
      BillingAccountId: '01AAAA-02BBBB-03CCCC',
      SubAccountId: 'orchard-prod',
      SubAccountName: 'Orchard Production',
      SubAccountType: 'Project',
      ServiceName: 'Compute Engine',
      ServiceCategory: 'Compute',
      RegionId: 'us-central1',
      RegionName: 'Iowa',
      AvailabilityZone: 'us-central1-a',
      ResourceName: 'press-1',
      ResourceType: 'instances',
      SkuPriceId: 'CORE-0000-0000-0000/0',
      SkuPriceDetails: '{"CoreCount":8,"x_TierStart":0}',
      Tags: '{"99/env":"prod","compute.googleapis.com/cores":"8","spare":true,"team":"press","unit":"fruit"}',
    });
  });

  test('a promotion is a Credit row of its own, a discount stays in the row', async () => {
    const credits = [
      credit('PROMOTION', '-0.1', 'P'),
      credit('SUSTAINED_USAGE_DISCOUNT', '-0.05'),
      credit('NEW_KIND', '-0.01'),
    ];
    const rows = await focusRows([row({ credits })]);
    expect(
      rows.map(({ ChargeCategory, BilledCost, EffectiveCost }) => [ChargeCategory, BilledCost, EffectiveCost]),
    ).toEqual([
      ['Usage', '0.19', '0.19'],
      ['Credit', '-0.1', '-0.1'],
    ]);
    expect(rows[0]).toMatchObject({ x_DiscountAmount: '-0.06', x_CreditTypes: 'NEW_KIND, SUSTAINED_USAGE_DISCOUNT' });
    expect(rows[1]).toMatchObject({
      ChargeDescription: 'The PROMOTION',
      ChargeFrequency: 'One-Time',
      x_CreditIds: 'P',
      SkuPriceId: null,
      PricingQuantity: null,
      ListCost: '-0.1',
    });
  });

  test('money that comes back has a negative quantity, never a negative price', async () => {
    const [charge] = await focusRows([
      row({ cost: '-0.25', cost_at_list: '-0.28', cost_at_effective_price_default: '-0.25' }),
    ]);
    expect(charge).toMatchObject({
      BilledCost: '-0.25',
      ListUnitPrice: '0.035',
      PricingQuantity: '-8',
      ListCost: '-0.28',
    });
  });

  test('an unused reservation of machines is told, a price that Google does not give is cost ÷ amount', async () => {
    const [charge] = await focusRows([
      row({
        system_labels: [{ key: 'compute.googleapis.com/is_unused_reservation', value: 'true' }],
        resource: { name: 'r', global_name: '//compute.googleapis.com/projects/p/zones/z/reservations/9' },
        price: undefined,
      }),
    ]);
    expect(charge).toMatchObject({
      CapacityReservationId: '//compute.googleapis.com/projects/p/zones/z/reservations/9',
      CapacityReservationStatus: 'Unused',
      ListUnitPrice: '0.035',
      ContractedUnitPrice: '0.03125',
    });
  });
});

describe('other rows', () => {
  const adjustment = (type: string, changes = {}) =>
    bare({
      cost: '-3.5',
      cost_type: 'adjustment',
      adjustment_info: { type, mode: 'MANUAL_ADJUSTMENT', id: 'A', description: 'Amends' },
      ...changes,
    });
  const early = { usage_start_time: '2025-02-10T10:00:00Z', usage_end_time: '2025-02-10T11:00:00Z' };

  test.each([
    [
      'tax',
      bare({ cost: '1.5', cost_type: 'tax' }),
      { ChargeCategory: 'Tax', SkuId: null, HostProviderName: null, ChargeFrequency: 'Recurring' },
    ],
    ['rounding', bare({ cost: '0.004', cost_type: 'rounding_error' }), { ChargeCategory: 'Adjustment' }],
    ['rounding in prose', bare({ cost: '0.004', cost_type: 'Rounding error' }), { ChargeCategory: 'Adjustment' }],
    ['goodwill', adjustment('GOODWILL', early), { ChargeCategory: 'Credit', ChargeClass: null }],
    ['another adjustment', adjustment('BALANCE_TRANSFER'), { ChargeCategory: 'Adjustment', ChargeClass: null }],
    [
      'an earlier month adjusted',
      adjustment('BALANCE_TRANSFER', early),
      { ChargeCategory: 'Adjustment', ChargeClass: 'Correction' },
    ],
    ['a correction of no amount', adjustment('PRICE_CORRECTION'), { ChargeCategory: 'Adjustment', ChargeClass: null }],
  ])('%s', async (_, given, expected) => {
    expect(await focusRows([given])).toMatchObject([{ ...expected, PricingQuantity: null, SkuPriceId: null }]);
  });

  test('a correction of usage is Usage, and of the class Correction only for an earlier month in California', async () => {
    const info = {
      cost_type: 'adjustment',
      adjustment_info: { type: 'USAGE_CORRECTION' },
      cost: '-0.25',
      cost_at_list: '-0.28',
    };
    const at = (usage_start_time: string) => row({ ...info, usage_start_time });
    const rows = await focusRows([at('2025-03-01T07:59:59Z'), at('2025-03-01T08:00:00Z')]);
    expect(rows.map(({ ChargeCategory, ChargeClass }) => [ChargeCategory, ChargeClass])).toEqual([
      ['Usage', 'Correction'],
      ['Usage', null],
    ]);
  });

  test('usage of one month on the invoice of the next belongs to the invoice', async () => {
    const [charge] = await focusRows([row({ invoice: { month: '202504' } })]);
    expect(charge).toMatchObject({
      BillingPeriodStart: '2025-04-01 00:00:00',
      ChargePeriodStart: '2025-03-05 10:00:00',
      ChargeClass: null,
    });
  });

  test('Marketplace sellers, resellers and several currencies', async () => {
    const { rows, totals } = await converted([
      row({}),
      row({ currency: 'JPY', cost: '120', billing_account_id: 'SUB-1', payer_billing_account_id: 'PAY-1' }),
      row({
        transaction_type: 'THIRD_PARTY_AGENCY',
        seller_name: 'Quince Software',
        invoice: { month: '202503', publisher_type: 'PARTNER' },
      }),
    ]);
    expect(rows[1]).toMatchObject({
      BillingCurrency: 'JPY',
      BillingAccountId: 'SUB-1',
      x_PayerBillingAccountId: 'PAY-1',
    });
    expect(rows[2]).toMatchObject({
      ServiceProviderName: 'Quince Software',
      InvoiceIssuerName: 'Quince Software',
      HostProviderName: 'Google Cloud',
      BilledCost: '0.25',
      x_InvoicePublisherType: 'PARTNER',
    });
    expect(totals.map(({ currency, focus }) => [currency, focus])).toEqual([
      ['JPY', '120'],
      ['USD', '0.5'],
    ]);
  });
});
