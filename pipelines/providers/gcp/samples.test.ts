import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { add, type Decimal, decimal } from '@cloudact/core/money';
import { describe, expect, test } from 'vitest';
import { converted } from './fixtures/converted.ts';
import { type ExportRow, row } from './fixtures/export.ts';

const samples = resolve(import.meta.dirname, '../../../../shared/data/gcp');
const file = join(samples, 'cud-doc-tables.json');
const missing = !existsSync(file);

interface DocRow {
  sku: string;
  cost: number;
  pq: number;
  price?: number;
  model?: string;
  originating?: string | null;
  sub?: string;
  credits: { type: string; amount: number }[];
}

/** A row of the documentation's tables as the export would deliver it. */
function exported({ sku, cost, pq, price, model, originating, sub, credits }: DocRow): ExportRow {
  return row({
    sku: { id: sku, description: sku === 'Fee' ? 'Commitment - dollar based v1: Compute Flexible for 1 year' : sku },
    cost,
    cost_at_list: undefined,
    cost_at_effective_price_default: undefined,
    price: price === undefined ? undefined : { effective_price: price },
    usage: { amount_in_pricing_units: pq, pricing_unit: 'hour' },
    labels: originating ? [{ key: 'goog-originating-sku-id', value: originating }] : [],
    subscription: sub === undefined ? undefined : { instance_id: sub },
    consumption_model: model === undefined ? undefined : { id: model, description: model },
    credits: credits.map((each) => ({ ...each, id: each.type, name: each.type })),
  });
}

describe.skipIf(missing)(
  missing ? 'skipped: no sample data' : "Google's published examples of both data models",
  () => {
    const tables = missing ? {} : JSON.parse(readFileSync(file, 'utf8'));
    test.each([
      ['over_utilised', 'old', '0.240064', '0'],
      ['over_utilised', 'new', '0.240046', '0'],
      ['under_utilised', 'old', '0.216', '0'],
      ['under_utilised', 'new', '0.2160131', '0.0000131'],
    ] as const)('%s, %s model: the invoice is %s', async (example, model, invoice, residual) => {
      expect(tables[example].invoice_total[model]).toBe(Number(invoice));
      const { rows, totals } = await converted(tables[example][model].map(exported));
      expect(totals.map(({ source, focus }) => [source, focus])).toEqual([[invoice, invoice]]);
      const sum = (column: string, category?: string): Decimal =>
        rows
          .filter(({ ChargeCategory }) => category === undefined || ChargeCategory === category)
          .reduce((total, values) => add(total, decimal(values[column] as string)), decimal('0'));
      expect(sum('EffectiveCost')).toBe(invoice);
      expect(sum('BilledCost', 'Adjustment')).toBe(residual);
    });
    test('a standard export as Python dumps it: each trial credit is a row, and nothing is left to pay', async () => {
      const { rows, totals } = await converted(readFileSync(join(samples, 'standard-export-small.csv'), 'utf8'));
      expect(totals.map(({ billingPeriod, focus }) => [billingPeriod, focus])).toEqual([['2020-11-01', '0']]);
      const credits = rows.filter(({ ChargeCategory }) => ChargeCategory === 'Credit');
      expect([rows.length - credits.length, credits.length]).toEqual([25, 8]);
      expect(new Set(credits.map(({ BilledCost }) => BilledCost))).toEqual(new Set(['-0.000005', '-0.000001']));
    });
  },
);
