import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CostAndUsageColumnId, costAndUsageColumnIds } from '@cloudact/core/focus';
import type { RuleResult, ValidationReport } from './report.ts';
import { validateFocusFile } from './validate-file.ts';

/** A row as a CSV file delivers it. */
export type TextRow = Partial<Record<CostAndUsageColumnId, string | null>> & Record<string, string | null>;

/** An hour of a machine that a savings plan covers in part, with every column in use. */
export const usageRow: TextRow = {
  AllocatedMethodDetails:
    '{"Elements":[{"AllocatedRatio":0.25,"UsageUnit":"Hours","UsageQuantity":0.5,"x_Basis":"cpu"}]}',
  AllocatedMethodId: 'proportional',
  AllocatedResourceId: 'pod-7',
  AllocatedResourceName: 'checkout',
  AllocatedTags: '{"workload":"checkout"}',
  AvailabilityZone: 'eu-west-1b',
  BilledCost: '0.25',
  BillingAccountId: '100000000001',
  BillingAccountName: 'Beispiel GmbH & Söhne',
  BillingAccountType: 'Payer Account',
  BillingCurrency: 'EUR',
  BillingPeriodEnd: '2026-06-01T00:00:00Z',
  BillingPeriodStart: '2026-05-01T00:00:00Z',
  CapacityReservationId: 'cr-1',
  CapacityReservationStatus: 'Used',
  ChargeCategory: 'Usage',
  ChargeClass: null,
  ChargeDescription: 'Linux machine, one hour',
  ChargeFrequency: 'Usage-Based',
  ChargePeriodEnd: '2026-05-01T01:00:00Z',
  ChargePeriodStart: '2026-05-01T00:00:00Z',
  CommitmentDiscountCategory: 'Spend',
  CommitmentDiscountId: 'sp-1',
  CommitmentDiscountName: 'Compute plan',
  CommitmentDiscountQuantity: '0.25',
  CommitmentDiscountStatus: 'Used',
  CommitmentDiscountType: 'Savings Plan',
  CommitmentDiscountUnit: 'EUR',
  ConsumedQuantity: '2.5',
  ConsumedUnit: 'Hours',
  ContractApplied:
    '{"Elements":[{"ContractId":"c-1","ContractCommitmentID":"cc-1","ContractCommitmentAppliedCost":0.25,"ContractCommitmentAppliedQuantity":null,"ContractCommitmentAppliedUnit":null},{"ContractId":"c-1","ContractCommitmentID":"cc-2","ContractCommitmentAppliedCost":null,"ContractCommitmentAppliedQuantity":2.5,"ContractCommitmentAppliedUnit":"Hours"}]}',
  ContractedCost: '0.250000000000000003',
  ContractedUnitPrice: '0.100000000000000001',
  EffectiveCost: '0.25',
  HostProviderName: 'AWS',
  InvoiceId: 'INV-1',
  InvoiceIssuerName: 'AWS',
  ListCost: '2.75E-1',
  ListUnitPrice: '0.11',
  PricingCategory: 'Committed',
  PricingCurrency: 'USD',
  PricingCurrencyContractedUnitPrice: '0.12',
  PricingCurrencyEffectiveCost: '0.3',
  PricingCurrencyListUnitPrice: '0.13',
  PricingQuantity: '2.5',
  PricingUnit: 'Hours',
  ProviderName: 'AWS',
  PublisherName: 'AWS',
  RegionId: 'eu-west-1',
  RegionName: 'EU (Ireland)',
  ResourceId: 'i-1',
  ResourceName: 'web',
  ResourceType: 'EC2 Instance',
  ServiceCategory: 'Compute',
  ServiceName: 'Amazon EC2',
  ServiceProviderName: 'AWS',
  ServiceSubcategory: 'Virtual Machines',
  SkuId: 'sku-1',
  SkuMeter: 'Compute',
  SkuPriceDetails: '{"CoreCount":2,"x_Tenancy":"Shared"}',
  SkuPriceId: 'price-1',
  SubAccountId: '200000000001',
  SubAccountName: 'shop',
  SubAccountType: 'Linked Account',
  Tags: '{"env":"prod","billable":true,"owner":null}',
};

