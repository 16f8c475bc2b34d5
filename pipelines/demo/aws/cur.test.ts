import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { add, decimal } from '@cloudact/core/money';
import { openWorkbench, type Workbench } from '@cloudact/core/warehouse/duckdb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DemoBills } from '../generate.ts';
import { generateDemoBills } from '../generate.ts';

/** What a reader of the files finds: the real story, all 13 months, seen through SQL. */
let directory: string;
let bench: Workbench;
let bills: DemoBills;

const AMOUNTS = [
  ['lineItem/UsageAmount', 'amount'],
  ['lineItem/UnblendedRate', 'rate'],
  ['lineItem/UnblendedCost', 'cost'],
  ['pricing/publicOnDemandCost', 'public_cost'],
  ['pricing/publicOnDemandRate', 'public_rate'],
  ['reservation/EffectiveCost', 'ri_effective'],
  ['reservation/UnusedRecurringFee', 'ri_unused'],
  ['savingsPlan/SavingsPlanEffectiveCost', 'sp_effective'],
  ['savingsPlan/SavingsPlanRate', 'sp_rate'],
  ['savingsPlan/TotalCommitmentToDate', 'sp_commitment'],
  ['savingsPlan/UsedCommitment', 'sp_used'],
] as const;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'demo-cur-'));
  [bills] = (await generateDemoBills({ directory, endMonth: '2026-11', today: '2026-11-23', providers: ['aws'] })) as [
    DemoBills,
  ];
  const files = bills.months.flatMap((month) => month.files);
  bench = await openWorkbench({ inputs: files, outputs: [], temporaryDirectory: directory });
  const list = files.map((file) => `'${file}'`).join(', ');
  await bench.run(`CREATE TABLE cur AS
    SELECT ${AMOUNTS.map(([column, name]) => `CAST("${column}" AS DECIMAL(38,10)) AS ${name}`).join(', ')},
      "lineItem/LineItemType" AS type, substr("lineItem/UsageStartDate", 1, 10) AS day,
      substr("bill/BillingPeriodStartDate", 1, 7) AS month, "bill/InvoiceId" AS invoice,
      "identity/LineItemId" AS id, "lineItem/UsageAccountId" AS account, "product/sku" AS sku,
      "lineItem/ProductCode" AS product, "resourceTags/user:product" AS tag, "lineItem/ResourceId" AS resource,
      "bill/BillType" AS bill_type
    FROM read_csv([${list}], all_varchar = true, header = true)`);
}, 120_000);
afterAll(async () => {
  await bench.close();
  await rm(directory, { recursive: true, force: true });
});

/** The rows of a query that finds violations: a guarantee holds when there are none. */
const violations = (sql: string) => bench.rows(`${sql} LIMIT 5`);
async function one<Row>(sql: string): Promise<Row> {
  return (await bench.rows<Row>(sql))[0]!;
}

