import { costAndUsageColumnIds } from '@cloudact/core/focus';
import { describe, expect, test } from 'vitest';
import { awsUsage, convert, type Row } from './test-bill.ts';

async function upgrade(change: Row): Promise<Row> {
  const { rows } = await convert([{ ...awsUsage, ...change }]);
  return rows[0]!;
}

const notes = (row: Row) => JSON.parse(row.x_UpgradeNotes ?? '{}') as Record<string, string>;

test('a currency in lower case is written in capitals, in the totals too, told; in 1.3 it stands', async () => {
  const { rows, totals, faults } = await convert([{ ...awsUsage, BillingCurrency: 'usd' }, awsUsage]);
  expect(rows.map((row) => [row.BillingCurrency, row.PricingCurrency])).toEqual([
    ['USD', 'USD'],
    ['USD', 'USD'],
  ]);
  expect(notes(rows[0]!).BillingCurrency).toBe('delivered as usd');
  expect(totals).toEqual([expect.objectContaining({ currency: 'USD', total: '1.000000000000000000' })]);
  expect(faults).toEqual([]);
  const current = await convert([
    { ...awsUsage, BillingCurrency: 'usd', ServiceProviderName: 'AWS', HostProviderName: 'AWS' },
  ]);
  expect(current.rows[0]!.BillingCurrency).toBe('usd');
});

test('1.0-preview: former names and values get the new ones', async () => {
  const {
    ChargeClass: _1,
    ConsumedQuantity: _2,
    ConsumedUnit: _3,
    ContractedCost: _4,
    ContractedUnitPrice: _5,
    ...rest
  } = awsUsage;
  const {
    RegionId: _6,
    RegionName: _7,
    ProviderName: _8,
    InvoiceIssuerName: _9,
    CommitmentDiscountStatus: _10,
    ...preview
  } = rest;
  const former = {
    Provider: 'Oracle',
    InvoiceIssuer: 'Oracle',
    Region: 'us-phoenix-1',
    UsageQuantity: '5',
    UsageUnit: 'Hours',
  };
  const { rows } = await convert([
    { ...preview, ...former, ChargeSubcategory: 'On-Demand', PricingCategory: 'On-Demand' },
    { ...preview, ...former, ChargeSubcategory: 'Refund', PricingCategory: 'Commitment-Based' },
    { ...preview, ...former, ChargeCategory: 'Adjustment', ChargeSubcategory: 'Credit' },
    { ...preview, ...former, ChargeSubcategory: 'Used Commitment' },
  ]);
  expect(rows[0]).toMatchObject({
    ProviderName: 'Oracle',
    InvoiceIssuerName: 'Oracle',
    RegionId: 'us-phoenix-1',
    ConsumedQuantity: '5.000000000000000000',
    PricingCategory: 'Standard',
    ContractedCost: '0.500000000000000000',
    x_ChargeSubcategory: 'On-Demand',
  });
  expect(rows[1]).toMatchObject({
    ChargeCategory: 'Purchase',
    ChargeClass: 'Correction',
    PricingCategory: 'Committed',
  });
  expect(rows[2]).toMatchObject({ ChargeCategory: 'Credit' });
  expect(rows[3]).toMatchObject({ CommitmentDiscountStatus: 'Used' });
});

describe('FOCUS 1.3', () => {
  const current: Row = {
    ...awsUsage,
    ServiceProviderName: 'Reseller',
    HostProviderName: null,
    InvoiceIssuerName: null,
    Tags: '{"b": 1.50, "a":"x"}',
  };

  const whole: Row = { ...Object.fromEntries(costAndUsageColumnIds.map((id) => [id, null])), ...current };

  test('is handed on as it is: no rule of older versions touches it', async () => {
    const { rows } = await convert([{ ...whole, ListCost: '0.9999999', ResourceType: null }]);
    expect(rows[0]).toMatchObject({
      ServiceProviderName: 'Reseller',
      HostProviderName: null,
      InvoiceIssuerName: null,
      ListCost: '0.999999900000000000',
      ResourceType: null,
      ServiceSubcategory: null,
      BillingAccountType: null,
      PricingCurrency: null,
      Tags: '{"b": 1.50, "a":"x"}',
    });
    expect(rows[0]).not.toHaveProperty('x_UpgradeNotes');
  });

  test('columns that the file does not have are filled and told; those that it has stand, also where they are empty', async () => {
    const row = await upgrade({ ...current, ListCost: '0.9999999', ResourceType: null });
    expect(row).toMatchObject({
      ServiceProviderName: 'Reseller',
      HostProviderName: null,
      InvoiceIssuerName: null,
      ListCost: '0.999999900000000000',
      ResourceType: null,
      ServiceSubcategory: 'Virtual Machines',
      BillingAccountType: 'Management Account',
      PricingCurrency: 'USD',
      PricingCurrencyEffectiveCost: '0.500000000000000000',
    });
  });
});

