import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { costAndUsageColumns, sqlType } from '@cloudact/core/focus';
import { openWorkbench } from '@cloudact/core/warehouse/duckdb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { csv, failures, purchaseRow, rule, type TextRow, taxRow, usageRow, validateRows } from './fixtures.ts';
import { validateFocusFile, validateFocusTable } from './index.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'cloudact-validate-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const good = [usageRow, taxRow, purchaseRow];

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
    await expect(validateFocusFile(file('twice.csv', 'BilledCost,BilledCost\n1,2\n'))).rejects.toMatchObject({
      code: 'file_unreadable',
    });
    await expect(validateFocusFile(file('ragged.csv', 'BilledCost,Tags\n1,2,3\n'))).rejects.toMatchObject({
      code: 'file_unreadable',
    });
    await expect(validateFocusFile(file('other.csv', 'a,b\n1,2\n'))).rejects.toMatchObject({
      code: 'file_format_unknown',
    });
  });

  test('the file of a name is judged, not one that the name matches', async () => {
    const folder = mkdtempSync(join(directory, 'named-'));
    for (const [name, cost] of [
      ['bill[1].csv', '1'],
      ['bill1.csv', 'other'],
    ] as const) {
      writeFileSync(join(folder, name), `BilledCost,BillingCurrency\n${cost},EUR\n`);
    }
    const report = await validateFocusFile(join(folder, 'bill[1].csv'));
    expect(rule(report, 'CAU-BilledCost-C-002-M')).toMatchObject({ count: 0 });
  });

  test('lines may end as on Windows, and the file may start with a byte order mark', async () => {
    const path = join(directory, 'windows.csv');
    writeFileSync(path, `\uFEFF${csv(good).replaceAll('\n', '\r\n')}`);
    const report = await validateFocusFile(path);
    expect(failures(report)).toEqual([]);
    expect(report.rows).toBe(3);
  });

  test('fields may be separated by semicolons', async () => {
    const path = join(directory, 'semicolons.csv');
    writeFileSync(path, 'BilledCost;BillingCurrency\n1;EUR\n2,5;EUR\n');
    const report = await validateFocusFile(path);
    expect(rule(report, 'CAU-BilledCost-C-002-M')).toMatchObject({ count: 1, examples: [{ row: 2 }] });
  });

  test('a header without rows is a file without rows, and says so', async () => {
    const report = await validateRows([]);
    expect(report).toMatchObject({ rows: 0, notes: ['There are no rows.'] });
    expect(failures(report)).toEqual([]);
  });

  test('a reader who stops waiting is not kept waiting', async () => {
    const path = join(directory, 'stopped.csv');
    writeFileSync(path, csv(good));
    const controller = new AbortController();
    const report = validateFocusFile(path, { signal: controller.signal });
    controller.abort();
    await expect(report).rejects.toMatchObject({ name: 'AbortError' });
  });
});
