import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { costAndUsageColumnIds, costAndUsageColumns, costAndUsageDdl, sqlType } from '@cloudact/core/focus';
import { openWorkbench } from '@cloudact/core/warehouse/duckdb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { csv, purchaseRow, type TextRow, taxRow, usageRow } from './fixtures.ts';
import { formatReport, type ValidationReport, validateFocusFile, validateFocusTable } from './index.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'cloudact-validate-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const good = [usageRow, taxRow, purchaseRow];

async function validate(rows: readonly TextRow[], columns?: readonly string[]): Promise<ValidationReport> {
  const path = join(directory, 'rows.csv');
  writeFileSync(path, csv(rows, columns));
  return validateFocusFile(path);
}

/** `RuleId` or, for rules that stand at every column, `RuleId Column`. */
function failures({ rules }: ValidationReport): string[] {
  return rules
    .filter(({ status }) => status === 'failed')
    .map(({ id, column }) => (id.startsWith('CAU-') || column === null ? id : `${id} ${column}`))
    .sort();
}

function rule(report: ValidationReport, id: string) {
  const found = report.rules.find((result) => result.id === id);
  if (!found) throw new Error(`no rule ${id}`);
  return found;
}

function element(values: Record<string, unknown>): string {
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

describe('a file that follows FOCUS 1.3', () => {
  test('violates nothing, and every column is judged', async () => {
    const report = await validate(good);
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
      failures(await validate([{ ...usageRow, ResourceName: '課金サーバー', SubAccountName: 'Ünit – 3' }])),
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
    report = await validate(
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
      failures(await validate([{ ...taxRow, ...wrong, ListUnitPrice: null, SkuPriceId: null, SkuMeter: 'm' }])),
    ).toEqual(['CAU-PricingQuantity-C-004-C', 'CAU-PricingQuantity-C-011-C', 'CAU-SkuId-C-004-C']);
  });

  test('a purchase that is billed by usage, and a contract commitment that is not the resource bought', async () => {
    const change = { ChargeFrequency: 'Usage-Based', ContractApplied: element({}) };
    expect(failures(await validate([{ ...purchaseRow, ...change }]))).toEqual([
      'CAU-ChargeFrequency-C-004-C',
      'CAU-ContractAppliedObject-O-039-C',
    ]);
  });

  test('a correction is exempt from what only normal charges must have', async () => {
    const correction = { ...usageRow, ChargeClass: 'Correction', ConsumedQuantity: null, ConsumedUnit: null };
    expect(failures(await validate([correction]))).toEqual([]);
  });

  test('contract keys may be spelled as in the rules, in the key table and in FOCUS 1.4', async () => {
    const { ContractApplied } = usageRow;
    const spelled = ContractApplied?.replaceAll('ContractId', 'ContractID').replaceAll('CommitmentID', 'CommitmentId');
    expect(failures(await validate([{ ...usageRow, ContractApplied: spelled ?? null }]))).toEqual([]);
  });
});

describe('rules that compare rows', () => {
  test('a SKU price with two SKUs fails, and all of its rows count', async () => {
    const report = await validate([usageRow, purchaseRow, usageRow, { ...usageRow, SkuId: 'sku-1b' }]);
    expect(failures(report)).toEqual(['CAU-SkuPriceId-C-008-M']);
    expect(rule(report, 'CAU-SkuPriceId-C-008-M')).toMatchObject({
      count: 3,
      examples: [{ row: 1, values: { SkuPriceId: 'price-1', SkuId: 'sku-1; sku-1b' } }],
    });
  });

  test('a service in two categories fails, unless the second is Other or belongs to another provider', async () => {
    const storage = { ServiceCategory: 'Storage', ServiceSubcategory: 'Block Storage' };
    const other = { ServiceCategory: 'Other', ServiceSubcategory: 'Other (Other)' };
    expect(failures(await validate([usageRow, { ...usageRow, ...storage }]))).toEqual([
      'CAU-ServiceName-C-005-C',
      'CAU-ServiceName-C-008-C',
    ]);
    expect(failures(await validate([usageRow, { ...usageRow, ...other }]))).toEqual([]);
    const elsewhere = { ...usageRow, ...storage, ServiceProviderName: 'Azure' };
    expect(failures(await validate([usageRow, elsewhere]))).toEqual([]);
  });

  test('a contract commitment in two contracts fails', async () => {
    const report = await validate([usageRow, { ...usageRow, ContractApplied: element({ ContractId: 'c-2' }) }]);
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
    const report = await validate([{ ...usageRow, ConsumedQuantity: null, ConsumedUnit: null }], columns);
    expect(failures(report)).toEqual(['CAU-ConsumedQuantity-C-006-C']);
  });

  test('custom columns start with x_ and stand last', async () => {
    const columns = ['Owner', ...costAndUsageColumnIds, 'x_Team'];
    const report = await validate([{ ...usageRow, Owner: 'me', x_Team: 'web' }], columns);
    expect(failures(report)).toEqual(['ColumnHandling-A-010-M', 'ColumnHandling-A-012-O']);
    expect(rule(report, 'ColumnHandling-A-010-M').examples).toEqual([{ row: 0, values: { Owner: 'no x_ prefix' } }]);
  });

  test('an older version is named, and judged by 1.3 all the same', async () => {
    const columns = costAndUsageColumns.filter(({ introduced }) => introduced !== '1.3').map(({ id }) => id);
    const report = await validate(good, columns);
    expect(report).toMatchObject({ detectedVersion: '1.2', conforms: false });
    expect(report.notes.join()).toContain('FOCUS 1.2');
    expect(failures(report)).toEqual(['CAU-CostAndUsage-D-075-M', 'CAU-CostAndUsage-D-076-M']);
  });

  test('a column ID in another case is not that column', async () => {
    const columns = costAndUsageColumnIds.map((id) => (id === 'BilledCost' ? 'billedcost' : id));
    const report = await validate([{ ...usageRow, billedcost: '1' }], columns);
    expect(failures(report)).toEqual(['CAU-CostAndUsage-D-006-M', 'ColumnHandling-A-010-M', 'ColumnHandling-A-012-O']);
    expect(report.notes.join()).toContain('billedcost');
  });
});

describe('files', () => {
  test('a gzip of CSV, NDJSON and a typed Parquet file of the same rows get the same answer', async () => {
    const wrong = [usageRow, { ...usageRow, ContractedCost: '0.250000000000000002' }];
    const expected = ['CAU-ContractedCost-C-011-C', 'CAU-ContractedUnitPrice-C-013-C'];
    const zipped = join(directory, 'rows.csv.gz');
    writeFileSync(zipped, gzipSync(csv(wrong)));
    expect(failures(await validateFocusFile(zipped))).toEqual(expected);

    const ndjson = join(directory, 'rows.ndjson');
    const decimals = new Set<string>(
      costAndUsageColumns.filter(({ dataType }) => dataType === 'Decimal').map(({ id }) => id),
    );
    const line = (row: TextRow) =>
      `{${Object.entries(row)
        .map(([key, value]) => `"${key}":${decimals.has(key) ? value : JSON.stringify(value)}`)
        .join(',')}}`;
    writeFileSync(ndjson, `${wrong.map(line).join('\n')}\n`);
    expect(failures(await validateFocusFile(ndjson))).toEqual(expected);

    const text = join(directory, 'typed.csv');
    const parquet = join(directory, 'rows.parquet');
    writeFileSync(text, csv(wrong));
    const workbench = await openWorkbench({ inputs: [text], outputs: [parquet] });
    const casts = costAndUsageColumns.map(
      (column) => `CAST(${column.id} AS ${sqlType(column, 'duckdb')}) AS ${column.id}`,
    );
    await workbench.run(
      `COPY (SELECT ${casts.join(', ')} FROM read_csv('${text}', all_varchar = true)) TO '${parquet}'`,
    );
    await workbench.close();
    const report = await validateFocusFile(parquet);
    expect(failures(report)).toEqual(expected);
    expect(rule(report, 'CAU-ContractedCost-C-011-C').examples[0]).toMatchObject({
      row: 2,
      values: { ContractedCost: '0.250000000000000002' },
    });
  });

  test('numbers in text columns and text in number columns of a typed file are wrong types', async () => {
    const workbench = await openWorkbench({ inputs: [], outputs: [] });
    await workbench.run(`CREATE TABLE bill AS SELECT 100000000001::BIGINT AS BillingAccountId, '0.25' AS BilledCost,
      0.25::DOUBLE AS EffectiveCost, TIMESTAMP '2026-05-01' AS BillingPeriodStart, MAP {'a': 'b'} AS Tags`);
    const report = await validateFocusTable(workbench, { table: 'bill' });
    await workbench.close();
    const types = failures(report).filter((id) => !id.startsWith('CAU-CostAndUsage-D-'));
    expect(types).toEqual(['CAU-BilledCost-C-001-M', 'CAU-BillingAccountId-C-002-M', 'CAU-Tags-C-001-M']);
  });

  test('a float column holds what rounding to a float leaves, and a column of fewer places what rounding to them leaves', async () => {
    const workbench = await openWorkbench({ inputs: [], outputs: [] });
    await workbench.run(`CREATE TABLE floats AS
      SELECT 0.1::DOUBLE AS ListUnitPrice, 3::DOUBLE AS PricingQuantity, 0.3::DOUBLE AS ListCost
      UNION ALL SELECT 0.1, 3, 0.31`);
    await workbench.run(`CREATE TABLE places AS
      SELECT 0.333333::DECIMAL(12,6) AS ListUnitPrice, 0.5::DECIMAL(12,6) AS PricingQuantity, 0.166667::DECIMAL(12,6) AS ListCost
      UNION ALL SELECT 0.333333, 0.5, 0.166666`);
    for (const table of ['floats', 'places']) {
      const report = await validateFocusTable(workbench, { table });
      expect(rule(report, 'CAU-ListCost-C-011-C')).toMatchObject({ count: 1, examples: [{ row: 2 }] });
    }
    await workbench.close();
  });

  test('a missing, an empty, a damaged and a foreign file are each said to be that', async () => {
    await expect(validateFocusFile(join(directory, 'nowhere.csv'))).rejects.toMatchObject({ code: 'file_not_found' });
    const file = (name: string, content: string | Buffer) => {
      const path = join(directory, name);
      writeFileSync(path, content);
      return path;
    };
    await expect(validateFocusFile(file('empty.csv', ''))).rejects.toMatchObject({ code: 'file_unreadable' });
    await expect(validateFocusFile(file('cut.parquet', 'PAR1 and no more'))).rejects.toMatchObject({
      code: 'file_unreadable',
    });
    const half = gzipSync(csv(Array.from({ length: 20 }, () => usageRow)));
    const rest = gzipSync(
      csv(
        Array.from({ length: 20 }, () => usageRow),
        [],
      ),
    ).subarray(0, 10);
    const cutBetweenRows = file('cut.csv.gz', Buffer.concat([half, rest]));
    await expect(validateFocusFile(cutBetweenRows)).rejects.toMatchObject({ code: 'file_unreadable' });
    await expect(validateFocusFile(file('ragged.csv', 'BilledCost,Tags\n1,2,3\n'))).rejects.toMatchObject({
      code: 'file_unreadable',
    });
    await expect(validateFocusFile(file('other.csv', 'a,b\n1,2\n'))).rejects.toMatchObject({
      code: 'file_format_unknown',
    });
  });

  test('fields may be separated by semicolons', async () => {
    const path = join(directory, 'semicolons.csv');
    writeFileSync(path, 'BilledCost;BillingCurrency\n1;EUR\n2,5;EUR\n');
    const report = await validateFocusFile(path);
    expect(rule(report, 'CAU-BilledCost-C-002-M')).toMatchObject({ count: 1, examples: [{ row: 2 }] });
  });

  test('a header without rows is a file without rows, and says so', async () => {
    const report = await validate([]);
    expect(report).toMatchObject({ rows: 0, notes: ['There are no rows.'] });
    expect(failures(report)).toEqual([]);
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
    const text = formatReport(await validate([usageRow, { ...usageRow, RegionId: null }]));
    expect(text).toContain('does not conform');
    expect(text).toContain('CAU-RegionName-C-004-C: 1 row\n    RegionName MUST be null when RegionId is null.');
    expect(text).toContain('row 2: RegionName="EU (Ireland)", RegionId=null');
    expect(text).toMatch(/MUST +\d+ +1 +0 +\d+/);
  });
});
