import { add, type Decimal, decimal } from '@cloudact/core/money';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { baseLine, billCsv, type Line } from './fixtures/bill.ts';
import { type FocusRow, focusRows, plainRows, withBill } from './fixtures/converted.ts';
import { cur2Csv } from './fixtures/cur2.ts';

const MACHINE = baseLine['lineItem/ResourceId']!;
const POD = 'arn:aws:eks:us-west-2:222222222222:pod/shop/checkout/cart-7d9/0a1b2c';

/** One hour of a pod on the machine: what AWS says it used of the machine's processor or memory. */
function share(part: 'vCPU' | 'GB', cost: string, line: Line = {}): Line {
  return {
    'lineItem/ProductCode': 'AmazonEKS',
    'lineItem/UsageType': `USW2-EKS-EC2-${part}-Hours`,
    'lineItem/Operation': 'EKSPod-EC2',
    'lineItem/ResourceId': POD,
    'lineItem/UsageAmount': '0.5',
    'lineItem/UnblendedRate': '0.0',
    'lineItem/UnblendedCost': '0.0',
    'product/ProductName': 'Amazon Elastic Container Service for Kubernetes',
    'product/sku': `SPLIT${part}`,
    'pricing/RateCode': `SPLIT${part}.TERM.RATE`,
    'pricing/publicOnDemandCost': '',
    'pricing/publicOnDemandRate': '',
    'pricing/unit': `${part}-Hours`,
    'resourceTags/user:Name': '',
    'splitLineItem/ParentResourceId': MACHINE,
    'splitLineItem/SplitUsage': '0.5',
    'splitLineItem/SplitCost': cost,
    'splitLineItem/UnusedCost': '0.001',
    ...line,
  };
}

const METRICS = [
  'BilledCost',
  'EffectiveCost',
  'ListCost',
  'ContractedCost',
  'PricingQuantity',
  'ConsumedQuantity',
] as const;
const sum = (rows: readonly FocusRow[], metric: (typeof METRICS)[number] | 'CommitmentDiscountQuantity'): Decimal =>
  add(...rows.map((row) => decimal((row[metric] as string | null) ?? '0')));

function ratios(rows: readonly FocusRow[]): Decimal {
  return add(
    ...rows.map((row) => {
      const [, ratio] = /"AllocatedRatio":([0-9.]+)/.exec(row.AllocatedMethodDetails as string)!;
      return decimal(ratio!);
    }),
  );
}

