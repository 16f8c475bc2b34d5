import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { usageRow, validateRows } from './fixtures.ts';
import { formatReport, htmlReport } from './index.ts';

const problems = () =>
  validateRows([
    { ...usageRow, RegionId: null, ResourceName: '<script>alert("1")</script>' },
    { ...usageRow, RegionId: null, ChargePeriodEnd: '2026-04-30T23:00:00Z' },
    { ...usageRow, BilledCost: '+1', ResourceName: '<b>' },
  ]);

test('the terminal shows the worst first, with what to do, and colours only where asked', async () => {
  const report = await problems();
  const text = formatReport(report);
  const places = [
    'does not conform',
    'CAU-RegionName-C-004-C: 2 rows',
    'CAU-BilledCost-C-002-M: 1 row\n    BilledCost MUST conform to NumericFormat requirements.\n    Fix: Write digits',
    'Errors: 1\n  charge-period-order: 1 row, 0.25 EUR',
    'Warnings: ',
    'BilledCost  Rows\nINV-1',
    'passed  failed',
  ].map((part) => text.indexOf(part));
  expect(places).not.toContain(-1);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(stripVTControlCharacters(text)).toBe(text);
  const coloured = formatReport(report, { colour: true });
  expect(coloured).not.toBe(text);
  expect(stripVTControlCharacters(coloured)).toBe(text);
});

test('the page says the same, loads nothing, runs nothing, and shows what a file says as text', async () => {
  const report = await problems();
  const page = htmlReport([report, report]);
  expect(page).toContain('<html lang="en">');
  expect(page).toContain('2 of 2 files with errors');
  expect(page).toContain('CAU-RegionName-C-004-C');
  expect(page).toContain('charge-period-order');
  expect(page).not.toMatch(/<script|<link|<img|@import|url\(|https?:/);
  expect(page).not.toContain('ResourceName="<b>"');
  const headings = [...page.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
  expect(headings[0]).toBe(1);
  expect(headings.every((level, index) => index === 0 || level <= (headings[index - 1] ?? 0) + 1)).toBe(true);
});
