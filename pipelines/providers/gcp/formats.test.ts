import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { openWorkbench } from '@cloudact/core/warehouse/duckdb';
import { describe, expect, test } from 'vitest';
import { detectFormat } from '../registry.ts';
import { focusRows, withBill } from './fixtures/converted.ts';
import { bare, credit, csv, type ExportRow, ndjson, pythonRepr, row, usageRow } from './fixtures/export.ts';
import { gcpBillingExport } from './index.ts';

const bill: ExportRow[] = [
  row({ credits: [credit('PROMOTION', '-0.0000015', "Cider's"), credit('DISCOUNT', '-0.05')] }),
  row({ labels: [{ key: 'note', value: `it's "ripe", é` }], credits: [] }),
  bare({ cost: '0.75', cost_type: 'tax', project: undefined, location: undefined }),
];

/** The same rows as BigQuery exports them to Parquet: structs, lists and NUMERIC. */
async function parquet(): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'cloudact-test-'));
  const [source, out] = [join(folder, 'rows.ndjson'), join(folder, 'bill.parquet')];
  await writeFile(source, ndjson(bill));
  const workbench = await openWorkbench({ inputs: [source], outputs: [out] });
  const credits = `CAST(credits AS STRUCT(id VARCHAR, full_name VARCHAR, "type" VARCHAR, "name" VARCHAR, amount DECIMAL(38,9))[])`;
  try {
    await workbench.run(`COPY (SELECT * REPLACE (${credits} AS credits, CAST(cost AS DOUBLE) AS cost,
      CAST(usage_start_time AS TIMESTAMPTZ) AS usage_start_time) FROM read_json('${source}')) TO '${out}' (FORMAT parquet)`);
    return await readFile(out);
  } finally {
    await workbench.close();
    await rm(folder, { recursive: true });
  }
}

test('nested or flat, in Parquet, NDJSON or CSV, a bill is the same', async () => {
  const expected = await focusRows(bill);
  expect(expected.map(({ BilledCost }) => BilledCost)).toEqual(['0.2', '-0.0000015', '0.25', '0.75']);
  expect(expected[2]!.Tags).toContain(`"note":"it's \\"ripe\\", é"`);
  const upper = csv(bill).replace(/^.*/, (header) => header.toUpperCase());
  const others = {
    gzip: gzipSync(ndjson(bill)),
    dotted: csv(bill),
    underscores: csv(bill, { separator: '_' }),
    'byte order mark, other case': `\ufeff${upper}`,
    python: csv(bill, { write: pythonRepr }),
    'python decimals': csv(bill, { write: pythonRepr }).replaceAll('-0.05', `Decimal('-0.05')`),
    parquet: await parquet(),
  };
  for (const [name, content] of Object.entries(others)) expect(await focusRows(content), name).toEqual(expected);
}, 60_000);

test('lists that Parquet holds as records of records are read', async () => {
  const wrapped = (list: unknown) => ({ list: (list as unknown[]).map((element) => ({ element })) });
  const unmarked = bill.map(({ labels, system_labels, tags, credits, project, ...others }) => {
    const { labels: projectLabels, ...known } = (project ?? {}) as ExportRow;
    return {
      ...others,
      ...Object.fromEntries(
        Object.entries({ labels, system_labels, tags, credits }).flatMap(([name, list]) =>
          list === undefined ? [] : [[name, wrapped(list)]],
        ),
      ),
      ...(project !== undefined && { project: { ...known, labels: wrapped(projectLabels) } }),
    };
  });
  expect(await focusRows(unmarked)).toEqual(await focusRows(bill));
});

test('a row that gives money back takes back what was consumed', async () => {
  const [back] = await focusRows([
    row({ cost: '-0.25', cost_at_list: '-0.28', cost_at_effective_price_default: '-0.25' }),
  ]);
  expect(back).toMatchObject({ PricingQuantity: '-8', ConsumedQuantity: '-28800', ConsumedUnit: 'Seconds' });
});

describe('recognition', () => {
  const header = Object.keys(usageRow);

  test('by the columns, nested and flat; a FOCUS export is none', () => {
    expect(detectFormat(header, 'auto')).toBe(gcpBillingExport);
    expect(detectFormat(csv([usageRow]).split('\n')[0]!.split(','), 'auto')).toBe(gcpBillingExport);
    expect(gcpBillingExport.recognises([...header, 'BilledCost'])).toBe(false);
    expect(gcpBillingExport.recognises(['cost', 'currency'])).toBe(false);
  });

  test('an export without its invoice month is refused by name', () => {
    expect(() => gcpBillingExport.plan(header.filter((name) => name !== 'invoice'))).toThrow(
      expect.objectContaining({ code: 'file_format_unknown', detail: expect.stringContaining('invoice.month') }),
    );
  });
});

test('every unreadable row is named with its column, its value and a reason', async () => {
  const broken: [ExportRow, string][] = [
    [{ cost: 'free' }, 'cost'],
    [{ cost: '123.1234567890123456789' }, 'cost'],
    [{ cost: '1e30' }, 'cost'],
    [{ cost: undefined }, 'cost'],
    [{ currency: undefined }, 'currency'],
    [{ usage_start_time: 'soon' }, 'usage_start_time'],
    [{ invoice: { month: '202513' } }, 'invoice'],
    [{ invoice: {} }, 'invoice'],
    [{ usage: { amount: 'much', unit: 'seconds' } }, 'usage'],
    [{ credits: [credit('PROMOTION', 'some')] }, 'credits'],
    [{ credits: [{ type: 'PROMOTION' }] }, 'credits'],
    [{ credits: '[{' }, 'credits'],
    [{ labels: { team: 'press' } }, 'labels'],
    [{ project: { id: 'p', labels: { team: 'press' } } }, 'project'],
  ];
  const rows = [row({}), ...broken.map(([changes]) => row(changes))];
  const faults = await withBill(rows, async (_, { faults }) => faults, { skipUnreadable: true });
  for (const [index, [changes, column]] of broken.entries()) {
    const of = faults.filter((fault) => fault.row === index + 2);
    expect(
      of.map((fault) => fault.column),
      JSON.stringify(changes),
    ).toContain(column);
  }
  expect(faults.filter((fault) => fault.row === 1)).toEqual([]);
  await expect(withBill(rows, async () => undefined)).rejects.toMatchObject({ code: 'rows_unreadable' });
});

test('the billing period of a raw row is that of its charge, nested or flat', async () => {
  const months = [row({}), row({ invoice: { month: '202504' } })];
  for (const content of [ndjson(months), csv(months)]) {
    const periods = await withBill(content, (workbench, { plan, table }) =>
      workbench.rows(`SELECT CAST(${plan.billingPeriod} AS VARCHAR) AS period FROM ${table} ORDER BY x_SourceRow`),
    );
    expect(periods).toEqual([{ period: '2025-03-01' }, { period: '2025-04-01' }]);
  }
});