describe('split cost allocation', () => {
  test('divides a machine among its pods and a rest, and copies what the machine says', async () => {
    const rows = await focusRows(
      billCsv([
        { 'resourceTags/user:team': 'core' },
        share('vCPU', '0.024'),
        share('GB', '0.012', { 'resourceTags/user:team': 'core', 'resourceTags/aws:eks:namespace': 'checkout' }),
      ]),
    );
    expect(
      rows.map((row) => [row.x_SourceRow, row.BilledCost, row.EffectiveCost, row.ListCost, row.PricingQuantity]),
    ).toEqual(
      expect.arrayContaining([
        ['2', '0.024', '0.024', '0.024', '0.25'],
        ['3', '0.012', '0.012', '0.012', '0.125'],
        ['1', '0.06', '0.06', '0.06', '0.625'],
      ]),
    );
    expect(rows).toHaveLength(3);
    const [rest, processor, memory] = ['1', '2', '3'].map((at) => rows.find((row) => row.x_SourceRow === at)!);
    expect(processor).toMatchObject({
      ResourceId: MACHINE,
      ServiceName: 'Amazon Elastic Compute Cloud',
      Tags: '{"Name":"web-1","team":"core"}',
      AllocatedMethodId: 'aws-split-cost-allocation',
      AllocatedResourceId: POD,
      AllocatedResourceName: 'checkout/cart-7d9',
      AllocatedMethodDetails: '{"Elements":[{"AllocatedRatio":0.25,"UsageUnit":"vCPU-Hours","UsageQuantity":0.5}]}',
      AllocatedTags: null,
    });
    expect(memory!.AllocatedTags).toBe('{"aws:eks:namespace":"checkout"}');
    expect(rest).toMatchObject({
      AllocatedMethodId: 'aws-split-cost-allocation',
      AllocatedMethodDetails: '{"Elements":[{"AllocatedRatio":0.625}]}',
      AllocatedResourceId: null,
      AllocatedResourceName: null,
      AllocatedTags: null,
    });
  });

  test('whatever the shares, the parts are the whole to the last digit, and no part has another sign', async () => {
    const cost = fc.integer({ min: 0, max: 9_999_999_999 }).map((units) => `0.${`${units}`.padStart(10, '0')}`);
    await fc.assert(
      fc.asyncProperty(cost, fc.array(cost, { minLength: 1, maxLength: 6 }), async (effective, shares) => {
        const machine = {
          'lineItem/LineItemType': 'SavingsPlanCoveredUsage',
          'savingsPlan/SavingsPlanARN': 'arn:aws:savingsplans::1:savingsplan/p',
          'savingsPlan/SavingsPlanEffectiveCost': effective,
        };
        const whole = await focusRows(billCsv([machine]));
        const parts = await focusRows(billCsv([machine, ...shares.map((one) => share('vCPU', one))]));
        expect(parts).toHaveLength(shares.length + 1);
        for (const metric of [...METRICS, 'CommitmentDiscountQuantity'] as const) {
          expect(sum(parts, metric), metric).toBe(sum(whole, metric));
          expect(parts.filter((row) => String(row[metric]).startsWith('-'))).toEqual([]);
        }
        expect(ratios(parts)).toBe('1');
      }),
      { numRuns: 8 },
    );
  });

  test('a machine that is partly under a commitment is divided line by line', async () => {
    const rows = await focusRows(
      billCsv([
        { 'lineItem/UsageAmount': '0.5', 'lineItem/UnblendedCost': '0.048', 'pricing/publicOnDemandCost': '0.048' },
        {
          'lineItem/LineItemType': 'DiscountedUsage',
          'lineItem/UsageAmount': '0.5',
          'lineItem/UnblendedRate': '0',
          'lineItem/UnblendedCost': '0',
          'pricing/publicOnDemandCost': '0.048',
          'reservation/ReservationARN': 'arn:aws:ec2:us-west-2:1:reserved-instances/r',
          'reservation/EffectiveCost': '0.032',
        },
        share('vCPU', '0.04'),
      ]),
    );
    const pod = rows.filter((row) => row.AllocatedResourceId === POD);
    expect(pod.map((row) => [row.x_LineItemType, row.BilledCost, row.EffectiveCost]).sort()).toEqual([
      ['DiscountedUsage', '0', '0.016'],
      ['Usage', '0.024', '0.024'],
    ]);
    expect([sum(rows, 'BilledCost'), sum(rows, 'EffectiveCost')]).toEqual(['0.048', '0.08']);
  });

  test('the traffic of a machine, and its other hours, are not divided', async () => {
    const rows = await focusRows(
      billCsv([
        { 'lineItem/UsageType': 'USW2-DataTransfer-Out-Bytes' },
        { 'lineItem/UsageStartDate': '2025-03-05T11:00:00Z', 'lineItem/UsageEndDate': '2025-03-05T12:00:00Z' },
        {},
        share('vCPU', '0.024'),
      ]),
    );
    expect(
      rows
        .filter((row) => row.AllocatedMethodId !== null)
        .map((row) => row.x_SourceRow)
        .sort(),
    ).toEqual(['3', '4']);
    expect(rows).toHaveLength(4);
  });

  test('shares of a machine that is not in the bill cost nothing and say which machine', async () => {
    const rows = await focusRows(
      billCsv([
        {},
        share('vCPU', '0.024', { 'splitLineItem/ParentResourceId': 'i-gone', 'lineItem/UnblendedCost': '0.024' }),
      ]),
    );
    expect(rows[1]).toMatchObject({
      BilledCost: '0',
      EffectiveCost: '0',
      ListCost: '0',
      ContractedCost: '0',
      ResourceId: POD,
      AllocatedMethodId: null,
      x_SplitParentResourceId: 'i-gone',
    });
    expect(rows[0]).toMatchObject({ BilledCost: '0.096', x_SplitParentResourceId: null });
  });

  test('net costs are divided by net shares, and the invoice ties, in CUR 2.0 too', async () => {
    const net = { 'lineItem/NetUnblendedCost': '0.09', 'splitLineItem/NetSplitCost': '' };
    const bill = [net, share('vCPU', '0.024', { 'splitLineItem/NetSplitCost': '0.0225' })];
    for (const csv of [billCsv(bill), cur2Csv(bill)]) {
      await withBill(csv, async (workbench, { plan, table }) => {
        const rows = await plainRows<FocusRow>(workbench, plan.toFocus(table));
        expect(rows.map((row) => row.BilledCost).sort()).toEqual(['0.0225', '0.0675']);
        expect(await plainRows(workbench, plan.controlTotals(table))).toMatchObject([
          { invoice: 'INV-1', total: '0.09' },
        ]);
      });
    }
  });
});
