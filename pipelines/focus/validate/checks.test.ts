import { contractCommitmentColumns, costAndUsageColumnIds } from '@cloudact/core/focus';
import { describe, expect, test } from 'vitest';
import { failures, purchaseRow, rule, type TextRow, taxRow, usageRow, validateRows } from './fixtures.ts';
import { isSound, type ValidationReport } from './index.ts';

const found = (report: ValidationReport) => report.checks.filter(({ status }) => status === 'failed');
const ids = (report: ValidationReport) => found(report).map(({ id }) => id);
const other: TextRow = { ...usageRow, ResourceId: 'i-2' };

describe('checks of Cost and Usage', () => {
  test('a good file has no findings, and a sum for each invoice', async () => {
    const report = await validateRows([usageRow, taxRow]);
    expect(ids(report)).toEqual([]);
    expect(isSound(report)).toBe(true);
    expect(report.invoices).toEqual([
      { invoiceId: 'INV-1', issuer: 'AWS', currency: 'EUR', billedCost: '0.2025', rows: 2 },
    ]);
  });

  test('a charge that is there three times is found with the money of the copies, wherever the rows were read', async () => {
    const columns = [...costAndUsageColumnIds, 'x_SourceRow'];
    const rows = [usageRow, other, usageRow, usageRow].map((row, index) => ({ ...row, x_SourceRow: String(index) }));
    const [duplicates] = found(await validateRows(rows, columns));
    expect(duplicates).toMatchObject({
      id: 'duplicate-charges',
      severity: 'warning',
      count: 1,
      rows: 3,
      amounts: { EUR: '0.5' },
      examples: [{ row: 1, values: { rows: '3', amount: '0.5 EUR' } }],
    });
  });

  const cases: [string, TextRow, string[]][] = [
    ['a second currency on an invoice', { BillingCurrency: 'USD' }, ['invoice-currency', 'billing-account-currency']],
    ['a second issuer of an invoice', { InvoiceIssuerName: 'Reseller' }, ['invoice-issuer']],
    ['a resource of two types', { ResourceType: 'Disk', ResourceId: 'i-1', RegionName: 'Dublin' }, ['resource-type']],
    ['two names of a sub account', { SubAccountName: 'store' }, ['sub-account-name']],
    ['two names of a billing account', { BillingAccountName: 'Example' }, ['billing-account-name']],
    [
      'a billing period with two ends',
      { BillingPeriodEnd: '2026-05-31T00:00:00Z' },
      ['billing-period-end', 'billing-period-month'],
    ],
    [
      'a month that is missing',
      {
        ...{ BillingPeriodStart: '2026-07-01T00:00:00Z', BillingPeriodEnd: '2026-08-01T00:00:00Z', InvoiceId: 'INV-2' },
        ...{ ChargePeriodStart: '2026-07-01T00:00:00Z', ChargePeriodEnd: '2026-07-01T01:00:00Z' },
      },
      ['billing-period-gap'],
    ],
    ['a charge that ends before it starts', { ChargePeriodStart: '2026-05-01T02:00:00Z' }, ['charge-period-order']],
    ['a charge of no time', { ChargePeriodEnd: '2026-05-01T00:00:00Z' }, ['charge-period-empty']],
    [
      'usage of the next month',
      { ChargePeriodStart: '2026-06-02T00:00:00Z', ChargePeriodEnd: '2026-06-02T01:00:00Z' },
      ['charge-outside-billing-period'],
    ],
    ['usage that brings money', { BilledCost: '-0.25' }, ['usage-negative']],
  ];
  test.each(cases)('%s is found', async (_, change, expected) => {
    const report = await validateRows([usageRow, { ...other, ...change }]);
    expect(ids(report).filter((id) => !id.startsWith('commitment'))).toEqual(expected);
  });

  test('a credit that costs money is found, and a correction is not', async () => {
    const credit = { ...taxRow, ChargeCategory: 'Credit', ChargeFrequency: 'One-Time', BilledCost: '5' };
    const report = await validateRows([credit, { ...credit, ChargeClass: 'Correction' }]);
    expect(found(report)).toMatchObject([{ id: 'credit-positive', count: 1, amounts: { EUR: '5' } }]);
  });

  test('only an error makes a file unsound, and a missing column makes a check not applicable', async () => {
    const negative = await validateRows([{ ...usageRow, BilledCost: '-0.25' }]);
    expect([negative.conforms, isSound(negative)]).toEqual([true, true]);
    const turned = await validateRows([{ ...usageRow, ChargePeriodEnd: '2026-04-30T23:00:00Z' }]);
    expect([turned.conforms, isSound(turned)]).toEqual([true, false]);
    const columns = costAndUsageColumnIds.filter((id) => id !== 'InvoiceId');
    const checks = (await validateRows([usageRow], columns)).checks;
    expect(checks.find(({ id }) => id === 'invoice-issuer')).toMatchObject({
      status: 'not_applicable',
      reason: 'Absent: InvoiceId.',
    });
  });

  test('sums that do not fit are no fault of the file', async () => {
    const cost = '90000000000000000000';
    const huge = { ...usageRow, BilledCost: cost, EffectiveCost: cost };
    const report = await validateRows([huge, { ...huge, ResourceId: 'i-2' }]);
    expect(report.invoices).toEqual([]);
    expect(report.rows).toBe(2);
  });
});

