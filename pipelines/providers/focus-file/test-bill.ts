import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkbench, type Workbench } from '@cloudact/core/warehouse/duckdb';
import { landFiles } from '../../landing/index.ts';
import type { BillPlan } from '../bill-format.ts';
import { focusFile } from './index.ts';

export type Row = Record<string, string | null>;
export interface Fault {
  x_SourceRow: string;
  column: string;
  value: string | null;
  kind: string;
  reason: string;
}

/** A bill that went the whole way: landed, upgraded into table `focus`, judged into table `faults`. For tests. */
export interface TestBill {
  bench: Workbench;
  plan: BillPlan;
  rows: Row[];
  faults: Fault[];
  totals: Row[];
  close(): Promise<void>;
}

export async function openBill(file: string): Promise<TestBill> {
  const bench = await openWorkbench({ inputs: [file], outputs: [] });
  try {
    const { plan, table } = await landFiles(bench, focusFile, [file]);
    await bench.run(`CREATE TEMP TABLE focus AS ${plan.toFocus(table)}`);
    await bench.run(`CREATE TEMP TABLE faults AS ${plan.faults!(table, 'focus')}`);
    return {
      bench,
      plan,
      rows: await bench.rows<Row>('SELECT * FROM focus ORDER BY x_SourceRow'),
      faults: await bench.rows<Fault>('SELECT * FROM faults ORDER BY x_SourceRow, "column"'),
      totals: await bench.rows<Row>(plan.controlTotals(table)),
      close: () => bench.close(),
    };
  } catch (error) {
    await bench.close();
    throw error;
  }
}

/** Sum of a decimal column of texts with 18 places, as a count of the last place. */
export function sumOf(rows: readonly Row[], column: string): bigint {
  return rows.reduce((total, row) => total + BigInt((row[column] ?? '0').replace('.', '')), 0n);
}

/** Runs rows (column → value, missing means null) through a CSV file. */
export async function convert(rows: readonly Row[], { prefix = '' } = {}): Promise<Omit<TestBill, 'bench' | 'close'>> {
  const directory = await mkdtemp(join(tmpdir(), 'focus-file-test-'));
  const file = join(directory, 'bill.csv');
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cell = (value: string | null | undefined) => (value == null ? '' : `"${value.replaceAll('"', '""')}"`);
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column]))].map((line) =>
    line.map(cell).join(','),
  );
  await writeFile(file, `${prefix}${lines.join('\n')}\n`);
  try {
    const bill = await openBill(file);
    await bill.close();
    return bill;
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** A usage row of AWS in FOCUS 1.0, right in itself. */
export const awsUsage: Row = {
  AvailabilityZone: 'us-east-1a',
  BilledCost: '0.5',
  BillingAccountId: '111122223333',
  BillingAccountName: 'Payer',
  BillingCurrency: 'USD',
  BillingPeriodEnd: '2024-10-01 00:00:00',
  BillingPeriodStart: '2024-09-01 00:00:00',
  ChargeCategory: 'Usage',
  ChargeClass: null,
  ChargeDescription: 'm6i.large',
  ChargeFrequency: 'Usage-Based',
  ChargePeriodEnd: '2024-09-02 01:00:00',
  ChargePeriodStart: '2024-09-02 00:00:00',
  CommitmentDiscountCategory: null,
  CommitmentDiscountId: null,
  CommitmentDiscountName: null,
  CommitmentDiscountStatus: null,
  CommitmentDiscountType: null,
  ConsumedQuantity: '5',
  ConsumedUnit: 'Hours',
  ContractedCost: '0.5',
  ContractedUnitPrice: '0.1',
  EffectiveCost: '0.5',
  InvoiceIssuerName: 'Amazon Web Services, Inc.',
  ListCost: '1',
  ListUnitPrice: '0.2',
  PricingCategory: 'Standard',
  PricingQuantity: '5',
  PricingUnit: 'Hours',
  ProviderName: 'AWS',
  PublisherName: 'Amazon Web Services, Inc.',
  RegionId: 'us-east-1',
  RegionName: 'US East (N. Virginia)',
  ResourceId: 'arn:aws:ec2:us-east-1:444455556666:instance/i-0123456789abcdef0',
  ResourceName: null,
  ResourceType: 'instance',
  ServiceCategory: 'Compute',
  ServiceName: 'Amazon Elastic Compute Cloud',
  SkuId: 'SKU1',
  SkuPriceId: 'SKU1.PRICE',
  SubAccountId: '444455556666',
  SubAccountName: 'Team',
  Tags: '{"team":"web"}',
};
