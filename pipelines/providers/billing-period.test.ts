import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkbench } from '@cloudact/core/warehouse/duckdb';
import { describe, expect, test } from 'vitest';
import { landFiles } from '../landing/index.ts';
import { billCsv } from './aws/fixtures/bill.ts';
import { awsCur } from './aws/index.ts';
import type { BillFormat } from './bill-format.ts';
import { focusFile } from './focus-file/index.ts';
import { awsUsage } from './focus-file/test-bill.ts';

/** The billing period of each raw row, and beside it the month that its charge has; null where no charge is made. */
async function periods(format: BillFormat, csv: string): Promise<[raw: string | null, charge: string | null][]> {
  const folder = await mkdtemp(join(tmpdir(), 'billing-period-'));
  const file = join(folder, 'bill.csv');
  await writeFile(file, csv);
  const bench = await openWorkbench({ inputs: [file], outputs: [] });
  try {
    const { plan, table } = await landFiles(bench, format, [file]);
    const rows = await bench.rows<{ raw: string | null; charge: string | null }>(
      `SELECT CAST(raw.period AS VARCHAR) AS raw, CAST(date_trunc('month', charge.BillingPeriodStart) AS DATE) AS charge
       FROM (SELECT x_SourceRow, ${plan.billingPeriod} AS period FROM ${table}) AS raw
       LEFT JOIN (${plan.toFocus(table)}) AS charge USING (x_SourceRow) ORDER BY x_SourceRow`,
    );
    return rows.map(({ raw, charge }) => [raw, charge]);
  } finally {
    await bench.close();
    await rm(folder, { recursive: true });
  }
}

const focusCsv = (starts: readonly string[]) => {
  const lines = starts.map((BillingPeriodStart) => Object.values({ ...awsUsage, BillingPeriodStart, Tags: '{}' }));
  return [Object.keys(awsUsage), ...lines].map((line) => line.map((cell) => `"${cell ?? ''}"`).join(',')).join('\n');
};

describe('the billing period of a raw row is that of its charge', () => {
  test('in an AWS report, also where a line becomes no charge and neighbours are of another month', async () => {
    const april = {
      'bill/BillingPeriodStartDate': '2025-04-01T00:00:00Z',
      'bill/BillingPeriodEndDate': '2025-05-01T00:00:00Z',
    };
    const negation = { 'lineItem/LineItemType': 'SavingsPlanNegation', 'lineItem/UnblendedCost': '0' };
    expect(await periods(awsCur, billCsv([{}, { ...april, ...negation }, {}, negation, april]))).toEqual([
      ['2025-03-01', '2025-03-01'],
      ['2025-04-01', null],
      ['2025-03-01', '2025-03-01'],
      ['2025-03-01', null],
      ['2025-04-01', '2025-04-01'],
    ]);
  });

  test.each([
    ['ISO', ['2024-09-01 00:00:00', '2024-10-01T00:00:00Z'], ['2024-09-01', '2024-10-01']],
    ['month first', ['9/1/2024', '01/1/2025', '12/1/24'], ['2024-09-01', '2025-01-01', '2024-12-01']],
    ['day first', ['1/9/2024', '01/01/2025'], ['2024-09-01', '2025-01-01']],
    ['Unix seconds', ['1725148800'], ['2024-09-01']],
  ])('in a FOCUS file with dates in the form %s', async (_, starts, months) => {
    expect(await periods(focusFile, focusCsv(starts))).toEqual(months.map((month) => [month, month]));
  });
});
