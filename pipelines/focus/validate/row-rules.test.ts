import { costAndUsageColumnIds } from '@cloudact/core/focus';
import { beforeAll, describe, expect, test } from 'vitest';
import { element, failures, purchaseRow, type TextRow, taxRow, usageRow, validateRows } from './fixtures.ts';
import type { ValidationReport } from './index.ts';

const good = [usageRow, taxRow, purchaseRow];

describe('a file that follows FOCUS 1.3', () => {
  test('violates nothing, and every column is judged', async () => {
    const report = await validateRows(good);
    expect(failures(report)).toEqual([]);
    expect(report).toMatchObject({ rows: 3, conforms: true, detectedVersion: '1.3', notes: [] });
    expect(report.summary.MUST.passed).toBeGreaterThan(270);
    expect(new Set(report.rules.map(({ column }) => column)).size).toBe(costAndUsageColumnIds.length + 1);
    expect(report.rules.filter(({ status }) => status === 'not_applicable').map(({ id }) => id)).toEqual([
      'CAU-BillingAccountName-C-003-C',
    ]);
  });

  test('text that is not ASCII is text like any other', async () => {
    expect(
      failures(await validateRows([{ ...usageRow, ResourceName: '課金サーバー', SubAccountName: 'Ünit – 3' }])),
    ).toEqual([]);
  });
});