describe('a demo Cost and Usage Report', () => {
  test('has the rows and the total that the generator says, about a hundred thousand in thirteen months', async () => {
    const months = await bench.rows<{ month: string; n: string; total: string }>(
      'SELECT month, count(*) AS n, sum(cost) AS total FROM cur GROUP BY month ORDER BY month',
    );
    expect(months.map(({ month, n, total }) => [month, Number(n), decimal(total)])).toEqual(
      bills.months.map(({ month, rows, total }) => [month, rows, decimal(total)]),
    );
    expect(months.length).toBe(13);
    expect(months.reduce((sum, { n }) => sum + Number(n), 0)).toBeGreaterThan(90_000);
  });

  test('names every line once', async () => {
    expect(await violations('SELECT id FROM cur GROUP BY id HAVING count(*) > 1')).toEqual([]);
  });

  test('cost is rate × amount, rounded to ten places, on every line that has a rate', async () => {
    // Integers of ten-thousand-millionths, because a decimal product of this scale would not fit.
    const units = (column: string) => `CAST(${column} * 10000000000 AS HUGEINT)`;
    expect(
      await violations(`SELECT id, rate, amount, cost FROM cur WHERE rate IS NOT NULL
        AND abs(${units('cost')}) <> (${units('abs(rate)')} * ${units('abs(amount)')} + 5000000000) // 10000000000`),
    ).toEqual([]);
    expect(
      await violations(`SELECT id FROM cur WHERE public_rate IS NOT NULL
        AND ${units('public_cost')} <> (${units('public_rate')} * ${units('amount')} + 5000000000) // 10000000000`),
    ).toEqual([]);
    expect((await one<{ n: string }>('SELECT count(*) AS n FROM cur WHERE rate IS NULL')).n).not.toBe('0');
  });

  test('negation lines cancel covered lines exactly, per account, price and day', async () => {
    expect(
      await violations(`SELECT account, sku, day, sum(cost) AS rest FROM cur
        WHERE type IN ('SavingsPlanCoveredUsage', 'SavingsPlanNegation') GROUP BY ALL HAVING sum(cost) <> 0`),
    ).toEqual([]);
  });

  test('the savings plan fee of every day is what was used and what was not, and both happen', async () => {
    expect(
      await violations(`SELECT day FROM cur GROUP BY day
        HAVING coalesce(sum(sp_used), 0) <> coalesce(sum(sp_effective), 0) OR coalesce(sum(sp_used), 0) > coalesce(sum(sp_commitment), 0)
        OR coalesce(sum(sp_commitment), 0) <> coalesce(sum(cost) FILTER (type = 'SavingsPlanRecurringFee'), 0)`),
    ).toEqual([]);
    const { used, commitment } = await one<{ used: string; commitment: string }>(
      'SELECT sum(sp_used) AS used, sum(sp_commitment) AS commitment FROM cur',
    );
    expect(Number(used) / Number(commitment)).toBeGreaterThan(0.85);
    expect(Number(used) / Number(commitment)).toBeLessThan(1);
    expect(await violations('SELECT id FROM cur WHERE sp_rate >= public_rate')).toEqual([]);
  });

  test('the reservation fee of every month is what was used and what was not, and both happen', async () => {
    expect(
      await violations(`SELECT month FROM cur GROUP BY month
        HAVING coalesce(sum(cost) FILTER (type = 'RIFee'), 0) <> coalesce(sum(ri_effective), 0) + coalesce(sum(ri_unused), 0)`),
    ).toEqual([]);
    const { months, unused, used } = await one<
      Record<string, string>
    >(`SELECT count(*) FILTER (type = 'RIFee') AS months,
      sum(ri_unused) AS unused, sum(ri_effective) AS used FROM cur`);
    expect(months).toBe('11');
    expect(Number(unused)).toBeGreaterThan(0);
    expect(Number(used)).toBeGreaterThan(Number(unused));
    expect(await violations(`SELECT id FROM cur WHERE type = 'DiscountedUsage' AND cost <> 0`)).toEqual([]);
  });

  test('finished months carry an invoice number on every line and sum to the month; the running month carries none', async () => {
    const invoices = await bench.rows<{ month: string; n: string; total: string }>(
      'SELECT month, count(DISTINCT invoice) AS n, sum(cost) AS total FROM cur WHERE invoice IS NOT NULL GROUP BY month ORDER BY month',
    );
    // The provider's invoice, the marketplace's, and in one month a refund's.
    expect(invoices.map(({ n }) => Number(n))).toEqual([2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3]);
    expect(add(...invoices.map(({ total }) => decimal(total)))).toBe(
      add(...bills.months.slice(0, -1).map(({ total }) => decimal(total))),
    );
  });

  test('credits, one refund, support and tax are there, each with its sign', async () => {
    const kinds = await bench.rows<{ type: string; n: string; low: string; high: string }>(
      `SELECT type, count(*) AS n, min(cost) AS low, max(cost) AS high FROM cur
       WHERE type IN ('Credit', 'Fee', 'Refund', 'Tax') GROUP BY type ORDER BY type`,
    );
    expect(kinds.map(({ type }) => type)).toEqual(['Credit', 'Fee', 'Refund', 'Tax']);
    for (const { type, low, high } of kinds) {
      if (type === 'Credit' || type === 'Refund') expect(Number(high), type).toBeLessThan(0);
      else expect(Number(low), type).toBeGreaterThanOrEqual(0);
    }
    expect(kinds[2]).toMatchObject({ n: '1' });
    expect(await one(`SELECT sum(cost) AS total FROM cur WHERE type = 'Credit'`)).toEqual({
      total: '-5000.0000000000',
    });
    expect(
      await violations(`SELECT id FROM cur WHERE type = 'Refund' AND (bill_type <> 'Refund' OR day >= month)`),
    ).toEqual([]);
    expect(await violations(`SELECT id FROM cur WHERE type = 'Tax' AND cost <> round(cost, 2)`)).toEqual([]);
  });

  test('free use costs nothing and still has a list price', async () => {
    const { n } = await one<{ n: string }>(
      'SELECT count(*) AS n FROM cur WHERE cost = 0 AND rate = 0 AND public_cost > 0',
    );
    expect(Number(n)).toBeGreaterThan(500);
  });
});

describe('the story in the bill', () => {
  const daily = `SELECT month, day, sum(cost) AS cost FROM cur WHERE type NOT IN ('Tax', 'Fee', 'RIFee', 'Credit', 'Refund') GROUP BY month, day`;

  test('one day costs more than three times a usual day of its month, and no other does', async () => {
    const days = await bench.rows<{ day: string; product: string }>(
      `WITH daily AS (${daily}), usual AS (SELECT month, median(cost) AS median FROM daily GROUP BY month)
       SELECT day FROM daily JOIN usual USING (month) WHERE cost > 3 * median`,
    );
    expect(days).toEqual([{ day: '2026-09-16' }]);
  });

  test('weekends cost less than working days in every month', async () => {
    expect(
      await violations(`WITH daily AS (${daily}) SELECT month FROM daily GROUP BY month
        HAVING avg(cost) FILTER (dayofweek(CAST(day AS DATE)) IN (0, 6)) > 0.85 * median(cost) FILTER (dayofweek(CAST(day AS DATE)) NOT IN (0, 6))`),
    ).toEqual([]);
  });

  test('the new product appears on its launch day and grows from there', async () => {
    const scout = await bench.rows<{ month: string; cost: string; first: string }>(
      `SELECT month, sum(cost) AS cost, min(day) AS first FROM cur WHERE tag = 'scout' AND type NOT LIKE 'SavingsPlan%' GROUP BY month ORDER BY month`,
    );
    expect(scout[0]).toMatchObject({ month: '2026-07', first: '2026-07-09' });
    expect(Number(scout[3]!.cost)).toBeGreaterThan(2 * Number(scout[0]!.cost));
  });

  test('the company grows over the year, and a part of its use belongs to nobody', async () => {
    const year = await bench.rows<{ cost: string; untagged: string }>(
      `SELECT sum(cost) AS cost, sum(cost) FILTER (type = 'Usage' AND tag IS NULL) AS untagged FROM cur
       WHERE month IN ('2025-11', '2026-10') GROUP BY month ORDER BY month`,
    );
    expect(Number(year[1]!.cost) / Number(year[0]!.cost)).toBeGreaterThan(1.3);
    expect(Number(year[0]!.untagged)).toBeGreaterThan(0);
  });
});
