import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Row, rowsOf, withLines, withServer } from './fixtures/fetched.ts';

const samples = resolve(import.meta.dirname, '../../../../shared/data/genai');
const documented: Readonly<Record<string, string>> = {
  '/v1/organizations/analytics/usage': 'anthropic.analytics.usage.response.json',
  '/v1/organizations/analytics/cost': 'anthropic.analytics.cost.response.json',
  '/v1/organizations/usage_report/messages': 'anthropic.usage_report.messages.response.json',
  '/v1/organizations/cost_report': 'anthropic.cost_report.response.json',
};

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-23T12:00:00Z') }));
afterEach(() => void vi.useRealTimers());

/** The charges of what the documentation shows as answers; the page after a last one that names another is empty. */
async function charges(dataset: string): Promise<Row[]> {
  const lines = await withServer(
    {
      interfere(url) {
        const sample = documented[url.pathname];
        if (sample === undefined) return undefined;
        if (url.searchParams.has('page')) return { body: '{"data":[],"has_more":false,"next_page":null}' };
        return { body: readFileSync(join(samples, sample), 'utf8') };
      },
    },
    (_server, fetch) => fetch(dataset),
  );
  return withLines(lines, (workbench, { plan, table }) =>
    rowsOf(workbench, `SELECT * FROM (${plan.toFocus(table)}) ORDER BY "x_SourceRow", "SkuMeter"`),
  );
}
const billedOf = (rows: readonly Row[]) =>
  rows
    .filter(({ BilledCost }) => BilledCost !== '0')
    .map(({ SkuMeter, BilledCost, ListCost }) => [SkuMeter, BilledCost, ListCost]);

test('the documented answers of the analytics are read', async (context) => {
  if (!existsSync(samples)) context.skip('skipped: no sample data');
  const rows = await charges('analytics');
  expect(billedOf(rows)).toEqual([
    ['Cache Write Tokens (5 Minutes)', '10.234412', '11.371569'],
    ['Web Searches', '0.1', '0.1'],
  ]);
  expect(rows).toHaveLength(5);
});

test('the documented answers of the reports are read', async (context) => {
  if (!existsSync(samples)) context.skip('skipped: no sample data');
  const rows = await charges('reports');
  expect(rows.map(({ SkuMeter, BilledCost }) => [SkuMeter, BilledCost])).toContainEqual(['Input Tokens', '1.2378912']);
  expect(rows.filter(({ BilledCost }) => BilledCost === '0.05')).toMatchObject([
    { SubAccountId: 'default', ChargeDescription: 'Web Search Usage' },
  ]);
});