describe('one wrong value fails the rules about it and no other', () => {
  const cases: [string, TextRow, string[]][] = [
    ['null where never null', { ServiceProviderName: null }, ['CAU-ServiceProviderName-C-003-M']],
    ['a plus sign', { BilledCost: '+0.25' }, ['CAU-BilledCost-C-002-M']],
    ['a plus sign in the exponent', { EffectiveCost: '2.5E+1' }, ['CAU-EffectiveCost-C-002-M']],
    [
      'a thousands separator',
      { BilledCost: '1,000.00' },
      ['CAU-BilledCost-C-001-M', 'CAU-BilledCost-C-002-M', 'CAU-BilledCost-C-004-M'],
    ],
    ['a date without Z', { ChargePeriodStart: '2026-05-01T00:00:00' }, ['CAU-ChargePeriodStart-C-002-M']],
    ['a day that does not exist', { ChargePeriodEnd: '2026-02-30T00:00:00Z' }, ['CAU-ChargePeriodEnd-C-001-M']],
    [
      'a currency in small letters',
      { BillingCurrency: 'eur' },
      ['CAU-BillingCurrency-C-003-M', 'CAU-BillingCurrency-C-006-M'],
    ],
    ['a currency that no country has', { BillingCurrency: 'ABC' }, ['CAU-BillingCurrency-C-006-M']],
    ['a pricing currency in small letters', { PricingCurrency: 'usd' }, ['CAU-PricingCurrency-C-003-M']],
    ['a value outside a closed list', { PricingCategory: 'On-Demand' }, ['CAU-PricingCategory-C-007-M']],
    ['a category in other letters', { ChargeFrequency: 'Usage-based' }, ['CAU-ChargeFrequency-C-003-M']],
    ['a subcategory of another category', { ServiceSubcategory: 'Caching' }, ['CAU-ServiceSubcategory-C-004-M']],
    ['an unknown subcategory', { ServiceSubcategory: 'Magic' }, ['CAU-ServiceSubcategory-C-003-M']],
    ['a negative price', { PricingCurrencyListUnitPrice: '-0.13' }, ['CAU-PricingCurrencyListUnitPrice-C-008-M']],
    [
      'a cost off by the last digit',
      { ContractedCost: '0.250000000000000002' },
      ['CAU-ContractedCost-C-011-C', 'CAU-ContractedUnitPrice-C-013-C'],
    ],
    [
      'a list cost that is not price times quantity',
      { ListCost: '0.28' },
      ['CAU-ListCost-C-011-C', 'CAU-ListUnitPrice-C-014-C'],
    ],
    [
      'a unit without a quantity',
      { ConsumedQuantity: null },
      ['CAU-ConsumedQuantity-C-006-C', 'CAU-ConsumedUnit-C-005-C'],
    ],
    ['a name without its id', { RegionId: null }, ['CAU-RegionName-C-004-C']],
    ['an id without its name', { SubAccountName: null }, ['CAU-SubAccountName-C-005-C']],
    ['a usage row without a status', { CommitmentDiscountStatus: null }, ['CAU-CommitmentDiscountStatus-C-004-C']],
    [
      'an unused reservation without an id',
      { CapacityReservationId: null, CapacityReservationStatus: 'Unused' },
      ['CAU-CapacityReservationId-C-005-C', 'CAU-CapacityReservationStatus-C-003-C'],
    ],
    ['another class than Correction', { ChargeClass: 'Fix' }, ['CAU-ChargeClass-C-005-C']],
    ['tags that are no object', { Tags: '["a"]' }, ['CAU-Tags-C-001-M']],
    ['tags that are nested', { Tags: '{"a":{"b":1}}' }, ['CAU-Tags-C-001-M']],
    ['tags with a key twice', { Tags: '{"a":1,"a":2}' }, ['CAU-Tags-C-001-M']],
    ['tags that are no JSON', { Tags: 'env=prod' }, ['CAU-Tags-C-001-M']],
    ['a contract object without elements', { ContractApplied: '{"Items":[]}' }, ['CAU-ContractAppliedObject-O-001-M']],
    [
      'an element that is no object',
      { ContractApplied: '{"Elements":["c-1"]}' },
      ['CAU-ContractAppliedObject-O-003-M'],
    ],
    [
      'the same element twice',
      { AllocatedMethodDetails: '{"Elements":[{"AllocatedRatio":0.5},{"AllocatedRatio":0.5}]}' },
      ['CAU-AllocatedMethodDetails-C-003-M'],
    ],
    [
      'a ratio that is missing',
      { AllocatedMethodDetails: '{"Elements":[{"x_Basis":"cpu"}]}' },
      ['CAU-AllocatedMethodDetailsObject-O-012-M'],
    ],
    [
      'a ratio that is text',
      { AllocatedMethodDetails: '{"Elements":[{"AllocatedRatio":"half"}]}' },
      ['CAU-AllocatedMethodDetailsObject-O-013-M'],
    ],
    [
      'a quantity without its unit',
      { AllocatedMethodDetails: '{"Elements":[{"AllocatedRatio":0.5,"UsageQuantity":1}]}' },
      ['CAU-AllocatedMethodDetailsObject-O-016-C'],
    ],
    [
      'an own key without x_',
      { AllocatedMethodDetails: '{"Elements":[{"AllocatedRatio":0.5,"Basis":"cpu"}]}' },
      ['CAU-AllocatedMethodDetailsObject-O-009-C'],
    ],
    [
      'a contract unit without a quantity',
      { ContractApplied: element({ ContractCommitmentAppliedUnit: 'Hours' }) },
      ['CAU-ContractAppliedObject-O-065-C'],
    ],
    [
      'neither cost nor quantity',
      { ContractApplied: element({ ContractCommitmentAppliedCost: null }) },
      ['CAU-ContractAppliedObject-O-046-C', 'CAU-ContractAppliedObject-O-055-C'],
    ],
    [
      'a contract cost that is text',
      { ContractApplied: element({ ContractCommitmentAppliedCost: 'all' }) },
      ['CAU-ContractAppliedObject-O-043-M', 'CAU-ContractAppliedObject-O-044-M', 'CAU-ContractAppliedObject-O-048-M'],
    ],
    ['an empty string', { ResourceName: '' }, ['NullHandling-A-002-M ResourceName']],
    ['the word NULL', { AvailabilityZone: 'NULL' }, ['NullHandling-A-002-M AvailabilityZone']],
    ['spaces only', { InvoiceIssuerName: '  ' }, ['StringHandling-A-007-O InvoiceIssuerName']],
    ['broken characters', { ResourceName: 'caf\uFFFD' }, ['CAU-ResourceName-C-002-M']],
    ['a unit in small letters', { PricingUnit: 'hours' }, ['CAU-PricingUnit-C-003-O']],
    ['no description', { ChargeDescription: null }, ['CAU-ChargeDescription-C-003-O']],
  ];

  /** All cases in one file, each on its own row: what holds for a row does not depend on its neighbours. */
  let report: ValidationReport;
  beforeAll(async () => {
    report = await validateRows(
      cases.map(([, change], index) => ({ ...usageRow, ServiceName: `service ${index}`, ...change })),
    );
  });

  test.each(cases.map(([name, change, expected], index) => ({ name, change, expected, row: index + 1 })))(
    '$name',
    ({ change, expected, row }) => {
      const failed = report.rules.filter(({ examples }) => examples.some((example) => example.row === row));
      expect(failures({ ...report, rules: failed })).toEqual([...expected].sort());
      for (const { column, count, examples } of failed) {
        expect(count).toBe(examples.length);
        const value = column === null ? undefined : change[column];
        if (column !== null && value !== undefined) {
          expect(examples.find((example) => example.row === row)?.values[column]).toBe(value);
        }
      }
    },
  );

  test('a tax with a price, a SKU or a quantity', async () => {
    const wrong = {
      SkuId: 'sku-9',
      SkuPriceId: 'price-9',
      ListUnitPrice: '-0.0475',
      PricingQuantity: '1',
      PricingUnit: 'Units',
    };
    expect(
      failures(await validateRows([{ ...taxRow, ...wrong, ListUnitPrice: null, SkuPriceId: null, SkuMeter: 'm' }])),
    ).toEqual(['CAU-PricingQuantity-C-004-C', 'CAU-PricingQuantity-C-011-C', 'CAU-SkuId-C-004-C']);
  });

  test('a purchase that is billed by usage, and a contract commitment that is not the resource bought', async () => {
    const change = { ChargeFrequency: 'Usage-Based', ContractApplied: element({}) };
    expect(failures(await validateRows([{ ...purchaseRow, ...change }]))).toEqual([
      'CAU-ChargeFrequency-C-004-C',
      'CAU-ContractAppliedObject-O-039-C',
    ]);
  });

  test('a correction is exempt from what only normal charges must have', async () => {
    const correction = { ...usageRow, ChargeClass: 'Correction', ConsumedQuantity: null, ConsumedUnit: null };
    expect(failures(await validateRows([correction]))).toEqual([]);
  });

  test('contract keys may be spelled as in the rules, in the key table and in FOCUS 1.4', async () => {
    const { ContractApplied } = usageRow;
    const spelled = ContractApplied?.replaceAll('ContractId', 'ContractID').replaceAll('CommitmentID', 'CommitmentId');
    expect(failures(await validateRows([{ ...usageRow, ContractApplied: spelled ?? null }]))).toEqual([]);
  });
});
