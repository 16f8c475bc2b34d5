import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { convert } from '../../convert/index.ts';
import { validateFocusFile } from '../../focus/validate/index.ts';
import { documentedNulls, emptyColumns } from '../testing/documented-nulls.ts';
import { billCsv, type Line } from './fixtures/bill.ts';
import { focusRows } from './fixtures/converted.ts';
import { writeCur2Parquet } from './fixtures/cur2.ts';

const reservation = { 'reservation/ReservationARN': 'arn:aws:ec2:us-west-2:111111111111:reserved-instances/r-1' };
const plan = { 'savingsPlan/SavingsPlanARN': 'arn:aws:savingsplans::111111111111:savingsplan/p-1' };
const machine = { 'lineItem/ResourceId': 'i-0fedcba9876543210' };
const fee = { 'pricing/publicOnDemandCost': '', 'pricing/publicOnDemandRate': '', 'lineItem/UnblendedRate': '' };

/** A bill with everything that AWS puts on one. */
const lines: Line[] = [
  { 'lineItem/UsageAccountName': 'Shop', 'bill/PayerAccountName': 'Organisation', 'costCategory/Unit': 'R&D' },
  {
    ...reservation,
    'lineItem/LineItemType': 'DiscountedUsage',
    'lineItem/UnblendedCost': '0',
    'lineItem/UnblendedRate': '0',
    'reservation/EffectiveCost': '0.06',
  },
  {
    ...reservation,
    ...fee,
    'lineItem/LineItemType': 'RIFee',
    'lineItem/UnblendedCost': '37.2',
    'lineItem/UsageAmount': '744',
    'reservation/TotalReservedUnits': '744',
    'reservation/TotalReservedNormalizedUnits': '2976',
    'reservation/UnusedQuantity': '743',
    'reservation/UnusedNormalizedUnitQuantity': '2972',
    'reservation/UnusedRecurringFee': '37.14',
  },
  { ...plan, 'lineItem/LineItemType': 'SavingsPlanCoveredUsage', 'savingsPlan/SavingsPlanEffectiveCost': '0.07' },
  { ...plan, 'lineItem/LineItemType': 'SavingsPlanNegation', 'lineItem/UnblendedCost': '-0.096' },
  {
    ...plan,
    ...fee,
    'lineItem/LineItemType': 'SavingsPlanRecurringFee',
    'lineItem/UnblendedCost': '0.1',
    'savingsPlan/TotalCommitmentToDate': '0.1',
    'savingsPlan/UsedCommitment': '0.07',
  },
  { ...machine },
  {
    'lineItem/ProductCode': 'AmazonEKS',
    'product/ProductName': 'Amazon Elastic Container Service for Kubernetes',
    'lineItem/UsageType': 'USW2-EKS-EC2-vCPU-Hours',
    'lineItem/ResourceId': 'arn:aws:eks:us-west-2:222222222222:pod/shop/checkout/cart/1',
    'lineItem/UnblendedCost': '0',
    'pricing/unit': 'vCPU-Hours',
    'splitLineItem/ParentResourceId': machine['lineItem/ResourceId'],
    'splitLineItem/SplitCost': '0.032',
    'splitLineItem/SplitUsage': '0.7',
    'resourceTags/user:team': 'carts',
  },
  {
    'lineItem/UsageType': 'USW2-UnusedBox:m5.large',
    'lineItem/ResourceId': 'arn:aws:ec2:us-west-2:2:capacity-reservation/cr-0a',
  },
  {
    ...fee,
    'lineItem/LineItemType': 'Fee',
    'lineItem/ProductCode': 'AWSSupportBusiness',
    'product/ProductName': 'AWS Support (Business)',
    'lineItem/UnblendedCost': '100',
  },
  { 'lineItem/LineItemType': 'Tax', 'lineItem/UnblendedCost': '3.21' },
  { 'lineItem/LineItemType': 'Credit', 'lineItem/UnblendedCost': '-5', 'product/sku': '', 'pricing/RateCode': '' },
  {
    ...fee,
    'lineItem/LineItemType': 'Refund',
    'lineItem/UnblendedCost': '-0.096',
    'lineItem/UsageStartDate': '2025-02-01T00:00:00Z',
    'lineItem/UsageEndDate': '2025-02-02T00:00:00Z',
  },
];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aws-rules-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('a bill with everything that AWS puts on one', () => {
  test.each([
    ['aws-cur', (file: string) => writeFile(file, billCsv(lines))],
    ['aws-cur-2', (file: string) => writeCur2Parquet(file, lines)],
  ] as const)('breaks no rule of FOCUS 1.3 and ties, as %s', async (from, write) => {
    const [bill, output] = [join(folder, `${from}.bill`), join(folder, `${from}.parquet`)];
    await write(bill);
    const { format, totals } = await convert({ files: [bill], output });
    expect(format.id).toBe(from);
    expect(totals.map(({ source, focus }) => [source, focus])).toEqual([['135.702', '135.702']]);
    const { rules } = await validateFocusFile(output);
    const failed = rules.filter(({ keyword, status }) => keyword.startsWith('MUST') && status === 'failed');
    expect(failed.map(({ id }) => id)).toEqual([]);
  });

  test('fills every column but those that the README says are null', async () => {
    const rows = await focusRows(billCsv(lines));
    expect(emptyColumns(rows)).toEqual(await documentedNulls(join(import.meta.dirname, 'README.md')));
  });
});
