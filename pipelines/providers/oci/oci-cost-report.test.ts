import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { detectFormat } from '../registry.ts';
import { documentedNulls, emptyColumns } from '../testing/documented-nulls.ts';
import { baseLine, billCsv } from './fixtures/bill.ts';
import { focusRows, withBill } from './fixtures/converted.ts';
import { ociCostReport } from './index.ts';

const pluggable = { 'cost/attributedCost': '0.04', 'usage/attributedUsage': '1.6' };
const memory = {
  'cost/billingUnitReadable': '1000000 NONE NONE DATAPOINTS',
  'cost/skuUnitDescription': 'Million Datapoints',
};

describe('a line of the cost report becomes a FOCUS charge', () => {
  test('usage has its price, quantity, place and owner', async () => {
    const [row] = await focusRows(
      billCsv([{ 'tags/Larkmoor.team': 'finance "a"', 'tags/Name': 'erp-1', 'tags/Oracle-Tags.CreatedBy': '' }]),
    );
    expect(row).toMatchObject({
      BilledCost: '0.1',
      EffectiveCost: '0.1',
      ContractedCost: '0.1',
      ContractedUnitPrice: '0.025',
      ListCost: '0.1',
      ListUnitPrice: '0.025',
      x_ListCostSource: 'ContractedUnitPrice',
      PricingQuantity: '4',
      PricingUnit: 'OCPU-Hours',
      ConsumedQuantity: '4',
      ConsumedUnit: 'OCPU-Hours',
      BillingAccountId: '8811',
      BillingAccountType: 'Subscription',
      SubAccountId: 'ocid1.tenancy.oc1..aaaatenant',
      SubAccountType: 'Tenancy',
      BillingPeriodStart: '2025-03-01 00:00:00',
      BillingPeriodEnd: '2025-04-01 00:00:00',
      ChargePeriodStart: '2025-03-05 10:00:00',
      ChargePeriodEnd: '2025-03-05 11:00:00',
      ChargeCategory: 'Usage',
      ChargeClass: null,
      ServiceName: 'Compute',
      ServiceCategory: 'Compute',
      ServiceSubcategory: 'Virtual Machines',
      RegionName: 'US East (Ashburn)',
      ResourceType: 'Instance',
      ResourceName: 'erp-1',
      SkuId: 'B93113',
      SkuPriceId: 'B93113',
      SkuPriceDetails: '{"x_BillingUnit":"1 NONE HOURS OCPUS"}',
      Tags: '{"Larkmoor.team":"finance \\"a\\"","Name":"erp-1"}',
      x_CompartmentName: 'finance',
      x_BackReferenceNumber: null,
      x_BilledAtOtherPrice: null,
    });
  });

  test('a price for a million counts what was consumed one by one', async () => {
    const [row] = await focusRows(
      billCsv([
        {
          ...memory,
          'usage/billedQuantity': '0.0004',
          'cost/unitPrice': '0.00116188',
          'cost/myCost': '4.64752000000E-7',
        },
      ]),
    );
    expect(row).toMatchObject({
      BilledCost: '0.000000464752',
      PricingQuantity: '0.0004',
      PricingUnit: '1000000 Datapoints',
      ConsumedQuantity: '400',
      ConsumedUnit: 'Datapoints',
    });
  });

  test('a correction in another file is added to what it corrects, with a negative quantity', async () => {
    const correction = {
      'lineItem/referenceNo': 'ref-2',
      'lineItem/isCorrection': 'true',
      'lineItem/backreferenceNo': 'ref-1',
      'usage/billedQuantity': '-4',
      'cost/myCost': '-0.1',
    };
    const rows = await focusRows(billCsv([{}]), billCsv([correction]));
    expect(rows.map(({ BilledCost, PricingQuantity }) => [BilledCost, PricingQuantity])).toEqual([
      ['0.1', '4'],
      ['-0.1', '-4'],
    ]);
    expect(rows[1]).toMatchObject({
      ChargeCategory: 'Usage',
      ChargeClass: null,
      ContractedUnitPrice: '0.025',
      ContractedCost: '-0.1',
      x_IsCorrection: true,
      x_BackReferenceNumber: 'ref-1',
    });
  });

  test('what is billed at another price, overage, keeps the billed digits and says so', async () => {
    const [row] = await focusRows(
      billCsv([
        {
          'usage/billedQuantityOverage': '1',
          'cost/unitPriceOverage': '0.05',
          'cost/myCostOverage': '0.05',
          'cost/myCost': '0.125',
          'cost/overageFlag': 'Y',
        },
      ]),
    );
    expect(row).toMatchObject({
      BilledCost: '0.125',
      ContractedCost: '0.1',
      x_BilledAtOtherPrice: true,
      x_OverageFlag: true,
      x_OverageQuantity: '1',
      x_OverageUnitPrice: '0.05',
      x_OverageCost: '0.05',
    });
  });

  test('the shares of pluggable databases stand beside the bill and not in it', async () => {
    const [row] = await focusRows(billCsv([pluggable]));
    expect(row).toMatchObject({ BilledCost: '0.1', x_AttributedCost: '0.04', x_AttributedUsage: '1.6' });
  });

  test('a line without price, quantity or subscription keeps its cost and makes nothing up', async () => {
    const [row] = await focusRows(
      billCsv([
        { 'cost/unitPrice': '', 'cost/subscriptionId': '', 'product/region': 'PHX', 'product/service': 'LAVA LAMPS' },
      ]),
    );
    expect(row).toMatchObject({
      BilledCost: '0.1',
      ListCost: '0.1',
      ContractedUnitPrice: null,
      PricingQuantity: null,
      SkuId: 'B93113',
      SkuPriceId: null,
      x_ListCostSource: 'BilledCost',
      BillingAccountId: 'ocid1.tenancy.oc1..aaaatenant',
      x_BillingAccountAssumed: true,
      RegionId: 'us-phoenix-1',
      ServiceName: 'LAVA LAMPS',
      ServiceCategory: 'Other',
      x_ServiceCategoryUnmapped: true,
    });
  });

  test.each([
    ['OBJECTSTORE', 'larkns/erp-archive', 'Bucket', 'erp-archive'],
    ['TELEMETRY', 'oci_vcn', 'Metric Namespace', null],
    ['DATABASE', 'ocid1.cloudvmcluster.oc1.iad.abc', 'VM Cluster', null],
    ['DATABASE', 'ocid1.newthing.oc1.iad.abc', 'newthing', null],
  ])('a resource of %s named %s is a %s', async (service, id, type, name) => {
    const [row] = await focusRows(billCsv([{ 'product/service': service, 'product/resourceId': id }]));
    expect(row).toMatchObject({ ResourceId: id, ResourceType: type, ResourceName: name });
  });
});

