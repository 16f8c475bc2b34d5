import { expect, test } from 'vitest';
import { awsUsage, convert, type Row } from './test-bill.ts';

/** Usage in Google's FOCUS 1.2 preview: no ServiceCategory, ChargeFrequency, InvoiceIssuerName, commitments or Tags. */
const {
  ServiceCategory: _1,
  ChargeFrequency: _2,
  InvoiceIssuerName: _3,
  CommitmentDiscountCategory: _4,
  CommitmentDiscountId: _5,
  CommitmentDiscountName: _6,
  CommitmentDiscountStatus: _7,
  CommitmentDiscountType: _8,
  Tags: _9,
  ResourceType: _10,
  BillingAccountName: _11,
  ...delivered
} = awsUsage;
const usage: Row = {
  ...delivered,
  ProviderName: 'Google Cloud',
  PublisherName: 'Google Cloud',
  BillingAccountId: '0AB1C2-D3E4F5-678901',
  BillingAccountType: 'Billing Account',
  BillingPeriodStart: '2024-09-01 07:00:00 UTC',
  BillingPeriodEnd: '2024-10-01 07:00:00 UTC',
  ServiceName: 'Compute Engine',
  ResourceId: '//compute.googleapis.com/projects/p/zones/z/instances/i',
  PricingCurrency: 'USD',
  x_Credits: '[]',
  x_ConsumptionModelDescription: 'Default',
  x_SubscriptionInstanceId: null,
};

async function repaired(change: Row) {
  const { rows, faults, totals } = await convert([{ ...usage, ...change }]);
  const row = rows[0]!;
  return { row, faults, totals, notes: JSON.parse(row.x_UpgradeNotes ?? '{}') as Record<string, string> };
}

test('columns that the export lacks are filled from what it says', async () => {
  const { row, notes, faults } = await repaired({ x_Labels: '[{"Key":"team","Value":"web"}]' });
  expect(row).toMatchObject({
    ServiceCategory: 'Compute',
    ServiceSubcategory: 'Virtual Machines',
    ChargeFrequency: 'Usage-Based',
    InvoiceIssuerName: 'Google Cloud',
    ResourceType: 'instances',
    SubAccountType: 'Project',
    Tags: '{"team":"web"}',
    CommitmentDiscountId: null,
  });
  expect(notes).toMatchObject({ InvoiceIssuerName: 'assumed for this provider', ServiceCategory: 'from ServiceName' });
  expect(faults).toEqual([]);
});

test('billing periods are calendar months, as for every provider; the delivered time is told', async () => {
  const { row, notes, totals } = await repaired({});
  expect(row).toMatchObject({ BillingPeriodStart: '2024-09-01 00:00:00', BillingPeriodEnd: '2024-10-01 00:00:00' });
  expect(notes.BillingPeriodStart).toBe('delivered as 2024-09-01 07:00:00');
  expect(totals).toMatchObject([{ billing_period: '2024-09-01' }]);
});

test('credits that may or may not be part of BilledCost are told on the row and named, and nothing is added', async () => {
  const { row, notes, faults } = await repaired({
    x_Credits:
      '[{"Name":"trial","Amount":-0.25,"Type":"PROMOTION"},{"Name":"free","Amount":"-0.125","Type":"FREE_TIER"}]',
  });
  expect(row.BilledCost).toBe('0.500000000000000000');
  expect(notes.BilledCost).toMatch(/^as delivered; x_Credits holds -0\.375 /);
  expect(faults).toMatchObject([{ column: 'BilledCost', kind: 'invalid', reason: expect.stringContaining('invoice') }]);
});

test('usage under a consumption model is covered by its commitment', async () => {
  const covered = {
    x_ConsumptionModelDescription: 'Compute Flexible CUDs 1 Year',
    x_SubscriptionInstanceId: 'subscriptions/1',
    PricingCategory: 'Committed',
  };
  const { row, faults } = await repaired(covered);
  expect(row).toMatchObject({
    CommitmentDiscountId: 'subscriptions/1',
    CommitmentDiscountName: 'Compute Flexible CUDs 1 Year',
    CommitmentDiscountCategory: 'Spend',
    CommitmentDiscountType: 'Spend-based CUD',
    CommitmentDiscountStatus: 'Used',
    CommitmentDiscountQuantity: '0.500000000000000000',
    CommitmentDiscountUnit: 'USD',
  });
  expect(faults).toEqual([]);
  const fee = await repaired({
    ...covered,
    x_ConsumptionModelDescription: 'Default',
    ChargeCategory: 'Purchase',
    ConsumedQuantity: null,
    ConsumedUnit: null,
  });
  expect(fee.row).toMatchObject({
    CommitmentDiscountId: 'subscriptions/1',
    CommitmentDiscountStatus: null,
    ChargeFrequency: 'Recurring',
  });
});

test('the older BigQuery view: lower case, last day as end, a list of categories, the account for the project', async () => {
  const { row, notes } = await repaired({
    ChargeCategory: 'usage',
    ChargeClass: 'correction',
    PricingCategory: 'standard',
    BillingPeriodStart: '2024-09-01',
    BillingPeriodEnd: '2024-09-30',
    ServiceCategory: '["GCP","Compute","VM"]',
    SubAccountId: '0AB1C2-D3E4F5-678901',
    SubAccountName: 'Payer',
    x_Project: '{"Id":"web-prod","Name":"Web"}',
    Tags: '[{"key":"team","value":"web","x_type":"label","x_inherited":false}]',
  });
  expect(row).toMatchObject({
    ChargeCategory: 'Usage',
    ChargeClass: 'Correction',
    PricingCategory: 'Standard',
    BillingPeriodEnd: '2024-10-01 00:00:00',
    ServiceCategory: 'Compute',
    SubAccountId: 'web-prod',
    SubAccountName: 'Web',
    Tags: '{"team":"web"}',
  });
  expect(notes).toMatchObject({
    BillingPeriodEnd: 'delivered as 2024-09-30 00:00:00',
    SubAccountId: 'delivered as 0AB1C2-D3E4F5-678901',
  });
  expect((await repaired({ ChargeCategory: 'error' })).row.ChargeCategory).toBe('Usage');
});