/** The same machine's tax: no SKU, no price, no quantity, no commitment. */
export const taxRow: TextRow = {
  ...usageRow,
  ...blank(
    'AllocatedMethodDetails',
    'AllocatedMethodId',
    'AllocatedResourceId',
    'AllocatedResourceName',
    'AllocatedTags',
    'CapacityReservationId',
    'CapacityReservationStatus',
    'CommitmentDiscountCategory',
    'CommitmentDiscountId',
    'CommitmentDiscountName',
    'CommitmentDiscountQuantity',
    'CommitmentDiscountStatus',
    'CommitmentDiscountType',
    'CommitmentDiscountUnit',
    'ConsumedQuantity',
    'ConsumedUnit',
    'ContractApplied',
    'ContractedUnitPrice',
    'ListUnitPrice',
    'PricingCategory',
    'PricingCurrencyContractedUnitPrice',
    'PricingCurrencyListUnitPrice',
    'PricingQuantity',
    'PricingUnit',
    'SkuId',
    'SkuMeter',
    'SkuPriceDetails',
    'SkuPriceId',
  ),
  BilledCost: '-0.0475',
  ChargeCategory: 'Tax',
  ChargeFrequency: 'Recurring',
  ContractedCost: '-0.0475',
  EffectiveCost: '-0.0475',
  ListCost: '-0.0475',
  PricingCurrencyEffectiveCost: '-0.05',
};

/** The purchase of the savings plan. */
export const purchaseRow: TextRow = {
  ...usageRow,
  ...blank('CapacityReservationId', 'CapacityReservationStatus', 'CommitmentDiscountStatus', 'ConsumedQuantity'),
  ...blank('ConsumedUnit', 'ContractApplied', 'Tags'),
  BilledCost: '100',
  ChargeCategory: 'Purchase',
  ChargeFrequency: 'One-Time',
  CommitmentDiscountQuantity: '100',
  ContractedCost: '100',
  ContractedUnitPrice: '100',
  EffectiveCost: '0',
  ListCost: '100',
  ListUnitPrice: '100',
  PricingCategory: 'Standard',
  PricingQuantity: '1',
  PricingUnit: 'Units',
  ResourceId: 'sp-1',
  SkuId: 'sku-2',
  SkuPriceId: 'price-2',
};

/** A CSV file: null is an empty field, an empty string is quoted. */
export function csv(rows: readonly TextRow[], columns: readonly string[] = costAndUsageColumnIds): string {
  const field = (value: string | null | undefined) =>
    value === null || value === undefined ? '' : `"${value.replaceAll('"', '""')}"`;
  return [columns.join(','), ...rows.map((row) => columns.map((column) => field(row[column])).join(',')), ''].join(
    '\n',
  );
}

function blank(...columns: readonly CostAndUsageColumnId[]): TextRow {
  return Object.fromEntries(columns.map((column) => [column, null]));
}

/** What validation says of a CSV file of these rows. */
export async function validateRows(rows: readonly TextRow[], columns?: readonly string[]): Promise<ValidationReport> {
  const directory = mkdtempSync(join(tmpdir(), 'cloudact-validate-'));
  try {
    const path = join(directory, 'rows.csv');
    writeFileSync(path, csv(rows, columns));
    return await validateFocusFile(path);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The rules that a report says are violated: `RuleId` or, for rules that stand at every column, `RuleId Column`. */
export function failures({ rules }: ValidationReport): string[] {
  return rules
    .filter(({ status }) => status === 'failed')
    .map(({ id, column }) => (/^C(AU|CT)-/.test(id) || column === null ? id : `${id} ${column}`))
    .sort();
}

export function rule(report: ValidationReport, id: string): RuleResult {
  const found = report.rules.find((result) => result.id === id);
  if (!found) throw new Error(`no rule ${id}`);
  return found;
}

/** ContractApplied with one good element, changed as given. */
export function element(values: Record<string, unknown>): string {
  return JSON.stringify({
    Elements: [
      {
        ContractId: 'c-1',
        ContractCommitmentID: 'cc-1',
        ContractCommitmentAppliedCost: 0.25,
        ContractCommitmentAppliedQuantity: null,
        ContractCommitmentAppliedUnit: null,
        ...values,
      },
    ],
  });
}
