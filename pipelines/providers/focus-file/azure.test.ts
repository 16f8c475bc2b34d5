import { describe, expect, test } from 'vitest';
import { awsUsage, convert, type Row } from './test-bill.ts';

/** Usage of Azure in FOCUS 1.2-preview, right in itself. */
const usage: Row = {
  ...awsUsage,
  ProviderName: 'Microsoft',
  PublisherName: 'Microsoft',
  InvoiceIssuerName: 'Microsoft',
  BillingAccountId: '/providers/Microsoft.Billing/billingAccounts/1',
  ServiceName: 'Virtual Machines',
  ResourceId: '/subscriptions/s/resourcegroups/g/providers/microsoft.compute/virtualmachines/web-1',
  ResourceType: 'Virtual machine',
  PricingCurrency: 'USD',
};

const committed: Row = {
  CommitmentDiscountId: '/providers/Microsoft.Capacity/reservationOrders/O/reservations/R',
  CommitmentDiscountName: 'R',
  CommitmentDiscountType: 'Reservation',
  CommitmentDiscountCategory: 'Usage',
  CommitmentDiscountStatus: 'Used',
  PricingCategory: 'Committed',
};

async function repaired(change: Row): Promise<{ row: Row; notes: Record<string, string>; faulty: string[] }> {
  const { rows, faults } = await convert([{ ...usage, ...change }]);
  const row = rows[0]!;
  return { row, notes: JSON.parse(row.x_UpgradeNotes ?? '{}'), faulty: faults.map(({ column }) => column) };
}

describe('quantities that were divided by the block size twice', () => {
  const divided: Row = {
    ListUnitPrice: '0.04',
    ContractedUnitPrice: '0.04',
    ConsumedQuantity: '0.0025',
    PricingQuantity: '0.00000025',
    BilledCost: '0.0001',
    EffectiveCost: '0.0001',
    ListCost: '0.0001',
    ContractedCost: '0.00000001',
  };

  test.each([
    ['as the quantities show', {}],
    ['as x_PricingBlockSize says', { x_PricingBlockSize: '10000', PricingQuantity: '0.00000026' }],
  ])('are multiplied again, %s, told with what was delivered; the bill stays', async (_, change) => {
    const { row, notes, faulty } = await repaired({ ...divided, ...change });
    expect(row).toMatchObject({
      PricingQuantity: '0.002500000000000000',
      ConsumedQuantity: '25.000000000000000000',
      ContractedCost: '0.000100000000000000',
      BilledCost: '0.000100000000000000',
      EffectiveCost: '0.000100000000000000',
    });
    expect(notes).toMatchObject({ ConsumedQuantity: 'delivered as 0.0025', ContractedCost: 'delivered as 0.00000001' });
    expect(notes).not.toHaveProperty('BilledCost');
    expect(faulty).toEqual([]);
  });

  test('quantities in blocks whose price gives the cost stay', async () => {
    const { row } = await repaired({
      ...divided,
      ConsumedQuantity: '25',
      PricingQuantity: '0.0025',
      ContractedCost: '0.0001',
      x_PricingBlockSize: '10000',
    });
    expect(row).toMatchObject({ PricingQuantity: '0.002500000000000000', ConsumedQuantity: '25.000000000000000000' });
  });
});

describe('0 where Microsoft does not know', () => {
  const unpriced: Row = { ListUnitPrice: '0', ListCost: '0', ContractedUnitPrice: '0', ContractedCost: '0' };

  test('costs become the next best cost, and prices that cost by the quantity, told as assumed', async () => {
    const { row, notes, faulty } = await repaired({ ...unpriced, ...committed, BilledCost: '0' });
    expect(row).toMatchObject({
      ListUnitPrice: '0.100000000000000000',
      ContractedUnitPrice: '0.100000000000000000',
      PricingCurrencyContractedUnitPrice: '0.100000000000000000',
      ContractedCost: '0.500000000000000000',
      ListCost: '0.500000000000000000',
    });
    expect(notes).toMatchObject({
      ListUnitPrice: 'delivered as 0, assumed: ListCost ÷ PricingQuantity',
      ContractedUnitPrice: 'delivered as 0, assumed: ContractedCost ÷ PricingQuantity',
      ContractedCost: 'delivered as 0',
    });
    expect(faulty).toEqual([]);
  });

  test.each([
    ['does not give the cost again', { PricingQuantity: '3' }],
    ['would be negative', { BilledCost: '-0.5', EffectiveCost: '-0.5' }],
  ])('a price that %s stays unknown', async (_, change) => {
    const { row, notes } = await repaired({ ...unpriced, ...change });
    expect(row).toMatchObject({ ListUnitPrice: null, ContractedUnitPrice: null });
    expect(notes).toMatchObject({ ListUnitPrice: 'delivered as 0', ContractedUnitPrice: 'delivered as 0' });
  });

  test('a cost of 0 with a price is their product', async () => {
    const { row } = await repaired({ ListCost: '0' });
    expect(row).toMatchObject({ ListUnitPrice: '0.200000000000000000', ListCost: '1.000000000000000000' });
  });

  test('what costs nothing keeps its zeros', async () => {
    const free = { BilledCost: '0', EffectiveCost: '0', ListCost: '0', ContractedCost: '0' };
    const { row, notes } = await repaired({ ...free, ListUnitPrice: '0', ContractedUnitPrice: '0' });
    expect(row).toMatchObject({ ListUnitPrice: '0.000000000000000000', ListCost: '0.000000000000000000' });
    expect(notes).not.toHaveProperty('ListCost');
  });
});

