import { expect, it } from 'vitest';
import { compare, sum } from '../internal/decimal.js';
import { answerTo, type Scenario } from './answers.js';
import { scenarios } from './scenarios.js';

const url = new URL(
  'https://api.example/v1/costs?from=2026-10-24&to=2026-11-23&granularity=day&group_by=ServiceName&top=8',
);

it.each(Object.entries<Scenario>(scenarios))('the mocked answer "%s" adds up as the real one does', (_, scenario) => {
  const { rows, groups, totals } = answerTo(url, scenario);
  const inCurrency = (list: { currency: string; cost: string }[], currency: string) =>
    sum(list.filter((one) => one.currency === currency).map(({ cost }) => cost));
  for (const { currency, cost } of totals) {
    expect(compare(inCurrency(rows, currency), cost)).toBe(0);
    expect(compare(inCurrency(groups, currency), cost)).toBe(0);
  }
  for (const { cost } of [...rows, ...groups, ...totals]) expect(cost).toMatch(/^-?\d+(\.\d+)?$/);
  expect(groups.filter(({ other }) => other).length).toBeLessThanOrEqual(totals.length);
});

it('a trend and a table over the same range show the same total', () => {
  const total = new URL(url);
  total.searchParams.set('granularity', 'total');
  expect(answerTo(total).totals).toEqual(answerTo(url).totals);
});