describe('commitment discounts', () => {
  const recurring = { ...purchaseRow, ChargeFrequency: 'Recurring', BilledCost: '10' };
  const unused = { ...usageRow, ...{ CommitmentDiscountStatus: 'Unused', BilledCost: '0', ResourceId: 'sp-1' } };

  test('what is used and unused of a recurring fee is the fee', async () => {
    const good = await validateRows([
      recurring,
      { ...usageRow, EffectiveCost: '7' },
      { ...unused, EffectiveCost: '3' },
    ]);
    expect(ids(good)).toEqual([]);
    const bad = await validateRows([recurring, { ...usageRow, EffectiveCost: '7' }]);
    expect(found(bad)).toMatchObject([
      {
        id: 'commitment-recurring-sum',
        severity: 'warning',
        amounts: { EUR: '-3' },
        examples: [{ row: 1, values: { CommitmentDiscountId: 'sp-1', EffectiveCost: '7', BilledCost: '10' } }],
      },
    ]);
  });

  test('an upfront payment whose term is not in the file is a note with its figures', async () => {
    const report = await validateRows([purchaseRow, { ...usageRow, EffectiveCost: '7' }]);
    expect(found(report)).toMatchObject([{ id: 'commitment-upfront-sum', severity: 'note', amounts: { EUR: '-93' } }]);
    expect(isSound(report)).toBe(true);
  });
});

describe('Contract Commitment', () => {
  const columns = contractCommitmentColumns.map(({ id }) => id);
  const commitment: TextRow = {
    BillingCurrency: 'EUR',
    ContractCommitmentCategory: 'Spend',
    ContractCommitmentCost: '1200.5',
    ContractCommitmentDescription: 'Spend over a year',
    ContractCommitmentId: 'cc-1',
    ContractCommitmentPeriodEnd: '2027-01-01T00:00:00Z',
    ContractCommitmentPeriodStart: '2026-01-01T00:00:00Z',
    ContractCommitmentQuantity: null,
    ContractCommitmentType: 'Spend Agreement',
    ContractCommitmentUnit: null,
    ContractId: 'c-1',
    ContractPeriodEnd: '2028-01-01T00:00:00Z',
    ContractPeriodStart: '2026-01-01T00:00:00Z',
  };
  const hours: TextRow = {
    ...commitment,
    ...{ ContractCommitmentCategory: 'Usage', ContractCommitmentCost: null, ContractCommitmentId: 'cc-2' },
    ...{ ContractCommitmentQuantity: '500', ContractCommitmentUnit: 'Hours' },
  };

  test('is known by its columns, and judged by its own rules', async () => {
    const report = await validateRows([commitment, hours], columns);
    expect(report).toMatchObject({ dataset: 'ContractCommitment', detectedVersion: '1.3', conforms: true, notes: [] });
    expect(failures(report)).toEqual([]);
    expect(ids(report)).toEqual([]);
    expect(report.summary.MUST.passed + report.summary['MUST NOT'].passed).toBeGreaterThan(60);
  });

  test.each<[string, TextRow, string[]]>([
    ['the same commitment twice', { ContractCommitmentId: 'cc-1' }, ['CCT-ContractCommitmentId-C-009-M']],
    [
      'usage without a quantity',
      { ContractCommitmentQuantity: null, ContractCommitmentUnit: null },
      ['CCT-ContractCommitmentQuantity-C-004-C'],
    ],
    ['a quantity without a unit', { ContractCommitmentUnit: null }, ['CCT-ContractCommitmentUnit-C-006-C']],
    ['a category of its own', { ContractCommitmentCategory: 'Both' }, ['CCT-ContractCommitmentCategory-C-003-M']],
    ['a day without a time', { ContractPeriodEnd: '2028-01-01' }, ['CCT-ContractPeriodEnd-C-002-M']],
  ])('%s breaks a rule', async (_, change, expected) => {
    expect(failures(await validateRows([commitment, { ...hours, ...change }], columns))).toEqual(expected);
  });

  test('the rows of a commitment that is there twice are named', async () => {
    const report = await validateRows([commitment, hours, commitment], columns);
    expect(rule(report, 'CCT-ContractCommitmentId-C-009-M')).toMatchObject({
      count: 2,
      examples: [{ row: 1, values: { ContractCommitmentId: 'cc-1' } }],
    });
  });

  test('periods that end before they start, lie outside of the contract, or contradict each other are found', async () => {
    const turned = { ContractCommitmentPeriodStart: '2027-02-01T00:00:00Z' };
    const late = { ContractCommitmentPeriodEnd: '2028-02-01T00:00:00Z' };
    const longer = { ContractPeriodEnd: '2029-01-01T00:00:00Z' };
    expect(ids(await validateRows([{ ...commitment, ...turned }], columns))).toEqual([
      'contract-commitment-period-order',
    ]);
    expect(ids(await validateRows([{ ...commitment, ...late }], columns))).toEqual([
      'contract-commitment-inside-contract',
    ]);
    expect(ids(await validateRows([commitment, { ...hours, ...longer }], columns))).toEqual(['contract-period']);
  });
});
