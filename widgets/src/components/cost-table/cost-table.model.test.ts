import { expect, it } from 'vitest';
import { formatFor } from '../../internal/format.js';
import { en } from '../../locales/en.js';
import { answerTo, type Scenario } from '../../mocks/answers.js';
import { scenarios } from '../../mocks/scenarios.js';
import { type Sorting, toBreakdown } from './cost-table.model.js';

const url = new URL(
  'https://api.example/v1/costs?from=2026-11-01&to=2026-11-21&granularity=total&group_by=ServiceName&top=5',
);
const LARGEST: Sorting = { column: 'cost', direction: 'descending' };
const rowsOf = (sorting = LARGEST, scenario: Scenario = {}) =>
  toBreakdown(answerTo(url, scenario), 'USD', sorting, en, formatFor('en')).rows;

it('sorts by cost and by name, both ways, and keeps the rest last', () => {
  const byCost = rowsOf().map(({ names }) => names[0]);
  expect(byCost.at(-1)).toBe('Other');
  const rising = rowsOf({ column: 'cost', direction: 'ascending' }).map(({ names }) => names[0]);
  expect(rising).toEqual([...byCost.slice(0, -1).reverse(), 'Other']);
  const named = rowsOf({ column: 0, direction: 'ascending' }).map(({ names }) => names[0]);
  expect(named).toEqual([...byCost.slice(0, -1).sort(), 'Other']);
});

it('sorts amounts as numbers beyond what a float tells apart', () => {
  const answer = answerTo(url, { daily: { A: 1, B: 2 } });
  answer.groups = [
    { group: ['A'], other: false, currency: 'USD', cost: '9007199254740993.000000000000000001', unpriced: false },
    { group: ['B'], other: false, currency: 'USD', cost: '9007199254740993.000000000000000002', unpriced: false },
  ];
  expect(toBreakdown(answer, 'USD', LARGEST, en, formatFor('en')).rows.map(({ names }) => names[0])).toEqual([
    'B',
    'A',
  ]);
});

it('gives the longest bar to the largest amount, charge or credit, and no share of a total that is not above zero', () => {
  expect(rowsOf()[0]?.bar).toBe(1000);
  const credits = rowsOf(LARGEST, { daily: { Compute: 10, Credit: -40 } });
  expect(credits.map(({ bar, share }) => [bar, share])).toEqual([
    [expect.any(Number), undefined],
    [1000, undefined],
  ]);
});

it('shows one currency at a time', () => {
  const rows = rowsOf(LARGEST, scenarios.severalCurrencies);
  expect(rows).toHaveLength(6);
});

it('marks groups whose usage waits for a price, and has a row without an amount where nothing is priced', () => {
  const waiting = [
    { service: 'OpenAI API', model: 'gpt-9', meter: 'Input Tokens', unit: 'Tokens', reason: 'model', daily: 9 },
    { service: 'Suno', model: null, meter: 'Songs', unit: 'Songs', reason: 'meter', daily: 1 },
  ];
  const scenario = { daily: { 'OpenAI API': 5, Slack: 3 }, waiting };
  const marks = rowsOf(LARGEST, scenario).map(({ names, cost, unpriced, share }) => [
    names[0],
    cost !== undefined,
    unpriced,
    share !== undefined,
  ]);
  expect(marks).toEqual([
    ['OpenAI API', true, true, true],
    ['Slack', true, false, true],
    ['Suno', false, true, false],
  ]);
  const rising = rowsOf({ column: 'cost', direction: 'ascending' }, scenario).map(({ names }) => names[0]);
  expect(rising).toEqual(['Slack', 'OpenAI API', 'Suno']);
  const cut = rowsOf(LARGEST, { waiting });
  expect(cut.map(({ names, unpriced }) => [names[0], unpriced]).slice(-3)).toEqual([
    ['OpenAI API', true],
    ['Amazon Simple Storage Service', false],
    ['Other', true],
  ]);
});
