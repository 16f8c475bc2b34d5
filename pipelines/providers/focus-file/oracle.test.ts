import { expect, test } from 'vitest';
import { convert, type Row } from './test-bill.ts';

/** Usage in Oracle's FOCUS reports, with the headers of 1.0-preview. */
const usage: Row = {
  AvailabilityZone: 'PHX-AD-1',
  BilledCost: '0.024',
  BillingAccountId: '700123',
  BillingAccountName: null,
  BillingCurrency: 'USD',
  BillingPeriodEnd: '1727740800000',
  BillingPeriodStart: '1725148800000',
  ChargeCategory: 'Usage',
  ChargeDescription: 'Standard - E4 - Memory',
  ChargeFrequency: 'Usage-based',
  ChargePeriodEnd: '2024-09-02T08:00Z',
  ChargePeriodStart: '2024-09-02T07:00Z',
  ChargeSubCategory: null,
  CommitmentDiscountCategory: null,
  CommitmentDiscountId: null,
  CommitmentDiscountName: null,
  CommitmentDiscountType: null,
  EffectiveCost: '0',
  InvoiceIssuer: 'Oracle',
  ListCost: '0.024',
  ListUnitPrice: '0.0015',
  PricingCategory: null,
  PricingQuantity: '16',
  PricingUnit: 'GB Hours',
  Provider: 'Oracle',
  Publisher: 'Oracle',
  Region: 'us-phoenix-1',
  ResourceId: 'ocid1.instance.oc1.phx.abc',
  ResourceName: null,
  ResourceType: null,
  ServiceCategory: 'Compute',
  ServiceName: 'COMPUTE',
  SkuId: 'B93114',
  SkuPriceId: null,
  SubAccountId: 'ocid1.tenancy.oc1..t',
  SubAccountName: 'acme',
  Tags: '{"team":"web"}',
  UsageQuantity: '16',
  UsageUnit: 'GB Hours',
  oci_ReferenceNumber: '17',
};

async function repaired(change: Row) {
  const { rows, faults } = await convert([{ ...usage, ...change }]);
  const row = rows[0]!;
  return { row, faults, notes: JSON.parse(row.x_UpgradeNotes ?? '{}') as Record<string, string> };
}

test('a row of usage becomes whole: cost, price, region and names, each told; the bill stays', async () => {
  const { row, faults, notes } = await repaired({});
  expect(faults).toEqual([]);
  expect(row).toMatchObject({
    BilledCost: '0.024000000000000000',
    EffectiveCost: '0.024000000000000000',
    ContractedCost: '0.024000000000000000',
    ContractedUnitPrice: '0.001500000000000000',
    SkuPriceId: 'B93114',
    PricingCategory: 'Standard',
    ChargeFrequency: 'Usage-Based',
    BillingPeriodStart: '2024-09-01 00:00:00',
    ChargePeriodStart: '2024-09-02 07:00:00',
    RegionId: 'us-phoenix-1',
    RegionName: 'us-phoenix-1',
    ResourceType: 'instance',
    SubAccountType: 'Tenancy',
    x_oci_ReferenceNumber: '17',
  });
  expect(notes).toMatchObject({
    EffectiveCost: 'delivered as 0',
    SkuPriceId: 'from SkuId',
    PricingCategory: 'assumed from ChargeDescription',
    ContractedUnitPrice: 'from ListUnitPrice, as ListCost is BilledCost',
  });
});

test('an effective cost that is empty is the billed one; one that is there stands', async () => {
  const empty = await repaired({ EffectiveCost: null });
  expect(empty.row.EffectiveCost).toBe('0.024000000000000000');
  expect(empty.notes.EffectiveCost).toBe('from BilledCost');
  expect((await repaired({ EffectiveCost: '0.01' })).row.EffectiveCost).toBe('0.010000000000000000');
});

test('an adjustment of a quantity is usage; prices of 0 are unknown, and are not made up', async () => {
  const { row, notes, faults } = await repaired({ ChargeCategory: 'Adjustment', ListCost: '0', ListUnitPrice: '0' });
  expect(row).toMatchObject({
    ChargeCategory: 'Usage',
    ListUnitPrice: null,
    ContractedUnitPrice: null,
    ListCost: '0.024000000000000000',
    ContractedCost: '0.024000000000000000',
  });
  expect(notes).toMatchObject({ ChargeCategory: 'delivered as Adjustment', ListUnitPrice: 'delivered as 0' });
  expect(faults.map(({ column }) => column)).toContain('ListUnitPrice');
  const free = await repaired({ ChargeCategory: 'Adjustment', PricingQuantity: null, PricingUnit: null });
  expect(free.row.ChargeCategory).toBe('Adjustment');
});

test('x_oci_ columns keep their names, preemptible capacity is dynamic', async () => {
  const { row } = await repaired({ x_oci_CostOverage: '0', ChargeDescription: 'Preemptible E4' });
  expect(row).toMatchObject({ x_oci_CostOverage: '0', PricingCategory: 'Dynamic' });
});