describe('FOCUS 1.4', () => {
  const { ProviderName: _1, PublisherName: _2, ...rest } = awsUsage;
  const next: Row = {
    ...rest,
    ServiceProviderName: 'AWS',
    HostProviderName: 'AWS',
    InvoiceDetailId: 'INV-1-7',
    CommitmentProgramEligibilityDetails: '{"Elements":[]}',
    ContractApplied: '{"Elements":[{"ContractId":"C-1"}]}',
  };

  test('keeps what it says; the two columns that it dropped come from ServiceProviderName, and what 1.3 lacks gets x_', async () => {
    const row = await convert([next]).then(({ rows, faults }) => {
      expect(faults).toEqual([]);
      return rows[0]!;
    });
    expect(row).toMatchObject({
      ProviderName: 'AWS',
      PublisherName: 'AWS',
      ServiceProviderName: 'AWS',
      ContractApplied: '{"Elements":[{"ContractId":"C-1"}]}',
      x_InvoiceDetailId: 'INV-1-7',
      x_CommitmentProgramEligibilityDetails: '{"Elements":[]}',
    });
    expect(notes(row)).toMatchObject({
      ProviderName: 'from ServiceProviderName',
      PublisherName: 'from ServiceProviderName',
    });
  });

  test('no row of it is repaired for its provider', async () => {
    const { rows } = await convert([
      { ...next, ServiceProviderName: 'Microsoft', ResourceId: '/subscriptions/A', ResourceType: 'x' },
    ]);
    expect(rows[0]).toMatchObject({ ProviderName: 'Microsoft', ResourceId: '/subscriptions/A' });
  });
});

describe('files that mix', () => {
  test('an older file with some columns of 1.3 keeps them, and the rest is filled', async () => {
    expect(await upgrade({ HostProviderName: 'Acme Cloud', AllocatedMethodId: 'even' })).toMatchObject({
      HostProviderName: 'Acme Cloud',
      ServiceProviderName: 'AWS',
      BillingAccountType: 'Management Account',
    });
  });

  test('a former name beside the name of today is a column of its own', async () => {
    expect(await upgrade({ Region: 'elsewhere', Provider: 'Other' })).toMatchObject({
      RegionId: 'us-east-1',
      x_Region: 'elsewhere',
      ProviderName: 'AWS',
      x_Provider: 'Other',
    });
  });

  test('a billing period that is empty, or in the year 1, is the month of the charge, told', async () => {
    const { rows, totals } = await convert([
      { ...awsUsage, BillingPeriodStart: null, BillingPeriodEnd: null },
      { ...awsUsage, BillingPeriodStart: '0001-01-01T00:00:00Z', BillingPeriodEnd: '0001-01-01T00:00:00Z' },
      { ...awsUsage, BillingPeriodStart: '1725148800000', BillingPeriodEnd: '1727740800000' },
    ]);
    for (const row of rows) {
      expect(row).toMatchObject({ BillingPeriodStart: '2024-09-01 00:00:00', BillingPeriodEnd: '2024-10-01 00:00:00' });
    }
    expect(rows.map((row) => notes(row).BillingPeriodStart)).toEqual([
      'from ChargePeriodStart',
      'from ChargePeriodStart',
      undefined,
    ]);
    expect(totals).toMatchObject([{ billing_period: '2024-09-01', total: '1.500000000000000000' }]);
  });
});

describe('more than 18 decimals', () => {
  test('what is billed is rounded where it is a double, and else makes the row unreadable', async () => {
    const { rows, totals } = await convert([{ ...awsUsage, BilledCost: '3.2999999999999998e-07' }, awsUsage]);
    expect(rows.map((row) => [row.BilledCost, row.x_CostRounded])).toEqual([
      ['0.000000330000000000', '{"BilledCost":"3.2999999999999998e-07"}'],
      ['0.500000000000000000', null],
    ]);
    expect(totals).toMatchObject([{ total: '0.500000330000000000' }]);
    for (const BilledCost of ['0.1234567890123456789', '0.1234567890123456789012345']) {
      await expect(convert([{ ...awsUsage, BilledCost }])).rejects.toMatchObject({
        code: 'rows_unreadable',
        faults: [{ column: 'BilledCost', value: BilledCost }],
      });
    }
    expect(await upgrade({ BilledCost: '0.500000000000000000000' })).toMatchObject({
      BilledCost: '0.500000000000000000',
    });
  });

  test('other money is named when it is rounded', async () => {
    const { rows, faults } = await convert([{ ...awsUsage, EffectiveCost: '0.1234567890123456789' }]);
    expect(rows[0]).toMatchObject({ EffectiveCost: '0.123456789012345679' });
    expect(faults).toMatchObject([{ column: 'EffectiveCost', value: '0.1234567890123456789', kind: 'invalid' }]);
  });
});
