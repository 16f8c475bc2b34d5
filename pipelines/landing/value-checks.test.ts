import { openWorkbench, type Workbench } from '@cloudact/core/warehouse/duckdb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { quoteText } from './session.ts';
import { valueChecks } from './value-checks.ts';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench({ inputs: [], outputs: [] });
});
afterAll(() => workbench.close());

async function judge(
  values: readonly string[],
  column: { type: 'decimal' | 'timestamp'; rounds?: boolean },
): Promise<{ broken: boolean }[]> {
  const [check] = valueChecks({ source: 'v', raw: 'v', ...column });
  const rows = values.map((value, n) => `(${n}, ${quoteText(value)})`).join(', ');
  return workbench.rows(`SELECT ${check!.broken} AS broken FROM (VALUES ${rows}) t(n, v) ORDER BY n`);
}

test.each([
  ['12345678901234567890.123456789012345678', false, false],
  ['5.99999999999999E-05', false, false],
  ['0.0123456789012345678', true, false],
  ['123456789012345678901', true, true],
])('the decimal %s is broken as money: %s, as a measure: %s', async (text, money, measure) => {
  expect((await judge([text], { type: 'decimal' }))[0]!.broken).toBe(money);
  expect((await judge([text], { type: 'decimal', rounds: true }))[0]!.broken).toBe(measure);
});

test.each(['1_000', ' 1', '1 ', '1,5', '1.000,5', '$1', '0x10', 'NaN', 'Infinity', '1e', '--1', '.', '1.2.3', '٣'])(
  '%j is no decimal',
  async (text) => {
    expect((await judge([text], { type: 'decimal' }))[0]!.broken).toBe(true);
  },
);

test.each([
  ['2025-01-31T23:00:00Z', false],
  ['2025-01-31T23:00:00.000Z', false],
  ['2025-01-31 23:00:00', false],
  ['2025-01-31', false],
  ['2025-01-31T23:00:00+00:00', false],
  ['2025-01-31T23:00:00+02:00', true],
  ['2025-02-30T00:00:00Z', true],
  ['31/01/2025', true],
  ['1738364400', true],
  ['yesterday', true],
])('the time %s is broken: %s', async (text, broken) => {
  expect((await judge([text], { type: 'timestamp' }))[0]!.broken).toBe(broken);
});