describe('commitments', () => {
  test('a purchase has no effective cost, and is not by usage', async () => {
    const { row, notes } = await repaired({
      ...committed,
      CommitmentDiscountStatus: null,
      ChargeCategory: 'Purchase',
      ConsumedQuantity: null,
      ConsumedUnit: null,
    });
    expect(row).toMatchObject({
      BilledCost: '0.500000000000000000',
      EffectiveCost: '0.000000000000000000',
      ChargeFrequency: 'Recurring',
      CommitmentDiscountId: '/providers/microsoft.capacity/reservationorders/o/reservations/r',
    });
    expect(notes).toMatchObject({
      EffectiveCost: 'delivered as 0.5',
      ChargeFrequency: 'delivered as Usage-Based',
      CommitmentDiscountId: 'delivered as /providers/Microsoft.Capacity/reservationOrders/O/reservations/R',
    });
  });

  test('used reservations count in normalized units', async () => {
    const { row, notes } = await repaired({ ...committed, x_SkuDetails: '{"RINormalizationRatio":"4"}' });
    expect(row).toMatchObject({
      CommitmentDiscountQuantity: '20.000000000000000000',
      CommitmentDiscountUnit: 'Normalized Hours',
    });
    expect(notes.CommitmentDiscountQuantity).toBe('from the quantity × RINormalizationRatio');
  });

  test('used savings plans count in the pricing currency, where Microsoft says the cost in it', async () => {
    const { row, notes } = await repaired({
      ...committed,
      CommitmentDiscountCategory: 'Spend',
      BillingCurrency: 'EUR',
      x_EffectiveCostInUsd: '0.55',
    });
    expect(row).toMatchObject({
      PricingCurrencyEffectiveCost: '0.550000000000000000',
      CommitmentDiscountQuantity: '0.550000000000000000',
      CommitmentDiscountUnit: 'USD',
    });
    expect(notes.PricingCurrencyEffectiveCost).toBe('from x_EffectiveCostInUsd');
  });

  test('costs and prices go back to the pricing currency by the rate that Microsoft used, to 18 decimals', async () => {
    const { row, notes, faulty } = await repaired({
      BillingCurrency: 'EUR',
      PricingCurrency: 'GBP',
      x_BillingExchangeRate: '1.2',
      EffectiveCost: '-0.5',
    });
    expect(row).toMatchObject({
      PricingCurrencyEffectiveCost: '-0.416666666666666667',
      PricingCurrencyListUnitPrice: '0.166666666666666667',
      PricingCurrencyContractedUnitPrice: '0.083333333333333333',
    });
    expect(notes.PricingCurrencyListUnitPrice).toBe('from ListUnitPrice ÷ x_BillingExchangeRate');
    expect(faulty).toEqual([]);
  });

  test('an effective cost that is known in the billing currency only is assumed, told', async () => {
    const { row, notes } = await repaired({ BillingCurrency: 'EUR', PricingCurrency: 'GBP' });
    expect(row.PricingCurrencyEffectiveCost).toBe('0.500000000000000000');
    expect(notes.PricingCurrencyEffectiveCost).toBe('assumed: EffectiveCost in BillingCurrency');
  });
});

describe('what stands in other columns', () => {
  test('capacity reservations and details of the SKU are in x_SkuDetails', async () => {
    const { row, notes } = await repaired({
      x_sku_details: '{"VMCapacityReservationId":"/subscriptions/S/CapacityReservations/C","VCPUs":4}',
    });
    expect(row).toMatchObject({
      CapacityReservationId: '/subscriptions/s/capacityreservations/c',
      CapacityReservationStatus: 'Used',
      SkuPriceDetails: '{"x_VCPUs":4,"x_VMCapacityReservationId":"/subscriptions/S/CapacityReservations/C"}',
    });
    expect(notes.SkuPriceDetails).toBe('from x_SkuDetails');
  });

  test('an unused capacity reservation is the resource itself', async () => {
    const { row } = await repaired({
      ResourceId: '/subscriptions/s/providers/microsoft.compute/capacityreservationgroups/g/capacityreservations/c',
      x_SkuDetails: '"VMCapacityReservationId":"/subscriptions/s/c"',
    });
    expect(row).toMatchObject({ CapacityReservationStatus: 'Unused' });
  });

  test('resource identifiers are lower case, the publisher has one name, a nameless service has one', async () => {
    const { row } = await repaired({
      ResourceId: '/subscriptions/S/resourceGroups/G/providers/Microsoft.Compute/virtualMachines/V',
      PublisherName: 'Microsoft Corporation',
      ServiceName: null,
      x_SkuMeterSubcategory: 'Rounding',
    });
    expect(row).toMatchObject({
      ResourceId: '/subscriptions/s/resourcegroups/g/providers/microsoft.compute/virtualmachines/v',
      PublisherName: 'Microsoft',
      ServiceProviderName: 'Microsoft',
      ServiceName: 'Rounding',
    });
    const marketplace = await repaired({ PublisherName: 'Contoso', ServiceName: null, x_SkuMeterCategory: 'SaaS' });
    expect(marketplace.row).toMatchObject({ ServiceName: 'Contoso', ServiceProviderName: 'Contoso' });
  });
});

test('rows of other providers are not touched', async () => {
  const { rows } = await convert([{ ...awsUsage, ResourceId: 'ARN:Upper', ListCost: '0', ListUnitPrice: '0' }]);
  expect(rows[0]).toMatchObject({ ResourceId: 'ARN:Upper', ListUnitPrice: '0.000000000000000000' });
});
