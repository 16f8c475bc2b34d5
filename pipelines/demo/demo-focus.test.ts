import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decimal } from '@cloudact/core/money';
import { openWorkbench } from '@cloudact/core/warehouse/duckdb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { convert } from '../convert/index.ts';
import { validateFocusFile } from '../focus/validate/index.ts';
import type { DemoBills } from './generate.ts';
import { generateDemoBills } from './generate.ts';

/** The demo as a person meets it: every month of the story, turned into FOCUS. */
let directory: string;
let bills: DemoBills;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'demo-focus-'));
  [bills] = (await generateDemoBills({ directory, endMonth: '2026-11', today: '2026-11-23', providers: ['aws'] })) as [
    DemoBills,
  ];
  for (const { month, files } of bills.months) await convert({ files, output: parquet(month) });
}, 120_000);
afterAll(() => rm(directory, { recursive: true, force: true }));

const parquet = (month: string) => join(directory, `${month}.parquet`);

async function rowsOf<Row>(sql: string): Promise<Row[]> {
  const files = bills.months.map(({ month }) => parquet(month));
  const bench = await openWorkbench({ inputs: files, outputs: [], temporaryDirectory: directory });
  try {
    return await bench.rows<Row>(
      sql.replace('focus', `read_parquet([${files.map((file) => `'${file}'`).join(', ')}])`),
    );
  } finally {
    await bench.close();
  }
}

describe('the demo bill in FOCUS 1.3', () => {
  test('no month breaks a MUST or a MUST NOT', async () => {
    for (const { month } of bills.months) {
      const { rules, conforms } = await validateFocusFile(parquet(month));
      const failed = rules.filter(({ keyword, status }) => keyword.startsWith('MUST') && status === 'failed');
      expect(
        failed.map(({ id }) => id),
        month,
      ).toEqual([]);
      expect(conforms, month).toBe(true);
    }
  }, 120_000);

  test('every month is billed what the generator says, and its fees are spread over use to the last digit', async () => {
    const months = await rowsOf<{ month: string; billed: string; effective: string }>(
      `SELECT strftime(BillingPeriodStart, '%Y-%m') AS month, sum(BilledCost) AS billed, sum(EffectiveCost) AS effective
       FROM focus GROUP BY 1 ORDER BY 1`,
    );
    const expected = bills.months.map(({ month, total }) => [month, decimal(total), decimal(total)]);
    expect(months.map(({ month, billed, effective }) => [month, decimal(billed), decimal(effective)])).toEqual(
      expected,
    );
  });

  test('a commitment that is bought is what of it was used and not used, day by day', async () => {
    const days = await rowsOf(
      `SELECT ChargePeriodStart FROM focus WHERE CommitmentDiscountType = 'Savings Plan' GROUP BY 1
       HAVING sum(CommitmentDiscountQuantity) FILTER (ChargeCategory = 'Purchase')
         IS DISTINCT FROM sum(CommitmentDiscountQuantity) FILTER (ChargeCategory = 'Usage')`,
    );
    expect(days).toEqual([]);
  });

  test('team, environment and product are known for more than 85 % of what use costs, but not for all of it', async () => {
    const [shares] = await rowsOf<Record<'team' | 'env' | 'product', string>>(
      `SELECT ${['team', 'env', 'product'].map(
        (tag) =>
          `CAST(sum(EffectiveCost) FILTER (Tags LIKE '%"${tag}"%') AS DOUBLE) / CAST(sum(EffectiveCost) AS DOUBLE) AS ${tag}`,
      )} FROM focus WHERE ChargeCategory = 'Usage' AND ChargeClass IS NULL`,
    );
    for (const share of Object.values(shares!).map(Number)) {
      expect(share).toBeGreaterThan(0.85);
      expect(share).toBeLessThan(1);
    }
  });
});
