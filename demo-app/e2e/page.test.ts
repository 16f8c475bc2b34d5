import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import Big from 'big.js';
import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchOptions } from '../../scripts/browser.ts';

const product = inject('product');
const key = async () =>
  (JSON.parse(await readFile(join(product.dataDirectory, 'demo.json'), 'utf8')) as { key: string }).key;

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch(launchOptions());
});
afterAll(() => browser.close());

/** The last month that has ended, as `YYYY-MM-01` and the first day after it. */
function lastMonth(): { from: string; to: string } {
  const now = new Date();
  const day = (offset: number) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + offset, 1)).toISOString().slice(0, 10);
  return { from: day(-1), to: day(0) };
}

/** What a charge is dated by: when it was used, or the month whose bill it is on. */
type Dated = 'used' | 'billed';

/**
 * What was used, or billed, from `from` to `to`, over all providers' files as delivered, without any of our code: by
 * currency. A bill may hold charges of an earlier month: refunds do.
 */
async function sumOverFiles(
  from: string,
  to: string,
  dated: Dated = 'used',
): Promise<{ currency: string; cost: string }[]> {
  const inbox = join(product.dataDirectory, 'inbox', 'larkmoor');
  const files = (await readdir(inbox, { recursive: true })).filter((file) =>
    /\.gz$|\.ndjson$|costs?\.2.*json$/.test(file),
  );
  const current = new Set(
    (await Promise.all(files.map(async (file) => ((await isCurrent(inbox, file)) ? file : [])))).flat(),
  );
  const sums = new Map<string, Big>();
  for (const file of current) {
    const bytes = await readFile(join(inbox, file));
    const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
    for (const { day, cost, currency = 'USD' } of chargesOf(file, text, dated)) {
      if (from <= day && day < to) sums.set(currency, (sums.get(currency) ?? new Big(0)).plus(cost));
    }
  }
  return [...sums].sort().map(([currency, sum]) => ({ currency, cost: sum.toFixed() }));
}

const inDollars = (sums: { currency: string; cost: string }[]) => sums.find(({ currency }) => currency === 'USD')!.cost;

interface Charge {
  day: string;
  cost: Big;
  /** Left out: US dollars. */
  currency?: string;
}

/** An older delivery of a restated month is history: AWS keeps it in a folder of its own, Azure's runs say their time. */
async function isCurrent(inbox: string, file: string): Promise<boolean> {
  if (file.startsWith('aws/')) return file.split('/').length === 3;
  if (!file.startsWith('azure/')) return true;
  if (!file.includes('-actual/')) return false;
  const submitted = async (run: string) =>
    JSON.parse(await readFile(join(run, 'manifest.json'), 'utf8')).runInfo.submittedTime as string;
  const run = dirname(join(inbox, file));
  const runs = await Promise.all((await readdir(dirname(run))).map((name) => submitted(join(dirname(run), name))));
  return (await submitted(run)) === runs.sort().at(-1);
}

function chargesOf(file: string, text: string, dated: Dated): Charge[] {
  if (file.startsWith('gcp/')) return googleCharges(text, dated);
  if (file.startsWith('openai/')) return openAiCharges(text);
  if (file.startsWith('anthropic/')) return anthropicCharges(text);
  if (file.startsWith('subscriptions/')) return subscriptionCharges(text, dated);
  const [provider, used, billed, cost] = [
    ['aws/', 'lineItem/UsageStartDate', 'bill/BillingPeriodStartDate', 'lineItem/UnblendedCost'],
    ['azure/', 'Date', 'BillingPeriodStartDate', 'CostInBillingCurrency'],
    ['oci/', 'lineItem/intervalUsageStart', 'lineItem/intervalUsageStart', 'cost/myCost'],
  ].find(([start]) => file.startsWith(start!))!;
  const [header, ...rows] = parseCsv(text);
  const column = (name: string) => header!.indexOf(name);
  return rows.map((row) => {
    const date = row[column(dated === 'used' ? used! : billed!)]!;
    const [, month, day, year] = /^(\d\d)\/(\d\d)\/(\d{4})/.exec(date) ?? [];
    return {
      day: provider === 'azure/' && year ? `${year}-${month}-${day}` : date.slice(0, 10),
      cost: new Big(row[column(cost!)] || '0'),
    };
  });
}

/** Numbers keep their digits. */
const digits = (_: string, value: unknown, context?: { source?: string }) =>
  typeof value === 'number' ? context!.source! : value;

/** Buckets of a day, from a second on. */
function openAiCharges(text: string): Charge[] {
  const page = JSON.parse(text, digits) as {
    data: { start_time: string; results: { amount: { value: string } }[] }[];
  };
  return page.data.flatMap(({ start_time, results }) =>
    results.map(({ amount }) => ({
      day: new Date(Number(start_time) * 1000).toISOString().slice(0, 10),
      cost: new Big(amount.value),
    })),
  );
}

/** Rows of a day each, in cents. */
function anthropicCharges(text: string): Charge[] {
  const page = JSON.parse(text) as { data: { starting_at: string; cost: { amount: string } }[] };
  return page.data.map(({ starting_at, cost }) => ({
    day: starting_at.slice(0, 10),
    cost: new Big(cost.amount).div(100),
  }));
}

