import { expect, it } from 'vitest';
import type { CostAnswer } from '../../api/types.js';
import { compare, sum } from '../../internal/decimal.js';
import { formatFor } from '../../internal/format.js';
import { en } from '../../locales/en.js';
import { answerTo } from '../../mocks/answers.js';
import { scenarios } from '../../mocks/scenarios.js';
import { periodTotal, sharesOf, toTrend } from './cost-trend.model.js';
import { describePeriod } from './cost-trend.tip.js';

const question = (search: string) => new URL(`https://api.example/v1/costs?${search}`);
const days = question('from=2026-10-24&to=2026-11-23&granularity=day&group_by=ServiceName&top=8');

const load = (billing_period: string, charges_through: string | null, complete = false, integration_id = 'aws') => ({
  billing_period,
  integration_id,
  last_loaded_at: '2026-11-21T06:00:00Z',
  charges_through,
  complete,
});
const statesOf = (answer: CostAnswer) => toTrend(answer, 'USD', en).periods.map(({ state }) => state);

it('puts every amount in its period and series: the sums are those of the answer', () => {
  const answer = answerTo(days);
  const trend = toTrend(answer, 'USD', en);
  expect(trend.periods).toHaveLength(30);
  expect(trend.series.map(({ name }) => name).at(-1)).toBe('Other');
  for (const { costs, total } of trend.series) {
    expect(compare(sum(costs.filter((cost) => cost !== undefined)), total)).toBe(0);
  }
  const byPeriod = trend.periods.flatMap((_, index) => periodTotal(trend.series, index) ?? []);
  expect(compare(sum(byPeriod), trend.total)).toBe(0);
});

it('finds the period of a row that the range cuts: the first week begins before the range', () => {
  const weeks = answerTo(question('from=2026-10-29&to=2026-11-12&granularity=week&group_by=ServiceName'));
  weeks.rows = weeks.rows.map((row) =>
    row.period_start < '2026-10-29' ? { ...row, period_start: '2026-10-29' } : row,
  );
  const trend = toTrend(weeks, 'USD', en);
  expect(trend.periods.map(({ start }) => start)).toEqual(['2026-10-26', '2026-11-02', '2026-11-09']);
  expect(compare(sum(trend.periods.map((_, index) => periodTotal(trend.series, index) ?? '0')), trend.total)).toBe(0);
});

it('never mixes currencies', () => {
  const answer = answerTo(days, scenarios.severalCurrencies);
  for (const { currency, cost } of answer.totals) {
    const trend = toTrend(answer, currency, en);
    expect(trend.total).toBe(cost);
    expect(compare(sum(trend.series.map(({ total }) => total)), cost)).toBe(0);
  }
});

it('a day that has not been loaded is unknown, and a loaded day without charges is zero', () => {
  const answer = answerTo(days, { daily: { Slack: 20 } });
  answer.rows = answer.rows.filter(({ period_start }) => period_start !== '2026-11-03');
  const trend = toTrend(answer, 'USD', en);
  const at = (day: string) => trend.series[0]?.costs[trend.periods.findIndex(({ start }) => start === day)];
  expect(at('2026-11-03')).toBe('0');
  expect(at('2026-11-21')).toBeUndefined();
  expect(periodTotal(trend.series, 29)).toBeUndefined();
  expect(trend.periods.at(-1)?.state).toBe('unknown');
});

it('a month is partial until every integration has delivered its last day or calls it complete', () => {
  const months = answerTo(question('from=2026-09-01&to=2026-12-01&granularity=month&group_by=ServiceName'), {
    daily: {},
  });
  months.periods = [load('2026-10-01', '2026-10-31'), load('2026-11-01', '2026-11-20')];
  expect(statesOf(months)).toEqual(['unknown', 'complete', 'partial']);
  months.periods = [
    load('2026-10-01', '2026-10-31'),
    load('2026-10-01', '2026-10-09', false, 'gcp'),
    load('2026-11-01', null),
  ];
  expect(statesOf(months)).toEqual(['unknown', 'partial', 'unknown']);
  months.periods = [load('2026-09-01', null, true), load('2026-10-01', '2026-10-30', true)];
  expect(statesOf(months)).toEqual(['complete', 'complete', 'unknown']);
});

it('lists the shares of a period from the largest charge to the largest credit', () => {
  const trend = toTrend(answerTo(days, scenarios.negativeCredit), 'USD', en);
  const names = sharesOf(trend.series, 3).map(({ series }) => series.name);
  expect(names[0]).toBe('Amazon Elastic Compute Cloud');
  expect(names.at(-1)).toBe('Promotional credit');
});

it('names a group without a value, and the whole without groups', () => {
  const untagged = answerTo(
    question('from=2026-11-01&to=2026-11-03&granularity=day&group_by=tag:team'),
    scenarios.noValues,
  );
  expect(toTrend(untagged, 'USD', en).series.map(({ name }) => name)).toEqual(['payments', 'search', 'No value']);
  const whole = answerTo(question('from=2026-11-01&to=2026-11-03&granularity=day'));
  expect(toTrend(whole, 'USD', en).series.map(({ name }) => name)).toEqual(['All cost']);
});

const waiting = [
  {
    service: 'OpenAI API',
    model: 'gpt-9',
    meter: 'Input Tokens',
    unit: 'Tokens',
    reason: 'model',
    daily: 9,
    since: '2026-11-09',
  },
  { service: 'Suno', model: null, meter: 'Songs', unit: 'Songs', reason: 'meter', daily: 1, since: '2026-11-19' },
];

it('knows the periods and series in which usage waits for a price, and puts no zero there', () => {
  const answer = answerTo(days, { daily: { 'OpenAI API': 5, Slack: 3 }, waiting });
  const at = (day: string) => trend.periods.findIndex(({ start }) => start === day);
  answer.rows = answer.rows.filter(({ period_start, group }) => period_start !== '2026-11-10' || group[0] === 'Slack');
  const trend = toTrend(answer, 'USD', en);
  const [openai, slack] = trend.series;
  expect([trend.unpriced, openai?.unpriced, slack?.unpriced]).toEqual([true, true, false]);
  expect(openai?.costs[at('2026-11-10')]).toBeUndefined();
  expect([...(openai?.unpricedPeriods ?? [])]).toEqual(
    Array.from({ length: 12 }, (_, index) => at('2026-11-09') + index),
  );
  expect(slack?.unpricedPeriods.size).toBe(0);
  expect(trend.periods.filter(({ unpriced }) => unpriced)).toHaveLength(12);
  expect(trend.series.map(({ name }) => name)).not.toContain('Suno');
});

it('counts what waits beyond the top groups to the rest', () => {
  const trend = toTrend(answerTo(days, { waiting }), 'USD', en);
  const other = trend.series.at(-1);
  expect([other?.name, other?.unpriced, other?.unpricedPeriods.size]).toEqual(['Other', true, 2]);
});

it('a period of which only unpriced usage is known is neither zero nor missing', () => {
  const answer = answerTo(days, { daily: { Slack: 3 }, waiting });
  answer.rows = answer.rows.filter(({ period_start }) => period_start !== '2026-11-19');
  answer.periods = [];
  const trend = toTrend(answer, 'USD', en);
  const index = trend.periods.findIndex(({ start }) => start === '2026-11-19');
  const said = (position: number) =>
    describePeriod({ trend, theme: {} as never, format: formatFor('en'), messages: en, hidden: new Set() }, position);
  expect(said(index)).toBe('Thu, Nov 19, 2026: unpriced');
  expect(said(index + 1)).toMatch(/^Fri, Nov 20, 2026: at least \$[\d.]+, Slack \$/);
});