describe('what a report is', () => {
  const header = Object.keys(baseLine);

  test('it is known by its columns, whatever their case, and not by its tags', () => {
    expect(detectFormat(header, 'auto')).toBe(ociCostReport);
    expect(detectFormat(header.map((name) => name.toUpperCase()).concat('tags/a.b'), 'auto')).toBe(ociCostReport);
    expect(() => ociCostReport.plan(header.filter((name) => name !== 'cost/currencyCode'))).toThrow(
      'cost/currencycode',
    );
  });

  test('files that spell a column differently and have other tags are one bill', async () => {
    const other = Object.fromEntries(
      Object.entries(baseLine).map(([name, value]) => [
        name.replace('product/Description', 'product/description').replace('backref', 'backRef'),
        value,
      ]),
    );
    const rows = await focusRows(billCsv([{ 'tags/a': '1' }]), billCsv([{ 'tags/A': '2', 'tags/b': '3' }], other));
    expect(rows.map(({ Tags, ChargeDescription }) => [Tags, ChargeDescription])).toEqual([
      ['{"a":"1"}', 'Standard - E4 - OCPU'],
      ['{"A":"2","b":"3"}', 'Standard - E4 - OCPU'],
    ]);
  });

  test('totals tie for each month and currency, with repeated reference numbers, to the last digit', async () => {
    const april = {
      'lineItem/intervalUsageStart': '2025-04-01T00:00Z',
      'lineItem/intervalUsageEnd': '2025-04-01T01:00Z',
    };
    const csv = billCsv([{}, {}, april, { 'cost/currencyCode': 'EUR', 'cost/myCost': '0.012264277499950943' }]);
    const [totals, billed] = await withBill([csv], async (bench, { plan, table }) => [
      await bench.rows(`SELECT * FROM (${plan.controlTotals(table)}) ORDER BY 1, 2`),
      await bench.rows(
        `SELECT CAST(BillingPeriodStart AS DATE) AS billing_period, BillingCurrency AS currency, InvoiceId AS invoice,
          sum(BilledCost) AS total FROM (${plan.toFocus(table)}) GROUP BY 1, 2, 3 ORDER BY 1, 2`,
      ),
    ]);
    expect(totals).toEqual(billed);
    expect(totals!.map(({ total }) => total)).toEqual([
      '0.012264277499950943',
      '0.200000000000000000',
      '0.100000000000000000',
    ]);
  });

  test.each([
    ['lineItem/intervalUsageStart', '2025-03-05T10:00+02:00', 'is not a time in UTC'],
    ['lineItem/intervalUsageEnd', '2025-03-45T10:00Z', 'is not a time in UTC'],
    ['cost/myCost', '', 'is empty'],
    ['cost/myCost', '0.1234567890123456789', 'is not a decimal number'],
  ])('a line with %s = %j is named, not guessed at', async (column, value, reason) => {
    await expect(focusRows(billCsv([{}, { [column]: value }]))).rejects.toMatchObject({
      code: 'rows_unreadable',
      faults: [expect.objectContaining({ row: 2, column, reason: expect.stringContaining(reason) })],
    });
  });

  test('services that the lookup does not know are told with their rows', async () => {
    const unknown = { 'product/service': 'LAVA_LAMPS' };
    const services = await withBill([billCsv([{}, unknown, unknown])], (bench, { plan, table }) =>
      bench.rows(plan.unknownServices!(table)),
    );
    expect(services).toEqual([{ service: 'LAVA_LAMPS', rows: '2' }]);
  });

  test('README.md lists exactly the columns that no line fills', async () => {
    const rows = await focusRows(billCsv([{ ...pluggable, 'tags/Name': 'erp-1' }]));
    expect(await documentedNulls(join(import.meta.dirname, 'README.md'))).toEqual(emptyColumns(rows));
  });
});
