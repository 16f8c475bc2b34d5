import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decimal } from '@cloudact/core/money';
import { openWorkbench, quotePath, type Workbench } from '@cloudact/core/warehouse/duckdb';
import { validateFocusFile } from '../../focus/validate/index.ts';
import { type LandedBill, landFiles } from '../../landing/index.ts';
import type { MeterId } from '../../prices/meters.ts';
import type { PriceAnswer, PriceBook } from '../../prices/price-book.ts';
import { usageBill } from '../../usage/usage-bill.ts';
import type { UsageSource } from '../../usage/usage-source.ts';

type Row = Record<string, string | boolean | null>;

/** Lists of prices of one block of a meter in USD, by model. */
export type ListPrices = Readonly<Record<string, Partial<Readonly<Record<MeterId, string>>>>>;

/**
 * What a source's SELECTs make of these lines, which are landed as they would be from a connector's file: the rows of
 * `usage` and `costs` in the order of the file, without what is null, decimals without trailing zeros.
 */
export function landedAnswers(source: UsageSource, lines: readonly object[]): Promise<{ usage: Row[]; costs: Row[] }> {
  return withLanded(source, lines, async (workbench, { table }) => {
    const read = async (select: string, order: string) => {
      const rows = await workbench.rows<Row>(
        `SELECT * EXCLUDE (source_file) FROM (${select}) ORDER BY source_row, ${order}`,
      );
      return rows.map(filled);
    };
    return {
      usage: await read(source.usage(table), 'meter'),
      costs: source.costs ? await read(source.costs(table), 'line_item, model NULLS LAST') : [],
    };
  });
}

/**
 * The FOCUS rows of these lines in the order of the file, priced by `prices` alone; the control totals, and the sums of BilledCost
 * beside them; and the MUST rules of FOCUS 1.3 that the rows break.
 */
export function answersInFocus(
  source: UsageSource,
  lines: readonly object[],
  prices: ListPrices = {},
): Promise<{ rows: Row[]; totals: Row[]; billed: Row[]; broken: string[] }> {
  return withLanded(source, lines, async (workbench, { plan, table }, folder) => {
    await plan.prepare?.(workbench, table, { prices: bookOf(prices) });
    const rows = await workbench.rows<Row>(
      `SELECT * FROM (${plan.toFocus(table)}) ORDER BY "x_SourceRow", "SkuMeter", "x_Model"`,
    );
    const totals = await workbench.rows<Row>(
      `SELECT * FROM (${plan.controlTotals(table)}) ORDER BY billing_period, currency`,
    );
    const billed = await workbench.rows<Row>(`SELECT CAST("BillingPeriodStart" AS DATE) AS billing_period,
      "BillingCurrency" AS currency, sum("BilledCost") AS total FROM (${plan.toFocus(table)}) GROUP BY 1, 2 ORDER BY 1, 2`);
    const path = join(folder, 'focus.parquet');
    await workbench.run(`COPY (${plan.toFocus(table)}) TO ${quotePath(path)} (FORMAT parquet)`);
    const { rules } = await validateFocusFile(path);
    const broken = rules.filter(({ keyword, status }) => keyword.startsWith('MUST') && status === 'failed');
    return {
      rows: rows.map(filled),
      totals: totals.map(filled),
      billed: billed.map(filled),
      broken: broken.map(({ id, column }) => `${id} ${column}`),
    };
  });
}

async function withLanded<T>(
  source: UsageSource,
  lines: readonly object[],
  work: (workbench: Workbench, bill: LandedBill, folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'cloudact-answers-'));
  const path = join(folder, 'answers.ndjson');
  await writeFile(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const workbench = await openWorkbench({ inputs: [path], outputs: [join(folder, 'focus.parquet')] });
  try {
    return await work(workbench, await landFiles(workbench, usageBill(source), [path]), folder);
  } finally {
    await workbench.close();
    await rm(folder, { recursive: true });
  }
}

function bookOf(prices: ListPrices): PriceBook {
  return {
    version: 'test',
    find({ model, meter }) {
      const unitPrice = prices[model]?.[meter];
      const answer: PriceAnswer =
        unitPrice === undefined
          ? { prices: [], model: null, unknown: prices[model] ? 'meter' : 'model' }
          : {
              prices: [{ unitPrice: decimal(unitPrice), ...ALWAYS }],
              model: { developer: null, family: null, id: model, version: null },
              unknown: null,
            };
      return { list: answer, contracted: answer };
    },
  };
}

const ALWAYS = {
  currency: 'USD',
  validFrom: null,
  validTo: null,
  scope: 'list',
  version: 'test',
  source: 'a test',
  provisional: false,
} as const;

function filled(row: Row): Row {
  const given = Object.entries(row).filter(([, value]) => value !== null);
  return Object.fromEntries(given.map(([name, value]) => [name, plain(value)]));
}

function plain(value: string | boolean | null): string | boolean | null {
  return typeof value === 'string' && /^-?\d+\.\d{18}$/.test(value) ? value.replace(/\.?0+$/, '') : value;
}