/** What is billed is a row of its own on the first day of what it pays, in the month of its invoice. */
function subscriptionCharges(text: string, dated: Dated): Charge[] {
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<'month' | 'period_start' | 'billed_cost' | 'currency', string | null>)
    .filter(({ billed_cost }) => billed_cost !== null)
    .map(({ month, period_start, billed_cost, currency }) => ({
      day: (dated === 'used' ? period_start! : month!).slice(0, 10),
      cost: new Big(billed_cost!),
      currency: currency!,
    }));
}

/** A line costs its cost and its credits. */
function googleCharges(text: string, dated: Dated): Charge[] {
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line, digits) as GoogleLine)
    .map(({ cost, credits = [], invoice, usage_start_time }) => ({
      day:
        dated === 'used' ? usage_start_time.slice(0, 10) : `${invoice.month.slice(0, 4)}-${invoice.month.slice(4)}-01`,
      cost: credits.reduce((sum, { amount }) => sum.plus(amount), new Big(cost)),
    }));
}

interface GoogleLine {
  cost: string;
  credits?: { amount: string }[];
  invoice: { month: string };
  usage_start_time: string;
}

function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === ',') continue;
    if (row.length > 1) rows.push(row);
    row = [];
  }
  return rows;
}

async function open(
  path: string,
  options: Parameters<Browser['newPage']>[0] = {},
): Promise<{ page: Page; faults: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 1000 }, ...options });
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  await page.goto(product.web + path);
  return { page, faults };
}

describe('the page that npm start serves', () => {
  it('shows in the chart’s table what the API answers and what the provider’s files sum to', async () => {
    const { from, to } = lastMonth();
    const file = await sumOverFiles(from, to);
    const question = new URLSearchParams({ metric: 'BilledCost', granularity: 'month', from, to });
    const response = await fetch(`${product.api}/v1/costs?${question}`, {
      headers: { authorization: `Bearer ${await key()}` },
    });
    const answer = (await response.json()) as { totals: { currency: string; cost: string }[] };
    expect(answer.totals).toEqual(file);

    const { page, faults } = await open('/?period=12m&metric=BilledCost&group_by=ServiceName');
    await page.getByRole('button', { name: 'as table' }).first().click();
    const trend = page.locator('cloudact-cost-trend');
    // The last row is the month that still runs; the row before it is the last whole month.
    const row = trend.locator('tbody tr').nth(-2);
    await row.waitFor();
    expect(await row.locator('td data').last().getAttribute('value')).toBe(inDollars(file));
    expect(faults).toEqual([]);
    await page.close();
  });

  it('shows as the last bill what the provider’s file of that month sums to', async () => {
    const { from, to } = lastMonth();
    const { page } = await open('/');
    const bill = page
      .getByRole('heading', { name: /^Bill of/ })
      .locator('xpath=..')
      .locator('[title]');
    const billed = await sumOverFiles(from, to, 'billed');
    const titles = await bill.evaluateAll((amounts) => amounts.map((amount) => amount.getAttribute('title')));
    expect(titles.sort()).toEqual(billed.map(({ currency, cost }) => `${cost} ${currency}`).sort());
    await page.close();
  });

  it.each([
    [320, 'light'],
    [320, 'dark'],
    [1440, 'light'],
    [1440, 'dark'],
  ] as const)('fits %i px in %s, with figures, and has no accessibility fault', async (width, colorScheme) => {
    const { page, faults } = await open('/', { viewport: { width, height: 1000 }, colorScheme });
    await page.locator('cloudact-cost-trend canvas').waitFor();
    await page.locator('cloudact-cost-table tbody tr').first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await page
      .addScriptTag({ path: createRequire(import.meta.url).resolve('axe-core/axe.min.js') })
      .catch(() => undefined);
    await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
    const violations = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      };
      return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
    });
    expect(violations).toEqual([]);
    expect(faults.filter((text) => !text.includes('Content Security Policy'))).toEqual([]);
    await page.close();
  });

  it('keeps a chosen view in the address', async () => {
    const { page } = await open('/');
    await page.getByLabel('Group by').selectOption('SubAccountName');
    await page.waitForURL(/group_by=SubAccountName/);
    await page.locator('cloudact-cost-table').getByText('Larkmoor Production', { exact: true }).first().waitFor();
    await page.close();
  });

  it('gives no session to another site', async () => {
    const response = await fetch(`${product.web}/api/widget-token`, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'cross-site' },
    });
    expect(response.status).toBe(403);
  });
});

describe('whoever opens the page', () => {
  it('acts through a key that reads costs, and no more', async () => {
    const { pageKey } = JSON.parse(await readFile(join(product.dataDirectory, 'demo.json'), 'utf8')) as {
      pageKey: string;
    };
    const status = async (path: string) =>
      (await fetch(`${product.api}${path}`, { headers: { authorization: `Bearer ${pageKey}` } })).status;
    expect(await status('/v1/costs?from=2026-01-01&to=2026-02-01')).toBe(200);
    for (const path of ['/v1/audit-events', '/v1/api-keys', '/v1/integrations'])
      expect(await status(path), path).toBe(403);
  });

  it.each(['/icon.svgx', '/icon-svg', '/_next/staticx'])('finds a content security policy at %s too', async (path) => {
    expect((await fetch(`${product.web}${path}`)).headers.get('content-security-policy')).toContain("'nonce-");
  });
});
