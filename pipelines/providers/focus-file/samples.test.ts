import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ValidationReport, validateFocusTable } from '../../focus/validate/index.ts';
import { inspectFile } from '../../landing/index.ts';
import { openBill, sumOf, type TestBill } from './test-bill.ts';

const samples = join(import.meta.dirname, '../../../../shared/data/focus');
const realSample = join(samples, 'focus-1.0-real-600rows.csv');
const synthetic12 = join(samples, 'synthetic-1.2-1.3/aws_1_2_cost_and_usage_rows100_seed42.csv');
const synthetic13 = join(samples, 'synthetic-1.2-1.3/aws_1_3_cost_and_usage_rows100_seed42.csv');

function describeSample(name: string, path: string, body: () => void): void {
  if (existsSync(path)) describe(name, body);
  else describe.skip(`${name} (skipped: no sample data)`, body);
}

function brokenRules(report: ValidationReport) {
  return report.rules.filter(({ status, keyword }) => status === 'failed' && keyword.startsWith('MUST'));
}

describeSample('the real FOCUS 1.0 sample', realSample, () => {
  let bill: TestBill;
  beforeAll(async () => {
    bill = await openBill(realSample);
  }, 120_000);
  afterAll(() => bill.close());

  test('no row and no cost is lost: 600 rows, and BilledCost ties to the last digit', () => {
    expect(bill.rows).toHaveLength(600);
    expect(bill.totals).toEqual([
      { billing_period: '2024-09-01', currency: 'USD', invoice: null, total: '7.112252538070000000' },
    ]);
    expect(sumOf(bill.rows, 'BilledCost')).toBe(7_112252538070000000n);
  });

  test('every row can be loaded', () => {
    expect(bill.faults.filter(({ kind }) => kind !== 'invalid')).toEqual([]);
  });

  test('rows without a named fault break no MUST rule of FOCUS 1.3', async () => {
    const named = [...new Set(bill.faults.map(({ x_SourceRow }) => x_SourceRow))];
    await bill.bench.run(
      `CREATE TEMP TABLE faultless AS SELECT * FROM focus WHERE x_SourceRow NOT IN (${named.join(', ')})`,
    );
    const report = await validateFocusTable(bill.bench, { table: 'faultless' });
    expect(report.rows).toBe(600 - named.length);
    expect(brokenRules(report)).toEqual([]);
  });

  test('every MUST rule that all 600 rows break is broken on rows that are named for that column, and on no others', async () => {
    const report = await validateFocusTable(bill.bench, { table: 'focus' });
    const named = (column: string) =>
      new Set(bill.faults.filter((fault) => fault.column === column).map(({ x_SourceRow }) => x_SourceRow)).size;
    for (const { id, column, count, examples } of brokenRules(report)) {
      const sameFault =
        id === 'CAU-ListUnitPrice-C-014-C'
          ? 'ListCost'
          : id === 'CAU-ContractedUnitPrice-C-013-C'
            ? 'ContractedCost'
            : undefined;
      const place = sameFault ?? (column === 'ServiceName' ? 'ServiceCategory' : column!);
      expect(count, id).toBeLessThanOrEqual(named(place));
      for (const { row } of examples) {
        expect(bill.faults, `${id} on row ${row}`).toContainEqual(
          expect.objectContaining({ x_SourceRow: String(row), column: place }),
        );
      }
    }
  });

  test('a cost is only made exact where the difference is smaller than the decimals that the provider writes', () => {
    for (const row of bill.rows) {
      const note = (JSON.parse(row.x_UpgradeNotes ?? '{}') as Record<string, string>).ListCost;
      // A cost of 0 beside a billed cost is what Oracle writes for one that it does not know.
      if (!note || note === 'delivered as 0') continue;
      const delivered = note.replace('delivered as ', '');
      expect(Math.abs(Number(delivered) - Number(row.ListCost)), `row ${row.x_SourceRow}`).toBeLessThan(3e-9);
    }
  });
});

describeSample('synthetic FOCUS 1.3', synthetic13, () => {
  test('passes through with every value as delivered, and breaks no MUST rule', async () => {
    const bill = await openBill(synthetic13);
    try {
      const { names } = await inspectFile(bill.bench, synthetic13);
      const delivered = await bill.bench.rows<Record<string, string | null>>(
        'SELECT * FROM raw_bill ORDER BY "x_SourceRow"',
      );
      const raw = new Map(bill.plan.columns.map((column) => [column.source, column.raw]));
      expect(names).toHaveLength(65);
      for (const [index, row] of bill.rows.entries()) {
        for (const name of names)
          expect(canonical(row[name]!), `${name}, row ${index + 1}`).toBe(
            canonical(delivered[index]![raw.get(name)!]!),
          );
      }
      expect(bill.faults).toEqual([]);
      expect(brokenRules(await validateFocusTable(bill.bench, { table: 'focus' }))).toEqual([]);
    } finally {
      await bill.close();
    }
  }, 120_000);
});

describeSample('synthetic FOCUS 1.2', synthetic12, () => {
  test('becomes 1.3 without a fault and breaks no MUST rule', async () => {
    const bill = await openBill(synthetic12);
    try {
      expect(bill.faults).toEqual([]);
      expect(bill.rows.every(({ x_UpgradeNotes }) => x_UpgradeNotes === null)).toBe(true);
      expect(brokenRules(await validateFocusTable(bill.bench, { table: 'focus' }))).toEqual([]);
    } finally {
      await bill.close();
    }
  }, 120_000);
});

/** One spelling for a decimal or a time that text may write in several ways; other text as it is. */
function canonical(text: string | null): string | null {
  if (text === null) return null;
  if (/^-?\d+(\.\d+)?$/.test(text)) return text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text;
  if (/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}Z?$/.test(text)) return text.replace('T', ' ').replace('Z', '');
  return text;
}
