import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { costAndUsageColumnIds, costAndUsageColumns, costAndUsageDdl, sqlType } from '@cloudact/core/focus';
import { openWorkbench } from '@cloudact/core/warehouse/duckdb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { csv, element, failures, purchaseRow, rule, taxRow, usageRow, validateRows } from './fixtures.ts';
import { formatReport, validateFocusFile, validateFocusTable } from './index.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'cloudact-validate-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const good = [usageRow, taxRow, purchaseRow];

describe('rules that compare rows', () => {
  test('a SKU price with two SKUs fails, and all of its rows count', async () => {
    const report = await validateRows([usageRow, purchaseRow, usageRow, { ...usageRow, SkuId: 'sku-1b' }]);
    expect(failures(report)).toEqual(['CAU-SkuPriceId-C-008-M']);
    expect(rule(report, 'CAU-SkuPriceId-C-008-M')).toMatchObject({
      count: 3,
      examples: [{ row: 1, values: { SkuPriceId: 'price-1', SkuId: 'sku-1; sku-1b' } }],
    });
  });

  test('a service in two categories fails, unless the second is Other or belongs to another provider', async () => {
    const storage = { ServiceCategory: 'Storage', ServiceSubcategory: 'Block Storage' };
    const other = { ServiceCategory: 'Other', ServiceSubcategory: 'Other (Other)' };
    expect(failures(await validateRows([usageRow, { ...usageRow, ...storage }]))).toEqual([
      'CAU-ServiceName-C-005-C',
      'CAU-ServiceName-C-008-C',
    ]);
    expect(failures(await validateRows([usageRow, { ...usageRow, ...other }]))).toEqual([]);
    const elsewhere = { ...usageRow, ...storage, ServiceProviderName: 'Azure' };
    expect(failures(await validateRows([usageRow, elsewhere]))).toEqual([]);
  });

  test('a contract commitment in two contracts fails', async () => {
    const report = await validateRows([usageRow, { ...usageRow, ContractApplied: element({ ContractId: 'c-2' }) }]);
    expect(failures(report)).toEqual(['CAU-ContractAppliedObject-O-038-M']);
    expect(rule(report, 'CAU-ContractAppliedObject-O-038-M').count).toBe(2);
  });
});

describe('columns', () => {
  test('a mandatory column that is absent fails; a conditional one and its rules do not apply unless declared', async () => {
    const path = join(directory, 'columns.csv');
    const columns = costAndUsageColumnIds.filter((id) => id !== 'HostProviderName' && id !== 'SkuPriceDetails');
    writeFileSync(path, csv(good, columns));
    const report = await validateFocusFile(path);
    expect(failures(report)).toEqual(['CAU-CostAndUsage-D-075-M']);
    expect(rule(report, 'CAU-CostAndUsage-D-061-C')).toMatchObject({
      status: 'not_applicable',
      column: 'SkuPriceDetails',
    });
    expect(rule(report, 'CAU-SkuPriceDetails-C-001-M').status).toBe('not_applicable');
    const declared = await validateFocusFile(path, {
      supports: ['PUBLIC_PRICE_LIST_SUPPORTED', 'UNIT_PRICING_SUPPORTED'],
    });
    expect(failures(declared)).toEqual(['CAU-CostAndUsage-D-061-C', 'CAU-CostAndUsage-D-075-M']);
  });

  test('usage needs a quantity also where nothing is known of commitment discounts', async () => {
    const columns = costAndUsageColumnIds.filter((id) => !id.startsWith('CommitmentDiscount'));
    const report = await validateRows([{ ...usageRow, ConsumedQuantity: null, ConsumedUnit: null }], columns);
    expect(failures(report)).toEqual(['CAU-ConsumedQuantity-C-006-C']);
  });

  test('custom columns start with x_ and stand last', async () => {
    const columns = ['Owner', ...costAndUsageColumnIds, 'x_Team'];
    const report = await validateRows([{ ...usageRow, Owner: 'me', x_Team: 'web' }], columns);
    expect(failures(report)).toEqual(['ColumnHandling-A-010-M', 'ColumnHandling-A-012-O']);
    expect(rule(report, 'ColumnHandling-A-010-M').examples).toEqual([{ row: 0, values: { Owner: 'no x_ prefix' } }]);
  });

  test('an older version is named, and judged by 1.3 all the same', async () => {
    const columns = costAndUsageColumns.filter(({ introduced }) => introduced !== '1.3').map(({ id }) => id);
    const report = await validateRows(good, columns);
    expect(report).toMatchObject({ detectedVersion: '1.2', conforms: false });
    expect(report.notes.join()).toContain('FOCUS 1.2');
    expect(failures(report)).toEqual(['CAU-CostAndUsage-D-075-M', 'CAU-CostAndUsage-D-076-M']);
  });

  test('a column ID in another case is not that column', async () => {
    const columns = costAndUsageColumnIds.map((id) => (id === 'BilledCost' ? 'billedcost' : id));
    const report = await validateRows([{ ...usageRow, billedcost: '1' }], columns);
    expect(failures(report)).toEqual(['CAU-CostAndUsage-D-006-M', 'ColumnHandling-A-010-M', 'ColumnHandling-A-012-O']);
    expect(report.notes.join()).toContain('billedcost');
  });
});

describe('large tables', () => {
  test('of 100,000 rows the first five bad ones are named, and all are counted', async () => {
    const workbench = await openWorkbench({ inputs: [], outputs: [] });
    await workbench.run(costAndUsageDdl('cost', 'duckdb'));
    const values = costAndUsageColumns.map((column) => {
      const value = usageRow[column.id] ?? null;
      if (value === null) return 'NULL';
      const text = `CAST('${value.replaceAll("'", "''")}' AS ${sqlType(column, 'duckdb')})`;
      return column.id === 'ServiceProviderName'
        ? text
        : column.id === 'BillingCurrency'
          ? `CASE WHEN i % 10000 = 7777 THEN 'eur' ELSE 'EUR' END`
          : text;
    });
    await workbench.run(
      `INSERT INTO cost SELECT 'acme', ${values.join(', ')}, 'aws', NULL, i FROM range(1, 100001) AS r(i)`,
    );
    const report = await validateFocusTable(workbench, { table: 'cost', columns: costAndUsageColumnIds });
    await workbench.close();
    expect(report.rows).toBe(100_000);
    expect(failures(report)).toEqual(['CAU-BillingCurrency-C-003-M', 'CAU-BillingCurrency-C-006-M']);
    expect(rule(report, 'CAU-BillingCurrency-C-006-M')).toMatchObject({ count: 10 });
    expect(rule(report, 'CAU-BillingCurrency-C-006-M').examples.map(({ row }) => row)).toEqual([
      7777, 17777, 27777, 37777, 47777,
    ]);
  }, 120_000);
});

describe('report', () => {
  test('as text it gives the verdict, each failure with its first rows, and the counts', async () => {
    const text = formatReport(await validateRows([usageRow, { ...usageRow, RegionId: null }]));
    expect(text).toContain('does not conform');
    expect(text).toContain('CAU-RegionName-C-004-C: 1 row\n    RegionName MUST be null when RegionId is null.');
    expect(text).toContain('row 2: RegionName="EU (Ireland)", RegionId=null');
    expect(text).toMatch(/MUST +\d+ +1 +0 +\d+/);
  });
});
