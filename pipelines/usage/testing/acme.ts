import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decimal } from '@cloudact/core/money';
import { openWorkbench, type Workbench } from '@cloudact/core/warehouse/duckdb';
import { type LandedBill, landFiles } from '../../landing/index.ts';
import type { Price, PriceBook } from '../../prices/price-book.ts';
import { usageBill } from '../usage-bill.ts';
import { costColumns, selectList, type UsageSource, usageColumns } from '../usage-source.ts';

/** A provider that does not exist: its lines are the columns of `usageColumns` and `costColumns` themselves. */
const acme: UsageSource = {
  id: 'acme-usage',
  title: 'Acme usage and costs',
  mark: 'acme_answer',
  columns: [
    { source: 'quantity', raw: 'quantity', type: 'decimal' },
    { source: 'amount', raw: 'amount', type: 'decimal' },
    { source: 'list_amount', raw: 'list_amount', type: 'decimal' },
  ],
  needed: [...new Set([...Object.keys(usageColumns), ...Object.keys(costColumns)])].filter(
    (name) => !name.startsWith('source_'),
  ),
  priceList: 'acme',
  service: { name: 'Acme API', provider: 'Acme', accountType: 'Organization', subAccountType: 'Project' },
  usage: (raw) => `SELECT ${selectList(usageColumns, columnsOf(usageColumns))} FROM ${raw} WHERE acme_answer = 'usage'`,
  costs: (raw) => `SELECT ${selectList(costColumns, columnsOf(costColumns))} FROM ${raw} WHERE acme_answer = 'cost'`,
};

function columnsOf<Columns extends Readonly<Record<string, string>>>(columns: Columns): Record<keyof Columns, string> {
  const names = Object.keys(columns).map((name) => [name, `"${name}"`]);
  return { ...Object.fromEntries(names), source_file: '"x_SourceFile"', source_row: '"x_SourceRow"' };
}

/** Of million tokens of `small`: input 1, output 5 until 2026-11-15, then 4; cached input 0.1; nothing else has a price. */
export const acmePrices: PriceBook = {
  version: 'test',
  find({ model, meter }) {
    const price = (unitPrice: string, validFrom: string | null, validTo: string | null): Price => ({
      unitPrice: decimal(unitPrice),
      currency: 'USD',
      validFrom,
      validTo,
      scope: 'list',
      version: `${meter}@${unitPrice}`,
      source: 'test',
      provisional: false,
    });
    const prices: Partial<Record<string, Price[]>> = {
      input_tokens: [price('1', null, null)],
      cached_input_tokens: [price('0.1', null, null)],
      output_tokens: [price('5', null, '2026-11-15'), price('4', '2026-11-15', null)],
    };
    const known = model.startsWith('small');
    const answer = {
      prices: known ? (prices[meter] ?? []) : [],
      model: known ? { developer: 'Acme', family: 'small', id: 'small', version: null } : null,
      unknown: known ? (prices[meter] ? null : ('meter' as const)) : ('model' as const),
    };
    return { list: answer, contracted: answer };
  },
};

export interface AcmeLine {
  acme_answer: 'usage' | 'cost';
  [column: string]: string | number | null;
}

/** Lines of November 2026; what is left out is the 1st, account `org`, settled until the 20th. */
export async function withAcme<T>(
  lines: readonly AcmeLine[],
  work: (workbench: Workbench, bill: LandedBill) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'cloudact-acme-'));
  const path = join(folder, 'acme.ndjson');
  const day = {
    charge_start: '2026-11-01T00:00:00Z',
    charge_end: '2026-11-02T00:00:00Z',
    account_id: 'org',
    currency: 'USD',
  };
  const about = { acme_answer: 'about', ...day, settled_before: '2026-11-20' };
  await writeFile(
    path,
    [about, ...lines.map((line) => ({ ...day, ...line }))].map((line) => `${JSON.stringify(line)}\n`).join(''),
  );
  const workbench = await openWorkbench({ inputs: [path], outputs: [] });
  try {
    const bill = await landFiles(workbench, usageBill(acme), [path]);
    await bill.plan.prepare?.(workbench, bill.table, { prices: acmePrices });
    return await work(workbench, bill);
  } finally {
    await workbench.close();
    await rm(folder, { recursive: true });
  }
}

export type FocusRow = Record<string, string | null>;

/** The charges of these lines and what has no price, decimals without trailing zeros. */
export function acmeCharges(
  lines: readonly AcmeLine[],
): Promise<{ charges: FocusRow[]; unpriced: FocusRow[]; totals: FocusRow[] }> {
  return withAcme(lines, async (workbench, { plan, table }) => {
    const rows = async (sql: string) =>
      (await workbench.rows<FocusRow>(sql)).map((row) =>
        Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])),
      );
    return {
      charges: await rows(`SELECT * FROM (${plan.toFocus(table)}) ORDER BY "x_SourceRow", "SkuMeter"`),
      unpriced: await rows(plan.unpricedUsage!(table)),
      totals: await rows(plan.controlTotals(table)),
    };
  });
}

function plain(value: string | null): string | null {
  return typeof value === 'string' && /^-?\d+\.\d{18}$/.test(value) ? value.replace(/\.?0+$/, '') : value;
}
